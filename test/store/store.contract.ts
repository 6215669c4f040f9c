/**
 * What every archive promises, whatever database is behind it. Each backend's test calls this once.
 */
import { beforeEach, describe, expect, test } from "vitest";
import { pack } from "../../src/codec/index.ts";
import type { PageRef } from "../../src/model.ts";
import type { Store, Visit } from "../../src/store/store.ts";
import {
  beginRun,
  DAY_MS,
  givenArticle,
  givenCapture,
  givenDate,
  givenPage,
  givenRead,
  leaseOf,
  NOW,
  visit,
} from "./given.ts";

/** @param openEmpty - opens a new archive; the backend closes and removes it after the test */
export function storeContract(openEmpty: () => Promise<Store>): void {
  let store: Store;
  let runId: number;
  beforeEach(async () => {
    store = await openEmpty();
    runId = await beginRun(store);
  });
  const read = (url: string, options: Omit<Parameters<typeof givenRead>[1], "runId"> = {}) =>
    visit(store, givenPage(url), givenRead(url, { runId, ...options }));
  const bad = (kind: "gone" | "forbidden" | "timeout", at: number): Visit => {
    const base = { at, runId, nextAt: null };
    if (kind === "gone") return { ...base, kind: "gone", status: 404 };
    const code = kind === "forbidden" ? "E_HTTP_FORBIDDEN" : "E_TIMEOUT";
    return { ...base, kind: "failed", code, status: null, detail: "" };
  };
  const A = "https://a.ly/2024/04/30/first";

  describe("the frontier", () => {
    test("of a site's sources the lightest that brings news is due, and each whose time has come", async () => {
      const source = async (path: string, role: PageRef["role"], hours: number) => {
        const page = givenPage(`https://a.ly/${path}`, { role, foundBy: "seed" });
        const capture = givenCapture(page.url);
        const base = { at: NOW, runId, capture, packed: pack(capture.body), found: [] };
        const intervalMs = hours * 3_600_000;
        const plan = { nextAt: NOW + intervalMs, intervalMs };
        await visit(store, page, { kind: "listed", ...base, ...plan });
      };
      await source("", "listing", 2);
      await source("frozen", "feed", 300);
      await source("feed", "feed", 3);
      const due = async (afterHours: number) => {
        const now = NOW + afterHours * 3_600_000;
        await store.makeSourcesDue({ now, siteIds: ["a"], unlessSince: now - 60_000 });
        const urls: string[] = [];
        for (;;) {
          const [lease] = await store.lease({ now, limit: 1, holdMs: 9_999 });
          if (lease === undefined) return urls;
          urls.push(lease.page.url);
        }
      };
      expect(await due(1)).toEqual(["https://a.ly/feed"]);
    });

    test("a URL in other clothes is known already", async () => {
      const options = { now: NOW, known: "keep" } as const;
      expect(await store.enqueue([givenPage("https://a.ly/x")], options)).toBe(1);
      expect(await store.enqueue([givenPage("http://www.a.ly/x/?utm_source=f")], options)).toBe(0);
      expect(await store.isKnown("http://a.ly/x")).toBe(true);
      expect(await store.isKnown("http://a.ly/y")).toBe(false);
    });

    test("hands out the oldest due first, one per host, each once", async () => {
      const page = (url: string, now: number) =>
        store.enqueue([givenPage(url)], { now, known: "keep" });
      await page("https://a.ly/1", NOW + 2);
      await page("https://a.ly/2", NOW + 1);
      await page("https://b.ly/1", NOW);
      await page("https://c.ly/1", NOW + 9999);
      const ask = { now: NOW + 10, limit: 10, holdMs: 1000 };
      const urls = async (request = ask) =>
        (await store.lease(request)).map(({ page }) => page.url);
      expect(await urls()).toEqual(["https://b.ly/1", "https://a.ly/2"]);
      expect(await urls()).toEqual(["https://a.ly/1"]);
      expect(await urls()).toEqual([]);
    });

    test("leaves out busy hosts and other sites", async () => {
      const pages = ["https://a.ly/1", "https://b.ly:8080/1", "https://c.ly/1"].map((url) =>
        givenPage(url),
      );
      await store.enqueue(pages, { now: NOW, known: "keep" });
      const ask = { now: NOW, limit: 10, holdMs: 1000 };
      const leases = await store.lease({ ...ask, exceptHosts: ["b.ly:8080"], siteIds: ["a", "b"] });
      expect(leases.map(({ page }) => page.siteId)).toEqual(["a"]);
    });

    test("a loan that ran out is handed out again, and the late worker's result is kept", async () => {
      const page = givenPage(A);
      const first = await leaseOf(store, page, NOW);
      const late = NOW + 60_001;
      const [second] = await store.lease({ now: late, limit: 1, holdMs: 60_000 });
      expect(second?.page.url).toBe(A);
      expect(second?.id).not.toBe(first.id);
      const settled = await store.settle(first, givenRead(A, { runId, at: late }));
      expect(settled.result).toBe("new");
      expect(await store.lease({ now: late + 1, limit: 1, holdMs: 1 })).toEqual([]);
      expect((await store.settle(second as never, givenRead(A, { runId, at: late }))).result).toBe(
        "same",
      );
      expect(await store.nextDueAt()).toBeNull();
    });

    test("a page given back is due again when asked", async () => {
      const lease = await leaseOf(store, givenPage(A), NOW);
      await store.release(lease, NOW + 5000);
      expect(await store.nextDueAt()).toBe(NOW + 5000);
      expect(await store.nextDueAt(["other"])).toBeNull();
    });

    test("keep leaves visited pages alone, revisit makes them due unless visited lately", async () => {
      await read(A);
      const page = givenPage(A);
      const ask = { now: NOW + 10, limit: 5, holdMs: 1 };
      await store.enqueue([page], { now: NOW + 10, known: "keep" });
      expect(await store.lease(ask)).toEqual([]);
      await store.enqueue([page], { now: NOW + 10, known: "revisit", unlessSince: NOW });
      expect(await store.lease(ask)).toEqual([]);
      await store.enqueue([page], { now: NOW + 10, known: "revisit", unlessSince: NOW + 1 });
      const [lease] = await store.lease(ask);
      expect(lease).toMatchObject({ etag: '"v1"', lastCapturedAt: NOW, tries: 0 });
    });

    test("failures in a row are counted, an answer ends the count", async () => {
      const page = givenPage(A);
      await visit(store, page, bad("timeout", NOW));
      await visit(store, page, bad("timeout", NOW + 1));
      expect((await leaseOf(store, page, NOW + 2)).tries).toBe(2);
    });

    test("what a listing shows is added with it", async () => {
      const page = givenPage("https://a.ly/", { role: "listing" });
      const capture = givenCapture(page.url);
      const found = [givenPage(A), givenPage("https://a.ly/2"), givenPage(`${A}/`)];
      const base = { at: NOW, runId, nextAt: null, capture, packed: pack(capture.body) };
      const settled = await visit(store, page, { kind: "listed", ...base, found });
      expect(settled).toMatchObject({ result: "listed", added: 2 });
      const lists = await store.stats();
      expect(lists.pages).toMatchObject({ queued: 2, done: 1 });
      expect(lists.captures).toBe(1);
    });

    test("a source that answered is due in any case, guesses that failed and articles are not", async () => {
      const list = givenPage("https://a.ly/", { role: "listing", foundBy: "home" });
      const capture = givenCapture(list.url);
      const base = { runId, nextAt: null, capture, packed: pack(capture.body), found: [] };
      await visit(store, list, { kind: "listed", at: NOW, ...base });
      await visit(store, givenPage("https://a.ly/feed", { role: "feed" }), bad("gone", NOW));
      await read(A);
      const ask = { now: NOW + 9, siteIds: ["a"] };
      expect(await store.makeSourcesDue({ ...ask, unlessSince: NOW })).toBe(0);
      expect(await store.makeSourcesDue({ ...ask, siteIds: ["b"], unlessSince: NOW + 1 })).toBe(0);
      expect(await store.makeSourcesDue({ ...ask, unlessSince: NOW + 1 })).toBe(1);
      const [lease] = await store.lease({ now: NOW + 9, limit: 5, holdMs: 1 });
      expect(lease?.page.url).toBe(list.url);
    });

    test("recheck makes the articles of a time due, each at its own address", async () => {
      await read(A, { article: { published: givenDate("2024-01-01T10:00:00+02:00") } });
      await read("https://a.ly/b", { article: { body: "نص آخر تماما" } });
      const since = Date.UTC(2024, 3, 1);
      expect(await store.makeDue({ now: NOW, siteIds: ["a"], publishedSince: since })).toBe(1);
      expect(await store.makeDue({ now: NOW, siteIds: ["b"] })).toBe(0);
      expect(await store.makeDue({ now: NOW })).toBe(2);
    });
  });

  describe("versions", () => {
    test("an unchanged page is the same, an edited one a new version with its fields named", async () => {
      expect(await read(A)).toMatchObject({ result: "new", version: 1 });
      expect(await read(A, { at: NOW + 1 })).toMatchObject({ result: "same", version: 1 });
      const edited = { title: "أعيان مصراتة يرفضون لقاء البلدية" };
      expect(await read(A, { at: NOW + 2, article: edited })).toMatchObject({
        result: "changed",
        version: 2,
      });
      const [first, second] = await store.history(A);
      expect(first).toMatchObject({ changed: [], record: { version: 1, versions: 2 } });
      expect(second).toMatchObject({ changed: ["title"], capturedAt: NOW + 2, runId });
      expect((await store.article(A))?.article.title).toBe(edited.title);
      expect((await store.article(A, 1))?.article).toEqual(givenArticle());
      expect(await store.article(A, 3)).toBeNull();
    });

    test("a reverted edit is a version of its own", async () => {
      await read(A);
      await read(A, { at: NOW + 1, article: { body: "نص آخر" } });
      expect(await read(A, { at: NOW + 2 })).toMatchObject({ result: "changed", version: 3 });
    });

    test("raw bytes come back exactly, for each version", async () => {
      const body = Buffer.from("<html>الأولى</html>".repeat(50));
      await read(A, { capture: { body } });
      await read(A, { at: NOW + 1, article: { title: "عنوان" }, capture: { status: 203 } });
      const raw = await store.rawCapture(A, 1);
      expect(Buffer.from(raw?.body ?? [])).toEqual(body);
      expect(raw).toMatchObject({ url: A, finalUrl: A, status: 200, via: "live", redirects: [] });
      expect((await store.rawCapture(A))?.status).toBe(203);
      expect(await store.rawCapture("https://a.ly/never")).toBeNull();
    });

    test("the same bytes are stored once", async () => {
      const body = Buffer.from("<html>same</html>".repeat(50));
      await read(A, { capture: { body } });
      const before = (await store.stats()).rawBytes;
      await read(A, { at: NOW + 1, capture: { body } });
      const stats = await store.stats();
      expect(stats).toMatchObject({ captures: 2, articles: 1, versions: 1, rawBytes: before });
    });
  });

  describe("one article, many addresses", () => {
    const B = "https://a.ly/section/first";

    test("the same text of the same day elsewhere on the site is linked", async () => {
      const { articleId } = await read(A);
      expect(await read(B)).toMatchObject({ result: "linked", articleId });
      expect(await read(B, { at: NOW + 1 })).toMatchObject({ result: "same", articleId });
      expect((await store.article(B))?.url).toBe(A);
      expect((await store.stats()).articles).toBe(1);
    });

    test("the same words of another day are another article", async () => {
      await read(A);
      const published = givenDate("2024-04-29T10:00:00+02:00");
      expect((await read(B, { article: { published } })).result).toBe("new");
    });

    test("a few words are linked only when all fields agree", async () => {
      const short = { body: "صورة اليوم", wordCount: 3 };
      await read(A, { article: short });
      const other = { ...short, imageUrl: "https://a.ly/other.jpg" };
      expect((await read(B, { article: other })).result).toBe("new");
      expect((await read("https://a.ly/c", { article: short })).result).toBe("linked");
    });

    test("the same text of another outlet is its own article and names the first", async () => {
      const { articleId } = await read(A);
      const copy = await read("https://b.ly/copy");
      expect(copy.result).toBe("new");
      expect((await store.article("https://b.ly/copy"))?.duplicateOf).toBe(articleId);
      await read("https://c.ly/copy");
      expect((await store.article("https://c.ly/copy"))?.duplicateOf).toBe(articleId);
    });

    test("a canonical URL joins twins that look alike", async () => {
      const { articleId } = await read(A);
      const article = { canonicalUrl: A, body: "نسخة الهاتف من النص", published: null };
      expect(await read("https://a.ly/amp-1", { article })).toMatchObject({
        result: "linked",
        articleId,
      });
      expect((await store.history(A)).length).toBe(1);
    });

    test("a canonical URL printed on every page joins nothing", async () => {
      await read(A);
      const article = {
        canonicalUrl: A,
        title: "خبر مختلف عن الرياضة",
        body: "فاز الفريق الأول في مباراة الكأس على ضيفه بهدفين مقابل هدف واحد في ملعب المدينة الرياضية.",
      };
      expect((await read("https://a.ly/else", { article })).result).toBe("new");
    });

    test("not even under a title that is the site's name", async () => {
      const article = { title: "وكالة أوج", canonicalUrl: A };
      await read(A, { article });
      const body = "طقس معتدل على الساحل ورياح خفيفة مع ارتفاع في درجات الحرارة جنوبا غدا الخميس";
      expect((await read("https://a.ly/else", { article: { ...article, body } })).result).toBe(
        "new",
      );
    });

    test("a redirect makes the address that answered the article's own; both lead to it", async () => {
      const capture = { finalUrl: B, redirects: [{ url: A, status: 301, location: B }] };
      const { articleId } = await read(A, { capture });
      expect((await store.article(A))?.url).toBe(B);
      expect((await store.article(B))?.id).toBe(articleId);
      expect(await store.isKnown(B)).toBe(true);
      expect((await store.rawCapture(A))?.redirects).toEqual(capture.redirects);
    });

    test("an article whose address now leads to another one has moved", async () => {
      const old = await read(A);
      const article = {
        title: "خبر آخر",
        body: "نص لا علاقة له بالأول إطلاقا عن الطقس والبحر والرياح في الساحل الغربي غدا",
      };
      const other = await read(B, { article });
      expect(await read(A, { at: NOW + 1, article, capture: { finalUrl: B } })).toMatchObject({
        articleId: other.articleId,
      });
      expect(await store.article(String(old.articleId))).toMatchObject({ status: "moved", url: A });
    });
  });

  describe("takedowns", () => {
    const statusOf = async () => (await store.article(A))?.status;

    test("one 404 is not believed, two are, and an answer takes it back", async () => {
      await read(A);
      const page = givenPage(A);
      expect((await visit(store, page, bad("gone", NOW + 1))).result).toBe("gone");
      expect(await statusOf()).toBe("live");
      await visit(store, page, bad("timeout", NOW + 2));
      await visit(store, page, bad("gone", NOW + 3));
      expect(await statusOf()).toBe("gone");
      expect((await read(A, { at: NOW + 4 })).result).toBe("same");
      expect(await statusOf()).toBe("live");
    });

    test("an answer between two 404s starts the count again", async () => {
      await read(A);
      await visit(store, givenPage(A), bad("gone", NOW + 1));
      await visit(store, givenPage(A), { kind: "not-modified", at: NOW + 2, runId, nextAt: null });
      await visit(store, givenPage(A), bad("gone", NOW + 3));
      expect(await statusOf()).toBe("live");
    });

    test("two refusals are a block, a dead network is none", async () => {
      await read(A);
      await visit(store, givenPage(A), bad("timeout", NOW + 1));
      await visit(store, givenPage(A), bad("timeout", NOW + 2));
      expect(await statusOf()).toBe("live");
      await visit(store, givenPage(A), bad("forbidden", NOW + 3));
      await visit(store, givenPage(A), bad("forbidden", NOW + 4));
      expect(await statusOf()).toBe("blocked");
    });

    test("a page that was skipped stores nothing but its reason", async () => {
      const base = { at: NOW, runId, nextAt: null };
      const skipped: Visit = { ...base, kind: "skipped", reason: "soft-404", detail: "says 404" };
      expect(await visit(store, givenPage(A), skipped)).toMatchObject({ result: "skipped" });
      expect(await store.stats()).toMatchObject({
        articles: 0,
        captures: 0,
        pages: { skipped: 1 },
      });
    });
  });

  describe("asking", () => {
    beforeEach(async () => {
      await read(A);
      await read("https://b.ly/english", {
        article: {
          title: "Port of Tripoli reopens",
          body: "The port reopened on Monday.\n\nShips waited outside.",
          language: "en",
          authors: ["Mona Ali", "Reuters"],
          categories: [{ label: "Économie", kind: "topic", detail: null, medtops: [] }],
          category: "Économie",
          published: givenDate("2024-04-01T10:00:00+02:00"),
        },
      });
      await read("https://c.ly/undated", {
        article: { title: "بلا تاريخ", body: "خبر قصير", published: null, authors: [] },
      });
    });
    const all = { limit: 50, sort: "date" } as const;

    test.each([
      ["nothing left out", {}, ["c", "a", "b"]],
      ["a site", { siteIds: ["b"] }, ["b"]],
      ["several sites", { siteIds: ["a", "b"] }, ["a", "b"]],
      ["no site at all", { siteIds: [] }, []],
      ["a category in another spelling", { category: "economie" }, ["b"]],
      ["part of an author's name", { author: "mona" }, ["b"]],
      ["a language", { language: "ar" }, ["c", "a"]],
      ["from a day on", { from: Date.UTC(2024, 3, 30) }, ["c", "a"]],
      ["before a day", { to: Date.UTC(2024, 3, 30) }, ["b"]],
      ["seen since", { seenSince: NOW + 1 }, []],
      ["words", { text: "مصراته" }, ["a"]],
      ["words and a site", { text: "خبر", siteIds: ["a"] }, []],
      ["only what is excluded", { text: "-مصراتة" }, ["c", "b"]],
      ["a status", { status: "gone" as const }, []],
    ])("%s", async (_, filter, sites) => {
      const { items, total } = await store.list(filter, all);
      expect(items.map(({ siteId }) => siteId)).toEqual(sites);
      expect(total).toBe(sites.length);
      const scanned = [];
      for await (const { siteId } of store.scan(filter, "latest")) scanned.push(siteId);
      expect(scanned).toEqual(sites.toSorted());
    });

    test.each(["date", "relevance"] as const)("pages follow each other, by %s", async (sort) => {
      const filter = { text: "خبر OR port OR الطرق" };
      const whole = await store.search(filter, { limit: 9, sort });
      expect(whole.items).toHaveLength(3);
      const seen = [];
      let cursor: string | null = null;
      do {
        const answer = await store.search(filter, {
          limit: 1,
          sort,
          ...(cursor !== null && { cursor }),
        });
        seen.push(...answer.items.map(({ record }) => record.id));
        cursor = answer.next;
      } while (cursor !== null);
      expect(seen).toEqual(whole.items.map(({ record }) => record.id));
    });

    test("a hit shows the original text with the words marked", async () => {
      const { items } = await store.search({ text: "الميناء طرق مصراته" }, all);
      const [hit] = items;
      const { title } = hit?.record.article ?? {};
      expect(hit?.titleMarks.map(([start, end]) => title?.slice(start, end))).toEqual(["مصراتة"]);
      const marked = hit?.marks.map(([start, end]) => hit.snippet.slice(start, end));
      expect(marked).toEqual(["مصراتة", "الطرق", "الميناء"]);
    });

    test("all versions stream in order", async () => {
      await read(A, { at: NOW + 1, article: { title: "عنوان جديد" } });
      const seen = [];
      for await (const { id, version } of store.scan({}, "all")) seen.push(`${id}v${version}`);
      expect(seen).toEqual(["a1v1", "a1v2", "a2v1", "a3v1"]);
    });

    test("a new version is found by its own words, no longer by the old", async () => {
      await read(A, { at: NOW + 1, article: { title: "زلزال", body: "هزة أرضية خفيفة" } });
      expect((await store.list({ text: "زلزال" }, all)).total).toBe(1);
      expect((await store.list({ text: "مصراتة" }, all)).total).toBe(0);
    });

    test("the record keeps every field", async () => {
      expect(await store.article("a1")).toMatchObject({
        id: "a1",
        url: A,
        siteId: "a",
        sourceDomain: "a.ly",
        status: "live",
        httpStatus: 200,
        firstSeenAt: NOW,
        lastSeenAt: NOW,
        downloadedAt: NOW,
        duplicateOf: null,
        extractor: { program: "warraq 0.1.0", rule: "generic" },
      });
    });

    test("stats count what sites give", async () => {
      const stats = await store.stats(["b"]);
      expect(stats.bySite).toEqual([
        {
          ...{ siteId: "b", queued: 0, articles: 1, versions: 1, withTitle: 1, withCategory: 1 },
          ...{ withDate: 1, withAuthor: 1 },
          first: Date.UTC(2024, 3, 1, 8),
          last: Date.UTC(2024, 3, 1, 8),
        },
      ]);
    });

    test("SQL reads and cannot write", async () => {
      const rows = async (sql: string, parameters = {}) => {
        const found = [];
        for await (const row of store.sql(sql, parameters)) found.push(row);
        return found;
      };
      expect(await rows("select id, source from articles where source = :s", { s: "a" })).toEqual([
        { id: "a1", source: "a" },
      ]);
      for (const view of ["articles", "versions", "captures", "sources", "runs", "visits"]) {
        expect((await rows(`select * from ${view}`)).length).toBeGreaterThan(0);
      }
      for (const statement of [
        "delete from page",
        "insert into search_index(search_index) values ('rebuild')",
        "attach 'x.db' as x",
        "pragma user_version = 9",
        "pragma journal_mode = delete",
        "vacuum into 'x.db'",
        "select 1; select 2",
        "selec 1",
        "",
      ]) {
        await expect(rows(statement), statement).rejects.toMatchObject({ code: "E_SQL" });
      }
    });
  });

  describe("runs and rules", () => {
    const counters = {
      ...{ new: 1, changed: 0, same: 0, gone: 0, skipped: 0, failed: 0 },
      ...{ notModified: 0, requests: 1, bytes: 9 },
    };
    const start = { command: "crawl", sites: ["b", "a"], program: "warraq 0.1.0", options: {} };

    test("a run knows when the chain of unfinished runs before it began", async () => {
      const first = await store.beginRun({ ...start, at: NOW + 1 });
      expect(first.resumedFrom).toBeNull();
      await store.endRun(first.id, { at: NOW + 2, reason: "max-pages", counters });
      const second = await store.beginRun({ ...start, at: NOW + 3 });
      expect(second.resumedFrom).toBe(NOW + 1);
      const other = await store.beginRun({ ...start, sites: ["c"], at: NOW + 3 });
      expect(other.resumedFrom).toBeNull();
      const third = await store.beginRun({ ...start, sites: ["a", "b"], at: NOW + 4 });
      expect(third.resumedFrom).toBe(NOW + 1);
      await store.endRun(third.id, { at: NOW + 5, reason: "finished", counters });
      expect((await store.beginRun({ ...start, at: NOW + 6 })).resumedFrom).toBeNull();
      expect((await store.beginRun({ ...start, at: NOW + 2 * DAY_MS })).resumedFrom).toBeNull();
      expect((await store.runs(3))[2]).toMatchObject({
        id: third.id,
        reason: "finished",
        counters,
      });
    });

    test("an added rule stands beside the bundled one until it is removed", async () => {
      const site = {
        id: "a",
        digest: "1",
        addedAt: NOW,
        origin: "bundled",
        rule: { a: 1 },
      } as const;
      await store.putSite(site);
      await store.putSite({ ...site, addedAt: NOW + 1 });
      await store.putSite({ ...site, digest: "2", addedAt: NOW + 2 });
      await store.putSite({ ...site, digest: "3", origin: "added" });
      expect((await store.sites()).map(({ digest, origin }) => [digest, origin])).toEqual([
        ["3", "added"],
        ["2", "bundled"],
      ]);
      expect(await store.removeSite("a")).toBe(true);
      expect(await store.removeSite("a")).toBe(false);
      expect((await store.sites()).map(({ digest }) => digest)).toEqual(["2"]);
    });

    test("a rule that is put again after another of its id counts again", async () => {
      const given = { id: "a", origin: "added", rule: {} } as const;
      for (const [nth, digest] of ["1", "2", "1"].entries()) {
        await store.putSite({ ...given, digest, addedAt: NOW + nth });
      }
      expect((await store.sites()).map(({ digest }) => digest)).toEqual(["1"]);
    });
  });

  describe("writing together", () => {
    test("one bad visit among many loses only itself", async () => {
      const pages = Array.from({ length: 8 }, (_, index) => givenPage(`https://h${index}.ly/x`));
      await store.enqueue(pages, { now: NOW, known: "keep" });
      const leases = await store.lease({ now: NOW, limit: 8, holdMs: 1000 });
      expect(leases).toHaveLength(8);
      const results = await Promise.allSettled(
        leases.map((lease, index) => {
          const good = givenRead(lease.page.url, { runId, article: { title: `خبر ${index}` } });
          return store.settle(lease, index === 3 ? ({ ...good, runId: 999 } as Visit) : good);
        }),
      );
      expect(results.map(({ status }) => status === "fulfilled")).toEqual(
        leases.map((_, index) => index !== 3),
      );
      expect(await store.stats()).toMatchObject({ articles: 7, captures: 7 });
    });
  });
}
