import { expect, onTestFinished, test } from "vitest";
import { askedFilter, windowOf } from "../../src/cli/filters.ts";
import { kindsOf } from "../../src/cli/import-files.ts";
import { duration, secondsOrDuration, share, span } from "../../src/cli/parse.ts";
import { humanSeconds, reportFacts, reportLine } from "../../src/cli/report.ts";
import { openStore } from "../../src/store/index.ts";
import { filledArchive } from "./given-archive.ts";

test.each([
  ["500ms", 500],
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["1h30m", 5_400_000],
  ["1.5h", 5_400_000],
  ["7d", 604_800_000],
  ["2w", 1_209_600_000],
])("a duration of %s is %d ms", (text, ms) => {
  expect(duration(text)).toBe(ms);
});

test.each(["", "5", "m", "5 m", "-5m", "5y", "5m extra"])("%j is no duration", (text) => {
  expect(() => duration(text)).toThrow("Give a duration");
});

test("a bare number after --delay is seconds", () => {
  expect([secondsOrDuration("2"), secondsOrDuration("0.5"), secondsOrDuration("500ms")]).toEqual([
    2_000, 500, 500,
  ]);
});

test.each([
  ["20%", 0.2],
  ["20", 0.2],
  ["0.2", 0.2],
  ["0", 0],
  ["100%", 1],
])("a share of %s is %d", (text, value) => {
  expect(share(text)).toBe(value);
});

// Libya kept UTC+2 in 2024; summer time (+2 over +1) ended there in 2013.
test.each([
  ["a year", "2024", "2023-12-31T22:00Z", "2024-12-31T22:00Z"],
  ["a month", "2024-02", "2024-01-31T22:00Z", "2024-02-29T22:00Z"],
  ["December rolls over", "2024-12", "2024-11-30T22:00Z", "2024-12-31T22:00Z"],
  ["a day", "2024-02-29", "2024-02-28T22:00Z", "2024-02-29T22:00Z"],
  ["a day under UTC+1", "2013-01-15", "2013-01-14T23:00Z", "2013-01-15T23:00Z"],
  ["an instant", "2024-02-29T12:00:00+02:00", "2024-02-29T10:00Z", "2024-02-29T10:00:00.001Z"],
])("%s covers itself in Tripoli's time", (_, text, from, to) => {
  expect(windowOf({ from: span(text), to: span(text) })).toEqual({
    from: Date.parse(from),
    to: Date.parse(to),
  });
});

test("only what was asked for limits", async () => {
  const path = await filledArchive();
  const store = await openStore({ path, mode: "read" });
  onTestFinished(() => store.close());
  const options = { site: ["marsa"], since: 1_000 };
  expect(await askedFilter(store, ["نفط", "-غاز"], options, 5_000)).toEqual({
    text: "نفط -غاز",
    siteIds: ["marsa"],
    seenSince: 4_000,
  });
});

const counters = {
  ...{ new: 12, changed: 2, same: 240, gone: 1, skipped: 31, failed: 0 },
  ...{ notModified: 41, requests: 55, bytes: 3_100_000 },
};

test("the final line of a run", () => {
  const report = { runId: 1, sources: ["awj"], counters, elapsedMs: 250_000, visited: 300 };
  expect(reportLine(reportFacts({ ...report, reason: "finished" }))).toBe(
    "done source=awj new=12 changed=2 same=240 gone=1 skipped=31 failed=0 not-modified=41 requests=55 bytes=3100000 elapsed=4m10s reason=finished",
  );
});

test.each([
  [0.04, "0.0s"],
  [9.96, "10s"],
  [59.4, "59s"],
  [60, "1m00s"],
  [3_599.6, "1h00m"],
  [7_500, "2h05m"],
])("%d seconds read %s", (seconds, text) => {
  expect(humanSeconds(seconds)).toBe(text);
});

test.each([
  ["request record", 1, "request record"],
  ["request record", 10, "request records"],
  ["unnamed kind of file", 2, "unnamed kinds of file"],
  ["page without an address", 3, "pages without an address"],
  ["record of no known program", 2, "records of no known program"],
  ["image/jpeg", 20, "image/jpeg"],
  ["HTTP 404", 2, "HTTP 404"],
  ["no web address", 2, "without web address"],
])("an import says of what it passed over: %s, %i times, as %s", (what, count, said) => {
  expect(kindsOf(what, count)).toBe(said);
});
