import { expect, test } from "vitest";
import { jsonLd, prose, readArticle } from "./read.ts";

const page = (inside: string, outside = "") =>
  `<h1>Roads</h1><article>${prose()}${inside}</article>${outside}`;

test.each([
  [
    "a lazy picture's real address",
    `<img src="data:image/gif;base64,R0lGOD" data-src="/a.jpg">`,
    "https://www.example.ly/a.jpg",
  ],
  [
    "the largest of a srcset",
    `<img src="/s.jpg" srcset="/s.jpg 300w, /l.jpg 1200w, /m.jpg 600w">`,
    "https://www.example.ly/l.jpg",
  ],
  [
    "a srcset that is lazy itself",
    `<img src="/p.gif" data-srcset="/m.jpg 600w, /l.jpg 1200w">`,
    "https://www.example.ly/l.jpg",
  ],
])("images: %s", (_sentence, inside, expected) => {
  expect(readArticle({ body: page(inside) }).images[0]?.url).toBe(expected);
});

test("a caption and its credit are kept apart", () => {
  const figure = `<figure><img src="/a.jpg" alt="The road"><figcaption>The coast road in May (Photo: Omar Nour)</figcaption></figure>`;
  expect(readArticle({ body: page(figure) }).images).toEqual([
    {
      url: "https://www.example.ly/a.jpg",
      alt: "The road",
      caption: "The coast road in May",
      credit: "Photo: Omar Nour",
    },
  ]);
});

test("icons, pixels and pictures of related stories are no pictures of the article", () => {
  const inside = `<img src="/logo.png"><img src="/p.png" width="1" height="1">`;
  const related = `<div class="related"><img src="/other.jpg"></div>`;
  expect(readArticle({ body: page(inside, related) }).images).toEqual([]);
});

test.each([
  [
    "its own address",
    `<link rel="canonical" href="/news/roads">`,
    "https://www.example.ly/news/roads",
  ],
  [
    "not another site's",
    `<link rel="canonical" href="https://other.example.com/news/roads">`,
    null,
  ],
  ["not the home page's", `<link rel="canonical" href="https://www.example.ly/">`, null],
])("canonical URL: %s", (_sentence, head, expected) => {
  expect(readArticle({ head, body: page("") }).canonicalUrl).toBe(expected);
});

test("an aggregator's source is named, with its article's address", () => {
  const body = `<h1>تنظيف الشاطئ</h1><article><div>مصدر الخبر / <a href="/source/gate">بوابة مثال</a></div>${prose("ar")}<p><a href="https://gate.example.org/news/1">الخبر في المصدر من بوابة مثال</a></p></article>`;
  expect(readArticle({ body }).originalSource).toEqual({
    name: "بوابة مثال",
    url: "https://gate.example.org/news/1",
  });
});

test.each([
  ["English", "The council has announced that the roads will be open to traffic next week", "en"],
  ["French", "Le gouvernement a annoncé que la conférence se tiendra à Tripoli pour la paix", "fr"],
  [
    "Italian",
    "Il governo ha annunciato che la conferenza si terrà nella capitale della Libia",
    "it",
  ],
  [
    "Turkish",
    "Hükümet, konferansın gelecek hafta olacağını açıkladı ve bu süreç için çok daha",
    "tr",
  ],
  ["Amazigh", "ⵜⴰⵎⴰⵣⵉⵖⵜ ⵏ ⵍⵉⴱⵢⴰ ⵜⴳⴰ ⵜⵓⵜⵍⴰⵢⵜ ⵏ ⵉⵎⴰⵣⵉⵖⵏ ⴳ ⵓⴷⵔⴰⵔ ⵏ ⵉⵏⴼⵓⵙⵏ", "ber"],
  [
    "Amazigh in Latin letters",
    "Ass-a ad nemmeslay ɣef tutlayt n tmaziɣt di tmurt n Libya akked Nalut",
    "ber",
  ],
])("an article in %s on a page labelled Arabic", (_name, sentence, expected) => {
  const text = `<p>${`${sentence}. `.repeat(4)}</p>`.repeat(4);
  const { language, dir } = readArticle({ lang: "ar", body: `<article>${text}</article>` });
  expect([language, dir]).toEqual([expected, "ltr"]);
});

test("the words decide the language, not the label", () => {
  const { language, dir } = readArticle({
    lang: "en",
    body: `<h1>افتتاح الطريق</h1><article>${prose("ar")}</article>`,
  });
  expect([language, dir]).toEqual(["ar", "rtl"]);
});

test("tags come from tag links, else from keywords", () => {
  const linked = readArticle({
    body: page(`<p><a rel="tag" href="/tag/a">#Roads</a> <a rel="tag" href="/tag/b">Rain</a></p>`),
  });
  const stated = readArticle({
    head: jsonLd({ "@type": "Article", headline: "Roads", keywords: "Roads, Rain" }),
    body: page(""),
  });
  expect([linked.tags, stated.tags]).toEqual([
    ["Roads", "Rain"],
    ["Roads", "Rain"],
  ]);
});

test.each([
  ["a sidebar's state", "sticky-sidebar"],
  ["a widget, as Blogger does", "widget Blog"],
])("tags below a body that stands in an element named after %s are its own", (_name, holder) => {
  const body = `<div class="${holder}"><h1>Roads</h1><div class="entry-content">${prose()}</div><a rel="tag" href="#">Rain</a></div>`;
  expect(readArticle({ body }).tags).toEqual(["Rain"]);
});

test.each([
  [
    "the margin beside it",
    `</div></main><aside class="sidebar"><a rel="tag" href="/tag/port/">Port</a></aside>`,
  ],
  [
    "a cloud of keywords",
    `</div></main><div class="widget"><a rel="tag" href="/tag/port/">Port</a></div>`,
  ],
])("but those of %s are not", (_name, after) => {
  const body = `<div class="content-sidebar-wrap"><main><div><h1>Roads</h1><div class="entry-content">${prose()}</div><a rel="tag" href="/tag/rain/">Rain</a>${after}</div>`;
  expect(readArticle({ body }).tags).toEqual(["Rain"]);
});

test.each([
  ["a keyword the text mentions", `<p>The minister of <a href="/tag/us/">US</a> came too.</p>`, []],
  ["a line of keywords", `<p>Tags: <a href="/tag/us/">US</a></p>`, ["US"]],
  [
    "keywords called topics",
    `<p><a rel="tag" href="/thema/klima/">Klima</a> <a rel="tag" href="/c/nalut/">Nalut</a></p>`,
    ["Klima", "Nalut"],
  ],
  [
    "a keyword on another site",
    `<p><a rel="tag" href="https://social.example/category/tags">Roads</a></p>`,
    ["Roads"],
  ],
] as const)("%s", (_what, line, expected) => {
  const body = `<h1>Roads</h1><article>${prose()}${line}</article>`;
  expect(readArticle({ body }).tags).toEqual(expected);
});

test("a link to a category is no tag, whatever its rel says", () => {
  const body = page(
    `<p><a rel="tag" href="/category/roads/">Roads</a> <a rel="tag" href="/tag/b">Rain</a></p>`,
  );
  expect(readArticle({ body }).tags).toEqual(["Rain"]);
});

test.each([
  ["a line named a subtitle", `<h2 class="entry-sub-title">Four at once</h2>`, "Four at once"],
  ["one with a theme's prefix", `<p class="td-post-sub-title">Four at once</p>`, "Four at once"],
  ["a line named otherwise", `<h2 class="entry-notes">Four at once</h2>`, null],
  ["a date line of that name", `<p class="subtitle">Salma Harb, May 3, 2019</p>`, null],
  ["a byline of that name", `<p class="subtitle">By Salma Harb</p>`, null],
  ["the title again", `<p class="subtitle">Roads</p>`, null],
  [
    "the first words of the text",
    `<p class="subtitle">The council met on the coast road and agreed</p>`,
    null,
  ],
  [
    "a second one below those",
    `<p class="subtitle">The council met on the coast road and agreed</p><p class="subtitle">Four at once</p>`,
    null,
  ],
  ["a part's number", `<h2 class="subtitle">الجزء الثاني</h2>`, "الجزء الثاني"],
  ["a dated signature", `<p class="subtitle">Salma Harb of Nalut, 3 May 2019 10:30</p>`, null],
  ["a section of that name", `<p class="subtitle">economy</p>`, null],
  ["a place and an outlet", `<p class="subtitle">Bani Walid - the Observer</p>`, null],
  ["two of a byline", `<p class="subtitle">By Salma Harb and Omar Nour at the coast</p>`, null],
  ["a place of that name", `<p class="subtitle">طرابلس - المرصد</p>`, null],
  ["a name of that name", `<p class="subtitle">Maria Salma Harb</p>`, null],
  [
    "a name beside a date element",
    `<p class="subhead"><b>JANIE HAR</b><time>May 3, 2024</time></p>`,
    null,
  ],
  ["a count of that name", `<p class="subline">3 comments · 5 min read</p>`, null],
  [
    "a line with a number in it",
    `<p class="subline">Repairs of 3 roads begin in May</p>`,
    "Repairs of 3 roads begin in May",
  ],
  [
    "a line with its date",
    `<p class="subline">What the council of the coast road agreed on May 3, 2024</p>`,
    "What the council of the coast road agreed on May 3, 2024",
  ],
  ["a picture's credit", `<p class="subline">Photo by Omar Nour of the Observer</p>`, null],
  [
    "a picture's line",
    `<figure><img src="a.jpg"><p class="subline">The harbour before the rain</p></figure>`,
    null,
  ],
  [
    "one of a list of stories",
    `<ul><li><span class="subtitle">Strike ends in the port</span></li></ul>`,
    null,
  ],
  [
    "a link to another story",
    `<h2 class="subtitle"><a href="/other">Strike ends in the port</a></h2>`,
    null,
  ],
  ["a deck of cards", `<div class="card-deck"><div>Strike ends in the port</div></div>`, null],
  ["the outlet's slogan", `<p class="tagline">News from the coast since then</p>`, null],
  ["a line far below", `${"<i></i>".repeat(60)}<p class="subtitle">Four at once</p>`, null],
  ["one of the margin", `<aside><p class="subtitle">Four at once</p></aside>`, null],
] as const)("below the title stands %s", (_what, line, expected) => {
  const body = `<h1>Roads</h1>${line}<article>${prose()}</article>`;
  expect(readArticle({ head: "<title>Roads</title>", body }).subtitle).toBe(expected);
});

test.each([
  ["inside the text", (line: string) => `<article>${prose()}${line}${prose()}</article>`],
  ["below the text", (line: string) => `<article>${prose()}</article>${line}`],
])("what is named a subtitle %s is none", (_where, around) => {
  const line = `<p class="subtitle">What comes next here</p>`;
  expect(readArticle({ body: `<h1>Roads</h1>${around(line)}` }).subtitle).toBeNull();
});

test("the excerpt is the outlet's summary, not the title again", () => {
  const head = `<title>Roads reopen after the rain</title><meta property="og:description" content="Roads reopen after the rain"><meta name="description" content="All four roads on the coast are open again.">`;
  expect(
    readArticle({ head, body: `<h1>Roads reopen after the rain</h1>${prose()}` }).excerpt,
  ).toBe("All four roads on the coast are open again.");
});

test("every field says where it came from", () => {
  const { from } = readArticle({
    head: `<title>Roads</title><meta property="og:site_name" content="Coast Daily">`,
    body: page(""),
  });
  expect(from).toMatchObject({
    title: expect.stringContaining("h1"),
    siteName: "meta:og:site_name",
  });
});

test("an empty page yields no fields and no exception", () => {
  expect(() => readArticle({ body: "" })).toThrow("read as empty");
});
