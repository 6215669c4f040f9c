/** Filling gaps from the site itself: REST, sitemaps, date archives, numbers; stopped and gone on. */
import { expect, test } from "vitest";
import {
  DAY_MS,
  type Handler,
  listen,
  openWorld,
  type Post,
  page,
  posts,
  restPosts,
  type Server,
  sendPage,
  siteAt,
  span,
  twice,
} from "./world.ts";

const SECTIONS = '<nav><a href="/">Home</a><a href="/about">About</a></nav>';

function articlePages(all: readonly Post[]): Handler {
  const byPath = new Map(all.map((post) => [post.path, post]));
  return (url, response) => {
    const post = byPath.get(url.pathname);
    if (post !== undefined) sendPage(response, page(post));
  };
}

async function serveAll(...handlers: (() => Handler)[]): Promise<Server> {
  const made = handlers.map((make) => make());
  return listen(async (url, response, request) => {
    for (const handle of made) {
      if (!response.writableEnded) await handle(url, response, request);
    }
  });
}

test("a WordPress of 5,000 posts is filled whole: recall 100 %, 100 posts a request", async () => {
  // From 1 January 2017 on, one every four hours: until 12 April 2019, all within the window.
  const all = posts(5_000, { from: "2017-01-01T03:00:00Z", everyMs: 4 * 3_600_000 });
  let origin = "";
  const server = await serveAll(
    () => restPosts(all, () => origin),
    () => articlePages(all),
  );
  origin = server.origin;
  const world = await openWorld();
  const window = span("2017-01-01", "2019-07-01");
  const report = await world.backfill(siteAt(server), { window });
  const [wp] = report.ways;
  const rest = server.log.filter((path) => path.startsWith("/wp-json/")).length;
  console.log(`5,000 posts: ${rest} REST requests, ${server.log.length} in all`);
  expect(wp).toMatchObject({ found: 5_000, known: 0, missing: 5_000, stored: 5_000, failed: 0 });
  expect(report).toMatchObject({ reason: "finished", counters: { new: 5_000 } });
  // A probe, and the last page of each of three years may be half empty.
  expect(rest).toBeLessThanOrEqual(50 + 1 + 3);
  expect(twice(server.log)).toEqual([]);
  expect(report.gaps.emptyMonths).toEqual(["2019-05", "2019-06"]);

  const before = server.log.length;
  const again = await world.backfill(siteAt(server), { window });
  expect(again.ways[0]).toMatchObject({ found: 5_000, known: 5_000, missing: 0 });
  expect(server.log.slice(before).filter((path) => /^\/20/u.test(path))).toEqual([]);
}, 300_000);

test("a window takes its own posts and no others", async () => {
  const all = posts(400, { from: "2019-01-01T12:00:00Z", everyMs: DAY_MS });
  let origin = "";
  const server = await serveAll(
    () => restPosts(all, () => origin),
    () => articlePages(all),
  );
  origin = server.origin;
  const world = await openWorld();
  await world.backfill(siteAt(server), { window: span("2019-03-01", "2019-04-01") });
  const dates = (await world.articles()).map(({ article }) => article.published?.iso.slice(0, 10));
  expect(dates.sort()).toEqual(
    Array.from({ length: 31 }, (_, day) => `2019-03-${String(day + 1).padStart(2, "0")}`),
  );
});

test("a renamed REST root is found by the home page's Link header", async () => {
  const all = posts(30, { from: "2019-02-01T12:00:00Z", everyMs: DAY_MS });
  let origin = "";
  const server = await serveAll(
    () => (url, response) => {
      if (url.pathname !== "/") return;
      response.setHeader("link", `<${origin}/api/>; rel="https://api.w.org/"`);
      sendPage(response, `<html><body>${SECTIONS}</body></html>`);
    },
    () => restPosts(all, () => origin, "/api/"),
    () => articlePages(all),
  );
  origin = server.origin;
  const world = await openWorld();
  const report = await world.backfill(siteAt(server), {});
  expect(report.ways[0]).toMatchObject({ found: 30, stored: 30 });
});

test("a run that is stopped goes on where it was: nothing is asked for twice, nothing is lost", async () => {
  const all = posts(250, { from: "2019-01-02T00:00:00Z", everyMs: DAY_MS });
  let origin = "";
  let afterRequests = 90;
  const world = await openWorld();
  const server = await serveAll(
    () => () => {
      if (--afterRequests === 0) world.stop.controller.abort();
    },
    () => restPosts(all, () => origin),
    () => articlePages(all),
  );
  origin = server.origin;
  const first = await world.backfill(siteAt(server), {});
  expect(first.reason).toBe("signal");
  expect(first.ways[0]?.isComplete).toBe(false);
  expect((await world.articles()).length).toBeLessThan(250);
  world.stop.controller = new AbortController();
  const second = await world.backfill(siteAt(server), {});
  expect(second.reason).toBe("finished");
  expect(await world.articles()).toHaveLength(250);
  expect(twice(server.log)).toEqual([]);
});

test("--max-pages ends a run as one that can be gone on with", async () => {
  const all = posts(40, { from: "2019-01-02T00:00:00Z", everyMs: DAY_MS });
  let origin = "";
  const server = await serveAll(
    () => restPosts(all, () => origin),
    () => articlePages(all),
  );
  origin = server.origin;
  const world = await openWorld();
  const first = await world.backfill(siteAt(server), { maxPages: 15 });
  expect(first).toMatchObject({ reason: "max-pages", counters: { new: 15 } });
  const second = await world.backfill(siteAt(server), {});
  expect(second).toMatchObject({ reason: "finished", counters: { new: 25 } });
  expect(twice(server.log)).toEqual([]);
});

test("a dry run stores nothing, and what one way lists the next finds known", async () => {
  const all = posts(20, { from: "2019-01-02T00:00:00Z", everyMs: DAY_MS });
  let origin = "";
  const server = await serveAll(
    () => restPosts(all, () => origin),
    () => sitemaps(all, () => origin),
    () => articlePages(all),
  );
  origin = server.origin;
  const world = await openWorld();
  const report = await world.backfill(siteAt(server), { isDryRun: true, ways: ["wp", "sitemap"] });
  expect(report.ways).toMatchObject([
    { way: "wp", found: 20, missing: 20, stored: 0 },
    { way: "sitemap", found: 20, known: 20, missing: 0 },
  ]);
  expect(await world.articles()).toEqual([]);
  expect(await world.store.runs(5)).toEqual([]);
});

/** An index with a part a month, named by it; the part says when each article last changed. */
function sitemaps(all: readonly Post[], origin: () => string): Handler {
  const monthOf = ({ at }: Post): string => new Date(at).toISOString().slice(0, 7);
  const months = [...new Set(all.map(monthOf))];
  return (url, response) => {
    const xml = (body: string): void => {
      response.writeHead(200, { "content-type": "application/xml" }).end(body);
    };
    if (url.pathname === "/sitemap.xml") {
      const parts = months.map(
        (month) => `<sitemap><loc>${origin()}/sitemap-post-${month}.xml</loc></sitemap>`,
      );
      xml(`<?xml version="1.0"?><sitemapindex>${parts.join("")}</sitemapindex>`);
    }
    const month = /^\/sitemap-post-(\d{4}-\d\d)\.xml$/u.exec(url.pathname)?.[1];
    if (month === undefined) return;
    const entries = all
      .filter((post) => monthOf(post) === month)
      .map(
        ({ path, at }) =>
          `<url><loc>${origin()}${path}</loc><lastmod>${new Date(at).toISOString()}</lastmod></url>`,
      );
    xml(`<?xml version="1.0"?><urlset>${entries.join("")}</urlset>`);
  };
}

test("of a sitemap index only the parts of the window are asked for", async () => {
  const all = posts(365, { from: "2019-01-01T12:00:00Z", everyMs: DAY_MS });
  let origin = "";
  const server = await serveAll(
    () => sitemaps(all, () => origin),
    () => articlePages(all),
  );
  origin = server.origin;
  const world = await openWorld();
  const report = await world.backfill(siteAt(server), {
    ...{ ways: ["sitemap"], window: span("2019-03-05", "2019-04-10") },
  });
  expect(report.ways[0]).toMatchObject({ stored: 36 });
  const parts = server.log.filter((path) => path.startsWith("/sitemap-post"));
  expect(parts.sort()).toEqual(["/sitemap-post-2019-03.xml", "/sitemap-post-2019-04.xml"]);
  expect(report.gaps.emptyMonths).toEqual([]);
});

/** `/2019/03/` and its pages, ten articles each; a month without any is 404. */
function dateArchives(all: readonly Post[]): Handler {
  return (url, response) => {
    const [, prefix = "", number = "1"] =
      /^(\/\d{4}\/\d\d\/)(?:page\/(\d+)\/)?$/u.exec(url.pathname) ?? [];
    if (prefix === "") return;
    const own = all.filter(({ path }) => path.startsWith(prefix));
    const shown = own.slice((Number(number) - 1) * 10, Number(number) * 10);
    if (shown.length === 0) return;
    const links = shown.map(({ path, title }) => `<h2><a href="${path}">${title}</a></h2>`);
    const isLast = Number(number) * 10 >= own.length;
    const next = isLast
      ? ""
      : `<a rel="next" href="${prefix}page/${Number(number) + 1}/">Older</a>`;
    sendPage(
      response,
      `<html><body>${SECTIONS}<main>${links.join("")}</main>${next}</body></html>`,
    );
  };
}

test("date archives are read month by month to their last page, over months without articles", async () => {
  const all = [
    ...posts(45, { from: "2019-02-01T12:00:00Z", everyMs: DAY_MS / 2 }),
    ...posts(12, { from: "2019-05-03T12:00:00Z", everyMs: DAY_MS }).map((post) => ({
      ...post,
      id: post.id + 500,
      title: `${post.title} (May ${post.id})`,
    })),
  ];
  const server = await serveAll(
    () => dateArchives(all),
    () => articlePages(all),
  );
  const world = await openWorld();
  const report = await world.backfill(siteAt(server), {
    ...{ ways: ["archive"], window: span("2019-02-01", "2019-06-01") },
  });
  expect(report.ways[0]).toMatchObject({ found: 57, stored: 57, isComplete: true });
  expect(twice(server.log)).toEqual([]);
  const lists = server.log.filter((path) => !path.includes("council"));
  console.log(`57 articles of four months: ${lists.length} pages of date archives`);
  expect(report.gaps.emptyMonths).toEqual(["2019-03", "2019-04"]);
  expect(report.gaps.gaps[0]).toEqual({ from: "2019-02-24", to: "2019-05-02", days: 68 });
});

test("a site without date archives is asked for three months, not for sixty", async () => {
  const server = await listen(() => {});
  const world = await openWorld();
  const report = await world.backfill(siteAt(server), {
    ...{ ways: ["archive"], window: span("2015-01-01", "2020-01-01") },
  });
  expect(server.log.length).toBeLessThanOrEqual(6);
  expect(report.ways[0]?.problems.join()).toContain("no date archives");
});

test("numbers between known articles are asked for, after a sample that shows articles", async () => {
  const all = posts(120, { from: "2019-01-01T12:00:00Z", everyMs: DAY_MS, form: "number" });
  let origin = "";
  const known = new Set([1_000, 1_030, 1_060, 1_100, 1_119]);
  const server = await serveAll(
    () =>
      restPosts(
        all.filter(({ id }) => known.has(id)),
        () => origin,
      ),
    () => articlePages(all),
  );
  origin = server.origin;
  const site = siteAt(server, { articlePath: ["/news/{id}"] });
  const world = await openWorld();
  await world.backfill(site, { ways: ["wp"] });
  const report = await world.backfill(site, {
    ...{ ways: ["id"], window: span("2019-02-01", "2019-03-01") },
  });
  const asked = server.log
    .filter((path) => path.startsWith("/news/"))
    .map((path) => Number(path.slice(6)));
  expect(report.ways[0]?.failed).toBe(0);
  const february = all.filter(
    ({ at }) => at >= Date.parse("2019-02-01") && at < Date.parse("2019-03-01"),
  );
  expect(february.filter(({ id }) => !asked.includes(id))).toEqual([]);
  expect(Math.max(...asked)).toBeLessThanOrEqual(1_119);
  expect(twice(server.log.filter((path) => path.startsWith("/news/")))).toEqual([]);
});

test("a page that is gone is no longer missing; one that failed is tried again", async () => {
  const all = posts(10, { from: "2019-01-02T00:00:00Z", everyMs: DAY_MS });
  let origin = "";
  let isBroken = true;
  const server = await serveAll(
    () => restPosts(all, () => origin),
    () => (url, response) => {
      if (url.pathname === all[3]?.path) response.writeHead(410).end();
      if (url.pathname === all[5]?.path && isBroken) response.writeHead(400).end();
    },
    () => articlePages(all),
  );
  origin = server.origin;
  const world = await openWorld();
  const first = await world.backfill(siteAt(server), {});
  expect(first.ways[0]).toMatchObject({ missing: 10, stored: 8, skipped: 1, failed: 1 });
  isBroken = false;
  const second = await world.backfill(siteAt(server), {});
  expect(second.ways[0]).toMatchObject({ known: 9, missing: 1, stored: 1 });
});

test("the site's robots.txt is obeyed, whatever its lists name", async () => {
  const open = posts(5, { from: "2019-01-02T00:00:00Z", everyMs: DAY_MS });
  const shut = open.map((post) => ({ ...post, path: `/private${post.path}` }));
  let origin = "";
  const server = await serveAll(
    () => restPosts([...open, ...shut], () => origin),
    () => articlePages([...open, ...shut]),
  );
  origin = server.origin;
  const world = await openWorld();
  const report = await world.backfill(siteAt(server), {});
  expect(report.ways[0]).toMatchObject({ found: 10, stored: 5, skipped: 5, failed: 0 });
  expect(server.robots.asked).toBe(1);
  expect(server.log.filter((path) => path.startsWith("/private/"))).toEqual([]);
});

test("what --exclude leaves out is not left in the queue for the next crawl", async () => {
  const all = posts(10, { from: "2019-01-02T00:00:00Z", everyMs: DAY_MS });
  let origin = "";
  const server = await serveAll(
    () => restPosts(all, () => origin),
    () => articlePages(all),
  );
  origin = server.origin;
  const world = await openWorld();
  const report = await world.backfill(siteAt(server), { exclude: [/report-100[0-4]/u] });
  expect(report.ways[0]).toMatchObject({ found: 5, stored: 5 });
  expect(await world.store.isKnown(`${origin}${all[0]?.path}`)).toBe(false);
});
