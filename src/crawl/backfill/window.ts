/**
 * Whether a page belongs to the stretch of time asked for, by what its source said of it. Pure. In
 * doubt a page belongs: a request too many is cheaper than an article lost.
 */
import type { PageRef } from "../../model.ts";
import { dateFromUrl, localToUtc, utcToLocal } from "../../text/index.ts";
import type { Window } from "./options.ts";

const DAY_MS = 24 * 60 * 60_000;

/** Addresses and sources print local days, some of them in UTC: a day to either side is forgiven. */
const SLACK_MS = DAY_MS;

/** A page whose date is known well, or null. A day or month in the address counts as known. */
export function publishedIn(page: PageRef, window: Window, timeZone: string): boolean | null {
  if (page.publishedAt !== null) return overlaps(window, page.publishedAt, page.publishedAt + 1);
  const dated = dateFromUrl(page.url, timeZone);
  if (dated === null) return null;
  const lengthMs = dated.precision === "day" ? DAY_MS : 31 * DAY_MS;
  return overlaps(window, dated.at, dated.at + lengthMs);
}

/** A page last changed before the window began was published before it, too. */
export function mayBelong(page: PageRef, window: Window, timeZone: string): boolean {
  const known = publishedIn(page, window, timeZone);
  if (known !== null) return known;
  return page.lastModifiedAt === null || page.lastModifiedAt >= window.from - SLACK_MS;
}

/** The window as the sources see it: a day wider at both ends. */
export function widened({ from, to }: Window): Window {
  return { from: from - SLACK_MS, to: to + SLACK_MS };
}

export function overlaps(window: Window, from: number, to: number): boolean {
  return from < window.to && to > window.from;
}

export interface Month {
  readonly year: number;
  readonly month: number;
}

/** The calendar months a window touches, in order, in the site's zone. */
export function monthsOf({ from, to }: Window, timeZone: string): Month[] {
  const months: Month[] = [];
  let { year, month } = utcToLocal(from, timeZone);
  while (localToUtc({ year, month, day: 1 }, timeZone) < to) {
    months.push({ year, month });
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return months;
}

/** The calendar days a window touches, in order, in the site's zone. */
export function daysOf(
  { from, to }: Window,
  timeZone: string,
): (Month & { readonly day: number })[] {
  const days: (Month & { readonly day: number })[] = [];
  const first = utcToLocal(from, timeZone);
  // Noon of each day: a clock that is put forward never makes a day appear twice.
  const noon = Date.UTC(first.year, first.month - 1, first.day, 12);
  for (let at = noon; ; at += DAY_MS) {
    const date = new Date(at);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    if (localToUtc({ year, month, day }, timeZone) >= to) return days;
    days.push({ year, month, day });
  }
}

/** `2019-03`, `2019-03-07`. */
export function nameOf({ year, month, day }: Month & { readonly day?: number }): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}${day === undefined ? "" : `-${two(day)}`}`;
}
