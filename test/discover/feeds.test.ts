/** Well-formed feeds of every kind, and single oddities of theirs. */
import { expect, test } from "vitest";
import { discover, parseFeed } from "../../src/discover/index.ts";
import { captureOf, contextOf, HOME } from "./capture.ts";

const URL_1 = `${HOME}2026/06/17/a/`;
const AT = Date.parse("2026-06-17T09:30:00Z");
const LATER = Date.parse("2026-06-18T09:30:00Z");

const item = (inside: string): string => `<item>${inside}</item>`;
const rss = (inside: string, version = "2.0"): string =>
  `<?xml version="1.0"?><rss version="${version}" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>م</title><link>${HOME}</link>${inside}</channel></rss>`;
const BASIC = `<title>خبر</title><link>${URL_1}</link>`;

test.each<[kind: string, body: string, hints: object]>([
  [
    "RSS 2.0",
    rss(item(`${BASIC}<pubDate>Wed, 17 Jun 2026 09:30:00 +0000</pubDate>`)),
    { publishedAt: AT },
  ],
  ["RSS 0.91", rss(item(BASIC), "0.91"), {}],
  ["RSS 0.92 without a version", rss(item(BASIC)).replace(' version="2.0"', ""), {}],
  [
    "RSS with a Dublin Core date",
    rss(item(`${BASIC}<dc:date>2026-06-17T11:30:00+02:00</dc:date>`)),
    { publishedAt: AT },
  ],
  [
    "RSS 1.0 (RDF)",
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="${HOME}"><title>م</title><link>${HOME}</link></channel><item rdf:about="${URL_1}">${BASIC}<dc:date>2026-06-17T09:30:00Z</dc:date></item></rdf:RDF>`,
    { publishedAt: AT },
  ],
  [
    "RSS 0.90",
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>م</title><link>${HOME}</link></channel><item>${BASIC}</item></rdf:RDF>`,
    {},
  ],
  [
    "Atom 1.0",
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>م</title><entry><title type="html">&lt;b&gt;خبر&lt;/b&gt;</title><link rel="replies" href="${HOME}replies"/><link rel="alternate" href="${URL_1}"/><id>tag:outlet.example,2026:1</id><published>2026-06-17T09:30:00Z</published><updated>2026-06-18T09:30:00Z</updated></entry></feed>`,
    { publishedAt: AT, lastModifiedAt: LATER },
  ],
  [
    "Atom with a base and relative links",
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="${HOME}2026/06/"><title>م</title><entry><title>خبر</title><link href="17/a/"/><id>urn:1</id><updated>2026-06-17T09:30:00Z</updated></entry></feed>`,
    { publishedAt: AT, lastModifiedAt: AT },
  ],
  [
    "Atom 0.3",
    `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>م</title><entry><title>خبر</title><link rel="alternate" type="text/html" href="${URL_1}"/><id>urn:1</id><issued>2026-06-17T09:30:00Z</issued></entry></feed>`,
    { publishedAt: AT },
  ],
  [
    "JSON Feed",
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "م",
      items: [
        {
          id: "1",
          url: URL_1,
          title: "خبر",
          date_published: "2026-06-17T11:30:00+02:00",
          date_modified: "2026-06-18T09:30:00Z",
        },
      ],
    }),
    { publishedAt: AT, lastModifiedAt: LATER },
  ],
])("%s gives its entry with title and dates", (_kind, body, hints) => {
  const found = discover(captureOf(body), contextOf("feed"));
  expect(found.problems).toEqual([]);
  expect(found.pages).toEqual([
    {
      url: URL_1,
      siteId: "outlet",
      role: "article",
      foundBy: "feed",
      title: "خبر",
      publishedAt: null,
      lastModifiedAt: null,
      ...hints,
    },
  ]);
});

test.each<[what: string, inside: string, url: string | null]>([
  ["link before guid", `${BASIC}<guid isPermaLink="true">${HOME}?p=1</guid>`, URL_1],
  [
    "a guid that is an address when there is no link",
    `<guid isPermaLink="false">${HOME}?p=1</guid>`,
    `${HOME}?p=1`,
  ],
  ["no guid that is only an id", `<title>خبر</title><guid>12345</guid>`, null],
  ["no tag URI", "<guid>tag:outlet.example,2026:1</guid>", null],
  ["no mail address", "<link>mailto:x@outlet.example</link>", null],
  ["a link without its fragment", `<link>${URL_1}#comments</link>`, URL_1],
  ["a link wrapped in CDATA and blanks", `<link>\n  <![CDATA[ ${URL_1} ]]>\n</link>`, URL_1],
])("an entry's address is %s", (_what, inside, url) => {
  expect(parseFeed(rss(item(inside)), `${HOME}feed/`).entries.map((entry) => entry.url)).toEqual(
    url === null ? [] : [url],
  );
});

test("two items at one address are one page, addresses elsewhere are none", () => {
  const body = rss(
    item(BASIC) +
      item(BASIC.replace("/a/", "/a")) +
      item("<link>https://elsewhere.example/x</link>"),
  );
  const found = discover(captureOf(body), contextOf("feed"));
  expect(found.pages.map(({ url }) => url)).toEqual([URL_1]);
  expect(found.problems).toEqual(["1 addresses are outside the site"]);
});

test("the next page of a paged feed is a source, when there is depth to go on", () => {
  const body = rss(`<atom:link rel="next" href="${HOME}feed/?paged=2"/>${item(BASIC)}`);
  const next = (depth: number) =>
    discover(captureOf(body), contextOf("feed", { depth })).sources.map(({ url, role }) => [
      role,
      url,
    ]);
  expect(next(1)).toEqual([["feed", `${HOME}feed/?paged=2`]]);
  expect(next(0)).toEqual([]);
});

test.each<[what: string, body: string]>([
  ["nothing", ""],
  ["one bracket", "<"],
  ["half a tag", "<rss"],
  ["tags without an end", "<rss><channel><item>"],
  ["half an object", "{"],
  ["half a list", "[1,2"],
  ["a zero byte", "\u0000"],
  ["a thousand CDATA openings", "<![CDATA[".repeat(1000)],
  ["a thousand empty items", "<item>".repeat(1000)],
  ["400,000 nested tags", "<rss><channel>".repeat(200_000)],
  [
    "a link with a million blanks",
    `<rss><channel><item><link>a${" ".repeat(1_000_000)}b</link></item>`,
  ],
])("%s is read without complaint", (_what, body) => {
  expect(discover(captureOf(body), contextOf("feed")).pages).toEqual([]);
});

test("entities are not expanded into a bomb", () => {
  const lol = Array.from(
    { length: 9 },
    (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
  ).join("");
  const body = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">${lol}]>${rss(item(`<title>&l9;</title><link>${URL_1}</link>`)).slice(21)}`;
  const found = discover(captureOf(body), contextOf("feed"));
  expect(found.pages.map(({ url }) => url)).toEqual([URL_1]);
  expect((found.pages[0]?.title ?? "").length).toBeLessThan(100);
});
