/**
 * Captures that arrive late: whatever order they come in, the article's history is the one that their
 * times tell.
 */
import { expect, onTestFinished, test } from "vitest";
import { type Fault, openStore } from "../../src/store/index.ts";
import { connect } from "../../src/store/sqlite/driver.ts";
import type { Found } from "../../src/store/sqlite/verify-checks.ts";
import { checkRows } from "../../src/store/sqlite/verify-rows.ts";
import type { ImportedPage, Store } from "../../src/store/store.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { beginRun, DAY_MS, givenPage, givenRead, NOW, visit } from "./given.ts";

const URL_ = "https://awj.example/2024/05/01/elders";
const FILE = { name: "old.warc.gz", bytes: 1_000, modifiedAt: NOW, terms: "all" };

/** What the page said, one letter a day. */
const BODIES: Readonly<Record<string, string>> = {
  A: "التقى أعيان مدينة مصراتة صباح اليوم وفدا من البلدية لبحث أوضاع الطرق في المدينة كلها.",
  B: "التقى أعيان مدينة مصراتة مساء اليوم وفدا من البلدية لبحث أوضاع الطرق في المدينة كلها.",
  C: "التقى أعيان مدينة مصراتة مساء الأمس وفدا من البلدية لبحث أوضاع الطرق في المدينة كلها.",
};

async function emptyStore(): Promise<Store> {
  const store = await openStore({ path: `${temporaryFolder()}/warraq.db`, mode: "write" });
  onTestFinished(() => store.close());
  return store;
}

function shown(letter: string, day: number, runId: number, given: Partial<Where> = {}) {
  const { url = URL_, siteId = "awj", offset = day } = given;
  const at = NOW + day * DAY_MS;
  const body = BODIES[letter] ?? "";
  const read = givenRead(url, {
    ...{ runId, at, article: { body, title: `خبر ${letter}` } },
    capture: { via: "warc", body: Buffer.from(`<p>${body} ${day}`) },
  });
  if (read.kind !== "read") throw new Error("not read");
  return { page: givenPage(url, { siteId }), offset, visit: read } satisfies ImportedPage;
}

interface Where {
  readonly url: string;
  readonly siteId: string;
  readonly offset: number;
}

async function put(store: Store, runId: number, ...pages: readonly ImportedPage[]) {
  const { id } = await store.beginFile(FILE, runId);
  return store.putImported(id, pages, { reached: null, now: NOW + 100 * DAY_MS });
}

async function historyOf(store: Store, url = URL_): Promise<string> {
  const history = await store.history(url);
  return history
    .map(({ record, capturedAt, changed }) => {
      const letter = record.article.title.at(-1);
      return `${record.version}${letter}@${(capturedAt - NOW) / DAY_MS}${changed.length > 0 ? "*" : ""}`;
    })
    .join(" ");
}

test.each([
  ["ABC", "1A@0 2B@1* 3C@2*"],
  ["AAB", "1A@0 2B@2*"],
  ["ABA", "1A@0 2B@1* 3A@2*"],
  ["ABAAB", "1A@0 2B@1* 3A@2* 4B@4*"],
  ["AABBA", "1A@0 2B@2* 3A@4*"],
])(
  "%s, day by day, is the same history in whatever order it arrives",
  async (letters, expected) => {
    const days = [...letters].map((letter, day) => ({ letter, day }));
    const orders = permutations(days);
    const store = await emptyStore();
    const runId = await beginRun(store);
    const urlOf = (order: number): string => `https://site${order}.example/elders`;
    for (const step of days.keys()) {
      const arriving = orders.map((order, index) => {
        const { letter, day } = order[step] ?? { letter: "A", day: 0 };
        return shown(letter, day, runId, { url: urlOf(index), siteId: `site${index}` });
      });
      await put(store, runId, ...arriving);
    }
    const last = letters.at(-1) ?? "";
    for (const [index, order] of orders.entries()) {
      const url = urlOf(index);
      const arrived = order.map(({ day }) => day).join("");
      expect(`${arrived}: ${await historyOf(store, url)}`).toBe(`${arrived}: ${expected}`);
      const article = await store.article(url);
      expect(article).toMatchObject({
        firstSeenAt: NOW,
        lastSeenAt: NOW + (letters.length - 1) * DAY_MS,
      });
      expect(article?.article.title.at(-1)).toBe(last);
      expect((await store.rawCapture(url))?.fetchedAt).toBe(article?.downloadedAt);
    }
    // What is found is the newest version.
    const hits = await store.search({ text: last }, { limit: 1, sort: "date" });
    expect(hits.total).toBe(orders.length);
  },
);

test("an older capture slides in before what a crawl has seen, and undoes nothing of it", async () => {
  const store = await emptyStore();
  const runId = await beginRun(store);
  const page = givenPage(URL_, { siteId: "awj" });
  const live = givenRead(URL_, {
    runId,
    at: NOW,
    article: { body: BODIES.B ?? "", title: "خبر B" },
  });
  await visit(store, page, { ...live, nextAt: NOW + DAY_MS });
  const [settled] = await put(store, runId, shown("A", -30, runId));
  expect(settled).toMatchObject({ result: "changed", articleId: "a1", version: 1 });
  expect(await historyOf(store)).toBe("1A@-30 2B@0*");
  expect((await store.article(URL_))?.article.title).toBe("خبر B");
  expect(await store.nextDueAt()).toBe(NOW + DAY_MS);
  const [lease] = await store.lease({ now: NOW + 2 * DAY_MS, limit: 1, holdMs: 1_000 });
  expect(lease).toMatchObject({ etag: '"v1"', lastCapturedAt: NOW, lastVisitedAt: NOW });
});

test("a crawl after an import goes on from the newest version", async () => {
  const store = await emptyStore();
  const runId = await beginRun(store);
  await put(store, runId, shown("A", -30, runId));
  const page = givenPage(URL_, { siteId: "awj" });
  const same = givenRead(URL_, {
    runId,
    at: NOW,
    article: { body: BODIES.A ?? "", title: "خبر A" },
  });
  expect(await visit(store, page, same)).toMatchObject({ result: "same", articleId: "a1" });
  await put(store, runId, shown("B", -10, runId));
  expect(await historyOf(store)).toBe("1A@-30 2B@-10* 3A@0*");
});

test("the same capture twice adds nothing", async () => {
  const store = await emptyStore();
  const runId = await beginRun(store);
  await put(store, runId, shown("A", 0, runId), shown("B", 1, runId));
  const before = await store.stats();
  const again = await put(store, runId, shown("A", 0, runId), shown("B", 1, runId));
  expect(again.map(({ result }) => result)).toEqual(["same", "same"]);
  const after = await store.stats();
  expect([after.articles, after.versions, after.captures]).toEqual([1, 2, 2]);
  expect(after.captures).toBe(before.captures);
});

test("a file that was stopped goes on where it was; one that was read to its end begins anew", async () => {
  const store = await emptyStore();
  const runId = await beginRun(store);
  const { id, reached } = await store.beginFile(FILE, runId);
  expect(reached).toBe(0);
  await store.putImported(id, [shown("A", 0, runId, { offset: 640 })], {
    reached: 1_280,
    now: NOW,
  });
  expect(await store.beginFile(FILE, runId)).toEqual({ id, reached: 1_280 });
  expect((await store.beginFile({ ...FILE, bytes: 2_000 }, runId)).reached).toBe(0);
  await store.putImported(id, [], { reached: null, now: NOW });
  expect(await store.beginFile(FILE, runId)).toEqual({ id, reached: 0 });
  const rows: unknown[] = [];
  for await (const row of store.sql("SELECT file, offset, via FROM imports")) rows.push(row);
  expect(rows).toEqual([{ file: "old.warc.gz", offset: 640, via: "warc" }]);
});

test("an import does not bring back what is gone, unless it is newer", async () => {
  const store = await emptyStore();
  const runId = await beginRun(store);
  const page = givenPage(URL_, { siteId: "awj" });
  const live = givenRead(URL_, { runId, article: { body: BODIES.B ?? "", title: "خبر B" } });
  await visit(store, page, live);
  for (const day of [2, 3]) {
    const at = NOW + day * DAY_MS;
    await visit(store, page, { kind: "gone", status: 404, at, runId, nextAt: null });
  }
  await put(store, runId, shown("A", 1, runId));
  expect((await store.article(URL_))?.status).toBe("gone");
  await put(store, runId, shown("C", 9, runId));
  expect((await store.article(URL_))?.status).toBe("live");
  const kinds = (await store.changesOf(URL_)).map(({ kind, at }) => [kind, (at - NOW) / DAY_MS]);
  expect(kinds.slice(-2)).toContainEqual(["return", 9]);
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [
      item,
      ...rest,
    ]),
  );
}

const LOCAL = { label: "محليات", kind: "scope", detail: "national", medtops: [] } as const;

async function faultsOf(store: Store): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  const onFault = (fault: Fault): void => void faults.push(fault);
  await store.verify({ program: "warraq 0.1.0", signal: new AbortController().signal, onFault });
  return faults;
}

test("a stretch that a capture of a later run cuts in two is sound", async () => {
  const store = await emptyStore();
  for (const [letter, day] of [
    ["A", 0],
    ["A", 2],
    ["B", 1],
  ] as const) {
    const runId = await beginRun(store);
    await put(store, runId, shown(letter, day, runId));
  }
  expect(await historyOf(store)).toBe("1A@0 2B@1* 3A@2*");
  expect(await faultsOf(store)).toEqual([]);
});

test("a stretch that is cut in two goes on before what followed it in the same moment", async () => {
  const store = await emptyStore();
  const runId = await beginRun(store);
  for (const [letter, day] of [
    ["A", 0],
    ["A", 2],
    ["C", 2],
    ["B", 1],
  ] as const) {
    await put(store, runId, shown(letter, day, runId));
  }
  expect(await historyOf(store)).toBe("1A@0 2B@1* 3A@2* 4C@2*");
  expect((await store.article(URL_))?.article.title).toBe("خبر C");
  expect(await faultsOf(store)).toEqual([]);
});

test("an article is of the site that its page was known under, whichever rule read the capture", async () => {
  const store = await emptyStore();
  const runId = await beginRun(store);
  await store.enqueue([givenPage(URL_, { siteId: "awj.example" })], { now: NOW, known: "keep" });
  await put(store, runId, shown("A", 0, runId, { siteId: "awj" }));
  expect((await store.article("a1"))?.siteId).toBe("awj.example");
  expect(await faultsOf(store)).toEqual([]);
});

test("articles that are filed while versions are verified are no faults", async () => {
  const path = `${temporaryFolder()}/warraq.db`;
  const writing = await openStore({ path, mode: "write" });
  onTestFinished(() => writing.close());
  const runId = await beginRun(writing);
  const many = (from: number) =>
    Array.from({ length: 120 }, (_, index) => {
      const url = `${URL_}/${from + index}`;
      const body = `${from + index} ${BODIES.A}`;
      const read = givenRead(url, {
        ...{ runId, at: NOW, article: { body, categories: [LOCAL] } },
        capture: { via: "warc", body: Buffer.from(`<p>${body}`) },
      });
      if (read.kind !== "read") throw new Error("not read");
      return { page: givenPage(url), offset: from + index, visit: read } as ImportedPage;
    });
  await put(writing, runId, ...many(0));
  const db = connect(path, "read");
  onTestFinished(() => void db.close());
  const found: Found[] = [];
  for (const one of checkRows(db, "warraq 0.1.0")) {
    if (found.length === 0) await put(writing, runId, ...many(120));
    found.push(one);
  }
  expect(found.flatMap(({ faults }) => faults)).toEqual([]);
  expect(found.reduce((sum, { versions = 0 }) => sum + versions, 0)).toBe(240);
});

test("a capture that its file dates after today is sound", async () => {
  const store = await emptyStore();
  const runId = await beginRun(store);
  await put(store, runId, shown("A", 0, runId), shown("B", 200, runId));
  expect(await faultsOf(store)).toEqual([]);
});
