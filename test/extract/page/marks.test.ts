/** Marks say what attributes an element has, whichever parser read its tag. */
import type { Element } from "domhandler";
import { describe, expect, test } from "vitest";
import { Mark, marksOf } from "../../../src/extract/page/marks.ts";
import { buildTree } from "../../../src/extract/page/tree.ts";

const CASES: readonly [what: string, markup: string, marks: number][] = [
  ["no attribute", "<p>a</p>", 0],
  ["an attribute nobody asks every element for", '<p data-x="1">a</p>', 0],
  ["a class and an id", '<p class="a" id="b">a</p>', Mark.class | Mark.id],
  ["capitals, no quotes", "<P CLASS=a HREF=b>a</P>", Mark.class | Mark.href],
  ["an empty value and none at all", '<p class="" hidden>a</p>', Mark.class | Mark.hidden],
  ["a hyphen", '<p aria-hidden="true">a</p>', Mark.ariaHidden],
  ["the same twice", '<p role="a" role="b">a</p>', Mark.role],
  ["the name of the mark instead of the attribute's", '<p ariahidden="true">a</p>', 0],
  [
    "what is said to machines",
    '<p itemtype="a" itemprop="b" property="c" style="d">a</p>',
    Mark.itemtype | Mark.itemprop | Mark.property | Mark.style,
  ],
];

/** A foreign element: such pages are left to the other parser. */
const FOREIGN = "<math></math>";

describe.each(CASES)("%s", (_, markup, marks) => {
  test.each([
    ["the scan", markup],
    ["the other parser", markup + FOREIGN],
  ])("%s", (_, html) => {
    const [element] = buildTree(html).elements as [Element];
    expect(marksOf(element)).toBe(marks);
    expect("marks" in element).toBe(true);
  });
});

test("of an attribute given twice the first counts", () => {
  const [element] = buildTree('<p class="a" data-x="1" CLASS="b" data-x="2">').elements;
  expect(element?.attribs).toEqual({ class: "a", "data-x": "1" });
});
