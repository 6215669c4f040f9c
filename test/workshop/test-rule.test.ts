/** When a rule is said to have drifted, and when it has not. */
import { expect, test } from "vitest";
import { genericSite, loadThemes, type SiteRule } from "../../src/sites/index.ts";
import { articleValues } from "../../src/workshop/compare.ts";
import { type TestPage, testRule } from "../../src/workshop/test-rule.ts";
import { benchPages, HOME, markup, NOW, paragraphs, STORIES, type Story } from "./bench.ts";

const SEVEN: readonly Story[] = [...STORIES, ...STORIES.slice(0, 2)];

function page(story: Story, byline: string): string {
  return markup(
    `<title>${story.title}</title><meta name="author" content="${story.author}">`,
    `<article><h1>${story.title}</h1><p class="${byline}">By ${story.author}</p><div class="story-text">${paragraphs(story)}</div></article>`,
  );
}

/** Pages a day apart, with what they read as when they were stored. */
function pagesWith(bylines: readonly string[]): readonly TestPage[] {
  const bench = benchPages((story, index) => page(story, bylines[index] ?? ""), SEVEN);
  return bench.map(({ capture, generic }, index) => ({
    url: capture.url,
    capturedAt: NOW + index * 86_400_000,
    headers: capture.headers,
    body: capture.body,
    expected: articleValues(generic),
    isFirstCategoryOnly: false,
  }));
}

const RULE: SiteRule = { ...genericSite(HOME), id: "example", article: { author: [".writer"] } };

const authorOf = (bylines: readonly string[]) =>
  testRule(RULE, pagesWith(bylines), loadThemes()).fields.find(({ field }) => field === "author");

test.each<[string, readonly string[], RegExp | null]>([
  ["found on every page, nothing has drifted", Array(7).fill("writer"), null],
  ["found on none, the rule is dead", Array(7).fill("reporter"), /on any page/u],
  [
    "found on the older and on none of the newest pages, the site has been redesigned",
    [...Array(4).fill("writer"), ...Array(3).fill("reporter")],
    /newest 3 pages/u,
  ],
  [
    "missing on two of the newest pages, it may be chance",
    [...Array(5).fill("writer"), ...Array(2).fill("reporter")],
    null,
  ],
])("%s", (_, bylines, drift) => {
  const author = authorOf(bylines);
  if (drift === null) expect(author?.drift).toBeNull();
  else expect(author?.drift).toMatch(drift);
});

test("the order pages come in does not matter, only when they were captured", () => {
  const pages = pagesWith([...Array(4).fill("writer"), ...Array(3).fill("reporter")]);
  const { hasDrifted } = testRule(RULE, pages.toReversed(), loadThemes());
  expect(hasDrifted).toBe(true);
});

test("a page that is no article any more loses every field, and is named", () => {
  const [first, ...rest] = pagesWith(Array(7).fill("writer"));
  if (first === undefined) throw new Error("no page");
  const result = testRule(
    RULE,
    [{ ...first, body: Buffer.from("<p>gone") }, ...rest],
    loadThemes(),
  );
  expect(result.notArticles.map(({ url }) => url)).toEqual([first.url]);
  expect(result.hasDrifted).toBe(true);
});
