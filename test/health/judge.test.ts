/** When a source is unwell, and when it only looks so: the judgement on made-up pasts. */
import { describe, expect, test } from "vitest";
import { type Alarm, type AlarmKind, judgeSite } from "../../src/health/index.ts";
import type { HealthFacts, SourceVisits, VersionFill } from "../../src/store/store.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A Tuesday, six in the evening. */
const NOW = Date.UTC(2026, 10, 24, 18);

/** `ago` days before now; 0 is the day that ends now. */
const dayAgo = (ago: number, hour = 12): number => NOW - ago * DAY_MS - (24 - hour) * HOUR_MS;

/** Articles of `days` days, newest first: `count(ago)` on each, an hour apart at most. */
const articles = (days: number, count: (ago: number) => number): number[] =>
  Array.from({ length: days }, (_, ago) =>
    Array.from(
      { length: count(ago) },
      (_, nth) => NOW - ago * DAY_MS - Math.floor(((nth + 0.5) / count(ago)) * DAY_MS),
    ),
  ).flat();

const fill = (ago: number, change: Partial<VersionFill> = {}): VersionFill => ({
  at: dayAgo(ago),
  ...{ hasTitle: true, hasCategory: true, hasDate: true, hasAuthor: true, bodyChars: 2_000 },
  rule: "site:sahel@1a2b3c4d+theme:jannah@5e6f",
  ...change,
});
const versions = (days: number, change: (ago: number) => Partial<VersionFill>): VersionFill[] =>
  Array.from({ length: days }, (_, ago) => [0, 1, 2].map(() => fill(ago, change(ago))))
    .flat()
    .toReversed();

type Run = HealthFacts["visits"][number];
/** Hourly for the last days would be long: four runs a day tell the same. */
const runs = (
  days: number,
  of: (ago: number) => Partial<Run>[] = () => [{}],
): HealthFacts["visits"] =>
  Array.from({ length: days * 4 }, (_, index) => {
    const ago = (index + 0.1) / 4;
    const at = NOW - ago * DAY_MS;
    const base = { runId: days * 4 - index, firstAt: at, lastAt: at, result: "new" as const };
    return of(ago).map((run) => ({ ...base, reason: null, count: 5, ...run }));
  })
    .flat()
    .toReversed();

type SourceVisit = SourceVisits["visits"][number];
const feed = (days: number, of: (ago: number) => Partial<SourceVisit>): SourceVisits => ({
  url: "https://sahel.example/feed/",
  role: "feed",
  visits: Array.from({ length: days * 4 }, (_, index) => {
    const ago = (index + 0.1) / 4;
    const at = NOW - ago * DAY_MS;
    return { at, result: "listed" as const, reason: null, found: 10, isChanged: true, ...of(ago) };
  }).toReversed(),
});

const DAYS = 70;
const WELL: HealthFacts = {
  firstVisitAt: NOW - DAYS * DAY_MS,
  lastVisitAt: NOW,
  articlesAt: articles(DAYS, () => 10),
  versions: versions(DAYS, () => ({})),
  visits: runs(DAYS),
  sources: [feed(DAYS, () => ({}))],
};
const WEEK = { now: NOW, sinceMs: 7 * DAY_MS };

function alarmsOf(change: Partial<HealthFacts>, question = WEEK): readonly Alarm[] {
  const verdict = judgeSite({ ...WELL, ...change }, question);
  return verdict.kind === "unwell" ? verdict.alarms : [];
}

test("a source that is as it always was is well", () => {
  expect(judgeSite(WELL, WEEK)).toEqual({ kind: "well" });
});

/** Deterministic noise, 0…1. */
const noise = (n: number): number => {
  const x = Math.sin(n * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
};

describe("articles", () => {
  test.each<[string, (ago: number) => number]>([
    ["the last day brought none", (ago) => (ago === 0 ? 0 : 14)],
    ["three days brought one each", (ago) => (ago < 3 ? 1 : 14)],
    ["a rare source fell silent for the week", (ago) => (ago < 7 ? 0 : 2)],
    ["every day of the week brought half", (ago) => (ago < 7 ? 15 : 30)],
    [
      "a source with a bad week long ago falls silent again",
      (ago) => (ago < 2 || (ago > 30 && ago < 36) ? 0 : 20),
    ],
    ["a noisy source falls silent", (ago) => (ago < 2 ? 0 : 10 + Math.floor(noise(ago) * 20))],
  ])("%s: an alarm", (_sentence, count) => {
    expect(alarmsOf({ articlesAt: articles(DAYS, count) }).map(({ kind }) => kind)).toEqual([
      "articles",
    ]);
  });

  test.each<[string, (ago: number) => number]>([
    ["no article on a weekday that never has any", (ago) => (ago % 7 === 0 ? 0 : 12)],
    ["a quiet weekday", (ago) => (ago % 7 === 4 ? 2 : 25)],
    ["a source of one article now and then", (ago) => (ago % 3 === 0 && ago > 6 ? 1 : 0)],
    ["ordinary noise", (ago) => 8 + Math.floor(noise(ago) * 10)],
    ["a restless source", (ago) => (noise(ago) < 0.3 ? 0 : Math.floor(noise(ago + 1) * 30))],
    ["more than ever", (ago) => (ago < 3 ? 80 : 10)],
    ["a flood on the first day of the archive", (ago) => (ago === DAYS - 1 ? 900 : 10)],
    ["a slightly slower week", (ago) => (ago < 7 ? 9 : 11)],
  ])("%s: none", (_sentence, count) => {
    expect(alarmsOf({ articlesAt: articles(DAYS, count) })).toEqual([]);
  });

  test("says since when, what there is and what is usual", () => {
    const [alarm] = alarmsOf({ articlesAt: articles(DAYS, (ago) => (ago < 3 ? 0 : 14)) });
    expect(alarm).toEqual({
      ...{ kind: "articles", what: null, now: "0 in 3 days", usual: "42 in 3 days" },
      since: NOW - 3 * DAY_MS,
    });
  });
});

describe("fields", () => {
  test.each<[AlarmKind, Partial<VersionFill>]>([
    ["title", { hasTitle: false }],
    ["category", { hasCategory: false }],
    ["date", { hasDate: false }],
    ["author", { hasAuthor: false }],
    ["body", { bodyChars: 300 }],
    ["body", { bodyChars: 9_000 }],
    ["rule", { rule: "site:sahel@1a2b3c4d" }],
  ])("%s: a change on every page of the last days is an alarm", (kind, change) => {
    const facts = { versions: versions(DAYS, (ago) => (ago < 4 ? change : {})) };
    const found = alarmsOf(facts);
    expect(found.map((alarm) => alarm.kind)).toEqual([kind]);
    expect(found[0]?.since).toBe(dayAgo(3));
  });

  test.each<[string, (ago: number) => Partial<VersionFill>]>([
    ["a field that was never there", () => ({ hasAuthor: false, hasCategory: false })],
    ["a field missing once", (ago) => (ago === 2 ? { hasAuthor: false } : {})],
    [
      "a rule we changed ourselves",
      (ago) => (ago < 5 ? { rule: "site:sahel@ffff0000+theme:jannah@5e6f" } : {}),
    ],
    ["a rule that was added", (ago) => (ago < 5 ? {} : { rule: "theme:jannah@5e6f" })],
    ["bodies somewhat longer", (ago) => (ago < 5 ? { bodyChars: 3_000 } : {})],
    ["a field filled by chance half the time, as ever", (ago) => ({ hasAuthor: ago % 2 === 0 })],
  ])("%s: no alarm", (_sentence, change) => {
    expect(alarmsOf({ versions: versions(DAYS, change) })).toEqual([]);
  });

  test("too few articles to tell raise nothing", () => {
    const few = [...WELL.versions.filter(({ at }) => at < dayAgo(7)), fill(1, { hasTitle: false })];
    expect(alarmsOf({ versions: few })).toEqual([]);
  });
});

describe("visits", () => {
  const lately = (run: Partial<Run>) => ({ visits: runs(DAYS, (ago) => [ago < 2 ? run : {}]) });
  test.each<[AlarmKind, string, Partial<Run>]>([
    ["blocked", "every page a challenge", { result: "skipped", reason: "block-page" }],
    ["blocked", "403", { result: "failed", reason: "E_HTTP_FORBIDDEN" }],
    ["blocked", "429", { result: "failed", reason: "E_HTTP_RATE_LIMITED" }],
  ])("%s: %s for two days", (kind, _sentence, run) => {
    const [alarm, ...rest] = alarmsOf(lately(run));
    expect(alarm).toMatchObject({ kind, what: run.reason, now: expect.stringMatching(/^29%/u) });
    expect(alarm?.since).toBeCloseTo(NOW - 1.775 * DAY_MS, -3);
    expect(rest).toEqual([]);
  });

  test.each<[AlarmKind, Partial<Run>]>([
    ["robots", { result: "skipped", reason: "robots" }],
    ["failing", { result: "failed", reason: "E_DNS" }],
    ["failing", { result: "failed", reason: "E_HTTP_SERVER" }],
  ])("%s all week", (kind, run) => {
    const found = alarmsOf({ visits: runs(DAYS, (ago) => [ago < 7 ? run : {}]) });
    expect(found.map((alarm) => alarm.kind)).toEqual([kind]);
  });

  test.each<[string, HealthFacts["visits"]]>([
    [
      "one bad run",
      runs(DAYS, (ago) => (ago < 0.2 ? [{ result: "failed", reason: "E_TIMEOUT" }] : [{}])),
    ],
    [
      "sections that robots.txt always forbade",
      runs(DAYS, () => [{}, { result: "skipped", reason: "robots" }]),
    ],
    [
      "a failure in every run, as ever",
      runs(DAYS, () => [{}, { result: "failed", reason: "E_TIMEOUT", count: 1 }]),
    ],
  ])("%s: no alarm", (_sentence, visits) => {
    expect(alarmsOf({ visits })).toEqual([]);
  });

  test("a host that was shut and is asked only now and then: few visits, all in vain", () => {
    const found = alarmsOf({
      visits: runs(DAYS, (ago) => [
        ago < 1 ? { result: "failed", reason: "E_HTTP_FORBIDDEN", count: 1 } : { count: 40 },
      ]),
    });
    expect(found).toEqual([
      expect.objectContaining({ kind: "blocked", now: "the last 4 visits", usual: "0%" }),
    ]);
  });

  test("a source that nobody visits any more", () => {
    const [alarm] = alarmsOf({}, { now: NOW + 4 * DAY_MS, sinceMs: 7 * DAY_MS });
    expect(alarm).toMatchObject({ kind: "no-run", now: "no visit for 4d", usual: "one every 6h" });
  });

  test("a source forgotten for so long that no visit is in sight", () => {
    const found = alarmsOf(
      { visits: [], articlesAt: [], versions: [], sources: [] },
      { now: NOW + 200 * DAY_MS, sinceMs: 7 * DAY_MS },
    );
    expect(found.map(({ kind }) => kind)).toContain("no-run");
  });
});

describe("sources", () => {
  test.each<[string, (ago: number) => Partial<SourceVisit>, RegExp]>([
    [
      "a feed that answers 404 now",
      (ago) => (ago < 3 ? { result: "gone", found: null, isChanged: null } : {}),
      /^gone/u,
    ],
    ["a feed that names nothing now", (ago) => (ago < 3 ? { found: 0 } : {}), /names no article/u],
    [
      "a feed that stopped changing",
      (ago) => (ago < 6 ? { isChanged: false } : {}),
      /^unchanged for/u,
    ],
    [
      "a feed that answers 304 for ever",
      (ago) => (ago < 6 ? { result: "not-modified", found: null, isChanged: null } : {}),
      /^unchanged for/u,
    ],
  ])("%s: an alarm", (_sentence, of, now) => {
    const [alarm, ...rest] = alarmsOf({ sources: [feed(DAYS, of)] });
    expect(alarm).toMatchObject({
      kind: "feed",
      what: "https://sahel.example/feed/",
      now: expect.stringMatching(now),
    });
    expect(rest).toEqual([]);
  });

  test.each<[string, (ago: number) => Partial<SourceVisit>]>([
    ["a feed that failed once", (ago) => (ago < 0.2 ? { result: "failed", found: null } : {})],
    ["a feed that never answered", () => ({ result: "failed", found: null, isChanged: null })],
    ["a feed that changes once a week", (ago) => ({ isChanged: Math.abs(ago % 7) < 0.2 })],
    [
      "a weekly feed in the midst of its week",
      (ago) => ({ isChanged: ago > 4 && Math.abs((ago % 7) - 4.5) < 0.2 }),
    ],
    ["an old sitemap that never changed", () => ({ isChanged: false })],
  ])("%s: none", (_sentence, of) => {
    expect(alarmsOf({ sources: [feed(DAYS, of)] })).toEqual([]);
  });

  test("who is shut out gets one line, not one for every feed too", () => {
    const visits = runs(DAYS, (ago) => [ago < 7 ? { result: "failed", reason: "E_DNS" } : {}]);
    const sources = [feed(DAYS, (ago) => (ago < 7 ? { result: "failed", found: null } : {}))];
    expect(alarmsOf({ visits, sources }).map(({ kind }) => kind)).toEqual(["failing"]);
  });
});

test.each([
  ["never visited", { firstVisitAt: null, lastVisitAt: null }, 0],
  ["known for ten days", { firstVisitAt: NOW - 10 * DAY_MS }, 10],
])("a source %s has too little history, whatever happened", (_sentence, change, knownDays) => {
  const facts = { ...WELL, ...change, articlesAt: [] };
  expect(judgeSite(facts, WEEK)).toEqual({ kind: "too-little-history", knownDays, neededDays: 21 });
});

test("a thousand quiet months of a noisy source raise few false alarms", () => {
  let alarms = 0;
  for (let seed = 0; seed < 1_000; seed++) {
    // Poisson by counting, mean 12: what a source without habits does.
    const count = (ago: number): number => {
      let [product, events] = [1, -1];
      while (product > Math.exp(-12)) {
        product *= noise(seed * 1_000 + ago * 37 + events * 7.31);
        events++;
      }
      return Math.max(0, events);
    };
    if (alarmsOf({ articlesAt: articles(DAYS, count) }).length > 0) alarms++;
  }
  expect(alarms).toBeLessThan(5);
});
