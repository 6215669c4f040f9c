/**
 * How many articles there are, against the source's own floor. Days are 24 hours counted back from the
 * last visit, so that no day is judged before it is over; a stretch of days is held to stretches on the
 * same weekdays.
 */
import type { Alarm } from "./alarm.ts";
import { isLow, median, poissonAtMost } from "./usual.ts";

export const DAY_MS = 24 * 60 * 60_000;
const WEEK = 7;
/** From as many stretches on the same weekdays on, those weekdays have habits of their own. */
const ENOUGH_WEEKS = 4;
/** As many stretches in all, overlapping, say what is usual. */
const ENOUGH_STRETCHES = 7;

/**
 * Looks at the last day, the last two … the last `days`, and reports the stretch chance explains least.
 *
 * @param articlesAt - dates of articles, any order
 * @param anchor - the last visit
 * @param days - how many days before it are in question
 * @param pastDays - how many before those are known
 */
export function judgeArticles(
  articlesAt: readonly number[],
  { anchor, days, pastDays }: { anchor: number; days: number; pastDays: number },
): Alarm | null {
  const counts = countsByDay(articlesAt, anchor, days + pastDays);
  let worst: { length: number; total: number; usual: number } | null = null;
  let leastChance = 1;
  for (let length = 1; length <= days; length++) {
    const total = sum(counts.slice(0, length));
    const { all, sameWeekdays } = pastOf(counts, length, days);
    if (all.length < ENOUGH_STRETCHES) continue;
    const past = sameWeekdays.length >= ENOUGH_WEEKS ? sameWeekdays : all;
    const usual = median(past);
    const chance = poissonAtMost(total, usual);
    // A few weeks know few bad days: what every stretch has seen counts as well.
    if (!isLow(total, past) || !isLow(total, all) || chance >= leastChance) continue;
    worst = { length, total, usual };
    leastChance = chance;
  }
  if (worst === null) return null;
  const span = worst.length === 1 ? "1 day" : `${worst.length} days`;
  return {
    kind: "articles",
    what: null,
    now: `${worst.total} in ${span}`,
    usual: `${short(worst.usual)} in ${span}`,
    since: anchor - worst.length * DAY_MS,
  };
}

/** Totals of the past's stretches of this length: all of them, and those whole weeks back. */
function pastOf(
  counts: readonly number[],
  length: number,
  days: number,
): { readonly all: readonly number[]; readonly sameWeekdays: readonly number[] } {
  const starts = Array.from(
    { length: Math.max(0, counts.length - length - days + 1) },
    (_, index) => index + days,
  );
  const all = starts.map((start) => sum(counts.slice(start, start + length)));
  return { all, sameWeekdays: all.filter((_, index) => (index + days) % WEEK === 0) };
}

/** Index 0 is the newest day. Dates after the anchor (a page's mistake, or the zone's) count to it. */
function countsByDay(articlesAt: readonly number[], anchor: number, days: number): number[] {
  const counts = new Array<number>(days).fill(0);
  for (const at of articlesAt) {
    const day = Math.max(0, Math.ceil((anchor - at) / DAY_MS) - 1);
    if (day < days) counts[day] = (counts[day] ?? 0) + 1;
  }
  return counts;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function short(value: number): string {
  return value >= 10 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(1);
}
