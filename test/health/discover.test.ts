/** `discover` as it is typed, on a newsroom of its own. */
import { existsSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { openNewsroom } from "../../src/newsroom/index.ts";
import { displayWidth } from "../../src/text/index.ts";
import { warraq } from "../cli/harness.ts";
import { serve } from "../loopback.ts";
import { temporaryFolder } from "../temporary-folder.ts";

async function world() {
  const newsroom = await openNewsroom();
  onTestFinished(() => newsroom.close());
  const archive = `${temporaryFolder()}/warraq.db`;
  const discover = (...words: string[]) =>
    warraq(["discover", ...words, "--allow-private", "--delay", "0", "--archive", archive], {
      now: Date.now,
    });
  return { newsroom, archive, discover };
}

test("each source is shown with its role, its way, what it names and how recent that is", async () => {
  const { newsroom, archive, discover } = await world();
  const [sahel] = newsroom.sites;
  const { code, out, err } = await discover(`${sahel?.origin}/`, "--json");
  const rows: { role: string; status: unknown; articles: number; newest: string | null }[] =
    JSON.parse(out);
  expect(code, err).toBe(0);
  expect(rows.map(({ role }) => role)).toEqual(expect.arrayContaining(["listing", "feed"]));
  const feed = rows.find(({ role, articles }) => role === "feed" && articles > 0);
  expect(feed).toMatchObject({ status: 200, newest: expect.stringMatching(/^20\d\d-/u) });
  expect(existsSync(archive)).toBe(false);
});

test("--list joins the ways to one article and says why it is one", async () => {
  const { newsroom, discover } = await world();
  const [sahel] = newsroom.sites;
  const { out } = await discover(`${sahel?.origin}/`, "--list", "--json");
  const articles: { url: string; ways: string[]; sources: string[]; reasons: string[] }[] =
    JSON.parse(out);
  expect(articles.length).toBeGreaterThan(5);
  expect(new Set(articles.map(({ url }) => url)).size).toBe(articles.length);
  expect(articles.filter(({ reasons }) => reasons.length === 0)).toEqual([]);
  expect(articles.some(({ ways }) => ways.length > 1)).toBe(true);
});

test("the table fits 80 columns", async () => {
  const { newsroom, archive } = await world();
  const [sahel] = newsroom.sites;
  for (const list of [[], ["--list"]]) {
    const { out } = await warraq(
      [
        ...["discover", `${sahel?.origin}/`, ...list, "--allow-private", "--delay", "0"],
        ...["--archive", archive],
      ],
      { now: Date.now, columns: 80 },
    );
    expect(out).toMatch(/^(?:role +found by|ways +published)/u);
    for (const line of out.split("\n")) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
  }
});

test("a site without news of itself is asked in the usual places, and robots.txt is obeyed", async () => {
  const { discover } = await world();
  const feed = `<rss version="2.0"><channel><title>t</title><item><title>خبر</title><link>/2026/01/02/one-long-slug-of-news/</link><pubDate>Fri, 02 Jan 2026 10:00:00 GMT</pubDate></item></channel></rss>`;
  const site = await serve({
    "/": (response) => response.setHeader("content-type", "text/html").end("<html><body>hello"),
    "/robots.txt": (response) => response.end("User-agent: *\nDisallow: /rss.xml\n"),
    "/feed/": (response) => response.setHeader("content-type", "application/rss+xml").end(feed),
  });
  const { out, code } = await discover(`${site.origin}/`, "--jsonl");
  const rows = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(rows).toContainEqual(
    expect.objectContaining({ source: `${site.origin}/feed/`, found_by: "guess", articles: 1 }),
  );
  expect(site.log.map(({ path }) => path)).not.toContain("/rss.xml");
});

test("a site that cannot be read at all exits 3 and says why", async () => {
  const { discover } = await world();
  const site = await serve({
    "/robots.txt": (response) => response.end("User-agent: *\nDisallow: /\n"),
  });
  const { out, code } = await discover(`${site.origin}/`, "--json");
  expect(code).toBe(3);
  expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ status: "robots" }));
});

test("--max-sources stops early and says so", async () => {
  const { newsroom, discover } = await world();
  const { out, err } = await discover(
    `${newsroom.sites[0]?.origin}/`,
    "--max-sources",
    "1",
    "--jsonl",
  );
  expect(out.trimEnd().split("\n")).toHaveLength(1);
  expect(err).toMatch(/stopped after 1 source /u);
});
