/**
 * Dates whose month is a word: `4 الطير/أبريل 2019`, `October 7, 2020`, `2020. október 7.`, `16 شعبان 1440`.
 *
 * Works outwards from the month's name. Names that are also ordinary words need a day number beside them.
 */
import { type CivilDate, fromHijri, fromJalali, isRealDate } from "./calendar.ts";
import { type Candidate, type ReadContext, SURE } from "./candidate.ts";
import { type Clock, readClockAfter } from "./clock.ts";
import type { Item } from "./lex.ts";
import { type Era, lexicon } from "./lexicon.ts";

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

interface NumberAt {
  readonly index: number;
  readonly value: number;
}

interface YearAt {
  readonly last: number;
  readonly value: number;
  readonly isTwoDigit: boolean;
  readonly doubt: string | null;
  readonly clock?: Clock | null;
}

// Between a day and its month stand at most a dot, an ordinal and a connector: "7th of", "1er de".
const MOST_BETWEEN = 3;
const MARKS_LEFT = new Set([".", "-", "/", "–", "'", "’", "‎"]);
const MARKS_RIGHT = new Set([".", ",", "،", "-", "/", "–", "'", "’", "‘", "(", ")", "؛"]);
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
  const last = endOfEra(items, parts.last);
  return {
    first: parts.first,
    last,
    kind: "absolute",
    date,
    others,
    precision: "day",
    confidence: isTwoDigit ? SURE.twoDigitYear : others.length > 0 ? SURE.twoDigitYear : SURE.named,
    doubts: others.length > 0 ? [...doubts, "month name means different months"] : doubts,
    at: null,
    isHijri: false,
    clock: parts.year.clock ?? null,
    takesTime: true,
  };
}

/** Day and month only: the latest such day not after now, unless the text says last, this or next. */
function withoutYear(items: readonly Item[], parts: Parts): Candidate | null {
  const { context, day } = parts;
  if (parts.needsYear) {
    return null;
  }
  const month = parts.months[0] as number;
  const turn = items[parts.last + 1]?.means.turn;
  const { today } = context;
  const isPast = month < today.month || (month === today.month && day <= today.day);
  let year = isPast ? today.year : today.year - 1;
  if (turn === 0) {
    year = today.year;
  } else if (turn === 1) {
    year = isPast ? today.year + 1 : today.year;
  }
  // 29 February: the latest leap year.
  for (let tries = 0; tries < 8 && !isRealDate(year, month, day); tries++) {
    year--;
  }
  if (!isRealDate(year, month, day)) {
    return null;
  }
  const isSaid = turn !== undefined;
  const yearless = parts.isShort ? SURE.yearlessAbbreviation : SURE.yearless;
  return {
    first: parts.first,
    last: parts.last + (isSaid ? 1 : 0),
    kind: isSaid ? "relative" : "absolute",
    date: { year, month, day },
    others: [],
    precision: "day",
    confidence: isSaid ? SURE.yearFromNow : yearless,
    doubts: isSaid ? [] : [`no year in the text; ${year} is the latest that fits`],
    at: null,
    isHijri: false,
    clock: null,
    takesTime: true,
  };
}

function readOtherCalendar(
  items: readonly Item[],
  index: number,
  month: number,
  calendar: "hijri" | "jalali",
): Candidate | null {
  const left = dayLeft(items, index);
  const right = left === null ? dayRight(items, index) : null;
  const day = left ?? right;
  if (day === null) {
    return null;
  }
  const after = skipRight(items, Math.max(index, day.index), new Set([",", "،"]));
  const year = items[after];
  if (year === undefined || year.digits !== 4 || year.number < 1200 || year.number > 1550) {
    return null;
  }
  const convert = calendar === "hijri" ? fromHijri : fromJalali;
  const date = convert(year.number, month, day.value);
  if (date === null) {
    return null;
  }
  const isHijri = calendar === "hijri";
  return {
    first: Math.min(index, day.index),
    last: endOfEra(items, after),
    kind: "absolute",
    date,
    others: [],
    precision: "day",
    confidence: isHijri ? SURE.otherCalendar : SURE.named,
    doubts: isHijri ? ["Hijri date: the day is good to one day either way"] : [],
    at: null,
    isHijri,
    clock: null,
    takesTime: true,
  };
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

/** The day number before the name, over ordinals, dots and "of". */
function dayLeft(items: readonly Item[], index: number): NumberAt | null {
  let at = index - 1;
  for (let skipped = 0; skipped < MOST_BETWEEN; skipped++, at--) {
    const item = items[at];
    if (item === undefined || item.number >= 0) {
      break;
    }
    if (!(MARKS_LEFT.has(item.mark) || isLink(item))) {
      return null;
    }
  }
  return dayAt(items, at) && !isPartOfTime(items, at)
    ? { index: at, value: (items[at] as Item).number }
    : null;
}

function dayRight(items: readonly Item[], last: number): NumberAt | null {
  const at = skipRight(items, last, MARKS_RIGHT);
  if (!dayAt(items, at)) {
    return null;
  }
  const next = items[at + 1];
  return next?.mark === ":" && next.isSpaced === false
    ? null
    : { index: at, value: (items[at] as Item).number };
}

/** The first item after `last` that is neither an allowed mark nor a small word of dates. */
function skipRight(items: readonly Item[], last: number, marks: ReadonlySet<string>): number {
  let at = last + 1;
  for (let skipped = 0; skipped < MOST_BETWEEN; skipped++, at++) {
    const item = items[at];
    if (item === undefined || item.number >= 0 || !(marks.has(item.mark) || isLink(item))) {
      break;
    }
  }
  return at;
}

function isLink(item: Item): boolean {
  return item.means.isConnector === true || item.means.isOrdinal === true;
}

function dayAt(items: readonly Item[], index: number): boolean {
  const item = items[index];
  return (
    item !== undefined &&
    item.digits > 0 &&
    item.digits <= 2 &&
    item.number >= 1 &&
    item.number <= 31
  );
}

/** 30 in "10:30 October 7" is a minute. */
function isPartOfTime(items: readonly Item[], index: number): boolean {
  return items[index - 1]?.mark === ":" && items[index]?.isSpaced === false;
}

/** Does `7, 2020` follow the name? Then a number before it is not the day. */
function isDayThenYear(items: readonly Item[], last: number): boolean {
  const day = dayRight(items, last);
  return day !== null && items[skipRight(items, day.index, MARKS_RIGHT)]?.digits === 4;
}

/** The year before the name: `2020. október 7.`, `2020 oktober 7`. */
function yearBefore(items: readonly Item[], index: number): YearAt | null {
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
function yearFarLeft(items: readonly Item[], dayIndex: number): YearAt | null {
  const isLinked =
    items[dayIndex - 1]?.means.isConnector === true || items[dayIndex - 1]?.mark === ".";
  return isLinked ? yearBefore(items, dayIndex) : null;
}

/** The year after the time: `Oct 7 15:30:00 UTC 2020`. */
function yearAfterClock(items: readonly Item[], last: number): YearAt | null {
  const clock = readClockAfter(items, last);
  const year = clock === null ? null : plainYear(items[clock.last + 1], clock.last + 1);
  return year === null ? null : { ...year, clock };
}

function plainYear(item: Item | undefined, at: number): YearAt | null {
  return item !== undefined && item.digits === 4 && item.number >= 1800 && item.number < 2200
    ? { last: at, value: item.number, isTwoDigit: false, doubt: null }
    : null;
}

/** The year after a name or day: 4 digits, or 2 that cannot be the start of a time. */
function yearAfter(
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

/** Two digits mean the last hundred years, one to come included. */
export function fullYear(twoDigits: number, thisYear: number): number {
  const century = thisYear - (thisYear % 100);
  return century + twoDigits > thisYear + 1 ? century - 100 + twoDigits : century + twoDigits;
}

function eraAt(items: readonly Item[], index: number): Era | undefined {
  const at = items[index]?.mark === "(" ? index + 1 : index;
  return items[at]?.means.era;
}

/** `م`, `هـ`, `و.ر` after the year belong to the date; a `م` after a time does not come here. */
function endOfEra(items: readonly Item[], last: number): number {
  return items[last + 1]?.means.era === undefined ? last : last + 1;
}

/** A civil date as text, for messages. */
export function civilText(date: CivilDate): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.year}-${two(date.month)}-${two(date.day)}`;
}
