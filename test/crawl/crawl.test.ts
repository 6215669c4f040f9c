import { expect, test } from "vitest";
import type { ArticleRecord } from "../../src/model.ts";
import type { Store } from "../../src/store/store.ts";
import { openWorld } from "./harness.ts";

/** Articles the newsroom publishes that may be stored: 8 + 5 + 4 + 3. */
const PUBLISHED = 20;

test("one crawl archives every article of every site, and nothing that is not one", async () => {
  const world = await openWorld();
  const report = await world.crawl();
  expect(report.reason).toBe("finished");
  expect(report.counters).toMatchObject({ new: PUBLISHED, changed: 0, failed: 1, gone: 1 });
  const records = await all(world.store);
  expect(records).toHaveLength(PUBLISHED);
  expect(records.map(({ article }) => article.title)).not.toContain("Just a moment...");
  expect(records.every(({ article }) => article.body.length > 100)).toBe(true);
});

test("robots.txt is obeyed: what it forbids is never asked for", async () => {
  const world = await openWorld();
  await world.crawl();
  const paths = world.newsroom.log.map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith("/drafts/"))).toEqual([]);
  expect(paths.filter((path) => path.startsWith("/private/"))).toEqual([]);
  expect(paths.filter((path) => path === "/robots.txt")).toHaveLength(world.newsroom.sites.length);
});

test("no page is asked for twice in a run, and a second run asks for no article again", async () => {
  const world = await openWorld();
  await world.crawl();
  const first = world.newsroom.log.map(({ site, path }) => site + path);
  expect(first.length).toBe(new Set(first).size);
  const before = world.newsroom.log.length;
  const report = await world.crawl();
  expect(report.counters).toMatchObject({ new: 0, changed: 0, same: 0 });
  const again = world.newsroom.log.slice(before).map(({ path }) => path);
  expect(again.filter((path) => /\/\d{4}\/|\/archives\/|\/libya-news\/\d/.test(path))).toEqual([]);
});

test("windows-1256 labelled UTF-8 is read right, with its hidden machine date", async () => {
  const world = await openWorld();
  await world.crawl({ only: ["wahat"] });
  const record = await world.store.article(`${world.origin("wahat")}/archives/4101`);
  expect(record?.article).toMatchObject({
    title: "مستشفى سبها يستأنف عمليات القلب بعد توقف دام عامين",
    category: "أخبار الجنوب",
    authors: ["المحرر"],
  });
  expect(record?.article.published?.iso.slice(0, 10)).toBe("2026-06-13");
  expect(record?.article.body.split("\n\n")).toHaveLength(3);
});

test("recheck finds the article that was silently edited, and only that one", async () => {
  const world = await openWorld();
  await world.crawl();
  world.newsroom.publishNextEdition();
  const report = await world.crawl({ mode: "recheck" });
  expect(report.counters.changed).toBe(1);
  expect(report.counters.new).toBe(0);
  const url = `${world.origin("sahel")}/2026/06/13/maktabat-almadina/`;
  const history = await world.store.history(url);
  expect(history.map(({ record }) => record.version)).toEqual([1, 2]);
  expect(history[1]?.changed).toEqual(expect.arrayContaining(["title", "body"]));
});

test("an advert inside the text is no picture of the article, whatever it is called today", async () => {
  const world = await openWorld();
  await world.crawl({ only: ["sahel"] });
  const pictures = (await all(world.store)).flatMap(({ article }) => article.images);
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.map(({ url }) => url).filter((url) => url.includes("/ads/"))).toEqual([]);
});

test("validators are used: an unchanged page is not sent again", async () => {
  const world = await openWorld();
  await world.crawl({ only: ["sahel"] });
  const before = world.newsroom.log.length;
  const report = await world.crawl({ only: ["sahel"], mode: "recheck" });
  expect(report.counters).toMatchObject({ notModified: 8, same: 0, changed: 0 });
  const statuses = world.newsroom.log.slice(before).filter(({ path }) => path !== "/robots.txt");
  expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([304]));
});

test("a limit of pages ends the run as resumable, and the next run takes the rest", async () => {
  const world = await openWorld();
  const first = await world.crawl({ maxPages: 3, concurrency: 1 });
  expect(first.reason).toBe("max-pages");
  expect(first.counters.new).toBeLessThanOrEqual(3);
  const second = await world.crawl();
  expect(second.reason).toBe("finished");
  expect(await all(world.store)).toHaveLength(PUBLISHED);
});

test("an aborted run saves what it has and goes on where it was, fetching nothing twice", async () => {
  const world = await openWorld();
  const running = world.crawl();
  await until(() => world.newsroom.log.length > 12);
  world.stop();
  expect((await running).reason).toBe("signal");
  world.restart();
  expect((await world.crawl()).reason).toBe("finished");
  expect(await all(world.store)).toHaveLength(PUBLISHED);
  const pages = world.newsroom.log.map(({ site, path }) => site + path);
  const twice = pages.filter((page, index) => pages.indexOf(page) !== index);
  expect(twice.filter((page) => !page.endsWith("/robots.txt"))).toEqual([]);
});

test.each([
  ["--include keeps only what matches", { include: [/siar-alsarf/] }, 1],
  ["--include sees Arabic slugs decoded", { include: [/مكتبة/] }, 0],
  ["--exclude leaves out what matches", { exclude: [/maktabat|taqs/] }, 6],
  ["--max-age leaves out old news", { maxAgeMs: 1 }, 0],
])("%s", async (_name, options, stored) => {
  const world = await openWorld();
  await world.crawl({ only: ["sahel"], ...options });
  expect(await all(world.store)).toHaveLength(stored);
});

async function all(store: Store): Promise<ArticleRecord[]> {
  const records: ArticleRecord[] = [];
  for await (const record of store.scan({}, "latest")) records.push(record);
  return records;
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}
