/**
 * Dates whose month is a word: `4 الطير/أبريل 2019`, `October 7, 2020`, `2020. október 7.`, `16 شعبان 1440`.
 *
 * Works outwards from the month's name. Names that are also ordinary words need a day number beside them.
 */
import { isRealDate } from "./calendar.ts";
import { absoluteDay, type Candidate, type ReadContext, SURE } from "./candidate.ts";
import type { Item } from "./lex.ts";
import { dayLeft, dayRight, MARKS_RIGHT, skipRight } from "./near.ts";
import { readOtherCalendar } from "./other-calendar.ts";
import {
  endOfEra,
  type YearAt,
  yearAfter,
  yearAfterClock,
  yearBefore,
  yearFarLeft,
} from "./year.ts";

/** The date around the month's name at `index`, or null when there is no day beside it. */
export function readNamed(
  items: readonly Item[],
  index: number,
  context: ReadContext,
): Candidate | null {
  const item = items[index] as Item;
  const { months, hijriMonth, jalaliMonth } = item.means;
  if (hijriMonth !== undefined) {
    return readOtherCalendar(items, index, hijriMonth, "hijri");
  }
  if (jalaliMonth !== undefined) {
    const found = readOtherCalendar(items, index, jalaliMonth, "jalali");
    if (found !== null || months === undefined) {
      return found;
    }
  }
  return months === undefined ? null : readGregorian(items, index, months, context);
}

const PAIR_OPENERS = new Set(["/", "(", "-", "\\", "|"]);

function readGregorian(
  items: readonly Item[],
  index: number,
  months: readonly number[],
  context: ReadContext,
): Candidate | null {
  const item = items[index] as Item;
  if (isSecondOfPair(items, index, months)) {
    return null;
  }
  const lastOfName = endOfPair(items, index, months);
  const isPair = lastOfName > index;
  const left = dayLeft(items, index);
  const yearLeft = left === null ? yearBefore(items, index) : null;
  const month = months[0] as number;

  if (left !== null) {
    const year =
      yearAfter(items, lastOfName, item, context) ??
      yearFarLeft(items, left.index) ??
      yearAfterClock(items, lastOfName);
    if (year !== null || !isDayThenYear(items, lastOfName)) {
      const first = year !== null && year.last < left.index ? year.last : left.index;
      return finish(items, {
        first,
        last: Math.max(lastOfName, year?.last ?? -1),
        day: left.value,
        months,
        year,
        context,
        isShort: isShortName(item) && !isPair,
        needsYear: item.means.needsYear === true,
      });
    }
  }
  if (item.means.isLibyanMonth === true && months.length === 1 && !isPair && isArabicOnly(item)) {
    return null;
  }
  const right = dayRight(items, lastOfName);
  if (right === null) {
    return null;
  }
  const year =
    yearLeft ?? yearAfter(items, right.index, item, context) ?? yearAfterClock(items, right.index);
  if (year === null && !isRealDate(2020, month, right.value)) {
    return null;
  }
  return finish(items, {
    first: year !== null && year.last < index ? year.last : index,
    last: Math.max(right.index, year?.last ?? -1),
    day: right.value,
    months,
    year,
    context,
    isShort: isShortName(item) && !isPair,
    needsYear: item.means.needsYear === true,
  });
}

interface Parts {
  readonly first: number;
  readonly last: number;
  readonly day: number;
  readonly months: readonly number[];
  readonly year: YearAt | null;
  readonly context: ReadContext;
  readonly isShort: boolean;
  readonly needsYear: boolean;
}

function finish(items: readonly Item[], parts: Parts): Candidate | null {
  const { day, months } = parts;
  if (parts.year === null) {
    return withoutYear(items, parts);
  }
  const { value, isTwoDigit, doubt } = parts.year;
  const readings = months
    .map((month) => ({ year: value, month, day }))
    .filter((date) => isRealDate(date.year, date.month, date.day));
  const [date, ...others] = readings;
  if (date === undefined) {
    return null;
  }
  const doubts = doubt === null ? [] : [doubt];
  const isSure = !isTwoDigit && others.length === 0;
  return {
    ...absoluteDay(parts.first, endOfEra(items, parts.last), date),
    others,
    confidence: isSure ? SURE.named : SURE.twoDigitYear,
    doubts: others.length > 0 ? [...doubts, "month name means different months"] : doubts,
    clock: parts.year.clock ?? null,
  };
}

/** Day and month only: the latest such day not after now, unless the text says last, this or next. */
function withoutYear(items: readonly Item[], parts: Parts): Candidate | null {
  const { context, day } = parts;
  if (parts.needsYear) {
    return null;
  }
  const month = parts.months[0] as number;
  const said = turnAfter(items, parts.last);
  const turn = said?.turn;
  const { today } = context;
  const isPast = month < today.month || (month === today.month && day <= today.day);
  let year = isPast ? today.year : today.year - 1;
  if (turn === 0) {
    year = today.year;
  } else if (turn === 1) {
    year = isPast ? today.year + 1 : today.year;
  }
  if (said?.isOfYear === true) {
    year = today.year + said.turn;
  }
  // 29 February: the latest leap year.
  for (let tries = 0; tries < 8 && !isRealDate(year, month, day); tries++) {
    year--;
  }
  if (!isRealDate(year, month, day)) {
    return null;
  }
  const isSaid = said !== null;
  const yearless = parts.isShort ? SURE.yearlessAbbreviation : SURE.yearless;
  return {
    ...absoluteDay(parts.first, said?.last ?? parts.last, { year, month, day }),
    kind: isSaid ? "relative" : "absolute",
    confidence: isSaid ? SURE.yearFromNow : yearless,
    doubts: isSaid ? [] : [`no year in the text; ${year} is the latest that fits`],
  };
}

/** `الماضي` right after the month, or `من العام الماضي`. */
function turnAfter(
  items: readonly Item[],
  last: number,
): { readonly last: number; readonly turn: -1 | 0 | 1; readonly isOfYear: boolean } | null {
  const next = items[last + 1];
  if (next?.means.turn !== undefined) {
    return { last: last + 1, turn: next.means.turn, isOfYear: false };
  }
  const unitAt =
    next?.means.isConnector === true && next.means.unit !== "year" ? last + 2 : last + 1;
  const turn = items[unitAt + 1]?.means.turn;
  return items[unitAt]?.means.unit === "year" && turn !== undefined
    ? { last: unitAt + 1, turn, isOfYear: true }
    : null;
}

/** Is this the second name of `نيسان/أبريل` or `الطير أبريل` (the first one has read both)? */
function isSecondOfPair(items: readonly Item[], index: number, months: readonly number[]): boolean {
  const isOpened = PAIR_OPENERS.has(items[index - 1]?.mark ?? "");
  return sharesMonth(items[index - (isOpened ? 2 : 1)], months);
}

function endOfPair(items: readonly Item[], index: number, months: readonly number[]): number {
  const isOpened = PAIR_OPENERS.has(items[index + 1]?.mark ?? "");
  const second = index + (isOpened ? 2 : 1);
  if (!sharesMonth(items[second], months)) {
    return index;
  }
  return items[second + 1]?.mark === ")" ? second + 1 : second;
}

function sharesMonth(item: Item | undefined, months: readonly number[]): boolean {
  return item?.means.months?.some((month) => months.includes(month)) === true;
}

function isShortName(item: Item): boolean {
  return item.end - item.start <= 3 || item.means.isCommonWord === true;
}

/** True when the name is Libyan only (`الربيع`), not one that Egypt writes too. */
function isArabicOnly(item: Item): boolean {
  return item.means.isCommonWord === true;
}

/** Does `7, 2020` follow the name? Then a number before it is not the day. */
function isDayThenYear(items: readonly Item[], last: number): boolean {
  const day = dayRight(items, last);
  return day !== null && items[skipRight(items, day.index, MARKS_RIGHT)]?.digits === 4;
}
