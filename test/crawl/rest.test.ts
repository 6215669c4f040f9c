import { expect, test } from "vitest";
import { openCrawl } from "./harness.ts";
import { openWordPress, pathOf, post } from "./wordpress.ts";

const HOUR = 3_600_000;

test("REST under a renamed root is found by the Link header, read page by page, then only for news", async () => {
  const posts = Array.from({ length: 230 }, (_, id) => post(id, Date.now() - id * HOUR));
  const site = await openWordPress(posts, { validators: false });
  const { crawl, clock, store } = openCrawl();
  expect((await crawl([`${site.origin}/`])).counters).toMatchObject({ new: 230, failed: 0 });
  const rest = () =>
    site.log.map(({ path }) => path).filter((path) => path.startsWith("/lefunot/"));
  expect(rest()).toEqual([
    "/lefunot/wp/v2/posts?per_page=100",
    "/lefunot/wp/v2/posts?per_page=100&page=2",
    "/lefunot/wp/v2/posts?per_page=100&page=3",
    "/lefunot/wp/v2/categories?per_page=100&include=7&_fields=id%2Cname",
    "/lefunot/wp/v2/tags?per_page=100&include=9&_fields=id%2Cname",
  ]);
  const before = rest().length;
  site.posts.push(post(900, Date.now() + HOUR));
  clock.aheadMs = 2 * HOUR;
  expect((await crawl([`${site.origin}/`])).counters.new).toBe(1);
  const asked = rest().slice(before);
  expect(asked).toHaveLength(1); // term names are known by now
  expect(asked[0]).toMatch(/after=\d{4}-\d\d-\d\dT.*&order=asc$/);
  const text = await (await store).listedText(site.origin + pathOf(posts[5] as never));
  expect(text?.via).toBe("wp-json");
  expect(Buffer.from(text?.body ?? []).toString()).toContain("محليات");
}, 30_000);

test("behind a wall or in an empty shell, the REST text is the article, and says so", async () => {
  const at = Date.now() - HOUR;
  const site = await openWordPress([post(1, at, { page: "shell" }), post(2, at, { page: "wall" })]);
  const { crawl, store } = openCrawl();
  const report = await crawl([`${site.origin}/`], { delayMs: 1 });
  expect(report.counters).toMatchObject({ new: 2, skipped: 0, failed: 0 });
  for (const one of site.posts) {
    const record = await (await store).article(site.origin + pathOf(one));
    expect(record).toMatchObject({ via: "wp-json", article: { method: "wp-json" } });
    expect(record?.article.title).toBe(one.title);
    expect(record?.article.body.split("\n\n")).toHaveLength(3);
    expect(record?.article.category).toBe("محليات");
    expect(record?.article.tags).toEqual(["مصراتة & الغرب"]);
    expect(record?.article.published?.at).toBe(Math.floor(one.at / 1000) * 1000);
  }
});

test("a page that tells another text than REST is kept, and the doubt with it", async () => {
  const site = await openWordPress([
    post(1, Date.now() - HOUR),
    post(2, Date.now() - HOUR, { page: "other" }),
  ]);
  const { crawl, store, events } = openCrawl();
  await crawl([`${site.origin}/`]);
  const problems = events.filter(({ kind }) => kind === "problem");
  expect(problems).toHaveLength(1);
  expect(JSON.stringify(problems)).toContain(pathOf(site.posts[1] as never));
  const details: unknown[] = [];
  const asked = "select detail from visits where role = 'article' and detail is not null";
  for await (const { detail } of (await store).sql(asked)) details.push(detail);
  expect(details).toEqual([expect.stringContaining("tell different texts")]);
});
