import { expect, test } from "vitest";
import { machineDate } from "../../src/discover/dates.ts";

test.each<[row: string, text: string, iso: string | null]>([
  ["the sitemap's own form", "2019-04-23T16:05:00+02:00", "2019-04-23T14:05:00.000Z"],
  ["a day alone begins in UTC", "2019-04-23", "2019-04-23T00:00:00.000Z"],
  ["no offset means UTC", "2019-04-23 16:05:00", "2019-04-23T16:05:00.000Z"],
  ["a feed's form", "Tue, 23 Apr 2019 16:05:00 +0200", "2019-04-23T14:05:00.000Z"],
  ["an offset behind GMT counts", "Tue, 23 Apr 2019 16:05 GMT+0200", "2019-04-23T14:05:00.000Z"],
  ["JavaScript's own form", "Tue Apr 23 2019 16:05:00 GMT+0200 (EET)", "2019-04-23T14:05:00.000Z"],
  ["Arabic digits", "٢٠١٩-٠٤-٢٣", "2019-04-23T00:00:00.000Z"],
  ["an Arabic weekday", "الثلاثاء, 23 Apr 2019 16:05:00 +0000", "2019-04-23T16:05:00.000Z"],
  ["an Arabic month", "23 أبريل 2019", "2019-04-23T00:00:00.000Z"],
  ["the day comes first", "04/05/2019", "2019-05-04T00:00:00.000Z"],
  ["Unix seconds", "1556035500", "2019-04-23T16:05:00.000Z"],
  ["a day no calendar has", "31 Feb 2019", null],
  ["a zero date", "0000-00-00", null],
  ["the first instant of Unix time", "1970-01-01", null],
  ["counted back from an unknown now", "منذ ساعتين", null],
  ["a lone number", "5", null],
  ["nothing", "", null],
])("%s", (_, text, iso) => {
  const at = machineDate(text);
  expect(at === null ? null : new Date(at).toISOString()).toBe(iso);
});
