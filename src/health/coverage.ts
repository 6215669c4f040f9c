/**
 * What became of each day of one source: found by which way, fetched, read, kept, skipped and failed
 * with reasons; and which days are suspiciously silent. The counts of the archive, laid out by the
 * days of one zone. Pure.
 */
import type { FoundBy } from "../model.ts";
import type { CoverageFacts } from "../store/store.ts";
import { isLow, median } from "./usual.ts";

/** Why a day deserves a look. Closed list, documented in the README. */
export type Mark =
  /** Nothing was published, on a day on which the source publishes. */
  | "silent"
  /** Far less than usual was published. */
  | "low"
  /** No visit at all, between days that have some. */
  | "unvisited"
  /** Visits, and none was answered. */
  | "unanswered";

export interface CoverageDay {
  /** `2026-11-24`, in the zone of the table. */
  readonly day: string;
  /** Article pages that became known on this day, by the way that told of them first. */
  readonly found: Readonly<Partial<Record<FoundBy, number>>>;
  /** Visits to article pages, and how many of them brought a page. */
  readonly visited: number;
  readonly fetched: number;
  /** Pages an article was read from: new, changed or known. */
  readonly extracted: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly gone: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly failed: Readonly<Record<string, number>>;
  /** Visits to feeds, sitemaps and sections: answered, and not. */
  readonly sourcesRead: number;
  readonly sourcesFailed: number;
  /** Articles in the archive that were published on this day, whenever they were fetched. */
  readonly published: number;
  /** How many are usual for such a day; null where too few days are known. */
  readonly usual: number | null;
  readonly marks: readonly Mark[];
}

export interface CoverageTable {
  readonly days: readonly CoverageDay[];
  readonly totals: Omit<CoverageDay, "day" | "usual" | "marks">;
}

/** Days before and after that say what is usual: eight of each weekday. */
const AROUND_DAYS = 28;
const ENOUGH_DAYS = 14;
const ENOUGH_WEEKDAYS = 4;
const DAY_MS = 24 * 60 * 60_000;
/** How far around a table facts are needed, to judge its first and last day. */
export const AROUND_MS = AROUND_DAYS * DAY_MS;

/** Skipped after the page had come: it was read, and is no article. */
const READ_REASONS: ReadonlySet<string> = new Set([
  "listing",
  "block-page",
  "empty-shell",
  "soft-404",
  "parked",
  "maintenance",
  "spam",
  "empty",
  "unreadable",
]);

/**
 * @param offsetMs - how far the zone's clock is ahead of UTC at an instant
 * @param now - the day it falls on is not over, and is not judged
 * @returns one row per day from `from` to before `to`, oldest first, days without anything included
 */
export function tabulate(
  facts: CoverageFacts,
  span: { readonly from: number; readonly to: number; readonly now: number },
  offsetMs: (at: number) => number,
): CoverageTable {
  const dayOf = (at: number): number => Math.floor((at + offsetMs(at)) / DAY_MS);
  const [first, end, today] = [dayOf(span.from), dayOf(span.to - 1) + 1, dayOf(span.now)];
  const published = new Map<number, number>();
  for (const { at, count } of facts.published) add(published, dayOf(at), count);
  const drafts = new Map<number, Draft>();
  for (let day = first; day < end; day++) drafts.set(day, emptyDraft(published.get(day) ?? 0));
  for (const { at, foundBy, count } of facts.found) {
    const draft = drafts.get(dayOf(at));
    if (draft) draft.found[foundBy] = (draft.found[foundBy] ?? 0) + count;
  }
  for (const visit of facts.visits) {
    const draft = drafts.get(dayOf(visit.at));
    if (draft) addVisit(draft, visit);
  }
  const visits = {
    first: facts.firstVisitAt === null ? null : dayOf(facts.firstVisitAt),
    last: facts.lastVisitAt === null ? null : dayOf(facts.lastVisitAt),
  };
  const days = [...drafts].map(([day, draft]) => ({
    day: new Date(day * DAY_MS).toISOString().slice(0, 10),
    ...draft,
    ...judgeDay(day, draft, { published, today, visits }),
  }));
  const totals = emptyDraft(0);
  for (const draft of drafts.values()) addDraft(totals, draft);
  return { days, totals };
}

type Draft = {
  -readonly [K in keyof CoverageTable["totals"]]: CoverageTable["totals"][K] extends number
    ? number
    : Record<string, number>;
};

function emptyDraft(published: number): Draft {
  return {
    ...{ found: {}, visited: 0, fetched: 0, extracted: 0, new: 0, changed: 0, unchanged: 0 },
    ...{ gone: 0, skipped: {}, failed: {}, sourcesRead: 0, sourcesFailed: 0, published },
  };
}

function addVisit(
  draft: Draft,
  { isArticle, result, reason, count }: CoverageFacts["visits"][number],
): void {
  const isAnswer = result !== "failed" && result !== "skipped" && result !== "gone";
  if (!isArticle) {
    // Looked at and found needless: no visit was made.
    if (isAnswer) draft.sourcesRead += count;
    else if (reason !== "filtered") draft.sourcesFailed += count;
    return;
  }
  draft.visited += count;
  switch (result) {
    case "new":
    case "changed":
      draft[result] += count;
      break;
    case "same":
    case "linked":
    case "not-modified":
      draft.unchanged += count;
      break;
    case "gone":
      draft.gone += count;
      break;
    case "skipped":
    case "failed":
      draft[result][reason ?? ""] = (draft[result][reason ?? ""] ?? 0) + count;
      if (READ_REASONS.has(reason ?? "")) draft.fetched += count;
      break;
    case "listed":
      draft.fetched += count;
  }
  if (isAnswer && result !== "not-modified" && result !== "listed") {
    draft.fetched += count;
    draft.extracted += count;
  }
}

function judgeDay(
  day: number,
  draft: Draft,
  {
    published,
    today,
    visits,
  }: {
    readonly published: ReadonlyMap<number, number>;
    readonly today: number;
    readonly visits: { readonly first: number | null; readonly last: number | null };
  },
): Pick<CoverageDay, "usual" | "marks"> {
  const marks: Mark[] = [];
  const around = daysAround(day, published, today);
  const usual = around === null ? null : median(around);
  if (around !== null && day < today && isLow(draft.published, around)) {
    marks.push(draft.published === 0 ? "silent" : "low");
  }
  const { first, last } = visits;
  const total = draft.visited + draft.sourcesRead + draft.sourcesFailed;
  if (first !== null && last !== null && day > first && day < last && total === 0) {
    marks.push("unvisited");
  }
  const isAnswered = draft.fetched + draft.unchanged + draft.gone + draft.sourcesRead > 0;
  if (total > 0 && !isAnswered) marks.push("unanswered");
  return { usual, marks };
}

/** What was published on the days around, on the same weekdays when enough are known. */
function daysAround(
  day: number,
  published: ReadonlyMap<number, number>,
  today: number,
): readonly number[] | null {
  const known = [...published.keys()];
  const earliest = known.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  // Before the first article nothing is known of the source's habits.
  if (day < earliest) return null;
  const [from, to] = [
    Math.max(earliest, day - AROUND_DAYS),
    Math.min(today - 1, day + AROUND_DAYS),
  ];
  const all: number[] = [];
  const sameWeekday: number[] = [];
  for (let other = from; other <= to; other++) {
    if (other === day) continue;
    const count = published.get(other) ?? 0;
    all.push(count);
    if ((other - day) % 7 === 0) sameWeekday.push(count);
  }
  if (all.length < ENOUGH_DAYS) return null;
  return sameWeekday.length >= ENOUGH_WEEKDAYS ? sameWeekday : all;
}

function addDraft(totals: Draft, draft: Draft): void {
  for (const key of Object.keys(totals) as (keyof Draft)[]) {
    const value = draft[key];
    const total = totals[key];
    if (typeof value === "number") (totals[key] as number) += value;
    else {
      for (const [name, count] of Object.entries(value)) {
        (total as Record<string, number>)[name] =
          ((total as Record<string, number>)[name] ?? 0) + count;
      }
    }
  }
}

function add(counts: Map<number, number>, key: number, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
