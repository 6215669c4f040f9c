/** A crawl of a site full of walls, shells, errors and spam keeps its articles and nothing else. */
import { expect, test } from "vitest";
import { openCrawl } from "../crawl/harness.ts";
import { NO_ARTICLES } from "../extract/kind/no-articles.ts";
import { SHORT_ARTICLES } from "../extract/kind/short-articles.ts";
import { type Answer, serve } from "../loopback.ts";

const html =
  (text: string): Answer =>
  (response) =>
    response.setHeader("content-type", "text/html; charset=utf-8").end(text);

test("no wall, shell, error or spam becomes a version, and every short article does", async () => {
  const bad = NO_ARTICLES.map(
    ([, , , text], nth) => [`/2026/03/01/bad-${nth}-4711/`, text] as const,
  );
  const good = SHORT_ARTICLES.map(
    ([, text], nth) => [`/2026/03/01/good-${nth}-4711/`, text] as const,
  );
  const links = [...bad, ...good].map(
    ([path]) => `<h2><a href="${path}">خبر من أخبار الساحل اليوم</a></h2>`,
  );
  const site = await serve({
    "/": html(`<!doctype html><html lang="ar"><body>${links.join("")}`),
    "/robots.txt": (response) => response.end("User-agent: *\nAllow: /\n"),
    ...Object.fromEntries([...bad, ...good].map(([path, text]) => [path, html(text)])),
  });
  const { store: opening, crawl } = openCrawl();
  const report = await crawl([`${site.origin}/`], { delayMs: 0 });
  const store = await opening;
  const kept: string[] = [];
  for await (const { url } of store.scan({}, "all")) kept.push(new URL(url).pathname);
  expect(kept.toSorted()).toEqual(good.map(([path]) => path).toSorted());
  expect(report.counters).toMatchObject({ new: good.length, skipped: bad.length, failed: 0 });
  const reasons = new Map<string, string | null>();
  for await (const { url, reason } of store.missed({})) reasons.set(new URL(url).pathname, reason);
  expect(bad.map(([path]) => reasons.get(path))).toEqual(NO_ARTICLES.map(([, kind]) => kind));
}, 60_000);
