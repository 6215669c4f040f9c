/** The indexed look-up must answer exactly what css-select answers when it walks the whole tree. */
import { selectAll } from "css-select";
import type { Element } from "domhandler";
import { expect, test } from "vitest";
import { buildTree } from "../../../src/extract/page/tree.ts";
import { compileSelector } from "../../../src/extract/rules/selector.ts";
import { indexTree } from "../../../src/extract/rules/tree-index.ts";
import { loadBundledSites, loadThemes, type Pick } from "../../../src/sites/index.ts";
import { decodeFixture, fixturePages } from "../../fixtures/pages.ts";

const TRICKY = [
  "*",
  "a",
  "A[href]",
  ".main .sub",
  "ul > li:not(.menu-item):nth-child(2)",
  "h1, .post-title, #the-post",
  'a[title*="."]',
  "[data-src]",
  ":is(h1, h2) a",
  "div:has(> h3)",
  "p:contains('،')",
  "img[src$='.jpg'] ~ figcaption",
  "li + li > a",
  "meta[name='generator' i]",
  ".a\\:b",
  "a[href='x, y']",
];

const css = (pick: Pick): string => (typeof pick === "string" ? pick : pick.css);
const rules = [...loadThemes(), ...loadBundledSites()];
const selectors = new Set([
  ...TRICKY,
  ...loadThemes().flatMap(({ detect }) => detect),
  ...rules.flatMap(({ article }) => [
    ...Object.values(article).flatMap((value) => (Array.isArray(value) ? value.map(css) : [])),
  ]),
]);
// Phrases that end an article stand in the same lists and are no selectors.
const phrases = new Set(rules.flatMap(({ article }) => article.endsAt ?? []));
const trees = fixturePages().map((page) => buildTree(decodeFixture(page).text));

test.each([
  ["the first of all matches", "a:first", 0],
  ["all but the first", ".breadcrumb a:gt(0)", 1],
  ["the second", "a:eq(1)", 1],
  ["the last", "a:last", 2],
  ["none but the first, inside out", "a:not(:first)", 1],
])("cheerio's own positions: %s", (_name, selector, at) => {
  const { elements } = buildTree(
    '<p class="breadcrumb"><a>0</a><b><a>1</a></b><a>2</a></p><p class="first last"></p>',
  );
  const texts = compileSelector(selector)
    .all(indexTree(elements))
    .map(({ children: [text] }) => (text as { data?: string }).data);
  expect(texts[0]).toBe(String(at));
});

test.each([...selectors].filter((one) => !phrases.has(one)))(
  "%s finds what a walk finds, in the page's order",
  (selector) => {
    const compiled = compileSelector(selector);
    for (const { root, elements } of trees) {
      const walked = selectAll(selector, root.children) as unknown as readonly Element[];
      const found = compiled.all(indexTree(elements));
      expect(found.length).toBe(walked.length);
      expect(found.every((one, at) => one === walked[at])).toBe(true);
    }
  },
);
