import { expect, test } from "vitest";
import type { ArticleDate } from "../../../src/model.ts";
import { jsonLd, prose, read, readArticle } from "./read.ts";

const published = (time: string) => `<meta property="article:published_time" content="${time}">`;
const news = (fields: Record<string, string>) =>
  jsonLd({ "@type": "NewsArticle", headline: "Roads", ...fields });
const page = (above: string, below = "") =>
  `<h1>Roads</h1>${above}<article>${prose()}</article>${below}`;

test.each([
  [
    "a machine date is shown in the site's zone",
    published("2020-12-24T23:59:50Z"),
    page(""),
    "2020-12-25T01:59:50+02:00",
  ],
  [
    "Libya was an hour nearer to Greenwich in the winter of 2012",
    published("2012-12-01T10:00:00Z"),
    page(""),
    "2012-12-01T11:00:00+01:00",
  ],
  [
    "JSON-LD is read",
    news({ datePublished: "2019-09-23T19:42:10+02:00" }),
    page(""),
    "2019-09-23T19:42:10+02:00",
  ],
  [
    "a meta with an Arabic sentence is a date",
    published("الأربعاء، 07 أكتوبر 2020 - 12:09 م"),
    page(""),
    "2020-10-07T12:09+02:00",
  ],
  ["a date a reader sees is enough", "", page(`<div class="meta">12 May 2019</div>`), "2019-05-12"],
  ["a Libyan month is read", "", page(`<span class="date">4 الطير 2019</span>`), "2019-04-04"],
  [
    "a date of change is not the date of publication",
    "",
    page(`<p class="meta">Published 3 May 2019, updated 9 June 2019</p>`),
    "2019-05-03",
  ],
  [
    "a time element says which date it is by the words before it",
    "",
    page(
      `<p>Updated: <time datetime="2019-06-09">9 June</time></p><p>Published: <time datetime="2019-05-03">3 May</time></p>`,
    ),
    "2019-05-03",
  ],
  [
    "today's date in the top bar is not the article's",
    "",
    `<div class="topbar"><span class="today-date">24 November 2026</span></div>${page(`<span class="posted">3 May 2019</span>`)}`,
    "2019-05-03",
  ],
  [
    "dates of related stories are not the article's",
    "",
    page(
      `<span class="posted">3 May 2019</span>`,
      `<div class="related">${`<div><time datetime="2026-11-20">20 Nov</time> Other</div>`.repeat(5)}</div>`,
    ),
    "2019-05-03",
  ],
  [
    "two sources that agree beat one that does not",
    `${published("2019-05-03T10:00:00+02:00")}<meta name="date" content="2021-01-01">`,
    page(`<time datetime="2019-05-03T10:00">3 May 2019</time>`),
    "2019-05-03T10:00:00+02:00",
  ],
] as const)("%s", (_sentence, head, body, expected) => {
  expect(readArticle({ head, body }).published?.iso).toBe(expected);
});

test("the address names the day where nothing else does", () => {
  const { published: date } = readArticle({
    url: "https://example.ly/2018/02/15/roads",
    body: page(""),
  });
  expect(date).toMatchObject({ iso: "2018-02-15", precision: "day", source: "url" });
});

test("published and modified are kept apart", () => {
  const head = news({
    datePublished: "2019-05-03T10:00:00+02:00",
    dateModified: "2019-06-09T10:00:00+02:00",
  });
  const { published: first, modified } = readArticle({ head, body: page("") });
  expect([first?.iso, modified?.iso]).toEqual([
    "2019-05-03T10:00:00+02:00",
    "2019-06-09T10:00:00+02:00",
  ]);
});

function doubted(date: ArticleDate | null): boolean {
  return date !== null && date.doubt !== null && date.confidence < 0.5;
}

test.each([
  ["a date after the capture is doubted", published("2031-01-01T00:00:00Z")],
  [
    "a page with nothing but a date of change is doubted",
    `<meta property="article:modified_time" content="2019-06-09T10:00:00Z">`,
  ],
])("%s, and says why", (_sentence, head) => {
  expect(doubted(readArticle({ head, body: page("") }).published)).toBe(true);
});

test("no date is null, never a guess", () => {
  expect(readArticle({ body: page("") }).published).toBeNull();
});

test("explaining names every date that was weighed", () => {
  const head = `${published("2019-05-03T10:00:00+02:00")}${news({ datePublished: "2019-05-04" })}`;
  const { trace } = read({ head, body: page(""), explain: true });
  const sources = trace?.fields.published?.map((candidate) => candidate.source);
  expect(sources).toEqual(
    expect.arrayContaining(["meta:article:published_time", "json-ld:datePublished"]),
  );
});

test("explaining does not change the choice", () => {
  const head = published("2019-05-03T10:00:00+02:00");
  const body = page(`<span class="date">4 May 2019</span>`);
  expect(read({ head, body, explain: true }).article).toEqual(read({ head, body }).article);
});
