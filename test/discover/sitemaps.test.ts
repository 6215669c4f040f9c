/** Sitemaps, whole and broken, and what their names say of their entries. */
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { discover, parseSitemap } from "../../src/discover/index.ts";
import { captureOf, contextOf, HOME } from "./capture.ts";

const A = `${HOME}2026/06/17/%D8%A3/`;
const B = `${HOME}2026/06/16/oil-prices-rise/`;
const NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const whole = (url: string, lastmod = "2026-06-17T09:30:00+00:00"): string =>
  `<url><loc>${url}</loc><lastmod>${lastmod}</lastmod></url>\n`;
const urlset = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${NS}>\n${inside}</urlset>`;
const AT = Date.parse("2026-06-17T09:30:00Z");

test.each<[kind: string, body: string | Uint8Array, urls: string[], problem: string | null]>([
  ["whole", urlset(whole(A) + whole(B)), [A, B], null],
  ["packed without saying", gzipSync(urlset(whole(A) + whole(B))), [A, B], null],
  [
    "packed and cut short",
    gzipSync(urlset(whole(A) + whole(B) + "x".repeat(9))).subarray(0, -12),
    [A, B],
    "gzip is cut short",
  ],
  [
    "a PHP warning before it",
    `<br />\n<b>Warning</b>: x in <b>y.php</b>\n${urlset(whole(A) + whole(B))}`,
    [A, B],
    null,
  ],
  ["blank lines before the declaration", `\n\n${urlset(whole(A) + whole(B))}`, [A, B], null],
  ["cut short inside an entry", urlset(whole(A) + whole(B)).slice(0, -60), [A, B], "cut short"],
  [
    "cut short inside an address",
    urlset(whole(A) + whole(B)).split("oil-pri")[0] ?? "",
    [A],
    "cut short",
  ],
  ["bare ampersands", urlset(whole(`${A}?a=1&b=2`) + whole(B)), [`${A}?a=1&b=2`, B], null],
  [
    "escaped ampersands, once and twice",
    urlset(whole(`${A}?a=1&amp;b=2`) + whole(`${B}?a=1&amp;amp;b=2`)),
    [`${A}?a=1&b=2`, `${B}?a=1&b=2`],
    null,
  ],
  ["relative addresses", urlset(whole("/2026/06/17/%D8%A3/") + whole(B)), [A, B], null],
  ["raw Arabic in an address", urlset(whole(`${HOME}2026/06/17/أ/`) + whole(B)), [A, B], null],
  ["no namespace", `<urlset>${whole(A)}${whole(B)}</urlset>`, [A, B], null],
  [
    "a namespace prefix nobody declared",
    `<sm:urlset><sm:url><sm:loc>${A}</sm:loc></sm:url><sm:url><sm:loc>${B}</sm:loc></sm:url></sm:urlset>`,
    [A, B],
    null,
  ],
  [
    "tags in capitals",
    `<URLSET><URL><LOC>${A}</LOC></URL><URL><LOC>${B}</LOC></URL></URLSET>`,
    [A, B],
    null,
  ],
  [
    "entries never closed",
    `<urlset ${NS}><url><loc>${A}</loc><url><loc>${B}</loc></urlset>`,
    [A, B],
    null,
  ],
  [
    "addresses without entries around them",
    `<urlset ${NS}><loc>${A}</loc><loc>${B}</loc></urlset>`,
    [A, B],
    null,
  ],
  [
    "CDATA and line breaks in addresses",
    urlset(`<url><loc>\n  <![CDATA[${A}]]>\n</loc></url>${whole(B)}`),
    [A, B],
    null,
  ],
  ["control characters", urlset(whole(A.replace("2026", "20\u000b26")) + whole(B)), [A, B], null],
  [
    "a byte order mark before and inside",
    `\uFEFF${urlset(whole(`\uFEFF${A}`) + whole(B))}`,
    [A, B],
    null,
  ],
  [
    "images with addresses of their own",
    urlset(
      `<url><loc>${A}</loc><image:image><image:loc>${HOME}i.jpg</image:loc></image:image></url>${whole(B)}`,
    ),
    [A, B],
    null,
  ],
  [
    "entries that are no addresses",
    urlset(`${whole("mailto:x@outlet.example")}${whole(A)}${whole("")}${whole(B)}`),
    [A, B],
    "1 entries have no usable URL",
  ],
  ["the same address twice", urlset(whole(A) + whole(B) + whole(A)), [A, B], null],
  ["a plain list", `${A}\n${B}\n`, [A, B], null],
  [
    "a plain list with a mark, Windows lines and rubbish",
    `\uFEFF${A}\r\n\r\nhello\r\n${B}\r\n`,
    [A, B],
    "1 lines are not URLs",
  ],
  [
    "addresses of another site",
    urlset(whole("https://elsewhere.example/2026/06/17/a/") + whole(A) + whole(B)),
    [A, B],
    "1 addresses are outside the site",
  ],
  [
    "a page of HTML instead",
    `<!DOCTYPE html><html><body><h2><a href="${A}">خبر عن شيء حدث اليوم</a></h2><h2><a href="${B}">خبر آخر</a></h2></body></html>`,
    [A, B],
    "asked for a sitemap, got a page of HTML",
  ],
  ["nothing at all", "", [], "got nothing"],
  ["an empty set", urlset(""), [], null],
  [
    "UTF-16",
    Buffer.from(`\uFEFF${urlset(whole(A) + whole(B)).replace("UTF-8", "UTF-16")}`, "utf16le"),
    [A, B],
    null,
  ],
])("a sitemap survives: %s", (_kind, body, urls, problem) => {
  const found = discover(captureOf(body, { path: "/post-sitemap.xml" }), contextOf("sitemap"));
  expect(found.pages.filter(({ role }) => role === "article").map(({ url }) => url)).toEqual(urls);
  if (problem === null) expect(found.problems).toEqual([]);
  else expect(found.problems.join("\n")).toContain(problem);
});

test.each<[printed: string, at: number | null]>([
  ["2026-06-17T09:30:00+00:00", AT],
  ["2026-06-17T09:30:00Z", AT],
  ["2026-06-17T11:30:00+02:00", AT],
  ["2026-06-17T11:30:00.000+0200", AT],
  ["2026-06-17 09:30", AT],
  ["2026-06-17", Date.parse("2026-06-17T00:00:00Z")],
  ["Wed, 17 Jun 2026 09:30:00 GMT", AT],
  ["٢٠٢٦-٠٦-١٧T٠٩:٣٠:٠٠Z", AT],
  ["0000-00-00", null],
  ["1970-01-01T00:00:00Z", null],
  ["yesterday", null],
  ["", null],
])("lastmod %s is understood", (printed, at) => {
  expect(parseSitemap(urlset(whole(A, printed)), HOME).entries[0]?.lastModifiedAt).toBe(at);
});

test("a news sitemap gives titles and publication dates", () => {
  const news = (title: string): string =>
    `<url><loc>${A}</loc><news:news><news:publication><news:name>منفذ</news:name><news:language>ar</news:language></news:publication>
     <news:publication_date>2026-06-17T11:30:00+02:00</news:publication_date><news:title>${title}</news:title></news:news></url>`;
  for (const title of [
    "نفط &amp; غاز",
    "<![CDATA[نفط & غاز]]>",
    "نفط & غاز",
    "نفط &amp;amp; غاز",
  ]) {
    const found = discover(
      captureOf(urlset(news(title)), { path: "/x.xml" }),
      contextOf("sitemap"),
    );
    expect(found.pages).toMatchObject([
      { url: A, role: "article", foundBy: "sitemap", title: "نفط & غاز", publishedAt: AT },
    ]);
  }
});

test("an index gives its sitemaps, but for those of tags, authors and pages", () => {
  const names = [
    "post-sitemap",
    "post-sitemap2",
    "post_tag-sitemap",
    "author-sitemap",
    "page-sitemap",
    "category-sitemap",
    "wp-sitemap-posts-post-1",
    "wp-sitemap-posts-page-1",
    "wp-sitemap-users-1",
    "wp-sitemap-taxonomies-category-1",
    "wp-sitemap-taxonomies-post_tag-1",
    "sitemap-2026-06",
    "news-sitemap",
  ];
  const index = `<sitemapindex ${NS}>${names.map((name) => `<sitemap><loc>${HOME}${name}.xml</loc><lastmod>2026-06-17T09:30:00Z</lastmod></sitemap>`).join("")}</sitemapindex>`;
  const found = discover(captureOf(index, { path: "/sitemap_index.xml" }), contextOf("sitemap"));
  expect(found.pages).toEqual([]);
  expect(found.sources.map(({ url }) => url.slice(HOME.length, -".xml".length))).toEqual([
    "post-sitemap",
    "post-sitemap2",
    "category-sitemap",
    "wp-sitemap-posts-post-1",
    "wp-sitemap-taxonomies-category-1",
    "sitemap-2026-06",
    "news-sitemap",
  ]);
  expect(found.sources[0]).toMatchObject({
    role: "sitemap",
    foundBy: "sitemap",
    lastModifiedAt: AT,
  });
});

test("a sitemap whose name says nothing is judged address by address", () => {
  const urls = [
    HOME,
    A,
    B,
    `${HOME}contact-us/`,
    `${HOME}category/local/`,
    `${HOME}wp-content/a.jpg`,
    `${HOME}about-the-organisation-and-its-people/`,
  ];
  const read = (depth: number) =>
    discover(
      captureOf(urlset(urls.map((url) => whole(url)).join("")), { path: "/sitemap.xml" }),
      contextOf("sitemap", { depth }),
    ).pages.map(({ url, role }) => [role, url]);
  expect(read(0)).toEqual([
    ["article", A],
    ["article", B],
    ["article", urls[6]],
  ]);
  expect(read(1)).toContainEqual(["listing", `${HOME}category/local/`]);
});

test("category sitemaps give listings, tag sitemaps nothing", () => {
  const one = (path: string) =>
    discover(captureOf(urlset(whole(`${HOME}local/`)), { path }), contextOf("sitemap")).pages;
  expect(one("/category-sitemap.xml")).toMatchObject([{ role: "listing" }]);
  expect(one("/post_tag-sitemap.xml")).toEqual([]);
});

test("50,000 entries come out complete, and none holds on to the file", () => {
  const body = urlset(
    Array.from({ length: 50_000 }, (_, i) => whole(`${HOME}2026/06/17/${i}/`)).join(""),
  );
  const { entries, problems } = parseSitemap(body, HOME);
  expect(problems).toEqual([]);
  expect(entries.length).toBe(50_000);
  expect(entries.at(-1)).toEqual({
    url: `${HOME}2026/06/17/49999/`,
    kind: "page",
    title: null,
    publishedAt: null,
    lastModifiedAt: AT,
  });
});

test("an endless sitemap ends", () => {
  const body = urlset(
    Array.from({ length: 100_001 }, (_, i) => `<url><loc>/${i}</loc></url>`).join(""),
  );
  const { entries, problems } = parseSitemap(body, HOME);
  expect(entries.length).toBe(100_000);
  expect(problems).toEqual(["more than 100000 entries; the rest is left out"]);
});
