import { expect, test } from "vitest";
import type { ExtractContext, RuleFindings } from "../../../src/extract/context.ts";
import { parsePage } from "../../../src/extract/page/parse.ts";
import { createTracer } from "../../../src/extract/page/tracer.ts";
import { applyRules } from "../../../src/extract/rules/index.ts";
import type { Trace } from "../../../src/model.ts";
import { parseSiteRule, parseThemeRule } from "../../../src/sites/index.ts";

const URL_OF_PAGE = "https://site.example/news/economy/12/";

function theme(id: string, detect: readonly string[], article: object = {}) {
  const about = { name: id, evidence: "made for a test", checkedOn: "2026-01-01" };
  return parseThemeRule({ id, detect, article, ...about }, id);
}

function site(article: object, more: object = {}) {
  const home = "https://site.example/";
  const about = { name: "x", home, evidence: "made for a test", checkedOn: "2026-01-01" };
  return parseSiteRule({ id: "site", ...about, article, ...more }, "site");
}

function read(
  text: string,
  context: Partial<ExtractContext>,
): { readonly findings: RuleFindings; readonly trace: Trace } {
  const whole: ExtractContext = {
    url: URL_OF_PAGE,
    capturedAt: 0,
    site: null,
    themes: [],
    explain: true,
    ...context,
  };
  const html = { text, encoding: "utf-8", encodingFrom: "utf-8-valid", labelled: null } as const;
  const tracer = createTracer(true);
  return { findings: applyRules(parsePage(html, whole), whole, tracer), trace: tracer.result() };
}

const PLAIN = theme("plain", [".plain", "#plain"]);
const FANCY = theme("fancy", [".fancy", ".fancier"]);

test.each<[what: string, page: string, siteTheme: string | null, expected: string | null]>([
  ["no mark is seen and none is expected", "<p>x</p>", null, null],
  ["one mark is seen", '<p class="fancy">x</p>', null, "fancy"],
  ["more marks beat fewer", '<p class="plain fancy fancier">x</p>', null, "fancy"],
  [
    "the site's theme is believed with one mark",
    '<p class="plain fancy fancier">',
    "plain",
    "plain",
  ],
  ["the site's theme is believed when nothing is seen", "<p>x</p>", "plain", "plain"],
  ["another theme is seen instead of the site's", '<p class="fancy">x</p>', "plain", "fancy"],
  ["the site names a theme nobody knows", "<p>x</p>", "unknown", null],
  ["a mark in a class name's part is none", '<p class="fancy-not">x</p>', null, null],
])("the theme when %s", (_, page, siteTheme, expected) => {
  const rule = siteTheme === null ? null : site({}, { theme: siteTheme });
  const { findings } = read(page, { themes: [PLAIN, FANCY], site: rule });
  expect(findings.theme?.id ?? null).toBe(expected);
});

test.each<[what: string, article: object, page: string, field: string, values: readonly string[]]>([
  [
    "an attribute",
    { published: [{ css: "time", attr: "datetime" }] },
    '<time datetime="2020-01-02">x</time>',
    "published",
    ["2020-01-02"],
  ],
  [
    "text after a label",
    { author: [{ css: ".by", label: "بقلم:" }] },
    '<p class="by">أحمد</p><p class="by">بقلم: سالم</p>',
    "authors",
    ["سالم"],
  ],
  [
    "every category of the first selector that matches",
    { category: [".none", ".c a", ".d a"] },
    '<p class="c"><a>أ</a><a>ب</a><a>أ</a></p><p class="d"><a>ج</a></p>',
    "category",
    ["أ", "ب"],
  ],
  [
    "one title of each selector, in order",
    { title: ["h1", "h2"] },
    "<h2>two</h2><h1>one</h1><h1>other</h1>",
    "title",
    ["one", "two"],
  ],
  [
    "nothing from an empty element",
    { title: ["h1", "h2"] },
    "<h1> </h1><h2>two</h2>",
    "title",
    ["two"],
  ],
  [
    "selectors parted by commas, in the page's order",
    { tags: [".b, .a"] },
    '<i class="a">1</i><i class="b">2</i>',
    "tags",
    ["1", "2"],
  ],
  [
    "only the first article's values",
    { category: [".c"] },
    '<article><i class="c">1</i></article><article><i class="c">2</i></article>',
    "category",
    ["1"],
  ],
])("a rule reads %s", (_, article, page, field, values) => {
  const { findings } = read(page, { site: site(article) });
  const found = findings.fields[field as keyof RuleFindings["fields"]] ?? [];
  expect(found.map(({ value }) => value)).toEqual(values);
});

test("a date keeps how its node is to be understood", () => {
  const article = { published: [{ css: "time", attr: "datetime", as: "local-labelled-utc" }] };
  const { findings } = read('<time datetime="2020-01-02T10:00:00+00:00">', { site: site(article) });
  expect(findings.fields.published?.[0]).toMatchObject({
    as: "local-labelled-utc",
    source: "site:site time@datetime",
  });
});

test("the site's values come before its theme's", () => {
  const themed = theme("themed", ["h1"], { title: ["h1"] });
  const rule = site({ title: ["h2"] });
  const { findings } = read("<h1>theme</h1><h2>site</h2>", { site: rule, themes: [themed] });
  expect(findings.fields.title?.map(({ value }) => value)).toEqual(["site", "theme"]);
});

test.each<[what: string, head: string, url: string, expected: string | null]>([
  ["the page's address", "", URL_OF_PAGE, "economy"],
  [
    "the canonical address",
    `<link rel="canonical" href="${URL_OF_PAGE}">`,
    "https://site.example/?p=12",
    "economy",
  ],
  ["no address", "", "https://site.example/?p=12", null],
])("the category from the path is read from %s", (_, head, url, expected) => {
  const rule = site({ categoryFromPath: "section" }, { articlePath: ["/news/{section}/{id}"] });
  const { findings } = read(`<head>${head}</head><p>x</p>`, { site: rule, url });
  expect(findings.fields.category?.[0]?.value ?? null).toBe(expected);
});

test("a body split over siblings has all its parts, without parts inside parts", () => {
  const page = '<div class="b" id="1"><p class="b" id="2">a</p></div><div class="b" id="3">b</div>';
  const { findings } = read(page, { site: site({ body: [".none", ".b"] }) });
  const [body] = findings.bodies;
  expect(body).toMatchObject({ method: "site", source: "site:site .b" });
  expect(body?.elements.map(({ attribs }) => attribs.id)).toEqual(["1", "3"]);
});

test("what holds the body is not left out, what stands beside it is", () => {
  const page = '<div class="x" id="1"><div class="b">text</div></div><div class="x" id="2">y</div>';
  const { findings, trace } = read(page, { site: site({ body: [".b"], drop: [".x"] }) });
  expect([...findings.dropped].map(({ attribs }) => attribs.id)).toEqual(["2"]);
  expect(trace.removals).toEqual([{ what: ".x", reason: "left out by site:site", chars: 1 }]);
  expect(trace.steps.map(({ step }) => step)).toContain("rule not obeyed");
});

test("a rule that finds nothing says so", () => {
  const { trace } = read("<p>x</p>", { site: site({ title: ["h1.gone"], body: [".gone"] }) });
  const misses = trace.steps.filter(({ step }) => step === "rule found nothing");
  expect(misses.map(({ detail }) => detail)).toEqual([
    "site:site body: .gone",
    "site:site title: h1.gone",
  ]);
});

test.each<[what: string, withDigest: boolean, expected: string]>([
  ["ids", false, "site:site+theme:plain"],
  ["ids and each rule's state", true, "site:site@1234+theme:plain@1234"],
])("the stamp names %s", (_, withDigest, expected) => {
  const digest = withDigest ? { digestOf: () => "1234" } : {};
  const { findings } = read('<p id="plain">', { site: site({}), themes: [PLAIN], ...digest });
  expect(findings.stamp).toBe(expected);
});

test("a page nobody knows is stamped generic", () => {
  expect(read("<p>x</p>", { themes: [PLAIN] }).findings.stamp).toBe("generic");
});

test("thirty thousand parts of a body are read in a moment, not each against each", () => {
  const page = '<div class="b x">a</div>'.repeat(30_000);
  const { findings } = read(page, { site: site({ body: [".b"], drop: [".x"] }), explain: false });
  expect(findings.bodies[0]?.elements.length).toBe(30_000);
  expect(findings.dropped.size).toBe(0);
}, 5_000);
