/** What a search engine does besides finding: fields, pages, facets, suggestions, and never in the way. */
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Article } from "../../src/model.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { connect } from "../../src/store/sqlite/driver.ts";
import { MIGRATIONS, migrate } from "../../src/store/sqlite/migrations/index.ts";
import { beginRun, givenDate, givenPage, givenRead, visit } from "../store/given.ts";
import { temporaryFolder } from "../temporary-folder.ts";

let path: string;
let store: Store;
let runId: number;
beforeEach(async () => {
  path = join(temporaryFolder(), "archive.db");
  store = await openStore({ path, mode: "write" });
  onTestFinished(() => store.close());
  runId = await beginRun(store);
});

let number = 0;
async function add(article: Partial<Article>, site = "sahel"): Promise<string> {
  const url = `https://${site}.ly/${++number}`;
  const settled = await visit(store, givenPage(url), givenRead(url, { runId, article }));
  return settled.articleId ?? "";
}

const on = (day: string) => givenDate(`${day}T10:00:00+02:00`);
const ids = async (text: string, sort: "date" | "relevance" = "relevance") =>
  (await store.search({ text }, { limit: 20, sort })).items.map(({ record }) => record.id);

describe("the ladder", () => {
  test("title, first sentences, anywhere; side by side before apart; other forms last", async () => {
    const filler = "كلام ".repeat(60);
    const form = await add({ title: "خبر أول", body: `${filler} والميناء القديم.` });
    const far = await add({ title: "خبر ثان", body: `قديم ${filler} ميناء.` });
    const phrase = await add({ title: "خبر ثالث", body: `${filler} ميناء قديم.` });
    const lead = await add({ title: "خبر رابع", body: `في ميناء قرب حي قديم. ${filler}` });
    const title = await add({ title: "ميناء بلا سقف قديم", body: filler });
    const best = await add({ title: "ميناء قديم", body: filler });
    expect(await ids("ميناء قديم")).toEqual([best, title, lead, phrase, far, form]);
  });

  test("of equals the newest is first, whenever it was archived", async () => {
    const newer = await add({ title: "ميناء", published: on("2024-04-02") });
    const older = await add({ title: "ميناء", body: "نص", published: on("2019-04-02") });
    const newest = await add({ title: "ميناء", body: "آخر", published: on("2024-04-03") });
    expect(await ids("ميناء")).toEqual([newest, newer, older]);
  });
});

describe("prepositions written onto a word", () => {
  test("are taken off where the archive's words say so, and nowhere else", async () => {
    for (let round = 0; round < 6; round++) await add({ title: `سرت ${round}`, body: "نص" });
    for (let round = 0; round < 4; round++) await add({ title: `لجنة ${round}`, body: "نص" });
    const joined = await add({ title: "وصل إلى لسرت وبسرت", body: "نص" });
    const garden = await add({ title: "جنة", body: "نص" });
    expect(await ids("سرت")).toContain(joined);
    expect(await ids("جنة")).toEqual([garden]);
    expect(await ids("لجنة")).toHaveLength(4);
    expect(await ids("بسرت")).toHaveLength(7);
  });
});

describe("fields", () => {
  test.each([
    ["title:نفط", ["a1"]],
    ["title:والنفط", ["a1"]],
    ["نفط", ["a1", "a2"]],
    ["-title:نفط نفط", ["a2"]],
    ['author:"سالم الفيتوري"', ["a1"]],
    ["author:سالم*", ["a1"]],
    ['author:"الفيتوري سالم"', []],
    ["site:marsa", ["a2"]],
    ["site:marsa OR site:sahel", ["a1", "a2"]],
    ["-site:marsa", ["a1"]],
    ["category:الاقتصاد", ["a2"]],
    ["category:اقتصاد", []],
    ["place:درنه", ["a2"]],
    ["date:2019-04", ["a1"]],
    ["date:2019-05..2021", ["a2"]],
    ["date:2019-04-23..2019-04-23", ["a1"]],
    ["-date:2019", ["a2"]],
    ["date:2019-04 OR date:2021-06", ["a1", "a2"]],
    ["date:..2018", []],
  ])("%s", async (text, wanted) => {
    await add({
      ...{ title: "النفط يعود", body: "نص", authors: ["سالم الفيتوري"] },
      published: on("2019-04-23"),
    });
    await add(
      {
        ...{
          title: "خبر",
          body: "نفط في مدينة درنة",
          authors: ["منى"],
          published: on("2021-06-01"),
        },
        categories: [{ label: "الاقتصاد", kind: "topic", detail: null, medtops: [] }],
      },
      "marsa",
    );
    expect((await ids(text)).toSorted()).toEqual(wanted);
  });
});

describe("pages", () => {
  test.each(["date", "relevance"] as const)(
    "by %s neither repeat nor hide an article when others come between them",
    async (sort) => {
      const given: string[] = [];
      for (let day = 10; day < 30; day++) {
        const title = day % 3 === 0 ? "ميناء" : "خبر";
        given.push(await add({ title, body: `ميناء ${day}`, published: on(`2024-03-${day}`) }));
      }
      const whole = await ids("ميناء", sort);
      const seen: string[] = [];
      for (let cursor: string | null = null; ; ) {
        const paging = { limit: 3, sort, ...(cursor !== null && { cursor }) };
        const answer = await store.search({ text: "ميناء" }, paging);
        seen.push(...answer.items.map(({ record }) => record.id));
        cursor = answer.next;
        if (cursor === null) break;
        // One before and one after where the page ended.
        await add({ title: "ميناء", body: `جديد ${seen.length}`, published: on("2024-04-20") });
      }
      expect(seen.filter((id) => given.includes(id))).toEqual(whole);
      expect(new Set(seen).size).toBe(seen.length);
    },
  );

  test("a cursor of another order is refused", async () => {
    const paging = { limit: 1, sort: "relevance", cursor: "d.1.1" } as const;
    await expect(store.search({ text: "x" }, paging)).rejects.toMatchObject({ code: "E_USAGE" });
  });
});

test("facets count what matches, most first, authors by their own spelling", async () => {
  await add({ title: "نفط درنة", authors: ["هدى المبروك"], published: on("2019-01-02") });
  await add({
    title: "نفط",
    body: "نص",
    authors: ["هدى المبروك", "علي"],
    published: on("2020-01-02"),
  });
  await add({ title: "نفط", body: "نص آخر", authors: [], published: on("2020-05-02") }, "marsa");
  const { articles, isExact, values } = await store.facets(
    { text: "نفط" },
    ["site", "year", "author", "place"],
    2,
  );
  expect([articles, isExact]).toEqual([3, true]);
  expect(values.map(({ facet, value, articles }) => `${facet} ${value} ${articles}`)).toEqual([
    ...["site sahel 2", "site marsa 1", "year 2020 2", "year 2019 1"],
    ...["author هدى المبروك 2", "author علي 1", "place درنة 1", "place مصراتة 1"],
  ]);
});

describe("what was perhaps meant", () => {
  test.each([
    ["a letter left out", "المصالة", "المصالحة"],
    ["two letters swapped", "المصاحلة", "المصالحة"],
    ["a letter that sounds alike", "المسالحة", "المصالحة"],
    ["the blank forgotten", "المصالحةالوطنية", "المصالحة الوطنية"],
    ["another keyboard", "hglwhgpm", "المصالحة"],
    ["among other words", "المصالة -طرابلس", "المصالحة -طرابلس"],
    ["nothing near", "قسطنطينية", null],
    ["nothing wrong", "المصالحة", null],
  ])("%s", async (_, text, suggestion) => {
    for (let round = 0; round < 3; round++)
      await add({ title: `المصالحة الوطنية ${round}`, body: "نص" });
    const answer = await store.search({ text }, { limit: 5, sort: "relevance" });
    expect(answer.suggestion).toBe(suggestion);
  });
});

test("readers neither wait for a writer nor see half of what it does", async () => {
  const before = await add({ title: "ميناء", body: "نص" });
  const reader = await openStore({ path, mode: "read" });
  onTestFinished(() => reader.close());
  const writer = connect(path, "write");
  onTestFinished(() => void writer.close());
  writer.exec("BEGIN IMMEDIATE; UPDATE article SET status = 'gone'");
  const start = performance.now();
  const { items } = await reader.search({ text: "ميناء" }, { limit: 5, sort: "relevance" });
  expect(items.map(({ record }) => [record.id, record.status])).toEqual([[before, "live"]]);
  expect(performance.now() - start).toBeLessThan(1_000);
  writer.exec("ROLLBACK");
});

test("an old archive is indexed again, with its places and counts", async () => {
  const old = join(temporaryFolder(), "old.db");
  const db = connect(old, "write");
  const upTo = MIGRATIONS.findIndex(({ name }) => name === "search");
  migrate(db, old, () => {}, MIGRATIONS.slice(0, upTo));
  db.exec(/* sql */ `
    INSERT INTO run VALUES (1, 0, NULL, NULL, 'crawl', '[]', 'x', '{}', '{}');
    INSERT INTO queue VALUES (1, 'sahel', 'sahel.ly');
    INSERT INTO page (id, queue_id, role, found_by, found_at, url_key, url)
      VALUES (1, 1, 'article', 'feed', 0, 'k', 'https://sahel.ly/1');
    INSERT INTO body (id, digest, codec, unpacked_bytes, bytes)
      VALUES (1, zeroblob(32), 'identity', 3, x'616263');
    INSERT INTO capture (id, page_id, run_id, body_id, fetched_at, status, via, url, headers)
      VALUES (1, 1, 1, 1, 0, 200, 'live', 'https://sahel.ly/1', '[]');
    INSERT INTO article (id, site_id, page_id, version_id, versions, kind, language, status_at,
        first_seen_at, last_seen_at, published_at, date_at, has_title, author_key)
      VALUES (1, 'sahel', 1, 1, 1, 'article', 'ar', 0, 0, 0, NULL, 0, 1, '');
    INSERT INTO version (id, article_id, number, capture_id, run_id, captured_at, content, text, near,
        program, rule, changed, title, word_count, details, body)
      VALUES (1, 1, 1, 1, 1, 0, x'00', x'00', zeroblob(8), 'x', 'generic', '[]', 'خبر من درنة', 3,
        '{"categories":[],"authors":[],"tags":[],"language":"ar"}', 'نص في مصراتة');`);
  db.close();
  const said: string[] = [];
  const upgraded = await openStore({
    path: old,
    mode: "write",
    onProgress: (text) => said.push(text),
  });
  onTestFinished(() => upgraded.close());
  expect(said).toContain(`upgrading ${old}: search`);
  const answer = await upgraded.list({ place: "مصراته" }, { limit: 5, sort: "date" });
  expect(answer.items.map(({ id, places }) => [id, places])).toEqual([["a1", ["درنة", "مصراتة"]]]);
  expect(await upgraded.stats()).toMatchObject({
    ...{ articles: 1, captures: 1, rawBytes: 3, packedBytes: 3 },
    pages: { queued: 0, done: 1, gone: 0, skipped: 0 },
  });
});
