/**
 * Dates counted from now: `منذ ساعتين`, `3 أيام مضت`, `5 ساعات منذ`, `il y a 2 jours`, `2 hours, 5 minutes ago`, `أول أمس`, `الأسبوع
 * الماضي`, `last Monday`.
 */
import { addDays, type CivilDate, isRealDate, weekdayOf } from "./calendar.ts";
import { absoluteDay, type Candidate, type ReadContext, SURE } from "./candidate.ts";
import type { Item } from "./lex.ts";
import type { Unit } from "./lexicon.ts";
import { localToUtc, utcToLocal } from "./zone.ts";

/** The relative date whose decisive word is the item at `index`, or null. */
export function readRelative(
  items: readonly Item[],
  index: number,
  context: ReadContext,
): Candidate | null {
  const { means } = items[index] as Item;
  if (means.isNow === true) {
    return instant(index, index, context.now, "minute", SURE.relative, context);
  }
  if (means.relativeDay !== undefined) {
    const date = addDays(context.today, means.relativeDay);
    return day(index, index, date, SURE.relativeDay, []);
  }
  if (means.unit !== undefined) {
    return readTurn(items, index, context) ?? readAgo(items, index, context);
  }
  return means.weekdays === undefined ? null : readWeekday(items, index, context);
}

const MINUTE_MS = 60_000;
const UNIT_MS: Readonly<Partial<Record<Unit, number>>> = {
  second: 1_000,
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
};
// "منذ حوالي 3 ساعات": at most this many small words between منذ and the count.
const MOST_BETWEEN = 1;
// "1 year, 2 months and 3 days ago"
const MOST_UNITS = 4;
// Larger counts are not of dates.
const MOST_COUNT = 1_000;

interface Span {
  count: number;
  unit: Unit;
}

function readAgo(items: readonly Item[], index: number, context: ReadContext): Candidate | null {
  const counted = countBefore(items, index);
  let first = counted?.first ?? index;
  let last = index;
  const means = (items[index] as Item).means;
  const spans: Span[] = [];
  let count = counted?.count ?? means.unitCount ?? null;
  const numberAfter = items[index + 1]?.means.number;
  if (count === null && numberAfter !== undefined && items[index + 1]?.means.isAgoAfter !== true) {
    count = numberAfter;
    last++;
  }
  const isBare = count === null;
  spans.push({ count: count ?? 1, unit: means.unit as Unit });
  while (spans.length < MOST_UNITS) {
    const next = nextSpan(items, last + 1);
    if (next === null) {
      break;
    }
    spans.push(next.span);
    last = next.last;
  }
  let isAgo = false;
  if (items[last + 1]?.means.isAgoAfter === true) {
    isAgo = true;
    last++;
  } else {
    for (let back = 1; back <= 1 + MOST_BETWEEN && !isAgo; back++) {
      const before = items[first - back];
      if (before?.means.isAgoBefore === true) {
        isAgo = true;
        first -= back;
      } else if (before === undefined || !before.isWord) {
        break;
      }
    }
    // "قبل الساعة", "for day": without a count the word before must be the plainest of all.
    isAgo &&= !isBare || items[first + 1] === items[index];
  }
  return isAgo ? goBack(first, last, spans, context) : null;
}

/** The count before a unit: digits or a number's word. */
function countBefore(
  items: readonly Item[],
  index: number,
): { readonly first: number; readonly count: number } | null {
  const before = items[index - 1];
  if (before === undefined || items[index]?.means.unitCount !== undefined) {
    return null;
  }
  if (before.number >= 0) {
    return before.number <= MOST_COUNT ? { first: index - 1, count: before.number } : null;
  }
  return before.means.number === undefined
    ? null
    : { first: index - 1, count: before.means.number };
}

/** `, 5 minutes`, `و 20 دقيقة` after a first count. */
function nextSpan(
  items: readonly Item[],
  index: number,
): { readonly span: Span; readonly last: number } | null {
  let at = index;
  const linker = items[at];
  if (
    linker !== undefined &&
    (linker.mark === "," ||
      linker.mark === "،" ||
      (linker.isWord &&
        linker.end - linker.start <= 3 &&
        linker.means.unit === undefined &&
        linker.means.isAgoAfter !== true))
  ) {
    at++;
  }
  const number = items[at];
  const unit = items[at + 1]?.means.unit;
  return number !== undefined &&
    number.number >= 0 &&
    number.number <= MOST_COUNT &&
    unit !== undefined
    ? { span: { count: number.number, unit }, last: at + 1 }
    : null;
}

function goBack(
  first: number,
  last: number,
  spans: readonly Span[],
  context: ReadContext,
): Candidate {
  let date = context.today;
  let ms = 0;
  let finest: Unit = "year";
  for (const { count, unit } of spans) {
    if (ORDER.indexOf(unit) < ORDER.indexOf(finest)) {
      finest = unit;
    }
    const unitMs = UNIT_MS[unit];
    if (unitMs !== undefined) {
      ms += count * unitMs;
    } else if (unit === "day" || unit === "week") {
      date = addDays(date, -count * (unit === "week" ? 7 : 1));
    } else {
      date = monthsBack(date, count * (unit === "year" ? 12 : 1));
    }
  }
  if (UNIT_MS[finest] === undefined) {
    return startOf(finest, day(first, last, date, SURE.relative, []));
  }
  const days =
    Date.UTC(context.today.year, context.today.month - 1, context.today.day) -
    Date.UTC(date.year, date.month - 1, date.day);
  const precision = finest === "hour" ? "hour" : "minute";
  return instant(first, last, context.now - ms - days, precision, SURE.relative, context);
}

const ORDER: readonly Unit[] = ["second", "minute", "hour", "day", "week", "month", "year"];

/** `الأسبوع الماضي`, `last month`. */
function readTurn(items: readonly Item[], index: number, context: ReadContext): Candidate | null {
  const unit = items[index]?.means.unit;
  const after = items[index + 1]?.means.turn;
  const before = items[index - 1]?.means.turn;
  const turn = after ?? before;
  if (turn === undefined || unit === undefined || UNIT_MS[unit] !== undefined || unit === "day") {
    return null;
  }
  const first = after === undefined ? index - 1 : index;
  const last = after === undefined ? index : index + 1;
  const doubts = ["counted from now, in weeks or more"];
  if (unit === "week") {
    return day(first, last, addDays(context.today, 7 * turn), SURE.vagueSpan, doubts);
  }
  const date = monthsBack(context.today, -turn * (unit === "year" ? 12 : 1));
  const dayOfMonth = unit === "month" ? dayBefore(items, first) : null;
  if (dayOfMonth !== null && isRealDate(date.year, date.month, dayOfMonth.day)) {
    const named = { ...date, day: dayOfMonth.day };
    return day(dayOfMonth.first, last, named, SURE.yearFromNow, []);
  }
  return startOf(unit, day(first, last, date, SURE.vagueSpan, doubts));
}

/** The 16 of `16 من الشهر الجاري`. */
function dayBefore(
  items: readonly Item[],
  first: number,
): { readonly first: number; readonly day: number } | null {
  const at = items[first - 1]?.means.isConnector === true ? first - 2 : first - 1;
  const item = items[at];
  return item !== undefined && item.number >= 1 && item.number <= 31
    ? { first: at, day: item.number }
    : null;
}

/** A date known to the month or year only begins with it. */
function startOf(unit: Unit, candidate: Candidate): Candidate {
  const { year, month } = candidate.date;
  if (unit === "month") {
    return { ...candidate, date: { year, month, day: 1 }, precision: "month", takesTime: false };
  }
  return unit === "year"
    ? { ...candidate, date: { year, month: 1, day: 1 }, precision: "year", takesTime: false }
    : candidate;
}

/** `الاثنين الماضي`, `last Monday`; a weekday alone names no day. */
function readWeekday(
  items: readonly Item[],
  index: number,
  context: ReadContext,
): Candidate | null {
  const item = items[index] as Item;
  const weekday = item.means.weekdays?.[0];
  if (weekday === undefined || item.end - item.start < 4) {
    return null;
  }
  const after = items[index + 1]?.means.turn;
  const before = items[index - 1]?.means.turn;
  if ((after ?? before) !== -1) {
    return null;
  }
  const back = (weekdayOf(context.today) - weekday + 7) % 7 || 7;
  return day(
    after === undefined ? index - 1 : index,
    after === undefined ? index : index + 1,
    addDays(context.today, -back),
    SURE.relativeDay,
    [],
  );
}

function monthsBack(date: CivilDate, months: number): CivilDate {
  const index = date.year * 12 + date.month - 1 - months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, day: Math.min(date.day, lastDay) };
}

function day(
  first: number,
  last: number,
  date: CivilDate,
  confidence: number,
  doubts: readonly string[],
): Candidate {
  return { ...absoluteDay(first, last, date), kind: "relative", confidence, doubts };
}

/** An instant no finer than `precision`: the start of that hour or minute on the zone's clocks. */
function instant(
  first: number,
  last: number,
  at: number,
  precision: "hour" | "minute",
  confidence: number,
  context: ReadContext,
): Candidate {
  const local = utcToLocal(at, context.timeZone);
  const { year, month, hour, minute } = local;
  const start = localToUtc(
    { year, month, day: local.day, hour, minute: precision === "hour" ? 0 : minute },
    context.timeZone,
  );
  return {
    ...day(first, last, { year, month, day: local.day }, confidence, []),
    precision,
    at: start,
    takesTime: false,
  };
}
