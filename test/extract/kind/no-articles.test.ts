/**
 * What is no article never becomes one, and short articles stay articles: imitated pages through the
 * whole of reading (decode, themes, extraction), as a crawl does it.
 */
import { expect, test } from "vitest";
import { createPageReader } from "../../../src/process/page.ts";
import { loadThemes } from "../../../src/sites/index.ts";
import { NO_ARTICLES } from "./no-articles.ts";
import { SHORT_ARTICLES } from "./short-articles.ts";

const read = createPageReader({ sites: [], themes: loadThemes() });
const KEPT = ["article", "live-blog", "gallery", "video"];

const readingOf = (url: string, html: string) =>
  read({
    ...{ url, fetchedAt: Date.UTC(2026, 2, 2), siteId: null, explain: false, pack: false },
    headers: [["content-type", "text/html; charset=utf-8"]],
    body: Buffer.from(html),
  }).extraction;

test.each(NO_ARTICLES)("%s is %s", (_what, kind, url, html) => {
  const { kind: found, article, reasons } = readingOf(url, html);
  expect(found, reasons.join("; ")).toBe(kind);
  expect(article).toBeNull();
});

test.each(SHORT_ARTICLES)("%s stays an article", (_what, html) => {
  const { kind, article, reasons } = readingOf(
    "https://akhbar.example/2026/03/01/khabar-4711/",
    html,
  );
  expect(KEPT, reasons.join("; ")).toContain(kind);
  expect(article?.title).not.toBe("");
});

test("the tables are as long as they claim to be", () => {
  expect(NO_ARTICLES.length).toBeGreaterThanOrEqual(40);
  expect(SHORT_ARTICLES.length).toBeGreaterThanOrEqual(20);
});
