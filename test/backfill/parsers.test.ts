/** The indexes of public archives, WARC records, windows and gaps: bytes and dates in, values out. */
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  commonCrawlQuery,
  parseCollections,
  parseCommonCrawlAnswer,
  parsePageCount,
  parseWaybackAnswer,
  playbackUrl,
  playedBack,
  waybackQuery,
} from "../../src/crawl/backfill/cdx.ts";
import { gapsOf } from "../../src/crawl/backfill/gaps.ts";
import { boundsOf } from "../../src/crawl/backfill/id-range.ts";
import { maySpeakOf } from "../../src/crawl/backfill/sitemap.ts";
import { daysOf, mayBelong, monthsOf } from "../../src/crawl/backfill/window.ts";
import type { PageRef } from "../../src/model.ts";
import { readWarcResponse } from "../../src/warc/index.ts";
import { DAY_MS, span, warcMember } from "./world.ts";

const BASE = "https://web.archive.org/";
const KEPT = { url: "https://example.ly/a/", timestamp: "20190307121500", html: "<p>خبر</p>" };

test("the CDX question carries every documented parameter, the resume key as it was handed out", () => {
  const key = "ly%2Cexample%29%2F+20190307121500%21";
  const url = waybackQuery(BASE, {
    ...{ host: "example.ly", from: Date.UTC(2019, 0, 1), to: Date.UTC(2020, 0, 1) },
    resumeKey: key,
  });
  expect(url.startsWith(`${BASE}cdx/search/cdx?`)).toBe(true);
  expect(url.endsWith(`&resumeKey=${key}`)).toBe(true);
  const query = new URL(url).searchParams;
  expect(Object.fromEntries(query)).toMatchObject({
    ...{ url: "example.ly", matchType: "domain", output: "json", collapse: "digest" },
    ...{ from: "20190101000000", to: "20200101000000", showResumeKey: "true" },
  });
  expect(query.getAll("filter")).toEqual(["statuscode:200", "mimetype:text/html"]);
});

test.each([
  [
    "rows and the key after an empty row",
    '[["urlkey","timestamp","original"],["k","20190307121500","http://example.ly:80/a/"],[],["k+1%21"]]',
    1,
    "k+1%21",
  ],
  [
    "rows without a key: the last answer",
    '[["urlkey","timestamp","original"],["k","20190307121500","https://example.ly/a/"]]',
    1,
    null,
  ],
  [
    "columns in another order",
    '[["original","timestamp"],["https://example.ly/a/","20190307121500"]]',
    1,
    null,
  ],
  [
    "rows that are no capture are left out",
    '[["original","timestamp"],["mailto:a@b","20190307121500"],["https://example.ly/","2019"]]',
    0,
    null,
  ],
  ["an empty list", "[]", 0, null],
  ["nothing at all", "", 0, null],
  ["an error page", "<html>Blocked Site Error</html>", 0, null],
])("Wayback's answer: %s", (_name, text, rows, resumeKey) => {
  const answer = parseWaybackAnswer(text);
  expect(answer.rows).toHaveLength(rows);
  expect(answer.resumeKey).toBe(resumeKey);
  expect(answer.problem === null).toBe(!text.startsWith("<"));
});

test("playback addresses are made and read back, with and without the raw flag", () => {
  const row = { url: KEPT.url, timestamp: KEPT.timestamp, at: Date.UTC(2019, 2, 7, 12, 15) };
  const address = playbackUrl(BASE, row);
  expect(address).toBe("https://web.archive.org/web/20190307121500id_/https://example.ly/a/");
  expect(playedBack(BASE, address)).toEqual(row);
  expect(playedBack(BASE, address.replace("id_", ""))).toEqual(row);
  expect(playedBack(BASE, "https://web.archive.org/about")).toBeNull();
  expect(playedBack(BASE, `https://elsewhere.org/web/20190307121500id_/${KEPT.url}`)).toBeNull();
});

test("Common Crawl's crawls come oldest first, with or without their dates", () => {
  const list = parseCollections(
    JSON.stringify([
      {
        id: "CC-MAIN-2024-10",
        "cdx-api": "https://i/2024",
        from: "2024-02-20T21:10:55",
        to: "2024-03-05T15:40:45",
      },
      {
        id: "CC-MAIN-2019-13",
        "cdx-api": "https://i/2019",
        from: "2019-03-18T00:00:00",
        to: "2019-03-27T00:00:00",
      },
      { id: "CC-MAIN-2012", "cdx-api": "https://i/2012" },
      { name: "no crawl" },
    ]),
  );
  expect(list.map(({ id }) => id)).toEqual(["CC-MAIN-2012", "CC-MAIN-2019-13", "CC-MAIN-2024-10"]);
  expect(list[2]?.from).toBe(Date.UTC(2024, 1, 20, 21, 10, 55));
  expect(parseCollections("<html>down</html>")).toEqual([]);
  expect(
    new URL(commonCrawlQuery("https://i/x-index", "example.ly", "count")).searchParams.get(
      "showNumPages",
    ),
  ).toBe("true");
  expect([
    parsePageCount('{"pages": 4, "pageSize": 1, "blocks": 4}'),
    parsePageCount("7"),
    parsePageCount("x"),
  ]).toEqual([4, 7, null]);
});

test("index lines are read one by one; broken ones and messages are left out", () => {
  const line = {
    url: "https://example.ly/a/",
    timestamp: "20190307121500",
    filename: "f.warc.gz",
    offset: "12",
    length: "345",
  };
  const text = `${JSON.stringify(line)}\n{bad\n{"message":"No Captures found"}\n${JSON.stringify({ ...line, length: "0" })}\n`;
  expect(parseCommonCrawlAnswer(text)).toEqual([
    { ...line, at: Date.UTC(2019, 2, 7, 12, 15), offset: 12, length: 345 },
  ]);
});

const PAGE = Buffer.from(KEPT.html);
const CHUNKED = Buffer.concat([
  Buffer.from(`${PAGE.length.toString(16)}\r\n`),
  PAGE,
  Buffer.from("\r\n0\r\n\r\n"),
]);

test.each([
  ["as it is", PAGE, []],
  ["gzip as sent", gzipSync(PAGE), ["Content-Encoding: gzip"]],
  ["gzip undone, the header left standing", PAGE, ["Content-Encoding: gzip"]],
  ["brotli as sent", brotliCompressSync(PAGE), ["Content-Encoding: br"]],
  ["brotli undone, the header left standing", PAGE, ["Content-Encoding: br"]],
  ["chunked as sent", CHUNKED, ["Transfer-Encoding: chunked"]],
  ["chunks undone, the header left standing", PAGE, ["Transfer-Encoding: chunked"]],
  [
    "Common Crawl's renamed headers",
    PAGE,
    ["X-Crawler-Content-Encoding: gzip", "X-Crawler-Transfer-Encoding: chunked"],
  ],
])("a WARC record's body is the page: %s", (_name, body, headers) => {
  const record = readWarcResponse(warcMember(KEPT, { body, headers }), 1e6);
  if (record.kind !== "response") throw new Error(record.detail);
  expect(Buffer.from(record.body).toString()).toBe(KEPT.html);
  expect(record).toMatchObject({
    url: KEPT.url,
    status: 200,
    at: Date.UTC(2019, 2, 7, 12, 15),
    isTruncated: false,
  });
  expect(record.headers[0]).toEqual(["content-type", "text/html; charset=utf-8"]);
});

const WHOLE = warcMember(KEPT);

test.each([
  ["a damaged gzip member", WHOLE.subarray(0, WHOLE.length - 12)],
  ["no gzip and no WARC", Buffer.from("<Error><Code>AccessDenied</Code></Error>\r\n\r\n")],
  [
    "another type of record",
    gzipSync("WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n"),
  ],
  [
    "a record cut short",
    gzipSync(
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2019-03-07T12:15:00Z\r\nWARC-Target-URI: https://a/\r\nContent-Length: 999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ),
  ],
  ["nothing", Buffer.alloc(0)],
  ["a bomb", gzipSync(Buffer.alloc(5_000_000))],
])("not a record: %s", (_name, bytes) => {
  expect(readWarcResponse(bytes, 1e6).kind).toBe("unreadable");
});

function ref(hints: Partial<PageRef>): PageRef {
  return {
    ...{
      url: "https://example.ly/some-article/",
      siteId: "x",
      role: "article",
      foundBy: "sitemap",
    },
    ...{ title: null, publishedAt: null, lastModifiedAt: null },
    ...hints,
  };
}

const MARCH = span("2019-03-01", "2019-04-01");

test.each([
  ["published within", { publishedAt: Date.UTC(2019, 2, 9) }, true],
  ["published after", { publishedAt: Date.UTC(2019, 4, 9) }, false],
  ["a day in the address, within", { url: "https://example.ly/2019/03/31/a/" }, true],
  ["a day in the address, before", { url: "https://example.ly/2019/02/20/a/" }, false],
  ["a month in the address", { url: "https://example.ly/2019/03/a/" }, true],
  ["changed after: may be from within", { lastModifiedAt: Date.UTC(2021, 0, 1) }, true],
  ["last changed before: published before", { lastModifiedAt: Date.UTC(2018, 0, 1) }, false],
  ["nothing known: in doubt it belongs", {}, true],
])("of March 2019: %s", (_name, hints, belongs) => {
  expect(mayBelong(ref(hints), MARCH, "UTC")).toBe(belongs);
});

test.each([
  ["the month in its name", "sitemap-pt-post-2019-03.xml", true],
  ["another month in its name", "sitemap-pt-post-2019-05.xml", false],
  ["another year in its name", "sitemap-2017.xml", false],
  ["year and month in its query", "sitemap.xml?yyyy=2019&mm=03", true],
  ["another month in its query", "sitemap.xml?yyyy=2018&mm=03", false],
  ["year and month without a sign between them", "news_201903.xml", true],
  ["the neighbouring month, for the sake of zones", "sitemap-2019-02.xml", true],
  ["a mere counter", "post-sitemap12.xml", true],
  ["a counter of four digits", "post-sitemap1234.xml", true],
])("a part of a sitemap index: %s", (_name, file, speaks) => {
  expect(maySpeakOf(ref({ url: `https://example.ly/${file}` }), MARCH, "UTC")).toBe(speaks);
});

test("a part that last changed before the window is left out", () => {
  const part = ref({
    url: "https://example.ly/post-sitemap1.xml",
    lastModifiedAt: Date.UTC(2019, 1, 1),
  });
  expect(maySpeakOf(part, MARCH, "UTC")).toBe(false);
});

test("months and days are those of the site's zone, over a change of clocks", () => {
  const window = {
    from: Date.parse("2013-03-27T23:00:00Z"),
    to: Date.parse("2013-04-01T22:00:00Z"),
  };
  expect(daysOf(window, "Africa/Tripoli").map(({ day }) => day)).toEqual([28, 29, 30, 31, 1]);
  expect(monthsOf(window, "Africa/Tripoli")).toHaveLength(2);
});

test("gaps: months without an article, and silence that is long for this site", () => {
  const days = (from: string, count: number, step = 1): number[] =>
    Array.from({ length: count }, (_, index) => Date.parse(from) + index * step * DAY_MS);
  const daily = gapsOf(
    [...days("2019-01-01T10:00:00Z", 31), ...days("2019-03-05T10:00:00Z", 27)],
    span("2019-01-01", "2019-04-01"),
    "UTC",
  );
  expect(daily.emptyMonths).toEqual(["2019-02"]);
  expect(daily.gaps).toEqual([{ from: "2019-02-01", to: "2019-03-04", days: 32 }]);
  expect(daily.months[2]).toEqual({ month: "2019-03", articles: 27, emptyDays: 4 });
  // A weekly is silent for six days every week: no gap; one missing month is.
  const weekly = gapsOf(
    [...days("2019-01-01T10:00:00Z", 8, 7), ...days("2019-04-02T10:00:00Z", 4, 7)],
    span("2019-01-01", "2019-05-01"),
    "UTC",
  );
  expect(weekly.gaps).toEqual([{ from: "2019-02-20", to: "2019-04-01", days: 41 }]);
  expect(gapsOf([], span("2019-01-01", "2019-01-11"), "UTC").gaps).toHaveLength(1);
});

test("numbers of a window are bounded by their neighbours, one backdated article notwithstanding", () => {
  const known = Array.from({ length: 100 }, (_, index) => ({
    id: 1_000 + index * 10,
    at: Date.UTC(2019, 0, 1) + index * DAY_MS,
  }));
  const march = { from: Date.UTC(2019, 2, 1), to: Date.UTC(2019, 2, 11) };
  const bounds = boundsOf([...known, { id: 9_000, at: Date.UTC(2018, 0, 1) }], march);
  expect(bounds).toEqual({ first: 1_540, last: 1_730 });
  expect(boundsOf([], march)).toBeNull();
});
