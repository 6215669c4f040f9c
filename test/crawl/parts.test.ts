import { expect, test } from "vitest";
import { nextPartOf } from "../../src/extract/page/next-part.ts";
import { buildTree } from "../../src/extract/page/tree.ts";
import { serve } from "../loopback.ts";
import { openCrawl } from "./harness.ts";

const page = (title: string, body: readonly string[], links: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>
<header><a href="/">The Gate</a></header>
<article><h1>${title}</h1>${body.map((text) => `<p>${text}</p>`).join("\n")}
<div class="page-links">${links}</div></article></body></html>`;

const LONG = {
  one: "The first part tells how the railway between the two towns was planned, and by whom, and what it cost.",
  two: "The second part follows the engineers through the winter in which the longest bridge was finished.",
  three:
    "The third part asks why the last train left in the spring and what became of the stations since.",
};

test("an article cut into three pages is one article, its texts in order, all pages kept", async () => {
  const title = "How the old railway was built and lost";
  const { origin, log } = await serve({
    "/robots.txt": (response) => response.writeHead(404).end(),
    "/2024/05/01/railway/": html(page(title, [LONG.one], '<a href="/2024/05/01/railway/2/">2</a>')),
    "/2024/05/01/railway/2/": html(
      page(title, [LONG.two], '<a href="/2024/05/01/railway/3/">3</a>'),
    ),
    "/2024/05/01/railway/3/": html(
      page(title, [LONG.three], '<a href="/2024/05/01/railway/">1</a>'),
    ),
  });
  const { crawl, store } = openCrawl();
  const report = await crawl([`${origin}/2024/05/01/railway/`]);
  expect(report.counters).toMatchObject({ new: 1, failed: 0 });
  const record = await (await store).article(`${origin}/2024/05/01/railway/3/`);
  expect(record?.url).toBe(`${origin}/2024/05/01/railway/`);
  expect(record?.article.body.split("\n\n")).toEqual([LONG.one, LONG.two, LONG.three]);
  expect(log.filter(({ path }) => path !== "/robots.txt")).toHaveLength(3);
});

test("a missing part leaves the article partial, not lost", async () => {
  const { origin } = await serve({
    "/robots.txt": (response) => response.writeHead(404).end(),
    "/2024/05/01/railway/": html(
      page("Half a railway story", [LONG.one], '<a href="/2024/05/01/railway/2/">2</a>'),
    ),
  });
  const { crawl, store } = openCrawl();
  await crawl([`${origin}/2024/05/01/railway/`]);
  const record = await (await store).article(`${origin}/2024/05/01/railway/`);
  expect(record?.article).toMatchObject({ body: LONG.one, isPartial: true });
});

test.each([
  ["a WordPress part", "https://e.ly/a/", '<a href="https://e.ly/a/2/">2</a>', "https://e.ly/a/2/"],
  ["a relative part", "https://e.ly/news/9", "<a href='/news/9/2'>2</a>", "https://e.ly/news/9/2"],
  [
    "the third part from the second",
    "https://e.ly/a/2/",
    '<a href="/a/3/">3</a>',
    "https://e.ly/a/3/",
  ],
  [
    "a part in the query",
    "https://e.ly/a?id=7",
    '<a href="/a?id=7&amp;page=2">',
    "https://e.ly/a?id=7&page=2",
  ],
  ["no link to a next part", "https://e.ly/a/", '<a href="/b/2/">2</a>', null],
  [
    "the next article, for all its rel",
    "https://e.ly/a/",
    '<a rel="next" href="/b/">next</a>',
    null,
  ],
  [
    "the pages of a home page",
    "https://e.ly/",
    '<a href="/2/">2</a><a href="/?page=2">2</a>',
    null,
  ],
  ["a day in a date path", "https://e.ly/2024/05/01/", '<a href="/2024/05/02/">next day</a>', null],
])("next part: %s", (_name, url, html_, expected) => {
  expect(nextPartOf(buildTree(`<html>${html_}</html>`).elements, url)).toBe(expected);
});

function html(text: string) {
  return (response: import("node:http").ServerResponse): void => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(text);
  };
}
