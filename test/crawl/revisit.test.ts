import { expect, test } from "vitest";
import { afterArticle, afterSource } from "../../src/crawl/revisit.ts";
import type { PageRef } from "../../src/model.ts";
import { openCrawl } from "./harness.ts";
import { openWordPress, pathOf, post } from "./wordpress.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 24, 4);

const listed = (...agesMs: number[]): PageRef[] =>
  agesMs.map((age, number) => ({
    ...{ url: `https://e.ly/${number}`, siteId: "e", role: "article", foundBy: "feed" },
    ...{ title: null, publishedAt: NOW - age, lastModifiedAt: null },
  }));

test.each<[string, { past?: [number, number]; found?: PageRef[] }, number, number]>([
  ["a first look without dates: 90 minutes", {}, 90 * MINUTE, 90 * MINUTE],
  [
    "a first look at an old list: a fifth of its age",
    { found: listed(10 * DAY) },
    2 * DAY,
    2 * DAY,
  ],
  ["a list of years ago: 90 days", { found: listed(2000 * DAY) }, 90 * DAY, 90 * DAY],
  ["news: a fifth sooner, nothing: half as long again", { past: [10, 10] }, 8 * HOUR, 15 * HOUR],
  ["never under 90 minutes", { past: [1.6, 2] }, 90 * MINUTE, 2.4 * HOUR],
  ["never over 90 days", { past: [89 * 24, 89 * 24] }, 71.2 * DAY, 90 * DAY],
  ["an early look counts by its share", { past: [10, 0] }, 8 * HOUR, 10 * HOUR],
  [
    "never longer than half the time the list covers",
    { past: [10, 10], found: listed(0, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR) },
    2 * HOUR,
    2 * HOUR,
  ],
  [
    "an agency whose list covers an hour: 30 minutes",
    { past: [10, 10], found: listed(0, 15 * MINUTE, 30 * MINUTE, 45 * MINUTE, HOUR) },
    30 * MINUTE,
    30 * MINUTE,
  ],
])("sources: %s", (_name, { past, found = [] }, news, quiet) => {
  const [hours, elapsed] = past ?? [null, null];
  const before =
    hours === null ? {} : { intervalMs: hours * HOUR, lastVisitedAt: NOW - (elapsed ?? 0) * HOUR };
  const plans = afterSource(NOW, before, found, true);
  expect([plans.news.intervalMs, plans.quiet.intervalMs].map((ms) => (ms ?? 0) / MINUTE)).toEqual([
    Math.round(news / MINUTE),
    Math.round(quiet / MINUTE),
  ]);
});

test("articles: often when new, rarely when old, eight looks in 90 days, then none", () => {
  let at = NOW;
  let intervalMs: number | null = null;
  const looks: number[] = [];
  for (let plan = afterArticle(at, {}, NOW).news; plan.nextAt !== null; ) {
    looks.push((plan.nextAt - NOW) / HOUR);
    at = plan.nextAt;
    intervalMs = plan.intervalMs;
    plan = afterArticle(at, { intervalMs }, NOW).quiet;
  }
  expect(looks.slice(0, 4)).toEqual([6, 18, 42, 90]);
  expect(looks.length).toBeLessThanOrEqual(9);
  expect(Math.max(...looks)).toBeGreaterThan(60 * 24);
  expect(afterArticle(NOW, {}, NOW - 91 * DAY).news.nextAt).toBeNull();
  expect(afterArticle(NOW, { intervalMs: 9 * DAY }, NOW - 10 * DAY).news.intervalMs).toBe(2 * DAY);
});

test("a second run over an unchanged site with validators transfers no body and stores no version", async () => {
  const site = await openWordPress([1, 2, 3, 4].map((id) => post(id, Date.now() - id * HOUR)));
  const { crawl, store, clock } = openCrawl();
  const first = await crawl([`${site.origin}/`]);
  expect(first.counters).toMatchObject({ new: 4, failed: 0 });
  const captures = (await (await store).stats()).captures;
  const before = site.log.length;
  clock.aheadMs = 7 * HOUR; // everything is due: home, feed, REST, articles
  const second = await crawl([`${site.origin}/`]);
  const log = site.log.slice(before);
  expect(log.length).toBe(7);
  expect(new Set(log.map(({ path }) => path)).size).toBe(7); // nothing twice
  expect(log.map(({ status }) => status)).toEqual(Array(7).fill(304));
  expect(log.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(0);
  expect(second.counters).toMatchObject({ new: 0, changed: 0, same: 0, notModified: 4 });
  expect((await (await store).stats()).captures).toBe(captures);
});

test("two runs in a row cost nothing; six minutes later one source is asked, and brings what is new", async () => {
  const site = await openWordPress([1, 2, 3].map((id) => post(id, Date.now() - id * DAY)));
  const { crawl, clock } = openCrawl();
  await crawl([`${site.origin}/`]);
  const before = site.log.length;
  expect((await crawl([`${site.origin}/`])).counters.requests).toBe(0);
  site.posts.push(post(9, Date.now()));
  clock.aheadMs = 6 * MINUTE;
  expect((await crawl([`${site.origin}/`])).counters.new).toBe(1);
  expect(site.log.slice(before)).toHaveLength(2);
});

test("a feed that is new from end to end makes the other sources due: nothing is lost", async () => {
  const old = [1, 2, 3].map((id) => post(id, Date.now() - id * DAY));
  const site = await openWordPress(old, { validators: true, rest: false, feedItems: 3 });
  const { crawl, clock } = openCrawl();
  await crawl([`${site.origin}/`]);
  for (let id = 10; id < 18; id++) site.posts.push(post(id, Date.now() + id * MINUTE));
  clock.aheadMs = 30 * MINUTE;
  expect((await crawl([`${site.origin}/`])).counters.new).toBe(8);
});

test("an edit is found by crawl itself, at the article's own time, once a run", async () => {
  const site = await openWordPress([post(1, Date.now()), post(2, Date.now() - 40 * DAY)]);
  const { crawl, clock } = openCrawl();
  await crawl([`${site.origin}/`]);
  site.posts[0] = post(1, site.posts[0]?.at ?? 0, {
    body: "<p>نص جديد تماما كتب بعد النشر بساعات لتصحيح ما جاء في الخبر الأول عن أعمال الصيانة في المدينة القديمة وما يتبعها من مواعيد وأسماء.</p>",
  });
  clock.aheadMs = 5 * HOUR;
  expect((await crawl([`${site.origin}/`])).counters.changed).toBe(0);
  clock.aheadMs = 7 * HOUR;
  const before = site.log.length;
  expect((await crawl([`${site.origin}/`])).counters).toMatchObject({ changed: 1 });
  const paths = site.log.slice(before).map(({ path }) => path);
  expect(paths.filter((path) => path === pathOf(post(1, site.posts[0]?.at ?? 0)))).toHaveLength(1);
  expect(paths).not.toContain(pathOf(site.posts[1] as never)); // 40 days old: its time is days away
});

test("a source that is down comes back by itself; a guess that never answered does not", async () => {
  const site = await openWordPress([post(1, Date.now() - HOUR)], { validators: true, rest: false });
  const { crawl, clock, store } = openCrawl();
  await crawl([`${site.origin}/`]);
  site.down = 400; // not tried again at once, as a 500 would be
  for (let day = 1; day < 10; day++) {
    clock.aheadMs = day * DAY;
    await crawl([`${site.origin}/`]);
  }
  const waiting = "select url from page where role = 'feed' and due_at is not null";
  for await (const { url } of (await store).sql(waiting)) expect(url).toContain("/feed/");
  site.down = null;
  site.posts.push(post(2, Date.now() + 17 * DAY));
  clock.aheadMs = 18 * DAY;
  expect((await crawl([`${site.origin}/`])).counters.new).toBe(1);
}, 20_000);
