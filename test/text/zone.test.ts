/** Local clocks and instants, through the changes of Libya's own time. */
import { expect, test } from "vitest";
import { formatIso, localToUtc, offsetMs, utcToLocal } from "../../src/text/index.ts";

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

test("an instant that is none prints as nothing", () => {
  expect(formatIso(Number.NaN, tripoli, "day")).toBe("");
});
