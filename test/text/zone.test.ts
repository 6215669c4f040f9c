/** Local clocks and instants, through the changes of Libya's own time. */
import { expect, test } from "vitest";
import {
  formatIso,
  localToUtc,
  offsetMs,
  shortenedIso,
  utcToLocal,
  wholeIso,
} from "../../src/text/index.ts";

const tripoli = "Africa/Tripoli";

test.each([
  ["2010-07-01", 2],
  ["2012-11-09", 2],
  ["2012-11-11", 1],
  ["2013-03-28", 1],
  ["2013-03-30", 2],
  ["2013-10-24", 2],
  ["2013-11-01", 2],
  ["2026-06-17", 2],
])("Tripoli on %s was %s hours ahead of UTC", (day, hours) => {
  expect(offsetMs(Date.parse(`${day}T12:00:00Z`), tripoli)).toBe(hours * 3_600_000);
});

test.each(["Africa/Tripoli", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"])(
  "every hour of two years goes to the clocks of %s and back",
  (timeZone) => {
    let repeated = 0;
    for (let at = Date.UTC(2012, 0, 1); at < Date.UTC(2014, 0, 1); at += 3_600_000) {
      const back = localToUtc(utcToLocal(at, timeZone), timeZone);
      // The second of two equal hours in autumn comes back as the first.
      expect(at - back === 0 || at - back === 3_600_000).toBe(true);
      repeated += at === back ? 0 : 1;
    }
    expect(repeated).toBeLessThanOrEqual(2);
  },
);

test.each([
  ["year", "2019"],
  ["month", "2019-04"],
  ["day", "2019-04-23"],
  ["hour", "2019-04-23T16:00+02:00"],
  ["minute", "2019-04-23T16:05+02:00"],
  ["second", "2019-04-23T16:05:09+02:00"],
] as const)("prints no more than is known: %s", (precision, iso) => {
  expect(formatIso(Date.UTC(2019, 3, 23, 14, 5, 9), tripoli, precision)).toBe(iso);
});

test.each(["year", "month", "day", "hour", "minute", "second"] as const)(
  "a date known to the %s is whole as its first instant, and comes back from that",
  (precision) => {
    for (const start of ["2019-04-23T16:05:09+02:00", "2013-01-01T00:00:00+01:00"]) {
      const iso = formatIso(Date.parse(start), tripoli, precision);
      const [year = "", month = "01", day = "01"] = (iso.split("T")[0] ?? "")
        .split("-")
        .map(String);
      const clock = iso.split("T")[1]?.slice(0, 5) ?? "00:00";
      const seconds = precision === "second" ? start.slice(17, 19) : "00";
      const parts = { year: Number(year), month: Number(month), day: Number(day) };
      const [hour = 0, minute = 0] = clock.split(":").map(Number);
      const at = localToUtc({ ...parts, hour, minute, second: Number(seconds) }, tripoli);
      const whole = wholeIso(iso, at);
      expect(whole).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+]0[12]:00$/u);
      expect(Date.parse(whole)).toBe(at);
      expect(shortenedIso(whole, precision)).toBe(iso);
    }
  },
);

test.each([
  ["1912-04-15", "1912-04-14T23:07:16Z", "1912-04-15T00:00:00+00:52"],
  ["2019-04-23T16:05Z", "2019-04-23T16:05:00Z", "2019-04-23T16:05:00Z"],
  ["2019-04-23", "2019-09-01T00:00:00Z", "2019-09-01T00:00:00.000Z"],
  ["23 April", "2019-04-22T22:00:00Z", "2019-04-22T22:00:00.000Z"],
])("%s, begun at %s, is whole as %s", (iso, at, whole) => {
  expect(wholeIso(iso, Date.parse(at))).toBe(whole);
});

test("an instant that is none prints as nothing", () => {
  expect(formatIso(Number.NaN, tripoli, "day")).toBe("");
});
