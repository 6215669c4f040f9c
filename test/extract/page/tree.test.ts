/**
 * The quick tree builder must build exactly what htmlparser2 builds of a page without its scripts, styles,
 * drawings and comments, on fixtures and on debris.
 */
import { type AnyNode, type Element, isTag } from "domhandler";
import { parseDocument } from "htmlparser2";
import { expect, test } from "vitest";
import { cutPage } from "../../../src/extract/page/cut.ts";
import { buildTree } from "../../../src/extract/page/tree.ts";
import { decodeFixture, fixturePages } from "../../fixtures/pages.ts";

const DEBRIS =
  '<p>|</p>|<div a=b|<div>|</div>|<li>|<br>|</br>|</|</>|< /div>|<a href=\'x|\'|"|>|<b c="d&amp;e&copy f">|&|&amp|&#39;|&#x41|&eacute;|&notit;|text|<|<title>|</title>|</title >|<textarea>|</textarea>|<table><tr><td>|</td/>|<!doctype x>|<?php ?>|<select><option>|<h1 /=>|<hr/>|<x-y z>|=|/| |\n|<P CLASS=A>|</P\n>|<img src=a/>|<a b = c d>|<ul>|&lt;p|&nbsp;|&#0;|&#128;|&;|&a|<title/>|é|<svg/>|<i\u00a0b>|<![CDATA[x]]>|<!-- y -->|<!-x>|<script>if (a<b) "</p>"</script>|<style>p{}</style>|<svg><p>no</svg>|<svg a=b/>|<script type=application/ld+json>{}</script>'.split(
    "|",
  );
const SOUPS = 3_000;

test("fixtures become the same trees", () => {
  for (const page of fixturePages()) {
    expectSame(decodeFixture(page).text);
  }
});

test("tag soup of every kind becomes the same trees", () => {
  const random = randomOf(7);
  for (let soup = 0; soup < SOUPS; soup++) {
    const pieces = Array.from(
      { length: 1 + Math.floor(random() * 12) },
      () => DEBRIS[Math.floor(random() * DEBRIS.length)],
    );
    expectSame(pieces.join(""));
  }
});

/** Elements are listed in document order, and what was taken out is handed back as cut.ts finds it. */
function expectSame(html: string): void {
  const { root, elements, ...cuttings } = buildTree(html);
  const { markup, ...reference } = cutPage(html);
  const parsed = parseDocument(markup);
  expect(shapeOf(root), html).toBe(shapeOf(parsed));
  expect(cuttings, html).toEqual(reference);
  expect(elements, html).toEqual(elementsUnder(root));
}

function elementsUnder(root: AnyNode): readonly Element[] {
  if (!("children" in root)) return [];
  const below = root.children.flatMap(elementsUnder);
  return isTag(root) ? [root, ...below] : below;
}

/** All that the stages read of a tree, as text. */
function shapeOf(root: AnyNode): string {
  const out: string[] = [];
  const open: (AnyNode | string)[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node === "string") {
      out.push(node);
      continue;
    }
    const links = [node.prev, node.next, node.parent].map((one) => (one === null ? 0 : 1)).join("");
    if (node.type === "text") out.push(`${links}${JSON.stringify(node.data)}`);
    else if ("attribs" in node) {
      out.push(`${links}<${node.name} ${JSON.stringify(node.attribs)}`);
    } else out.push(`${links}${node.type}`);
    if ("children" in node) open.push("/", ...[...node.children].reverse());
  }
  return out.join("\n");
}

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) / 16_777_216;
  };
}
