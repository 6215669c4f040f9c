/** A date is never a silent guess: what is uncertain says so, and what is not stays sure. */
import { expect, test } from "vitest";
import { type DateOptions, findDates, localToUtc, parseDate } from "../../src/text/index.ts";

const timeZone = "Africa/Tripoli";
const now = localToUtc({ year: 2026, month: 6, day: 17, hour: 10 }, timeZone);
const options: DateOptions = { now, timeZone };

test.each([
  ["day and month may be turned round", "03/04/2020", "other way round"],
  ["the date lies in the future", "7 أكتوبر 2027", "future"],
  ["the weekday is not that day's", "الاثنين 13 أغسطس 2020", "weekday"],
  ["the year is missing", "13 أغسطس", "no year"],
  ["a word of time stands inside prose", `${"قال المتحدث في بيان ".repeat(15)}أمس`, "prose"],
])("is doubted below 0.5 when %s", (_why, text, doubt) => {
  const parsed = parseDate(text, options);
  expect(parsed?.doubt).toContain(doubt);
  expect(parsed?.confidence).toBeLessThan(0.5);
});

test.each([
  ["a Hijri date alone", "16 شعبان 1440", "one day either way"],
  ["a two-digit year", "7-Oct-20", "two digits"],
  ["a Libyan year without its suffix", "1 الفاتح 1377", "و.ر"],
])("says what is uncertain about %s", (_what, text, doubt) => {
  expect(parseDate(text, options)?.doubt).toContain(doubt);
});

test.each([
  ["a weekday that agrees", "الخميس 13 أغسطس 2020", "2020-08-13"],
  ["a weekday that settles the order", "Wednesday 10/07/2020", "2020-10-07"],
  ["the calendar, one reading being still to come", "10/07/2026", "2026-07-10"],
  ["a day over twelve", "25/03/2020", "2020-03-25"],
  ["dots, which nobody puts after a month first", "03.04.2020", "2020-04-03"],
])("is sure where there is %s", (_what, text, iso) => {
  const captured = { ...options, now: Date.UTC(2026, 6, 20) };
  expect(parseDate(text, captured)).toMatchObject({ iso, doubt: null });
});

test.each([
  [true, "2020-04-03"],
  [false, "2020-03-04"],
] as const)("believes the caller on the order: dayFirst %s", (dayFirst, iso) => {
  expect(parseDate("03/04/2020", { ...options, dayFirst })).toMatchObject({ iso, doubt: null });
});

test("an hour that daylight saving moved keeps its own offset", () => {
  expect(parseDate("1 ديسمبر 2012 - 10:00", options)?.iso).toBe("2012-12-01T10:00+01:00");
  expect(parseDate("1 ديسمبر 2013 - 10:00", options)?.iso).toBe("2013-12-01T10:00+02:00");
});

test("الماضي and الجاري count from the article's own date", () => {
  const article = { ...options, now: Date.UTC(2019, 3, 23, 12) };
  expect(parseDate("16 الطير/أبريل الماضي", article)?.iso).toBe("2019-04-16");
  expect(parseDate("25 ديسمبر الماضي", article)?.iso).toBe("2018-12-25");
  expect(parseDate("16 أبريل الجاري", article)).toMatchObject({
    iso: "2019-04-16",
    kind: "relative",
  });
});

test("finds every date of a text with its place", () => {
  const text = "نشر: 20 مارس 2019 - آخر تحديث: 21/03/2019 10:15 ثم 2020-10-07";
  const found = findDates(text, options);
  expect(found.map((date) => date.iso)).toEqual([
    "2019-03-20",
    "2019-03-21T10:15+02:00",
    "2020-10-07",
  ]);
  for (const date of found) {
    expect(text.slice(date.start, date.end)).toBe(date.raw);
  }
});

test("takes the full date rather than the word of time before it", () => {
  expect(parseDate("أمس - 20 مارس 2019", options)?.iso).toBe("2019-03-20");
});
