import { expect, test } from "vitest";
import {
  decodePercent,
  displayUrl,
  hostKeyOf,
  isProbablyMedia,
  isSameSite,
  parseHttpUrl,
  resolveUrl,
  urlKey,
} from "../../src/url/index.ts";

const ARABIC = "%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"; // أخبار

test.each([
  ["https://example.ly", "https://example.ly/"],
  ["  HTTP://Example.LY:80/a#top ", "http://example.ly/a"],
  ["https://user:secret@example.ly/a", "https://example.ly/a"],
  ["https://example.ly/أخبار", `https://example.ly/${ARABIC}`],
  ["http://أخبار.ليبيا/", "http://xn--igbicxr.xn--mgbb7fyab/"],
  ["example.ly", null],
  ["ftp://example.ly/", null],
  ["file:///etc/passwd", null],
  ["javascript:alert(1)", null],
  ["http://", null],
  ["", null],
  [`https://example.ly/${"a".repeat(5000)}`, null],
])("parseHttpUrl(%j) is %j", (text, expected) => {
  expect(parseHttpUrl(text)?.href ?? null).toBe(expected);
});

const BASE = "https://www.reportage.ly/section/page?x=1";

test.each<readonly [what: string, href: string, expected: string | null]>([
  ["a path", "/a", "https://www.reportage.ly/a"],
  ["a relative path", "a", "https://www.reportage.ly/section/a"],
  ["a parent path", "../a", "https://www.reportage.ly/a"],
  ["a query", "?p=5", "https://www.reportage.ly/section/page?p=5"],
  ["a scheme-relative address", "//cdn.ly/a", "https://cdn.ly/a"],
  ["an absolute address", "http://other.ly/a#b", "http://other.ly/a"],
  ["a fragment alone: the page itself", "#top", "https://www.reportage.ly/section/page?x=1"],
  ["line breaks and spaces around", " \n/a\t", "https://www.reportage.ly/a"],
  ["backslashes", "http:\\\\other.ly\\a", "http://other.ly/a"],
  ["raw Arabic", "/أخبار", `https://www.reportage.ly/${ARABIC}`],
  ["a space inside", "/a b", "https://www.reportage.ly/a%20b"],
  ["an empty href: nothing", "", null],
  ["mail: nothing", "mailto:a@b.ly", null],
  ["a telephone: nothing", "tel:+218911234567", null],
  ["a script: nothing", "javascript:void(0)", null],
  ["data: nothing", "data:text/html,x", null],
  ["the host turned into a scheme", "ly.reportage://https", "https://www.reportage.ly/"],
  ["an empty port and slashes", "https://reportage.ly://", "https://reportage.ly/"],
  ["an empty port and a path", "https://reportage.ly://a/b", "https://reportage.ly/a/b"],
  ["a scheme written twice", "http://https://other.ly/a", "https://other.ly/a"],
  ["a scheme written twice, one colon lost", "https://https//other.ly/a", "https://other.ly/a"],
  ["a scheme without its colon", "https//other.ly/a", "https://other.ly/a"],
  ["a scheme with a letter too many", "htttps://other.ly/a", "https://other.ly/a"],
  ["a scheme with its first letter doubled", "hhttp://other.ly/a", "http://other.ly/a"],
  ["a scheme with its first letter lost", "ttps://other.ly/a", "https://other.ly/a"],
  ["the own host with one slash", "http:/reportage.ly/a", "http://reportage.ly/a"],
  ["the own host without scheme", "www.reportage.ly/a", "https://www.reportage.ly/a"],
  ["the own host alone", "reportage.ly", "https://reportage.ly/"],
  [
    "another host without scheme: a path, as browsers read it",
    "other.ly/a",
    "https://www.reportage.ly/section/other.ly/a",
  ],
  ["an ampersand escaped twice", "/?a=1&amp;b=2", "https://www.reportage.ly/?a=1&b=2"],
  ["credentials", "https://u:p@other.ly/", "https://other.ly/"],
  ["a port that is none", "http://other.ly:99999/", null],
])("an href resolves: %s (%j)", (_, href, expected) => {
  expect(resolveUrl(href, BASE)).toBe(expected);
});

test.each([
  ["http and https", "http://e.ly/a", "https://e.ly/a"],
  ["www and bare", "https://www.e.ly/a", "https://e.ly/a"],
  ["host letter case", "https://E.LY/a", "https://e.ly/a"],
  ["a host's final dot", "https://e.ly./a", "https://e.ly/a"],
  ["default ports", "http://e.ly:80/a", "https://e.ly:443/a"],
  ["a final slash", "https://e.ly/a/", "https://e.ly/a"],
  ["the empty path", "https://e.ly", "https://e.ly/"],
  [
    "lower- and upper-case escapes",
    `https://e.ly/${ARABIC.toLowerCase()}`,
    `https://e.ly/${ARABIC}`,
  ],
  ["raw and escaped Arabic", "https://e.ly/أخبار", `https://e.ly/${ARABIC}`],
  ["escaped plain letters", "https://e.ly/%61%7E", "https://e.ly/a~"],
  ["double slashes", "https://e.ly//2020//a", "https://e.ly/2020/a"],
  ["index.php with a query", "https://e.ly/index.php?p=5", "https://e.ly/?p=5"],
  ["index.html in a folder", "https://e.ly/a/index.html", "https://e.ly/a/"],
  ["default.aspx", "https://e.ly/Default.aspx", "https://e.ly/"],
  ["an AMP path", "https://e.ly/a/amp/", "https://e.ly/a"],
  ["an AMP folder in front", "https://e.ly/amp/a", "https://e.ly/a"],
  ["an AMP query", "https://e.ly/a?amp=1", "https://e.ly/a"],
  ["a bare AMP query", "https://e.ly/a?amp", "https://e.ly/a"],
  ["an AMP output type", "https://e.ly/a?outputType=amp", "https://e.ly/a"],
  ["an AMP host", "https://amp.e.ly/a", "https://e.ly/a"],
  ["an AMP file", "https://e.ly/a.amp.html", "https://e.ly/a.html"],
  ["an AMP cache", "https://www-e-ly.cdn.ampproject.org/c/s/www.e.ly/a", "https://e.ly/a"],
  ["an AMP viewer", "https://www.google.com/amp/s/e.ly/a", "https://e.ly/a"],
  ["tracking parameters", "https://e.ly/a?utm_source=x&fbclid=y", "https://e.ly/a"],
  ["tracking beside others", "https://e.ly/?utm_medium=x&p=5&gclid=1", "https://e.ly/?p=5"],
  ["the order of parameters", "https://e.ly/?b=2&a=1", "https://e.ly/?a=1&b=2"],
  ["an empty query", "https://e.ly/a?", "https://e.ly/a"],
  ["stray ampersands", "https://e.ly/?&a=1&&", "https://e.ly/?a=1"],
  ["a bare and an empty value", "https://e.ly/?a", "https://e.ly/?a="],
  ["plus and escaped space", "https://e.ly/?q=a+b", "https://e.ly/?q=a%20b"],
  ["a fragment", "https://e.ly/a#comments", "https://e.ly/a"],
  ["comment pages", "https://e.ly/a/comment-page-2/#comment-7", "https://e.ly/a"],
  ["a reply form", "https://e.ly/a?replytocom=99", "https://e.ly/a"],
  ["a share button", "https://e.ly/a?share=facebook&nb=1", "https://e.ly/a"],
  ["a session in the path", "https://e.ly/a;jsessionid=1A2B?p=5", "https://e.ly/a?p=5"],
  ["the mobile flag of Blogger", "https://e.ly/a.html?m=1", "https://e.ly/a.html"],
  ["credentials", "https://u:p@e.ly/a", "https://e.ly/a"],
])("one key for two spellings: %s", (_, one, other) => {
  expect(urlKey(one)).toBe(urlKey(other));
});

test.each([
  ["?p=ID of two articles", "https://e.ly/?p=5", "https://e.ly/?p=6"],
  ["?p=ID and the home page", "https://e.ly/?p=5", "https://e.ly/"],
  ["?p=ID and a slug", "https://e.ly/?p=5", "https://e.ly/a"],
  ["-2 slugs", "https://e.ly/a-2", "https://e.ly/a"],
  ["two sections", "https://e.ly/1/a", "https://e.ly/2/a"],
  ["two page numbers", "https://e.ly/a?page=2", "https://e.ly/a?page=3"],
  ["two parts of an article", "https://e.ly/a/2", "https://e.ly/a"],
  ["two languages", "https://e.ly/a?lang=ar", "https://e.ly/a?lang=en"],
  ["letter case of paths", "https://e.ly/A", "https://e.ly/a"],
  ["two ports", "http://e.ly:8080/a", "http://e.ly/a"],
  ["two hosts", "https://e.ly/a", "https://f.ly/a"],
  ["a subdomain", "https://en.e.ly/a", "https://e.ly/a"],
  ["a mobile host", "https://m.e.ly/a", "https://e.ly/a"],
  ["an escaped slash", "https://e.ly/a%2Fb", "https://e.ly/a/b"],
  ["an escaped ampersand", "https://e.ly/?a=1%26b=2", "https://e.ly/?a=1&b=2"],
  ["two windows-1256 queries", "https://e.ly/?q=%C7%E1", "https://e.ly/?q=%C7%E3"],
  ["the order of one parameter's values", "https://e.ly/?a=1&a=2", "https://e.ly/?a=2&a=1"],
  ["a month archive of WordPress", "https://e.ly/?m=202011", "https://e.ly/"],
  ["a search", "https://e.ly/?s=a", "https://e.ly/?s=b"],
  ["a feed and its page", "https://e.ly/a/feed/", "https://e.ly/a"],
  ["a word that ends in amp", "https://e.ly/camp", "https://e.ly/c"],
  ["a section called amp and the home page", "https://e.ly/amp", "https://e.ly/"],
  [
    "an embedded address",
    "https://web.ly/web/2020/http://e.ly/a",
    "https://web.ly/web/2020/http://f.ly/a",
  ],
  ["a host that is only www and a top-level domain", "https://www.ly/", "https://ly/"],
])("two keys for two pages: %s", (_, one, other) => {
  expect(urlKey(one)).not.toBe(urlKey(other));
});

test("text that is no URL is its own key", () => {
  expect([urlKey(" nonsense "), urlKey("mailto:a@b.ly")]).toEqual(["nonsense", "mailto:a@b.ly"]);
});

test("a key of a key's page is the same key", () => {
  const key = urlKey(`http://www.e.ly/${ARABIC.toLowerCase()}/amp/?b=2&utm_x=1&a=1`);
  expect(key).toBe(`e.ly/${ARABIC}?a=1&b=2`);
  expect(urlKey(`https://${key}`)).toBe(key);
});

test.each([
  ["whole Arabic words", "%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1", "أخبار"],
  ["a word cut inside its last letter", "%D8%A3%D8%AE%D8", "أخ"],
  ["a word cut inside an escape", "%D8%A3%D8", "أ"],
  ["windows-1256, which is no UTF-8", "%C3%CE%C8%C7%D1-2", "%C3%CE%C8%C7%D1-2"],
  ["no escapes", "news-24", "news-24"],
])("decodePercent reads %s", (_, text, decoded) => {
  expect(decodePercent(text)).toBe(decoded);
});

test.each([
  ["https://www.example.ly/a", "www.example.ly"],
  ["http://example.ly:80/", "example.ly"],
  ["https://example.ly:443/", "example.ly"],
  ["http://127.0.0.1:8080/a", "127.0.0.1:8080"],
  ["http://[::1]:8080/a", "[::1]:8080"],
  ["nonsense", ""],
])("hostKeyOf(%j) is %j", (url, expected) => {
  expect(hostKeyOf(url)).toBe(expected);
});

test.each<readonly [url: string, hosts: readonly string[], expected: boolean]>([
  ["https://example.ly/a", ["example.ly"], true],
  ["https://www.example.ly/a", ["example.ly"], true],
  ["https://example.ly/a", ["www.example.ly"], true],
  ["https://en.example.ly/a", ["example.ly"], true],
  ["https://en.example.ly/a", ["www.example.ly"], true],
  ["https://example.ly/a", ["en.example.ly"], false],
  ["https://notexample.ly/a", ["example.ly"], false],
  ["https://example.ly.evil.com/a", ["example.ly"], false],
  ["https://example.ly@evil.com/a", ["example.ly"], false],
  ["http://127.0.0.1:8080/a", ["127.0.0.1:8080"], true],
  ["http://127.0.0.1:8081/a", ["127.0.0.1:8080"], false],
  ["http://127.0.0.1:8080/a", ["127.0.0.1"], false],
  ["http://example.ly:8080/a", ["example.ly"], false],
  ["https://b.ly/a", ["a.ly", "b.ly"], true],
  ["ftp://example.ly/a", ["example.ly"], false],
  ["nonsense", ["example.ly"], false],
])("isSameSite(%j, %j) is %j", (url, hosts, expected) => {
  expect(isSameSite(url, hosts)).toBe(expected);
});

test.each([
  [`https://e.ly/${ARABIC}/`, "https://e.ly/أخبار/"],
  [`https://e.ly/${ARABIC.toLowerCase()}`, "https://e.ly/أخبار"],
  ["https://e.ly/a%20b", "https://e.ly/a%20b"],
  ["https://e.ly/a%2Fb%3F", "https://e.ly/a%2Fb%3F"],
  ["https://e.ly/?q=%C7%E1", "https://e.ly/?q=%C7%E1"],
  ["https://e.ly/%E2%80%AEtxt", "https://e.ly/%E2%80%AEtxt"],
  ["https://e.ly/%1B[31m", "https://e.ly/%1B[31m"],
  ["https://e.ly/\u001b[31m\u202ex", "https://e.ly/%1B[31m%E2%80%AEx"],
  ["https://e.ly/%E3%85%A4", "https://e.ly/%E3%85%A4"],
  ["https://e.ly/%D8%A3%", "https://e.ly/أ%"],
  ["https://xn--mgbb7fyab/", "https://ليبيا/"],
  ["https://xn--pple-43d.com/", "https://xn--pple-43d.com/"],
])("displayUrl(%j) is %j", (url, expected) => {
  expect(displayUrl(url)).toBe(expected);
});

test("what is shown leads to the same page when pasted", () => {
  const url = `https://e.ly/${ARABIC}/%D9%81%D9%8A-%D8%A7%D9%84%D8%AC%D9%86%D9%88%D8%A8%D8%8C?p=5`;
  expect(new URL(displayUrl(url)).href).toBe(url);
});

test.each<readonly [url: string, expected: boolean]>([
  ["https://e.ly/a.jpg", true],
  ["https://e.ly/a.JPG?w=300", true],
  ["https://e.ly/film.mp4#t=5", true],
  ["https://e.ly/report.pdf", true],
  ["https://e.ly/style.css?ver=1", true],
  ["https://e.ly/a.html", false],
  ["https://e.ly/a.php?file=x.pdf", false],
  ["https://e.ly/feed.xml", false],
  ["https://e.ly/v1.2/a", false],
  ["https://e.ly", false],
  ["https://photos.jpg/", false],
  ["https://e.ly/sitemap.xml.gz", false],
])("isProbablyMedia(%j) is %j", (url, expected) => {
  expect(isProbablyMedia(url)).toBe(expected);
});
