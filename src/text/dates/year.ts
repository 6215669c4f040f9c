/** Finds the year that belongs to a day and month, on whichever side it stands, and what era it counts in. */
import type { ReadContext } from "./candidate.ts";
import { type Clock, readClockAfter } from "./clock.ts";
import type { Item } from "./lex.ts";
import { type Era, lexicon } from "./lexicon.ts";
import { isLink, MARKS_LEFT, MARKS_RIGHT, MOST_BETWEEN, skipRight } from "./near.ts";

export interface YearAt {
  readonly last: number;
  readonly value: number;
  readonly isTwoDigit: boolean;
  readonly doubt: string | null;
  /** The time that stands between day and year: `Oct 7 15:30:00 2020`. */
  readonly clock?: Clock | null;
}

/** The year after a name or day: 4 digits, or 2 that cannot be the start of a time. */
export function yearAfter(
  items: readonly Item[],
  last: number,
  name: Item,
  context: ReadContext,
): YearAt | null {
  const at = skipRight(items, last, MARKS_RIGHT);
  const item = items[at];
  if (item === undefined || item.number < 0) {
    return null;
  }
  const { libyanYears } = lexicon();
  const isLibyanYear = item.number >= libyanYears.first && item.number <= libyanYears.last;
  const era = eraAt(items, at + 1);
  if (
    item.digits === 4 &&
    isLibyanYear &&
    (era === "libyan" || name.means.isLibyanMonth === true)
  ) {
    const value = item.number + libyanYears.add;
    const doubt = era === "libyan" ? null : `year ${item.number} read as و.ر`;
    return { last: at, value, isTwoDigit: false, doubt };
  }
  if (item.digits === 4 && name.means.isThaiMonth === true && item.number > 2400) {
    return { last: at, value: item.number - 543, isTwoDigit: false, doubt: null };
  }
  const plain = plainYear(item, at);
  if (plain !== null) {
    return plain;
  }
  const next = items[at + 1];
  const startsTime =
    next !== undefined &&
    (next.mark === ":" ||
      next.means.isHourUnit === true ||
      (next.mark === "." && (items[at + 2]?.digits ?? 0) > 0));
  if (item.digits !== 2 || startsTime || next?.means.meridiem !== undefined) {
    return null;
  }
  const mark = items[at - 1]?.mark ?? "";
  if (mark === "," || mark === "،" || mark === "(" || mark === ")") {
    return null;
  }
  return {
    last: at,
    value: fullYear(item.number, context.today.year),
    isTwoDigit: true,
    doubt: "the year has two digits",
  };
}

/** The year before the name: `2020. október 7.`, `2020 oktober 7`. */
export function yearBefore(items: readonly Item[], index: number): YearAt | null {
  let at = index - 1;
  for (let skipped = 0; skipped < MOST_BETWEEN; skipped++, at--) {
    const item = items[at];
    if (item === undefined || item.number >= 0) {
      break;
    }
    if (!(MARKS_LEFT.has(item.mark) || item.mark === "," || isLink(item))) {
      return null;
    }
  }
  return plainYear(items[at], at);
}

/** The year before the day: `2020. gada 7. oktobris`. */
export function yearFarLeft(items: readonly Item[], dayIndex: number): YearAt | null {
  const isLinked =
    items[dayIndex - 1]?.means.isConnector === true || items[dayIndex - 1]?.mark === ".";
  return isLinked ? yearBefore(items, dayIndex) : null;
}

/** The year after the time: `Oct 7 15:30:00 UTC 2020`. */
export function yearAfterClock(items: readonly Item[], last: number): YearAt | null {
  const clock = readClockAfter(items, last);
  const year = clock === null ? null : plainYear(items[clock.last + 1], clock.last + 1);
  return year === null ? null : { ...year, clock };
}

/** Two digits mean the last hundred years, one to come included; without a clock, 1951 to 2050 (as X.509 has it). */
export function fullYear(twoDigits: number, thisYear: number): number {
  const latest = Math.min(thisYear, LATEST_PIVOT) + 1;
  const century = latest - (latest % 100);
  return century + twoDigits > latest ? century - 100 + twoDigits : century + twoDigits;
}

/** `م`, `هـ`, `و.ر` after the year belong to the date; a `م` after a time does not come here. */
export function endOfEra(items: readonly Item[], last: number): number {
  return items[last + 1]?.means.era === undefined ? last : last + 1;
}

const LATEST_PIVOT = 2049;

function plainYear(item: Item | undefined, at: number): YearAt | null {
  return item !== undefined && item.digits === 4 && item.number >= 1800 && item.number < 2200
    ? { last: at, value: item.number, isTwoDigit: false, doubt: null }
    : null;
}

function eraAt(items: readonly Item[], index: number): Era | undefined {
  const at = items[index]?.mark === "(" ? index + 1 : index;
  return items[at]?.means.era;
}
