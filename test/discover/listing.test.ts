/** Home and section pages: links, sources and where they lead. */
import { expect, test } from "vitest";
import { decideLinks, discover, usualSources } from "../../src/discover/index.ts";
import { captureOf, contextOf, HOME } from "./capture.ts";

const page = (body: string, head = ""): string =>
  `<!DOCTYPE html><html lang="ar" dir="rtl"><head><title>منفذ</title>${head}</head><body>${body}</body></html>`;

const read = (
  html: string,
  options: { path?: string; depth?: number; headers?: [string, string][] } = {},
) => {
  const { path = "/", depth = 1, headers = [] } = options;
  return discover(captureOf(html, { path, headers }), contextOf("listing", { depth }));
};

const urls = (refs: readonly { readonly url: string }[]): string[] =>
  refs.map(({ url }) => decodeURI(url.startsWith(HOME) ? url.slice(HOME.length - 1) : url));

const FRONT = page(`
  <header><a href="/"><img src="/logo.png" alt="منفذ"></a></header>
  <nav><ul><li><a href="/category/محلي/">محلي</a></li><li><a href="/category/رياضة/">رياضة</a></li><li><a href="/من-نحن/">من نحن</a></li><li><a href="https://facebook.com/outlet">فيسبوك</a></li></ul></nav>
  <article><a href="/2026/06/17/خبر-أول/"><img src="a.jpg" alt="صورة"></a><header><h2><a href="/2026/06/17/خبر-أول/">بلدية زوارة تنظف الشاطئ</a></h2></header>
    <a href="/author/editor/">محرر</a> <a href="/2026/06/17/خبر-أول/#comments">تعليق</a> <a href="/2026/06/17/خبر-أول/?share=facebook">شارك</a></article>
  <article><h2><a href="/2026/06/16/خبر-ثان/">أسعار النفط ترتفع قليلا</a></h2></article>
  <a href="mailto:x@outlet.example">بريد</a> <a href="javascript:void(0)">قائمة</a> <a name="top">أعلى</a>
  <div class="pages"><a href="/page/2/">2</a> <a rel="next" href="/older/">الأقدم</a></div>
  <footer><a href="/privacy-policy/">الخصوصية</a></footer>`);

test("a front page gives articles with headlines, sections and next pages, in its own order", () => {
  const found = read(FRONT);
  expect(
    found.pages.map(({ url, role, foundBy, title }) => [urls([{ url }])[0], role, foundBy, title]),
  ).toEqual([
    ["/category/محلي/", "listing", "home", null],
    ["/category/رياضة/", "listing", "home", null],
    ["/2026/06/17/خبر-أول/", "article", "home", "بلدية زوارة تنظف الشاطئ"],
    ["/2026/06/16/خبر-ثان/", "article", "home", "أسعار النفط ترتفع قليلا"],
    ["/page/2/", "listing", "pagination", null],
    ["/older/", "listing", "pagination", null],
  ]);
  expect(found.problems).toEqual([]);
});

test("without depth only articles are given", () => {
  expect(read(FRONT, { depth: 0 }).pages.map(({ role }) => role)).toEqual(["article", "article"]);
});

test("what is found on a section page is found by the listing", () => {
  expect(
    read(FRONT, { path: "/category/محلي/" }).pages.find(({ role }) => role === "article")?.foundBy,
  ).toBe("listing");
});

test.each<[what: string, html: string, path: string, expected: string[]]>([
  [
    "a base element moves relative links",
    page('<a href="2026/06/17/a/">خ</a>', '<base href="/sub/">'),
    "/x/",
    ["/sub/2026/06/17/a/"],
  ],
  [
    "a second base element does not",
    page('<a href="2026/06/17/a/">خ</a>', '<base href="/one/"><base href="/two/">'),
    "/",
    ["/one/2026/06/17/a/"],
  ],
  [
    "a relative link without base counts from the page",
    page('<a href="../2026/06/17/a/">خ</a>'),
    "/x/y/",
    ["/x/2026/06/17/a/"],
  ],
  [
    "a link around a heading is a headline",
    page('<a href="/short/"><h3>بلدية زوارة تنظف الشاطئ بمشاركة طلاب</h3></a>'),
    "/",
    ["/short/"],
  ],
  [
    "an anchor that is never closed ends at the next",
    page('<a href="/2026/06/17/a/">أ <a href="/2026/06/17/b/">ب'),
    "/",
    ["/2026/06/17/a/", "/2026/06/17/b/"],
  ],
  [
    "an image's alt text is the anchor's text",
    page(
      '<a href="/short/"><img alt="بلدية زوارة تنظف الشاطئ بمشاركة طلاب المدارس"></a><h2><a href="/short/"></a></h2>',
    ),
    "/",
    ["/short/"],
  ],
  [
    "script text is no anchor text",
    page('<a href="/libya/"><script>var a = "one two three four five six";</script>ليبيا</a>'),
    "/",
    ["/libya/"],
  ],
  [
    "malformed hrefs of one outlet do no harm",
    page(
      '<a href="example.outlet://https">x</a><a href="https://">y</a><a href="http://[">z</a><a href="/2026/06/17/a/">خ</a>',
    ),
    "/",
    ["/2026/06/17/a/"],
  ],
  [
    "the page itself is not among its links",
    page('<a href="/2026/06/17/a/">خ</a><a href="?utm_source=x">هنا</a>'),
    "/",
    ["/2026/06/17/a/"],
  ],
  [
    "one page in two spellings is one page",
    page(
      '<a href="/2026/06/17/%d8%a3/">أ</a><a href="http://www.outlet.example/2026/06/17/%D8%A3/?utm_source=x">أ</a>',
    ),
    "/",
    ["/2026/06/17/أ/"],
  ],
])("%s", (_what, html, path, expected) => {
  expect(urls(read(html, { path }).pages)).toEqual(expected);
});

test("five addresses of one form with headlines are articles though the slugs are short", () => {
  const list = Array.from(
    { length: 5 },
    (_, i) => `<li><a href="/خبر-${i}/">عنوان طويل لخبر رقم ${i} من الأخبار</a></li>`,
  );
  const found = decideLinks(page(list.join("")), HOME, contextOf("listing"));
  expect(found.map(({ decision }) => decision.role)).toEqual(Array(5).fill("article"));
});

test("every in-scope link gets a decision with reasons, the refused ones too", () => {
  const found = decideLinks(FRONT, HOME, contextOf("listing"));
  expect(found.find(({ link }) => link.url.includes("privacy"))?.decision).toMatchObject({
    isWorthwhile: false,
    reasons: ['path word "privacy-policy"'],
  });
  expect(found.every(({ decision }) => decision.reasons.length > 0)).toBe(true);
});

test("feeds, sitemaps and the REST root a page points to are sources", () => {
  const head = `
    <link rel="alternate" type="application/rss+xml" title="الخلاصة" href="/feed/">
    <link rel="alternate" type="application/rss+xml" title="التعليقات" href="/comments/feed/">
    <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="/atom.xml">
    <link rel="alternate" type="application/feed+json" href="/feed.json">
    <link rel="alternate" hreflang="en" href="/en/">
    <link rel="alternate" type="application/rss+xml" href="https://elsewhere.example/feed">
    <link rel="sitemap" type="application/xml" href="/sitemap.xml">
    <link rel="https://api.w.org/" href="/lefunot/">
    <link rel="stylesheet" href="/style.css">`;
  expect(
    read(page('<a href="/rss.xml">RSS</a>', head)).sources.map(({ role, url }) => [role, url]),
  ).toEqual([
    ["feed", `${HOME}feed/`],
    ["feed", `${HOME}atom.xml`],
    ["feed", `${HOME}feed.json`],
    ["sitemap", `${HOME}sitemap.xml`],
    ["wp-json", `${HOME}lefunot/wp/v2/posts?per_page=100`],
    ["feed", `${HOME}rss.xml`],
  ]);
});

test.each<[what: string, header: string, expected: string[]]>([
  [
    "alone",
    `<${HOME}wp-json/>; rel="https://api.w.org/"`,
    [`${HOME}wp-json/wp/v2/posts?per_page=100`],
  ],
  [
    "among others",
    `<${HOME}x>; rel=shortlink, <${HOME}lefunot/>; rel="https://api.w.org/"`,
    [`${HOME}lefunot/wp/v2/posts?per_page=100`],
  ],
  [
    "as a query",
    `<${HOME}index.php?rest_route=/>; rel="https://api.w.org/"`,
    [`${HOME}index.php?rest_route=/wp/v2/posts&per_page=100`],
  ],
  ["of another kind", `<${HOME}a.css>; rel=preload; as=style`, []],
  ["broken", '<>; rel="https://api.w.org/", <not a url>; rel="https://api.w.org/"', []],
])("a REST root in the Link header, %s", (_what, header, expected) => {
  expect(urlsOf(read(page("<p>x</p>"), { headers: [["link", header]] }).sources)).toEqual(expected);
});

const urlsOf = (refs: readonly { readonly url: string }[]): string[] => refs.map(({ url }) => url);

test("the usual places are tried under the home page, feeds first", () => {
  const places = usualSources(HOME, "outlet");
  expect(new Set(places.map(({ url }) => url)).size).toBe(places.length);
  expect(places[0]).toEqual({
    url: `${HOME}feed/`,
    siteId: "outlet",
    role: "feed",
    foundBy: "guess",
    title: null,
    publishedAt: null,
    lastModifiedAt: null,
  });
  for (const path of [
    "rss",
    "sitemap.xml",
    "wp-sitemap.xml",
    "sitemap_index.xml",
    "news-sitemap.xml",
  ])
    expect(urlsOf(places)).toContain(`${HOME}${path}`);
});

test("a page without links says so", () => {
  expect(read(page("<p>قريبا</p>"))).toEqual({
    pages: [],
    sources: [],
    problems: ["a page without links"],
  });
});

test("a page of ten thousand links is read in part", () => {
  const many = page(
    Array.from({ length: 10_000 }, (_, i) => `<a href="/2026/06/17/${i}/">خبر</a>`).join(""),
  );
  expect(read(many).pages.length).toBe(5_000);
});

test("a page that nests a million tags is left where it stops making sense", () => {
  const deep = page(
    `<a href="/2026/06/17/a/">خبر</a>${"<b>".repeat(1_000_000)}<a href="/2026/06/17/b/">خبر</a>`,
  );
  expect(urls(read(deep).pages)).toEqual(["/2026/06/17/a/"]);
  expect(read(deep).problems).toEqual(["tags nest too deeply; the rest is left out"]);
});
