import { expect, test } from "vitest";
import { jsonLd, prose, readArticle } from "./read.ts";

const page = (above: string) => `<h1>Roads reopen</h1>${above}<article>${prose()}</article>`;
const labels = (parts: { head?: string; body: string; url?: string; bodyAttributes?: string }) =>
  readArticle(parts).categories.map(({ label }) => label);

test.each([
  [
    "rel=category links, all of them",
    `<p><a rel="category tag" href="/c/1">محلي</a>, <a rel="category tag" href="/c/2">اقتصاد</a></p>`,
    ["محلي", "اقتصاد"],
  ],
  ["links to category pages near the title", `<a href="/category/sport/">Sport</a>`, ["Sport"]],
  [
    "a breadcrumb without home and headline",
    `<div class="breadcrumb"><a href="/">Home</a> <a href="/transport">Transport</a> <a href="#">Roads reopen</a></div>`,
    ["Transport"],
  ],
  [
    "placement labels give way to real ones",
    `<div class="cat-links"><a href="/category/top/">Top stories</a> <a href="/category/t/">Transport</a></div>`,
    ["Transport"],
  ],
  [
    "noise of the vocabulary is dropped",
    `<p><a rel="category" href="/c/1">عاجل</a><a rel="category" href="/c/2">ثقافة</a></p>`,
    ["ثقافة"],
  ],
  [
    "comment counters and dates are no labels",
    `<div class="category"><a href="/x">3 comments</a><a href="/y">Sport</a></div>`,
    ["Sport"],
  ],
  [
    "the entry selected in the menu",
    `<nav><ul><li><a href="/a">Politics</a></li><li class="active"><a href="/b">Transport</a></li></ul></nav>`,
    ["Transport"],
  ],
  [
    "the page's own path joins the label near the title, which is its last step",
    `<div class="breadcrumb"><a href="/">Home</a> <a href="/life">Life</a> <a href="/life/roads">Roads</a></div><a href="/category/roads/">Roads</a>`,
    ["Roads", "Life"],
  ],
  [
    "a channel on another site is no category",
    `<a href="https://www.youtube.com/c/coastdaily">Youtube</a><a href="/category/sport/">Sport</a>`,
    ["Sport"],
  ],
  ["a date where labels stand is none", `<p class="category">Jan 18, 2019</p>`, []],
  ["a label that introduces others is none", `<p class="category">On our front page:</p>`, []],
  [
    "an author linked in the line of labels is none",
    `<div class="meta category"><a href="/sport/">Sport</a> <a href="/author/huda/">by Huda Nour</a></div>`,
    ["Sport"],
  ],
  [
    "an author alone where labels stand is none, neither as a link nor as a text",
    `<div class="article__section-author"><a href="/author/huda/">Huda Nour</a></div>`,
    [],
  ],
  [
    "a box of keywords that is named after a taxonomy files nothing",
    `<div class="field-category"><h3>Tags</h3><a href="/tags/nalut">Nalut</a></div>`,
    [],
  ],
  [
    "an area of the page that is called a section and holds its menu is no label",
    `<div class="section"><a href="/about">The Observer</a> <div class="navigation"><a href="/money">Money</a></div></div>`,
    [],
  ],
  [
    "a menu below the label is not a part of it",
    `<div class="category"><a href="/economy/">Economy</a><ul class="submenu"><li><a href="/banks">Banks</a></li></ul></div>`,
    ["Economy"],
  ],
  [
    "a short menu that is the whole label files the article",
    `<div class="kicker"><span class="navigation"><a href="/panorama/">Panorama</a></span></div>`,
    ["Panorama"],
  ],
  [
    "a long one is a menu",
    `<div class="section"><nav>${["a", "b", "c", "d"].map((one) => `<a href="/${one}x">Area ${one}</a> `).join("")}</nav></div>`,
    [],
  ],
  [
    "and so is one with other words around it",
    `<div class="section">All of our areas<nav><a href="/harbour">Harbour</a></nav></div>`,
    [],
  ],
  [
    "a section that leads to its keyword is one",
    `<div class="category"><a href="/tag/economy/">Economy</a></div>`,
    ["Economy"],
  ],
  [
    "a keyword that is all of the label is one",
    `<div class="kicker"><a href="/keyword/nalut/">Nalut</a></div>`,
    ["Nalut"],
  ],
  [
    "sections that lead to their keywords are ones",
    `<div class="category"><a href="/tag/economy/">Economy</a> <a href="/tag/politics/">Politics</a></div>`,
    ["Economy", "Politics"],
  ],
  [
    "an author by one name where labels stand is none",
    `<div class="article__section-author"><a href="/author/huda/">Huda</a></div>`,
    [],
  ],
  [
    "a link that is named after authors is none",
    `<div class="category"><a href="/sport/">Sport</a> <a class="author" href="/huda">Huda</a></div>`,
    ["Sport"],
  ],
  [
    "but not beside a section",
    `<div class="category"><a href="/sport/">Sport</a> <a href="/tag/economy/">Economy</a></div>`,
    ["Sport"],
  ],
  [
    "a portrait's section is no author",
    `<div class="rubrik"><a href="/profil/hintergrund">Profil</a></div>`,
    ["Profil"],
  ],
  [
    "a name that leads to an author is one",
    `<div class="category"><a href="/writers/huda">Huda Nour</a></div>`,
    [],
  ],
  [
    "a category of authors is one",
    `<div class="category"><a href="/category/writers/">Our Writers</a> <a href="/sport/">Sport</a></div>`,
    ["Our Writers", "Sport"],
  ],
  [
    "labels of other stories do not count",
    `<div class="related"><a rel="category" href="/c/9">Weather</a></div>`,
    [],
  ],
])("%s", (_sentence, above, expected) => {
  expect(labels({ body: page(above), url: "https://example.ly/?p=1" })).toEqual(expected);
});

test.each([
  [
    "a heading over the headline that is a label of the vocabulary",
    "الأخبار المحلية",
    ["الأخبار المحلية"],
  ],
  ["a heading over the headline that nobody knows for a label", "حديث الصباح", []],
  ["a label of a box with more in it", "الطقس</h3><p>24 درجة</p><h3>", []],
  ["one of a row of sections", "اقتصاد</h3><h3>رياضة", []],
  ["a label far above the headline", `الأخبار المحلية</h3>${"<i></i>".repeat(9)}<h3>`, []],
  ["a format", "فيديو", []],
  ["a place", "فزان", []],
])("%s", (_sentence, label, expected) => {
  const body = `<h3>${label}</h3>${page("")}`;
  expect(labels({ body, url: "https://example.ly/?p=1" })).toEqual(expected);
});

test("what the page states is better than a label over the headline", () => {
  const head = `<meta property="article:section" content="Economy">`;
  const body = `<h3>Weather</h3>${page("")}`;
  expect(labels({ head, body, url: "https://example.ly/?p=1" })).toEqual(["Economy"]);
});

test("JSON-LD sections may be one string joined by commas", () => {
  const head = jsonLd({
    "@type": "Article",
    headline: "Roads reopen",
    articleSection: "محلي, خدمات",
  });
  expect(labels({ head, body: page(""), url: "https://example.ly/?p=1" })).toEqual([
    "محلي",
    "خدمات",
  ]);
});

test("the address files the article where nothing else does", () => {
  expect(labels({ body: page(""), url: "https://example.ly/news/economy/12345" })).toEqual([
    "economy",
  ]);
});

test("the vocabulary adds kind, detail and IPTC codes and keeps the label", () => {
  const body = page(
    `<a rel="category" href="/c/1">محلي</a> <a rel="category" href="/c/2">رياضة</a>`,
  );
  expect(readArticle({ body }).categories).toEqual([
    { label: "محلي", kind: "scope", detail: "national", medtops: [] },
    { label: "رياضة", kind: "topic", detail: null, medtops: ["15000000"] },
  ]);
});

test("the first category is the category", () => {
  const { category, from } = readArticle({ body: page(`<a rel="category" href="/c/2">رياضة</a>`) });
  expect([category, from.category]).toEqual(["رياضة", "a[rel=category]"]);
});
