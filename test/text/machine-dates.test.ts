/** Dates of metas, JSON-LD, feeds and URLs. */
import { expect, test } from "vitest";
import { dateFromUrl, parseMachineDate } from "../../src/text/index.ts";

const local = { timeZone: "Africa/Tripoli", naive: "local", now: Date.UTC(2026, 5, 17) } as const;

test.each([
  ["ISO with an offset", "2019-04-23T16:05:00+02:00", "2019-04-23T16:05:00+02:00", "second"],
  ["ISO in UTC", "2020-12-24T23:59:50Z", "2020-12-25T01:59:50+02:00", "second"],
  ["ISO with a fraction", "2019-04-23T14:05:00.123456Z", "2019-04-23T16:05:00+02:00", "second"],
  [
    "ISO with an offset without colon",
    "2019-04-23T14:05:00+0000",
    "2019-04-23T16:05:00+02:00",
    "second",
  ],
  ["ISO with an hour's offset", "2019-04-23T14:05:00+00", "2019-04-23T16:05:00+02:00", "second"],
  ["ISO without an offset", "2019-04-23T16:05:00", "2019-04-23T16:05:00+02:00", "second"],
  ["ISO to the minute", "2018-02-15T08:09Z", "2018-02-15T10:09+02:00", "minute"],
  ["ISO to the hour", "2018-02-15T08Z", "2018-02-15T10:00+02:00", "hour"],
  ["ISO basic", "20190423T140500Z", "2019-04-23T16:05:00+02:00", "second"],
  ["an ISO day", "2019-04-23", "2019-04-23", "day"],
  ["an ISO month", "2019-04", "2019-04", "month"],
  ["SQL", "2021-01-03 10:18:21", "2021-01-03T10:18:21+02:00", "second"],
  ["SQL with an offset", "2021-01-03 10:18:21 +0000", "2021-01-03T12:18:21+02:00", "second"],
  ["SQL in UTC by name", "2021-01-03 10:18:21 UTC", "2021-01-03T12:18:21+02:00", "second"],
  ["an RSS date", "Wed, 07 Oct 2020 15:30:00 +0000", "2020-10-07T17:30:00+02:00", "second"],
  ["an HTTP date", "Wed, 07 Oct 2020 15:30:00 GMT", "2020-10-07T17:30:00+02:00", "second"],
  [
    "an RSS date of New York",
    "Wed, 07 Oct 2020 15:30:00 EST",
    "2020-10-07T22:30:00+02:00",
    "second",
  ],
  ["Unix seconds", "1602084600", "2020-10-07T17:30:00+02:00", "second"],
  ["Unix milliseconds", "1602084600000", "2020-10-07T17:30:00+02:00", "second"],
  ["Microsoft's JSON", "/Date(1602084600000)/", "2020-10-07T17:30:00+02:00", "second"],
  ["American", "10/25/2020 3:30 PM", "2020-10-25T15:30+02:00", "minute"],
  ["European", "25/10/2020 15:30", "2020-10-25T15:30+02:00", "minute"],
  ["compact", "20201007", "2020-10-07", "day"],
  ["compact to the second", "20201007153000", "2020-10-07T15:30:00+02:00", "second"],
  ["the day of a time that cannot be", "2019-04-23T25:00:00Z", "2019-04-23", "day"],
  ["Arabic prose", "الأربعاء، 07 أكتوبر 2020 - 12:09 م", "2020-10-07T12:09+02:00", "minute"],
  ["a time of winter 2012", "2012-12-01T10:00:00", "2012-12-01T10:00:00+01:00", "second"],
])("reads %s: %s", (_what, text, iso, precision) => {
  expect(parseMachineDate(text, local)).toMatchObject({ iso, precision, doubt: null });
});

test.each([
  "",
  " ",
  "0000-00-00 00:00:00",
  "0001-01-01T00:00:00Z",
  "null",
  "undefined",
  "2019-13-45",
  "12345",
  "2019-02-30T10:00:00Z",
  "أخبار",
  "true",
  "{{ date }}",
])("reads nothing from ‹%s›", (text) => {
  expect(parseMachineDate(text, local)).toBeNull();
});

test("a time without an offset is UTC where the theme writes UTC", () => {
  const utc = { ...local, naive: "utc" } as const;
  expect(parseMachineDate("2020-10-07T15:30:00", utc)).toMatchObject({
    iso: "2020-10-07T17:30:00+02:00",
    hasOffset: false,
  });
  expect(parseMachineDate("7 أكتوبر 2020 23:30", utc)?.iso).toBe("2020-10-08T01:30+02:00");
  expect(parseMachineDate("7 أكتوبر 2020", utc)).toMatchObject({
    iso: "2020-10-07",
    at: Date.UTC(2020, 9, 6, 22),
  });
});

test("without a clock neither relative nor yearless dates are guessed", () => {
  const blind = { timeZone: "UTC", naive: "utc" } as const;
  expect(parseMachineDate("منذ ساعتين", blind)).toBeNull();
  expect(parseMachineDate("5 May", blind)).toBeNull();
  expect(parseMachineDate("07.10.20", blind)?.iso).toBe("2020-10-07");
  expect(parseMachineDate("7 October 2020", blind)?.iso).toBe("2020-10-07");
});

test("an unset field and a date to come are doubted", () => {
  expect(parseMachineDate("1970-01-01T00:00:00Z", local)?.confidence).toBeLessThan(0.5);
  expect(parseMachineDate("2027-01-01T00:00:00Z", local)?.doubt).toContain("future");
});

test.each([
  ["year/month/day", "https://x.ly/2019/04/23/slug/", "2019-04-23"],
  ["one-digit month and day", "https://x.ly/news/2019/4/3/slug", "2019-04-03"],
  ["at the end", "https://x.ly/2019/04/23", "2019-04-23"],
  ["month by name", "https://x.com/world/2020/oct/07/slug", "2020-10-07"],
  ["compact folder", "https://x.ly/20190423/slug", "2019-04-23"],
  ["day at the head of the slug", "https://x.ly/2019-04-23-slug", "2019-04-23"],
  ["day at the end of the slug", "https://x.ly/slug-2019-04-23.html", "2019-04-23"],
  ["compact day in the slug", "https://x.ly/slug-20190423-12.html", "2019-04-23"],
  ["month only", "https://x.ly/2019/04/slug/", "2019-04"],
  ["month in a folder of six digits", "https://x.ly/201904/slug", "2019-04"],
])("a URL tells %s", (_what, url, iso) => {
  expect(dateFromUrl(url)?.iso).toBe(iso);
});

test.each([
  "https://x.ly/news/libya/292227",
  "https://2019.example.ly/slug",
  "https://x.ly/?date=2019-04-23",
  "https://x.ly/1234/56/78/",
  "https://x.ly/2019/13/45/x",
  "https://x.ly/vision-2030/04/x",
  "https://x.ly",
  "",
])("a URL without a date tells nothing: %s", (url) => {
  expect(dateFromUrl(url)).toBeNull();
});
