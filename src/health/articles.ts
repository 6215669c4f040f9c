/**
 * Articles per day against the source's own floor. Days are 24 hours counted back from the last visit,
 * so that no day is judged before it is over; a weekday is held to the same weekdays.
 */
import type { Alarm } from "./alarm.ts";
import { isLow, median } from "./usual.ts";

export const DAY_MS = 24 * 60 * 60_000;
const WEEK = 7;
/** From as many of the same weekday on, the weekday has habits of its own. */
const ENOUGH_WEEKDAYS = 4;
/** As many stretches as long as the one in question say what is usual for it. */
const ENOUGH_STRETCHES = 3;

/**
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
  const past = counts.slice(days);
  let quiet = 0;
  while (quiet < days && isLow(counts[quiet] ?? 0, pastOf(past, quiet, days))) quiet++;
  if (quiet > 0) {
    const usual = median(past);
    const found = sum(counts.slice(0, quiet));
    return {
      kind: "articles",
      what: null,
      now: `${found} in ${quiet === 1 ? "1 day" : `${quiet} days`}`,
      usual: `${short(usual)} a day`,
      since: anchor - quiet * DAY_MS,
    };
  }
  const stretches: number[] = [];
  for (let from = days; from + days <= counts.length; from += days) {
    stretches.push(sum(counts.slice(from, from + days)));
  }
  const total = sum(counts.slice(0, days));
  if (stretches.length < ENOUGH_STRETCHES || !isLow(total, stretches)) return null;
  return {
    kind: "articles",
    what: null,
    now: `${total} in ${days} days`,
    usual: `${short(median(stretches))} in ${days} days`,
    since: anchor - days * DAY_MS,
  };
}

/** The past days one day is compared with: the same weekdays, when there are enough. */
function pastOf(past: readonly number[], day: number, offset: number): readonly number[] {
  const sameDay = past.filter((_, index) => (index + offset - day) % WEEK === 0);
  return sameDay.length >= ENOUGH_WEEKDAYS ? sameDay : past;
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

export function short(value: number): string {
  return value >= 10 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(1);
}
