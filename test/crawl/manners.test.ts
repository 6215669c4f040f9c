import { expect, test } from "vitest";
import { openCrawl } from "./harness.ts";
import { openWordPress, post } from "./wordpress.ts";

const HOUR = 3_600_000;

test("the day's budget is counted over runs; the next day goes on", async () => {
  const posts = Array.from({ length: 12 }, (_, id) => post(id, Date.now() - id * HOUR));
  const site = await openWordPress(posts, { validators: false, rest: false });
  const { crawl, clock } = openCrawl();
  const options = { budget: 6, concurrency: 1 };
  expect((await crawl([`${site.origin}/`], options)).reason).toBe("budget");
  const spent = site.log.length;
  expect(spent).toBeLessThanOrEqual(7); // one request may be on its way when the budget ends
  expect(await crawl([`${site.origin}/`], options)).toMatchObject({ reason: "budget" });
  expect(site.log.length).toBe(spent);
  clock.aheadMs = 24 * HOUR;
  await crawl([`${site.origin}/`], options);
  expect(site.log.length).toBeGreaterThan(spent + 3);
  expect(site.log.length).toBeLessThanOrEqual(spent * 2 + 1);
});

test("a site that refuses several pages in a row is left alone, by the next process too", async () => {
  const posts = Array.from({ length: 12 }, (_, id) =>
    post(id, Date.now() - id * HOUR, { page: "wall" }),
  );
  const site = await openWordPress(posts, { validators: false, rest: false });
  const { crawl, clock, events, store } = openCrawl();
  const report = await crawl([`${site.origin}/`], { delayMs: 1 });
  const asked = site.log.length;
  expect(report.counters.failed).toBeLessThan(12);
  clock.aheadMs = 20 * 60_000;
  await crawl([`${site.origin}/`]);
  expect(site.log.length).toBe(asked);
  expect(JSON.stringify(events)).toContain("left alone until");
  const never = "select count(*) as n from page where role = 'article' and visited_at is null";
  for await (const { n } of (await store).sql(never)) expect(n).toBeGreaterThan(0);
  clock.aheadMs = 40 * 60_000;
  await crawl([`${site.origin}/`]);
  expect(site.log.length).toBeGreaterThan(asked);
});

test("a dead host is not asked again for ten minutes, whoever asks", async () => {
  const { crawl, clock, events } = openCrawl();
  const url = "http://127.0.0.1:9/";
  expect((await crawl([url])).counters.failed).toBe(1);
  const before = (await crawl([url])).counters;
  expect(before).toMatchObject({ requests: 0, failed: 0 });
  expect(JSON.stringify(events)).toContain("left alone until");
  clock.aheadMs = 11 * 60_000;
  expect((await crawl([url])).counters.failed).toBe(1);
});

test("every version of robots.txt is kept once, and asked for once a day", async () => {
  const site = await openWordPress([post(1, Date.now() - HOUR)]);
  const { crawl, clock, store } = openCrawl();
  const versions = async (): Promise<number> => {
    const asked = "select count(*) as n from captures where url like '%/robots.txt'";
    for await (const { n } of (await store).sql(asked)) return Number(n);
    return 0;
  };
  const asked = (): number => site.log.filter(({ path }) => path === "/robots.txt").length;
  await crawl([`${site.origin}/`]);
  expect([asked(), await versions()]).toEqual([1, 1]);
  clock.aheadMs = 20 * HOUR;
  await crawl([`${site.origin}/`]);
  expect([asked(), await versions()]).toEqual([1, 1]);
  clock.aheadMs = 26 * HOUR;
  await crawl([`${site.origin}/`]);
  expect([asked(), await versions()]).toEqual([2, 1]);
  site.robots = "User-agent: *\nDisallow: /private/\n";
  clock.aheadMs = 52 * HOUR;
  await crawl([`${site.origin}/`]);
  expect([asked(), await versions()]).toEqual([3, 2]);
});
