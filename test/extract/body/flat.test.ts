/** The quick reading of white space must see exactly the spaces that `\s` sees. */
import { Document, Element, Text } from "domhandler";
import { expect, test } from "vitest";
import { flatten } from "../../../src/extract/body/flat.ts";
import { buildTree } from "../../../src/extract/page/tree.ts";

const piecesOf = (texts: readonly string[]): readonly string[] => {
  const paragraphs = texts.map((text) => new Element("p", {}, [new Text(text)]));
  for (const [at, paragraph] of paragraphs.entries()) paragraph.next = paragraphs[at + 1] ?? null;
  const root = new Document(paragraphs);
  for (const paragraph of paragraphs) paragraph.parent = root;
  return flatten({ root, elements: paragraphs }, new Set()).pieces;
};

test("every unit of UTF-16 is white space or not as \\s has it", () => {
  const units = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
  const texts = units.flatMap((unit) => [`${unit}a`, `a${unit}${unit}b`, `a b${unit}`]);
  expect(piecesOf(texts)).toEqual(texts.map((text) => text.replace(/\s+/gu, " ")));
  expect(piecesOf(units)).toEqual(units.filter((unit) => !/\s/u.test(unit)));
});

test("the columns are as long as the page, however deep or broad it is", () => {
  for (const markup of [
    "<div>".repeat(900),
    "<p>x".repeat(5_000),
    "",
    "<br><img><script>1</script>",
  ]) {
    const tree = buildTree(markup);
    const flat = flatten(tree, new Set());
    expect(flat.parent.length).toBe(tree.elements.length + 1);
    expect([...flat.end.subarray(0, flat.elements.length)].every((end) => end > 0)).toBe(true);
  }
});
