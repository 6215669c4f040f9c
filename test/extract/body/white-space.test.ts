/** White space is read as the scan has seen it, and that is what a look at each letter gives. */
import { type Element, Text } from "domhandler";
import { describe, expect, test } from "vitest";
import { squeezed } from "../../../src/extract/body/white-space.ts";
import { buildTree } from "../../../src/extract/page/tree.ts";

const CASES: readonly [what: string, written: string, shown: string][] = [
  ["nothing but spaces", " \n\t ", ""],
  ["a word", "خبر", "خبر"],
  ["single spaces at both ends", " خبر عاجل ", " خبر عاجل "],
  ["two spaces between words", "خبر  عاجل", "خبر عاجل"],
  ["two spaces in front", "  خبر", " خبر"],
  ["a line break in front", "\nخبر", " خبر"],
  ["an indented line", "\n\t\tخبر\n\t", " خبر "],
  ["a tab between words", "a\tb", "a b"],
  ["a space that does not break", "a\u00a0b", "a b"],
  ["the same as a reference", "a&nbsp;b", "a b"],
  ["nothing but such a reference", "&nbsp;", ""],
  ["an en space at the end", "a\u2002", "a "],
  ["a vertical tab", "a\u000bb", "a b"],
  ["nothing but a vertical tab", "\u000b", ""],
  ["a control character", "a\u0001b", "a\u0001b"],
  ["an ampersand", "R&amp;D", "R&D"],
];

function textIn(html: string): Text {
  const [paragraph] = buildTree(html).elements as [Element];
  return paragraph.children[0] as Text;
}

describe.each(CASES)("%s", (_, written, shown) => {
  test("in a page", () => {
    expect(squeezed(textIn(`<p>${written}</p>`))).toBe(shown);
  });
  test("in a tree of another parser", () => {
    const { data } = textIn(`<p>${written}</p><math></math>`);
    expect(squeezed(new Text(data))).toBe(shown);
  });
});

test("text that goes on after a comment or a stray tag is one text", () => {
  expect(squeezed(textIn("<p>a <!-- x --> b</p>"))).toBe("a b");
});
