/**
 * What extraction costs grows with the page and no faster. Counted, not timed: every look at an
 * attribute or from a node to its neighbour, over pages that are the same but for their size.
 */
import type { AnyNode, Element } from "domhandler";
import { expect, test } from "vitest";
import { findBody } from "../../src/extract/body/index.ts";
import type { ExtractContext, PageFacts } from "../../src/extract/context.ts";
import { extractFields } from "../../src/extract/fields/index.ts";
import { classifyPage } from "../../src/extract/kind/index.ts";
import { nextPartOf } from "../../src/extract/page/next-part.ts";
import { parsePage } from "../../src/extract/page/parse.ts";
import { createTracer } from "../../src/extract/page/tracer.ts";
import { applyRules } from "../../src/extract/rules/index.ts";
import { loadThemes } from "../../src/sites/index.ts";

const CONTEXT: ExtractContext = {
  url: "https://news.example.ly/2020/10/07/story/",
  capturedAt: Date.UTC(2020, 9, 8),
  site: null,
  themes: loadThemes(),
  explain: false,
};
const SENTENCE =
  "قال المتحدث إن الاجتماع انتهى أمس في طرابلس بعد أن ناقش المجتمعون الميزانية، وفق البيان.";

/** What a page may have much of, each unlike the others in its words. */
const PARTS: readonly (readonly [what: string, part: (nth: number) => string])[] = [
  ["paragraphs", (nth) => `<p class="a-${nth}">${SENTENCE} ${nth}</p>`],
  ["links", (nth) => `<li id="l${nth}"><a href="/n/${nth}" rel="tag">خبر ${nth} من ليبيا</a></li>`],
  [
    "teasers",
    (nth) =>
      `<div class="post card"><h2><a href="/n/${nth}">عنوان ${nth}</a></h2><time>7 أكتوبر 2020</time><p>${SENTENCE}</p></div>`,
  ],
  ["headings in headings", () => "<h2><i></i>"],
  ["levels", () => `<div class="wrap">${SENTENCE}`],
  [
    "pictures",
    (nth) =>
      `<figure><img src="/p${nth}.jpg" alt="صورة"><figcaption>صورة ${nth}: أرشيف</figcaption></figure>`,
  ],
  [
    "bylines",
    (nth) => `<span class="author">كتب: سالم ${nth}</span><span class="date">2020-10-07</span>`,
  ],
  ["classes", (nth) => `<i class="${"x ".repeat(9)} y${nth}" itemprop="name">كلمة</i>`],
];
/** Past the caps on lists (400, 3,000), where only the walks themselves still grow. */
const SMALL = 800;
const FACTOR = 4;
/** A walk over the half of the pairs would be FACTOR times this; what does not grow lowers it. */
const MOST = FACTOR * 1.1;

test.each(PARTS)("four times as many %s cost at most four times the looks", (_, part) => {
  const small = looksFor(part, SMALL);
  const large = looksFor(part, SMALL * FACTOR);
  expect(small).toBeGreaterThan(SMALL);
  expect(large / small).toBeLessThan(MOST);
});

function looksFor(part: (nth: number) => string, count: number): number {
  const parts = Array.from({ length: count }, (_, nth) => part(nth)).join("\n");
  const head =
    "<title>اجتماع في طرابلس | موقع</title><meta property='og:title' content='اجتماع في طرابلس'>";
  const text = `<html><head>${head}</head><body><h1>اجتماع في طرابلس</h1><article>${parts}</article></body></html>`;
  const html = { text, encoding: "utf-8", encodingFrom: "utf-8-valid", labelled: null } as const;
  const facts = parsePage(html, CONTEXT);
  const looks = countLooks(facts);
  const tracer = createTracer(false);
  const findings = applyRules(facts, CONTEXT, tracer);
  const body = findBody(facts, findings, tracer);
  const fields = extractFields(facts, findings, body, CONTEXT, tracer);
  classifyPage(facts, body, fields);
  nextPartOf(facts.elements, CONTEXT.url);
  return looks();
}

/** Makes every later look at the tree count. */
function countLooks({ root, elements }: PageFacts): () => number {
  let looks = 0;
  const watch = (node: AnyNode, ...names: readonly string[]): void => {
    for (const name of names) {
      const value: unknown = node[name as keyof AnyNode];
      Object.defineProperty(node, name, {
        get() {
          looks++;
          return value;
        },
      });
    }
  };
  watch(root, "children");
  for (const element of elements as readonly Element[]) {
    for (const child of element.children) watch(child, "next", "parent", "prev");
    watch(element, "children");
    const { attribs } = element;
    element.attribs = new Proxy(attribs, {
      get(target, name) {
        looks++;
        return target[name as string];
      },
    });
  }
  return () => looks;
}
