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
    "the bar that a web archive puts over its copy says when the copy was made",
    "",
    `<div id="wm-ipp-base"><div id="wm-ipp"><table><tr><td class="c">12:10:40 Nov 10, 2013</td></tr></table></div></div>${"<p>menu</p>".repeat(60)}${page(`<span class="updated" title="2013-04-04T18:52:11+00:00"></span>`)}`,
    "2013-04-04T20:52:11+02:00",
  ],
  [
    "a date of change at the title does not end the search for the first date",
    "",
    page(
      `<time class="updated" datetime="2020-06-09">9 June 2020</time>`,
      `${"<p>Read more about roads here.</p>".repeat(300)}<div>Published: 3 May 2019</div>`,
    ),
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

test("behind a short link the page's own address names the day", () => {
  const head = `<link rel="canonical" href="https://example.ly/2018/02/15/roads">`;
  const { published: date } = readArticle({ url: "https://example.ly/?p=7", head, body: page("") });
  expect(date).toMatchObject({ iso: "2018-02-15", source: "link:canonical" });
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
  ["a date before there were sites is doubted", published("1969-12-31T23:59:59Z")],
  [
    "a page with nothing but a date of change is doubted",
    `<meta property="article:modified_time" content="2019-06-09T10:00:00Z">`,
  ],
])("%s, and says why", (_sentence, head) => {
  expect(doubted(readArticle({ head, body: page("") }).published)).toBe(true);
});

test.each([
  ["before a site's first day is doubted, and says which that is", "2012-02-16", true],
  ["on the first day is not", "2012-02-17", false],
])("a date %s", (_sentence, day, isDoubted) => {
  const site = { onlineSince: "2012-02-17" };
  const { published: date } = readArticle({ site, head: published(day), body: page("") });
  expect([doubted(date), date?.doubt?.includes("2012-02-17") ?? false]).toEqual([
    isDoubted,
    isDoubted,
  ]);
});

test("a date that can be wins against one before the site's first day", () => {
  const site = { onlineSince: "2012-02-17" };
  const head = published("2010-01-01T00:00:00Z");
  const body = page(`<time datetime="2019-05-03">3 May 2019</time>`);
  expect(readArticle({ site, head, body }).published?.iso).toBe("2019-05-03");
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

const script = (state: string) =>
  `<script>window.__STATE__=${state};${"/* padding */".repeat(60)}</script>`;

test.each([
  [
    "a meta of a lesser system is read",
    `<meta name="published_on" content="2022-01-22T21:00:00+02:00">`,
    page(""),
    "2022-01-22",
  ],
  [
    "a date that only a script's state names is found",
    script(`{"article":{"id":7,"publishedAt":"2022-01-31T15:58:43+02:00"}}`),
    page(""),
    "2022-01-31",
  ],
  [
    "a state inside a string of a script is read",
    script(String.raw`JSON.parse("{\"deployDt\":\"2026.01.29 18:40\"}")`),
    page(""),
    "2026-01-29",
  ],
  [
    "Unix seconds in a script's state are read",
    script(`{"published_at":1580000000}`),
    page(""),
    "2020-01-26",
  ],
  [
    "what a reader sees wins against a script's state",
    script(`{"publishedAt":"2022-01-31T15:58:43+02:00"}`),
    page(`<p class="date">3 May 2019</p>`),
    "2019-05-03",
  ],
  [
    "a template's date in words in JSON-LD loses against the date that is shown",
    news({ datePublished: "Jun 24, 2025" }),
    page(`<div class="date">August 25, 2024</div>`),
    "2024-08-25",
  ],
  [
    "a date in words in JSON-LD is better than none",
    news({ datePublished: "Jun 24, 2025" }),
    page(""),
    "2025-06-24",
  ],
  [
    "the file's date loses against the date that is shown",
    `<meta name="date" content="2021-12-20T11:02:44+02:00">`,
    page(`<span class="date">27.01.2022</span>`),
    "2022-01-27",
  ],
  [
    "an article goes online on the evening before the print edition's day",
    `${news({ datePublished: "2024-04-25T19:30:04+02:00" })}<meta name="date" content="2024-04-26">`,
    page(`<div class="date">26.04.2024</div>`),
    "2024-04-25",
  ],
  [
    "the edition a text was printed in is not its date",
    `<meta name="date" content="2024-04-25">`,
    page(`<p>Aus: Ausgabe vom 26.04.2024</p><p>Ausgabe vom 26.04.2024</p>`),
    "2024-04-25",
  ],
  [
    "the day a reader sees decides between days of two zones",
    "",
    page(`<time datetime="2019-12-26T23:07:45+00:00">26/12/2019</time>`),
    "2019-12-26",
  ],
  [
    "an instant late in the day of Greenwich is the next day where the outlet shows that",
    "",
    page(`<time datetime="2019-12-26T23:07:45+00:00">27/12/2019</time>`),
    "2019-12-27",
  ],
  [
    "a clock time that touches a short year is not a year of the last century",
    "",
    page(`<p><span class="date"><span>28.09.19</span><span>12:44</span></span></p><p>28.09.19</p>`),
    "2019-09-28",
  ],
  [
    "times without a zone that are UTC give way to the day that the page shows",
    published("2020-12-05T23:15"),
    page(`<span itemprop="datePublished" class="date">6 December 2020</span>`),
    "2020-12-06",
  ],
  [
    "a day shown at the title, well before a stamp that was renewed",
    published("2022-11-17T11:33:13+02:00"),
    page(`<time class="date" datetime="2022-03-09">09.03.2022</time>`),
    "2022-03-09",
  ],
  [
    "a labelled date below the text beats a date of change",
    `<meta property="article:modified_time" content="2025-12-23T07:02:15+02:00">`,
    `<h1>Roads</h1><article>${prose().repeat(30)}</article><div>Post time: 4 January 2024</div>`,
    "2024-01-04",
  ],
  [
    "the only marked date of a page is its own, wherever it stands",
    `<meta name="date" content="2022-01-21">`,
    `<h1>Roads</h1><article>${prose()}</article><div class="teaser"><time itemprop="datePublished" datetime="2022-01-27">27.01.2022</time></div>`,
    "2022-01-27",
  ],
  [
    "a label in the element before a date says which date it is",
    "",
    page(
      `<div><p><b>Last updated on:</b> <i>29 November 2025</i></p><p><b>Published:</b> <i>29 October 2024</i></p></div>`,
    ),
    "2024-10-29",
  ],
  [
    "a date in a sentence near the title loses against a labelled one further away",
    "",
    `<h1>Roads</h1><p>The council first met on 26 September 2018 in the old hall by the harbour.</p><article>${prose()}</article><p>Published <time datetime="2022-01-26">26 Jan</time></p>`,
    "2022-01-26",
  ],
  [
    "the date in a post's own header is not the page's clock",
    "",
    `<div class="header-date">24 November 2026</div>${page(`<div class="blog-post-header_date-wrapper">28 August 2025</div>`)}`,
    "2025-08-28",
  ],
  [
    "a meta that no list knows says by the words of its name which date it holds",
    `<meta name="xy-post-date" content="2019/11/19"><meta name="xy-expire-date" content="2031/01/01">`,
    page(""),
    "2019-11-19",
  ],
  [
    "a fact check's own node in JSON-LD is a work, too",
    jsonLd({ "@type": "ClaimReview", datePublished: "2019-11-18T10:15:00+02:00" }),
    page(""),
    "2019-11-18",
  ],
  [
    "an element that a script is to fill states its date in an attribute",
    "",
    page(`<lit-timestamp publishdate="2025-12-19 11:15:56 +0000"></lit-timestamp>`),
    "2025-12-19",
  ],
  [
    "what is read out to the blind is read",
    "",
    page(`<div class="post-date" aria-label="Published: 2:12 p.m. Apr. 2, 2020"></div>`),
    "2020-04-02",
  ],
  [
    "an article's foot holds its date",
    "",
    `<article><header><h1>Roads</h1></header><footer><time datetime="06.11.2023">06.11.2023</time></footer><p>Crash of 5 November 2023 on the ring road</p>${prose()}</article>`,
    "2023-11-06",
  ],
  [
    "an article's margin holds its date",
    "",
    `<article><h1>Roads</h1><p>Crash of 5 November 2019 on the ring road</p>${prose()}<aside class="facts"><p>17 November 2019</p></aside></article>`,
    "2019-11-17",
  ],
  [
    "a preposition before a date is no label",
    "",
    page(`<p class="info">19.10.2019</p><p>On January 1, 2026, prices rise.</p>`),
    "2019-10-19",
  ],
  [
    "a theme's class alone does not make the only date a change",
    "",
    page(
      `<span class="entry-meta-date updated">September 17, 2019</span>`,
      `${"<p>Read more about roads here.</p>".repeat(300)}<span class="date">August 31, 2021</span>`,
    ),
    "2019-09-17",
  ],
  [
    "a date line that its template spreads over many lines is a short line",
    "",
    page(
      `<div class="meta">\n${" ".repeat(150)}Agency\n${" ".repeat(150)}- Friday, April 28, 2023</div>`,
    ),
    "2023-04-28",
  ],
  [
    "a labelled date far from the title beats a day that is mentioned",
    "",
    `<h1>Roads</h1><p>Crash of 12 April 2023 on the long ring road by the harbour</p><article>${prose().repeat(120)}</article><div class="facts"><p><b>Published:</b> <i>4 January 2024</i></p></div>`,
    "2024-01-04",
  ],
])("%s", (_sentence, head, body, expected) => {
  expect(readArticle({ head, body }).published?.iso.slice(0, 10)).toBe(expected);
});

test("the month in the address supports the day in the text, however far it stands", () => {
  const url = "https://www.example.ly/2010/05/roads";
  const far = `${"<p>word</p>".repeat(300)}<p>posted on <b>19 May 2010</b></p>`;
  expect(readArticle({ url, body: page("", far) }).published?.iso).toBe("2010-05-19");
});

test("a megabyte of keys without dates costs no more than any other script", () => {
  const head = `<script>${'"publishedAt": "'.repeat(60_000)}</script>`;
  expect(readArticle({ head, body: page("") }).published).toBeNull();
});

test.each([
  ["one offset before the publication is UTC", "2024-05-03T08:01:00", "2024-05-03T10:01:00+02:00"],
  [
    "less before it is that of a scheduled article",
    "2024-05-03T09:10:00",
    "2024-05-03T09:10:00+02:00",
  ],
  ["less than a minute before it is its minute", "2024-05-03T09:59", "2024-05-03T09:59+02:00"],
  ["more before it is what it is", "2024-05-03T07:00:00", "2024-05-03T07:00:00+02:00"],
  ["after it is local", "2024-05-03T10:10:00", "2024-05-03T10:10:00+02:00"],
  ["with an offset is what it says", "2024-05-03T08:01:00+02:00", "2024-05-03T08:01:00+02:00"],
])("a time of change %s", (_sentence, changed, expected) => {
  const head = `${published("2024-05-03T10:00:00")}<meta property="article:modified_time" content="${changed}">`;
  expect(readArticle({ head, body: page("") }).modified?.iso).toBe(expected);
});
