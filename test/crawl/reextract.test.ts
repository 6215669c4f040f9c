/** Reading archived pages again: what was published stays, what we say of it gets better. */
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { reextract } from "../../src/crawl/index.ts";
import { genericSite } from "../../src/sites/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { beginRun, DAY_MS, givenPage, givenRead, NOW, visit } from "../store/given.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const URL_A = "https://a.ly/2024/04/30/first";
const TITLE = "افتتاح مكتبة عامة في مدينة غدامس القديمة";
const paragraph = (number: number): string =>
  `قال المتحدث باسم المجلس البلدي رقم ${number} إن المكتبة تضم آلاف الكتب، وإنها تفتح أبوابها كل صباح لطلبة المدارس والباحثين من سكان المدينة والقرى المجاورة لها.`;
const page = (title: string): string => `<!doctype html><html lang="ar" dir="rtl"><head>
<meta charset="utf-8"><title>${title}</title><meta property="og:title" content="${title}"></head>
<body><main><article><h1>${title}</h1>
${[1, 2, 3, 4].map((number) => `<p>${paragraph(number)}</p>`).join("\n")}</article></main></body></html>`;

let store: Store;
beforeEach(async () => {
  store = await openStore({ path: `${temporaryFolder()}/archive.db`, mode: "write" });
  onTestFinished(() => store.close());
});

/** Archives a page as rules of another day read it: with a title that was never on it. */
async function given(url: string, at: number, html: string, article: object = {}) {
  const runId = await beginRun(store, at);
  const body = Buffer.from(html);
  const old = { title: "قسم الأخبار", body: paragraph(1), wordCount: 30, ...article };
  return visit(
    store,
    givenPage(url),
    givenRead(url, { runId, at, article: old, capture: { body } }),
  );
}

const run = (isDryRun: boolean, more: object = {}) =>
  reextract(
    {
      ...{ filter: {}, versions: "all", sites: [], program: "warraq/9.9.9", isDryRun, examples: 2 },
      ...more,
    },
    { store, now: () => NOW + 9 * DAY_MS, signal: new AbortController().signal },
  );

test("a dry run says field by field what would be read differently, and records nothing", async () => {
  await given(URL_A, NOW, page(TITLE));
  const report = await run(true);
  expect(report).toMatchObject({ reason: "dry-run", read: 1, changed: 1 });
  expect(report.fields.map(({ field }) => field)).toEqual(
    expect.arrayContaining(["title", "body"]),
  );
  expect(report.examples.find(({ field }) => field === "title")).toMatchObject({
    ...{ articleId: "a1", version: 1, url: URL_A, before: "قسم الأخبار", after: TITLE },
  });
  expect((await store.article("a1"))?.article.title).toBe("قسم الأخبار");
  expect(await store.runs(9)).toHaveLength(1);
});

test("applied, the version says it anew; the old reading stays, no version is made, search finds the new words", async () => {
  await given(URL_A, NOW, page(TITLE));
  expect(await run(false)).toMatchObject({ reason: "finished", changed: 1 });
  const now = await store.article("a1");
  expect(now).toMatchObject({
    ...{ version: 1, versions: 1, article: { title: TITLE } },
    extractor: { program: "warraq/9.9.9", rule: "generic" },
  });
  expect(now?.article.body.split("\n\n")).toHaveLength(4);
  expect(await store.extraction("a1", 1, 1)).toMatchObject({
    article: { title: "قسم الأخبار" },
    extractor: { program: "warraq 0.1.0" },
  });
  expect((await store.extraction(URL_A, undefined, 2))?.article).toEqual(now?.article);
  expect(await store.extraction("a1", 1, 3)).toBeNull();
  const paging = { limit: 9, sort: "date" } as const;
  expect((await store.search({ text: "غدامس" }, paging)).items).toHaveLength(1);
  expect((await store.search({ text: "title:الأخبار" }, paging)).items).toHaveLength(0);
  expect((await store.verifyChain()).broken).toBeNull();
  const [last] = await store.runs(1);
  expect(last).toMatchObject({ command: "reextract", counters: { changed: 1, same: 0 } });
});

test("a second time nothing is left to change, and the next visit makes no version", async () => {
  await given(URL_A, NOW, page(TITLE));
  await run(false);
  expect(await run(false)).toMatchObject({ read: 1, changed: 0, fields: [] });
  const { article } = (await store.article("a1")) ?? {};
  const runId = await beginRun(store);
  const again = givenRead(URL_A, { runId, at: NOW + DAY_MS, ...(article && { article }) });
  expect(await visit(store, givenPage(URL_A), again)).toMatchObject({ result: "same", version: 1 });
});

test("every version is read from its own page; of a shown one only the newest is found", async () => {
  await given(URL_A, NOW, page(TITLE));
  await given(URL_A, NOW + DAY_MS, page(`${TITLE} بعد الترميم`), { title: "عنوان آخر تماما" });
  expect(await run(false)).toMatchObject({ read: 2, changed: 2 });
  const titles = (await store.history("a1")).map(({ record }) => record.article.title);
  expect(titles).toEqual([TITLE, `${TITLE} بعد الترميم`]);
  expect((await store.article("a1"))?.versions).toBe(2);
  expect((await store.verifyChain()).broken).toBeNull();
});

test("the site's own rule of today reads its pages", async () => {
  await given(
    URL_A,
    NOW,
    `${page(TITLE).replace("<article>", '<article><b class="kicker">ثقافة وفنون</b>')}`,
  );
  const article = { category: [{ css: ".kicker" }] };
  const rule = { ...genericSite("https://a.ly/"), id: "a", article };
  await run(false, { sites: [rule] });
  const found = await store.article("a1");
  expect(found?.article.category).toBe("ثقافة وفنون");
  expect(found?.extractor.rule).toMatch(/^site:a@/u);
});

test.each([
  ["what another program extracted", "imported", { method: "imported" }, page(TITLE)],
  ["a page without an article by today's rules", "nothing-read", {}, "<html><body></body></html>"],
])("%s is left as it is, and said", async (_, reason, article, html) => {
  await given(URL_A, NOW, html, article);
  const report = await run(false);
  expect(report).toMatchObject({ read: 0, changed: 0 });
  expect(report.skipped).toMatchObject({ [reason]: 1 });
  expect((await store.article("a1"))?.article.title).toBe("قسم الأخبار");
});

test("a stop ends it between versions; run again, it goes on", async () => {
  for (let number = 0; number < 40; number++) {
    const body = `${paragraph(number)} خبر رقم ${number} من أخبار هذا اليوم`;
    await given(`https://a.ly/${number}`, NOW, page(`${TITLE} ${number}`), { body });
  }
  const stop = new AbortController();
  const report = await reextract(
    { filter: {}, versions: "all", sites: [], program: "p", isDryRun: false, examples: 0 },
    { store, now: () => NOW, signal: stop.signal, onVersion: (done) => done >= 3 && stop.abort() },
  );
  expect(report.reason).toBe("signal");
  expect(report.changed).toBeLessThan(40);
  const rest = await run(false);
  expect(report.changed + rest.changed).toBe(40);
  expect((await store.verifyChain()).broken).toBeNull();
});
