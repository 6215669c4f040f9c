import { expect, test } from "vitest";
import { parsePage } from "../../../src/extract/page/parse.ts";
import type { Html } from "../../../src/model.ts";

const html = (text: string): Html => ({
  text,
  encoding: "utf-8",
  encodingFrom: "utf-8-valid",
  labelled: null,
});
const context = {
  url: "https://news.example.ly/a/b?c=1",
  capturedAt: 0,
  site: null,
  themes: [],
  explain: false,
};
const parse = (text: string) => parsePage(html(text), context);
const ld = (json: string) =>
  parse(`<script type="application/ld+json">${json}</script><p>x`).jsonLd;

test.each<[name: string, json: string, headlines: unknown[]]>([
  ["plain", '{"@type":"NewsArticle","headline":"A"}', ["A"]],
  ["a list of roots", '[{"@type":"A","headline":"A"},{"@type":"B","headline":"B"}]', ["A", "B"]],
  [
    "several roots side by side",
    '{"@type":"A","headline":"A"}{"@type":"B","headline":"B"}',
    ["A", "B"],
  ],
  ["@graph", '{"@graph":[{"@type":"A","headline":"A"},{"@type":"B"}]}', ["A", undefined]],
  ["a trailing comma", '{"@type":"A","headline":"A",}', ["A"]],
  ["a raw line break in a string", '{"@type":"A","headline":"A\nB"}', ["A\nB"]],
  ["an HTML comment around it", '<!-- {"@type":"A","headline":"A"} -->', ["A"]],
  ["CDATA around it", '//<![CDATA[\n{"@type":"A","headline":"A"}\n//]]>', ["A"]],
  ["a semicolon at the end", '{"@type":"A","headline":"A"};', ["A"]],
  [
    "unescaped quotes in a title",
    '{"@type":"A","headline":"he said "no" twice","x":1}',
    ['he said "no" twice'],
  ],
  ["cut off in the middle", '{"@type":"A","headline":"A","author":{"name":"B', ["A"]],
  ["a comment outside strings", '{"@type":"A", /* built by hand */ "headline":"A"}', ["A"]],
  ["HTML in a string", '{"@type":"A","headline":"<b>A</b>"}', ["<b>A</b>"]],
  ["not JSON at all", "var a = 1;", []],
  ["nothing", "", []],
])("JSON-LD is read when it is written as %s", (_, json, headlines) => {
  expect(ld(json).map((node) => node.headline)).toEqual(headlines);
});

test("metas are collected by name and property, in order, without repeats", () => {
  const { metas } = parse(
    '<meta property="og:title" content=" A "><META NAME="Description" CONTENT="B">' +
      '<meta name="description" content="C"><meta name="description" content="B"><meta name=x content="">',
  );
  expect(metas.get("og:title")).toEqual(["A"]);
  expect(metas.get("description")).toEqual(["B", "C"]);
  expect(metas.has("x")).toBe(false);
});

test.each([
  ["relative", '<link rel="canonical" href="/x">', "https://news.example.ly/x"],
  [
    "under <base>",
    '<base href="https://b.example/y/"><link rel="canonical" href="x">',
    "https://b.example/y/x",
  ],
  [
    "under a javascript: base",
    '<base href="javascript:1"><link rel="canonical" href="x">',
    "https://news.example.ly/a/x",
  ],
  [
    "under a broken base",
    '<base href="http://["><link rel="canonical" href="x">',
    "https://news.example.ly/a/x",
  ],
])("a %s link is absolute", (_, markup, expected) => {
  expect(parse(markup).canonicals).toEqual([expected]);
});

test("scripts, styles, drawings and comments are not text, whatever they hold", () => {
  const { root } = parse(
    "<title>T</title><body><script>if (a</script\n><p>one</p><style>p::after{content:'<p>'}</style>" +
      "<svg><title>icon</title></svg><!-- <p>no</p> --><p data-x='<script>'>two</p><!----><p>three</p>",
  );
  const text = JSON.stringify(root, (key, value) =>
    key === "parent" || key.startsWith("prev") ? undefined : value,
  );
  for (const kept of ["one", "two", "three"]) expect(text).toContain(kept);
  for (const cut of ["content", "icon", "no<", "if (a"]) expect(text).not.toContain(cut);
});

const nested = (depth: number) => `${"<div>".repeat(depth)}deep text${"</div>".repeat(depth)}`;

test("markup deeper than the limit is cut, said so, and keeps its text", () => {
  const page = parse(`<body>${nested(100_000)}<p>after</p>`);
  expect(page.cutAtDepth).toBe(1_000);
  expect(page.elements.length).toBeLessThan(1_100);
  expect(parse(nested(300)).cutAtDepth).toBeNull();
});

test("thousands of unclosed paragraphs are not deep", () => {
  expect(parse("<p>a<li>b<br>".repeat(5_000)).cutAtDepth).toBeNull();
});

test.each([
  ["empty", ""],
  ["one bracket", "<"],
  ["an unclosed tag", '<p class="a'],
  ["an unclosed comment", "<p>a</p><!-- b"],
  ["an unclosed script", "<p>a</p><script>b"],
  ["closing tags only", "</div>".repeat(10_000)],
  ["binary", String.fromCharCode(...Array.from({ length: 5_000 }, (_, i) => (i * 7919) % 65_536))],
  ["attributes without end", `<p ${"a=b ".repeat(50_000)}`],
  ["quotes without end", `<p a="${"<p>".repeat(50_000)}`],
  ["drawings without end", `<p>${"<svg><a>".repeat(60_000)}`],
  ["opening brackets only", "<".repeat(300_000)],
  ["unclosed CDATA and declarations", "<![CDATA[<!DOCTYPE".repeat(20_000)],
])("a page that is %s does not throw", (_, markup) => {
  expect(() => parse(markup)).not.toThrow();
});
