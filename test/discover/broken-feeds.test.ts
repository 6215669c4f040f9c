/** Broken feeds as WordPress, its plugins and its caches send them; every file must be listed here. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { discover } from "../../src/discover/index.ts";
import { captureOf, contextOf } from "./capture.ts";

const FOLDER = new URL("../../fixtures/feeds/broken/", import.meta.url);

const TITLES = [
  "بلدية زوارة تنظف الشاطئ",
  "أسعار النفط ترتفع قليلا",
  "الفريق يفوز في مباراة الذهاب",
];
const URLS = [
  "https://outlet.example/2026/06/17/%d8%a8%d9%84%d8%af%d9%8a%d8%a9-%d8%b2%d9%88%d8%a7%d8%b1%d8%a9/",
  "https://outlet.example/2026/06/16/oil-prices-rise/",
  "https://outlet.example/2026/06/15/%D8%A7%D9%84%D9%81%D8%B1%D9%8A%D9%82/",
];
const TIMES = ["2026-06-17T09:30:00Z", "2026-06-16T10:00:00Z", "2026-06-15T20:15:00Z"].map(
  Date.parse,
);

interface Expected {
  readonly urls?: readonly string[];
  readonly titles?: readonly (string | null)[];
  readonly times?: readonly (number | null)[];
  /** Part of a problem that has to be reported. */
  readonly problem?: string;
}

/** What each file gives where that differs from three whole items. */
const FILES: Readonly<Record<string, Expected>> = {
  "bare-ampersand.xml": {
    urls: [`${URLS[0]}?a=1&b=2`, URLS[1] ?? "", URLS[2] ?? ""],
    titles: ["نفط & غاز: AT&T", TITLES[1] ?? "", TITLES[2] ?? ""],
  },
  "byte-order-mark-in-the-middle.xml": {},
  "cdata-never-closed.xml": {},
  "channel-tag-missing.xml": {},
  "closing-tags-mixed-up.xml": {},
  "control-characters.xml": {},
  "cut-inside-a-character.xml": {
    urls: URLS.slice(0, 2),
    titles: TITLES.slice(0, 2),
    times: TIMES.slice(0, 2),
    problem: "1 of 3 items have no usable link",
  },
  "cut-inside-a-link.xml": {
    urls: URLS.slice(0, 2),
    titles: TITLES.slice(0, 2),
    times: TIMES.slice(0, 2),
    problem: "1 of 3 items have no usable link",
  },
  "cut-short.xml": { times: [TIMES[0] ?? 0, TIMES[1] ?? 0, null] },
  "dates-in-arabic.xml": {},
  "empty-channel.xml": { urls: [], titles: [], times: [], problem: "no items" },
  "html-instead-of-xml.xml": {
    times: [null, null, null],
    problem: "asked for a feed, got a page of HTML",
  },
  "items-never-closed.xml": {},
  "links-escaped-twice.xml": {
    urls: [`${URLS[0]}?a=1&b=2`, URLS[1] ?? "", URLS[2] ?? ""],
    titles: [TITLES[0] ?? "", "أسعار & …", TITLES[2] ?? ""],
  },
  "markup-in-titles.xml": {},
  "namespaces-never-declared.xml": {},
  "no-link-but-guid-or-atom-link.xml": {},
  "packed-and-cut-short.xml.gz": { problem: "gzip is cut short" },
  "packed-without-saying.xml.gz": {},
  "php-warning-before-xml.xml": {},
  "relative-links.xml": {},
  "something-after-the-end.xml": {},
  "undeclared-entities.xml": {
    titles: ["«زوارة» تنظف الشاطئ…", TITLES[1] ?? "", TITLES[2] ?? ""],
  },
  "utf-8-labelled-windows-1256.xml": {},
  "white-space-before-xml.xml": {},
  "windows-1256-labelled-latin-1.xml": { problem: "read as windows-1256" },
  "windows-1256-labelled-utf-8.xml": { problem: "read as windows-1256" },
};

test("every file of the folder is in the table, and they are at least 16", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(FILES).sort());
  expect(Object.keys(FILES).length).toBeGreaterThanOrEqual(16);
});

test.each(Object.entries(FILES))("%s gives its items", (file, expected) => {
  const { urls = URLS, titles = TITLES, times = TIMES, problem } = expected;
  const found = discover(captureOf(readFileSync(new URL(file, FOLDER))), contextOf("feed"));
  const articles = found.pages.filter(({ role }) => role === "article");
  expect(articles.map(({ url }) => url)).toEqual(urls);
  expect(articles.map(({ title }) => title)).toEqual(titles);
  expect(articles.map(({ publishedAt }) => publishedAt)).toEqual(times);
  if (problem !== undefined) expect(found.problems.join("\n")).toContain(problem);
});
