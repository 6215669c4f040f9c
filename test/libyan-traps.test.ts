/**
 * What is known to mislead a reader of Libyan news pages, one row for each: themes' markup, dates, spelling,
 * encodings, addresses, places. Fixture pages that imitate a theme are read twice, with its rule and as those of
 * an outlet and theme nobody has written down; the rest are the strings themselves.
 */
import { expect, test } from "vitest";
import { decode } from "../src/decode/index.ts";
import { fingerprint } from "../src/fingerprint/index.ts";
import type { Article } from "../src/model.ts";
import { findDates, findPlaces, fold, localToUtc, parseDate } from "../src/text/index.ts";
import { resolveUrl, urlKey } from "../src/url/index.ts";
import { jsonLd, prose, readArticle } from "./extract/fields/read.ts";
import {
  decodeFixture,
  extractFixture,
  extractWithoutRules,
  fixturePages,
} from "./fixtures/pages.ts";

type Reading = (article: Article) => unknown;
const published: Reading = (article) => article.published?.iso;
const categories: Reading = (article) => article.categories.map(({ label }) => label);
const has =
  (text: string): Reading =>
  ({ body }) =>
    body.includes(text);

const pages = fixturePages();

const ON_PAGES: readonly (readonly [trap: string, page: string, Reading, expected: unknown])[] = [
  [
    "Jannah: the box inside the text bears the heading of the related posts below it",
    "jannah/water-tanks",
    has("مقالات ذات صلة"),
    false,
  ],
  [
    "Jannah prints its date only as منذ and has no time element: its JSON-LD knows the second",
    "jannah/water-tanks",
    published,
    "2020-02-10T09:15:30+02:00",
  ],
  [
    "Jannah prints all categories, also where JSON-LD joins them by commas",
    "jannah/water-tanks",
    categories,
    ["محلي", "خدمات"],
  ],
  [
    "Jannah gives two elements the id of its meta line",
    "jannah/water-tanks",
    ({ authors }) => authors,
    ["قسم المتابعة"],
  ],
  [
    "Jannah's back-to-top button is text for screen readers",
    "jannah/water-tanks",
    has("زر الذهاب إلى الأعلى"),
    false,
  ],
  [
    "Jannah's opinion pieces are signed in the text, and by an account called admin everywhere else",
    "jannah/opinion-byline",
    ({ authors }) => authors,
    ["نعيمة الشارف"],
  ],
  [
    "Jannah may hide the category: the breadcrumb has it",
    "jannah/opinion-byline",
    categories,
    ["آراء"],
  ],
  [
    "Sahifa counts back in the open (3 أيام مضت) and hides the day",
    "sahifa/school-opening",
    published,
    "2017-11-08",
  ],
  ["Sahifa puts its share bar into the text", "sahifa/school-opening", has("شاركها"), false],
  [
    "Newspaper labels local time as UTC; Yoast beside it knows better",
    "newspaper/fuel-depot",
    published,
    "2026-05-17T13:20:05+02:00",
  ],
  [
    "Newspaper's second JSON-LD is no JSON: the first is read all the same",
    "newspaper/fuel-depot",
    ({ authors }) => authors,
    ["هيئة التحرير"],
  ],
  [
    "Newspaper files under placement labels, too",
    "newspaper/fuel-depot",
    categories,
    ["اقتصاد", "خدمات"],
  ],
  [
    "JNews states the local time it was published at without saying so",
    "jnews/crafts-fair",
    published,
    "2025-04-26T14:05:00+02:00",
  ],
  [
    "JNews states the time of a change in GMT, which looks older than the publication",
    "jnews/crafts-fair",
    ({ published: first, modified }) => modified === null || modified.at >= (first?.at ?? 0),
    true,
  ],
  [
    "JNews puts an inline related box into the text",
    "jnews/crafts-fair",
    has("مادة مقترحة"),
    false,
  ],
  [
    "Publisher's post-published is the date of the last change",
    "publisher/old-road-page-2",
    ({ modified }) => modified?.iso,
    "2024-04-11T11:00:00+02:00",
  ],
  [
    "Publisher's byline stands where labels do",
    "publisher/old-road-page-2",
    categories,
    ["تقارير"],
  ],
  [
    "Foxiz puts مباشر in the category's place on live blogs",
    "foxiz/weather-live",
    categories,
    ["طقس"],
  ],
  [
    "Drupal 7 has the category in the breadcrumb only, and calls its menu's area a section",
    "drupal/seven-english",
    categories,
    ["Culture"],
  ],
  [
    "Drupal 9 prints month before day beside an Arabic weekday",
    "drupal/nine-arabic",
    published,
    "2025-03-11T09:40+02:00",
  ],
  [
    "Drupal 9's byline is a label of two words and a name in a span",
    "drupal/nine-arabic",
    ({ authors }) => authors,
    ["ريم الساعدي"],
  ],
  [
    "Drupal 9's sidebar has a field--name-body of its own",
    "drupal/nine-arabic",
    has("موقع محلي"),
    false,
  ],
  [
    "an aggregator's first line names the outlet, its last links the article there",
    "voice/aggregator",
    ({ originalSource }) => originalSource?.url,
    "https://port.example/news/292227",
  ],
  [
    "a CMS that says its category in the address alone",
    "custom/category-in-path",
    categories,
    ["economy"],
  ],
  [
    "and whose last paragraph is bare text behind a line break",
    "custom/category-in-path",
    ({ body }) => body.split("\n\n").length,
    4,
  ],
  [
    "a mid-body line that leads to another article",
    "custom/category-in-path",
    has("للاطلاع على"),
    false,
  ],
  [
    "an agency that calls every page by its own name",
    "custom/mislabelled-1256",
    ({ title }) => title,
    "البلديات تعلن جدول حملة التطعيم",
  ],
  [
    "and prints the section as a heading without a link",
    "custom/mislabelled-1256",
    categories,
    ["الأخبار المحلية"],
  ],
  [
    "an outlet that puts author and date into one line",
    "custom/opinion-with-disclaimer",
    ({ authors }) => authors,
    ["كمال الدرسي"],
  ],
  [
    "an article element that holds title and date, too, inside a form",
    "custom/price-table",
    published,
    "2020-10-07T11:30+02:00",
  ],
  [
    "today's date, with the Hijri one, in the page's head",
    "traps/todays-date-in-header",
    published,
    "2018-07-04",
  ],
  [
    "a sentence that begins like a read-also line is prose",
    "traps/read-also-spellings",
    has("واقرأ أيضا باب الهوايات، هكذا نصح المعلم تلاميذه"),
    true,
  ],
];

test.each(ON_PAGES)("%s", (_trap, name, reading, expected) => {
  const page = pages.find((one) => one.name === `pages/${name}`);
  if (page === undefined) throw new Error(`there is no page ${name}`);
  const html = decodeFixture(page);
  const readings = [extractFixture(page, html), extractWithoutRules(page, html)];
  expect(readings.map(({ article }) => article && reading(article))).toEqual([expected, expected]);
});

const article = (head: string, above: string): Article =>
  readArticle({ lang: "ar", head, body: `${above}<article>${prose("ar")}</article>` });
const H1 = "<h1>عودة الطريق الساحلي</h1>";

test.each<[trap: string, Article, Reading, expected: unknown]>([
  [
    "Jannah's JSON-LD joins all categories in one string",
    article(jsonLd({ "@type": "NewsArticle", articleSection: "محلي,خدمات" }), H1),
    categories,
    ["محلي", "خدمات"],
  ],
  [
    "Yoast lists them",
    article(jsonLd({ "@graph": [{ "@type": "Article", articleSection: ["محلي", "خدمات"] }] }), H1),
    categories,
    ["محلي", "خدمات"],
  ],
  [
    "JNews writes its type in small letters",
    article(jsonLd({ "@type": "article", datePublished: "2025-10-12 09:15:00" }), H1),
    published,
    "2025-10-12T09:15:00+02:00",
  ],
  [
    "غير مصنف is WordPress's name for no category",
    article("", `<a rel="category tag" href="/category/x/">غير مصنف</a>${H1}`),
    ({ category }) => category,
    null,
  ],
  [
    "and Uncategorized is its English one",
    article("", `<a rel="category tag" href="/category/x/">Uncategorized</a>${H1}`),
    ({ category }) => category,
    null,
  ],
  [
    "عاجل and سلايدر say where a text stood, not what it is about",
    article(
      "",
      `<p><a rel="category" href="/c/1">عاجل</a> <a rel="category" href="/c/2">سلايدر</a> <a rel="category" href="/c/3">رياضة</a></p>${H1}`,
    ),
    categories,
    ["رياضة"],
  ],
  [
    "categories below a base that is translated",
    article("", `<a href="/التصنيفات/سياسة/">سياسة</a>${H1}`),
    categories,
    ["سياسة"],
  ],
  [
    "محلي is a scope, not a topic",
    article("", `<a rel="category" href="/c/1">محلي</a>${H1}`),
    ({ categories: [first] }) => first?.kind,
    "scope",
  ],
])("%s", (_trap, one, reading, expected) => {
  expect(reading(one)).toEqual(expected);
});

/** A day in May 2026. */
const NOW = Date.UTC(2026, 4, 20, 10);
const TRIPOLI = { now: NOW, timeZone: "Africa/Tripoli" };

test.each([
  ["a Libyan month", "23 الطير 2019", "2019-04-23"],
  ["a Libyan month of two words", "20 أي النار 2020", "2020-01-20"],
  ["both names, parted by a slash", "4 الطير/أبريل 2019", "2019-04-04"],
  ["both names, one in brackets", "4 أغسطس (آب) 2019", "2019-08-04"],
  ["a Levantine pair", "12 تشرين الثاني/نوفمبر 2019", "2019-11-12"],
  ["a Tunisian month", "3 جويلية 2019", "2019-07-03"],
  ["a Moroccan month", "3 غشت 2019", "2019-08-03"],
  ["the spring is March, not the Hijri month", "9 الربيع 2020", "2020-03-09"],
  ["الكانون is December, not كانون الثاني", "7 الكانون 2019", "2019-12-07"],
  ["كانون الثاني is January", "7 كانون الثاني 2019", "2019-01-07"],
  ["a year of the old masthead", "13 هانيبال 1385 و.ر", "2017-08-13"],
  ["the Gregorian date after الموافق", "9 شعبان 1440 الموافق 14 أبريل 2019", "2019-04-14"],
  ["a Hijri date alone, by the calendar of Umm al-Qura", "9 شعبان 1440", "2019-04-14"],
  ["Arabic-Indic digits", "١٢ أكتوبر ٢٠١٩", "2019-10-12"],
  ["a month that ended, counted from the article", "4 الطير/أبريل الماضي", "2026-04-04"],
  ["the dual of days", "منذ يومين", "2026-05-18"],
  ["Sahifa's word order", "3 أيام مضت", "2026-05-17"],
  ["Publisher's word order", "5 ساعات منذ", "2026-05-20"],
])("a date says %s", (_trap, text, day) => {
  expect(parseDate(text, TRIPOLI)?.iso.slice(0, 10)).toBe(day);
});

test.each([
  ["مساء is the afternoon", "الخميس 13 أغسطس 2020, 08:57 مساء", "2020-08-13T20:57"],
  ["and so is م", "25-09-2019 02:05 م", "2019-09-25T14:05"],
  ["ص is the morning", "13 أغسطس 2020 08:57 ص", "2020-08-13T08:57"],
])("%s", (_trap, text, start) => {
  expect(parseDate(text, TRIPOLI)?.iso.slice(0, 16)).toBe(start);
});

test.each(["الماء", "ناصر", "الصيف", "الربيع", "الفاتح"])(
  "%s is an ordinary word without a day beside it",
  (word) => {
    expect(findDates(`في ${word} تزدحم الشواطئ`, TRIPOLI)).toEqual([]);
  },
);

test.each([
  ["from November 2012 one hour ahead", { year: 2012, month: 12, day: 1 }, 1],
  ["since March 2013 two hours", { year: 2013, month: 4, day: 1 }, 2],
] as const)("Tripoli was %s", (_trap, day, hours) => {
  const utc = Date.UTC(day.year, day.month - 1, day.day);
  expect((utc - localToUtc(day, "Africa/Tripoli")) / 3_600_000).toBe(hours);
});

test.each([
  ["marks inside a word do not cut it", "مدّة", "مدة"],
  ["tatweel is no letter", "مـــدة", "مده"],
  ["ta marbuta is written ه", "مصراتة", "مصراته"],
  ["alef maqsura is written ي", "بنغازى", "بنغازي"],
  ["hamza is left out", "أجدابيا", "اجدابيا"],
  ["letters come as presentation forms", "\uFEE3\uFEAA\uFE93", "مدة"],
  ["marks come as presentation forms, which must not part words", "مد\uFE7Cة", "مدة"],
  ["direction marks stand inside words", "مد\u200Fة", "مدة"],
  ["the riyal sign unfolds to a Persian letter", "\uFDFC", "ريال"],
  ["a Persian keyboard has its own yeh and kaf", "ليبیا کتاب", "ليبيا كتاب"],
])("in search, %s", (_trap, printed, typed) => {
  expect(fold(printed)).toBe(fold(typed));
});

test("the same text in other spelling is the same text", () => {
  const text =
    "أعلنت بلدية مصراتة، اليوم الأربعاء، عن إعادة افتتاح المكتبة العامة بعد صيانة شاملة.";
  const other = text.replaceAll("ة", "ه").replace(/[أإ]/gu, "ا").replaceAll("،", "\u200F،");
  const whole = article("", H1);
  const of = (body: string): string => fingerprint({ ...whole, body }).text;
  expect(of(other)).toBe(of(text));
});

const CP1256 = Uint8Array.from([0xe3, 0xcf, 0xc9]); // مدة
const page = (charset: string): Uint8Array =>
  Buffer.concat([Buffer.from(`<meta charset="${charset}"><p>`), CP1256, Buffer.from("</p>")]);
const UTF8_AS_1256 = Buffer.from(`<meta charset="windows-1256"><p>مدة طويلة</p>`);

test.each([
  ["windows-1256 that is labelled utf-8", page("utf-8"), "مدة"],
  ["a label no decoder knows", page("cp-1256"), "مدة"],
  ["a label with a semicolon", page("windows-1256;"), "مدة"],
  ["utf-8 that is labelled windows-1256", UTF8_AS_1256, "مدة طويلة"],
])("%s is read right", (_trap, body, text) => {
  expect(decode({ body, headers: [] }).text).toContain(text);
});

test("utf-8 that somebody read as windows-1256 and sent on as utf-8 is turned back", () => {
  const twice = new TextDecoder("windows-1256").decode(Buffer.from(prose("ar")));
  expect(decode({ body: Buffer.from(twice), headers: [] }).text).toContain("المجلس البلدي");
});

const SLUG = "%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1";

test.each([
  ["escapes in small letters", `https://x.ly/${SLUG.toLowerCase()}/`, `https://x.ly/${SLUG}/`],
  ["http and www twins", "http://www.x.ly/a/", "https://x.ly/a/"],
  ["an address not escaped at all", "https://x.ly/أخبار/", `https://x.ly/${SLUG}/`],
])("%s are one address", (_trap, one, other) => {
  expect(urlKey(one)).toBe(urlKey(other));
});

test.each([
  ["a host turned into a scheme", "ly.reportage://https", "https://reportage.ly/"],
  ["a colon behind the host", "https://reportage.ly://", "https://reportage.ly/"],
])("a link with %s leads where it was meant to", (_trap, href, url) => {
  expect(resolveUrl(href, "https://reportage.ly/news/")).toBe(url);
});

test.each([
  ["a city of two countries needs a sign of Libya", "رحلة إلى طرابلس", []],
  ["a word that is a town too needs a cue", "الصلوات الخمس", []],
  ["particles are written onto names", "وبمصراتة", ["مصراتة"]],
])("%s", (_trap, text, places) => {
  expect(findPlaces(text)).toEqual(places);
});
