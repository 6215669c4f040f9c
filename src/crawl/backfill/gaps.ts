/**
 * What the archive still lacks, as far as its own articles tell: months without any, and stretches of
 * days without any that are long for this site. Pure.
 */
import { utcToLocal } from "../../text/index.ts";
import type { Window } from "./options.ts";
import { daysOf, nameOf } from "./window.ts";

/** A gap is silence of at least three days (a weekend and a holiday make two) … */
const SHORTEST_GAP_DAYS = 3;
/** … and of three times what is usual between two of the site's articles: a weekly has no gaps of six. */
const UNUSUAL_FACTOR = 3;

export interface Gap {
  /** First and last day without an article, `YYYY-MM-DD`, in the site's zone. */
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

export interface Gaps {
  readonly months: readonly {
    readonly month: string;
    readonly articles: number;
    /** Days of the month (within the window) without an article. */
    readonly emptyDays: number;
  }[];
  readonly emptyMonths: readonly string[];
  /** Longest first. */
  readonly gaps: readonly Gap[];
}

/** @param dates - publication times of the site's articles, in any order */
export function gapsOf(dates: Iterable<number>, window: Window, timeZone: string): Gaps {
  const perDay = new Map<string, number>();
  for (const at of dates) {
    if (at < window.from || at >= window.to) continue;
    const day = nameOf(utcToLocal(at, timeZone));
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  }
  const months = new Map<string, { articles: number; emptyDays: number }>();
  const gaps: Gap[] = [];
  let silent: string[] = [];
  const closeGap = (): void => {
    const [from, to] = [silent[0], silent.at(-1)];
    if (from !== undefined && to !== undefined) gaps.push({ from, to, days: silent.length });
    silent = [];
  };
  for (const date of daysOf(window, timeZone)) {
    const day = nameOf(date);
    const articles = perDay.get(day) ?? 0;
    const month = months.get(day.slice(0, 7)) ?? { articles: 0, emptyDays: 0 };
    months.set(day.slice(0, 7), month);
    month.articles += articles;
    if (articles === 0) {
      month.emptyDays++;
      silent.push(day);
    } else closeGap();
  }
  closeGap();
  const least = Math.max(SHORTEST_GAP_DAYS, UNUSUAL_FACTOR * usualSilence(gaps, perDay.size));
  return {
    months: [...months].map(([month, counts]) => ({ month, ...counts })),
    emptyMonths: [...months].flatMap(([month, { articles }]) => (articles === 0 ? [month] : [])),
    gaps: gaps.filter(({ days }) => days >= least).sort((a, b) => b.days - a.days),
  };
}

/** Median of silent days between two days with articles; a pair of neighbours has none. */
function usualSilence(gaps: readonly Gap[], busyDays: number): number {
  const between = Math.max(busyDays - 1, 0);
  const neighbours = Math.max(between - gaps.length, 0);
  const silences = [...Array<number>(neighbours).fill(0), ...gaps.map(({ days }) => days)];
  silences.sort((a, b) => a - b);
  return between === 0 ? 0 : (silences[Math.floor((silences.length - 1) / 2)] ?? 0);
}
