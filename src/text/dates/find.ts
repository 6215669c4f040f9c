/**
 * Finds the dates of a text: cuts it into items, lets each reader try where its kind can begin, gives each date the time,
 * zone and weekday that stand beside it, weighs it, and drops what overlaps something better.
 *
 * Pure: `now` is a parameter. Linear in the length of the text.
 */
import type { DateOptions, DatePrecision, FoundDate, ParsedDate } from "../date-model.ts";
import { type CivilDate, civilText, weekdayOf } from "./calendar.ts";
import { type Candidate, type ReadContext, SURE } from "./candidate.ts";
import { type Clock, readClockAfter, readClockBefore } from "./clock.ts";
import { type Item, lex } from "./lex.ts";
import { readNamed } from "./named.ts";
import { readNumeric } from "./numeric.ts";
import { readRelative } from "./relative.ts";
import { formatIso, localToUtc, utcToLocal } from "./zone.ts";

/**
 * The date a text most likely means: the first of its surest.
 *
 * @returns null when the text holds no day (a month and year alone are no date of a page)
 */
export function parseDate(text: string, options: DateOptions): ParsedDate | null {
  const found = findDates(text.slice(0, MAX_TEXT_CHARS), options);
  const surest = Math.max(...found.map((date) => date.confidence));
  const chosen = found.find((date) => date.confidence >= surest - NEARLY_AS_SURE);
  if (chosen === undefined) {
    return null;
  }
  const { start: _start, end: _end, ...date } = chosen;
  return date;
}

/** Every date of the text in order, none overlapping another; doubtful ones included. */
export function findDates(text: string, options: DateOptions): FoundDate[] {
  const items = lex(text);
  const now = options.now;
  const context: ReadContext = {
    now,
    today: utcToLocal(now, options.timeZone),
    timeZone: options.timeZone,
    dayFirst: options.dayFirst ?? null,
  };
  const candidates = withoutOverlaps(withoutHijriTwins(collect(text, items, context), items));
  const isProse = items.length > PROSE_ITEMS;
  const found: FoundDate[] = [];
  let floor = 0;
  for (const [index, candidate] of candidates.entries()) {
    const ceiling = candidates[index + 1]?.first ?? items.length;
    const clock =
      candidate.clock ??
      (candidate.takesTime ? clockBeside(items, candidate, floor, ceiling) : null);
    const date = settle(text, items, candidate, clock, context, isProse);
    if (date !== null) {
      found.push(date);
    }
    floor = Math.max(candidate.last, clock?.last ?? 0) + 1;
  }
  return found;
}

// A difference of a weekday or of a time says nothing about which date is the page's; this is less than any other.
const NEARLY_AS_SURE = 0.11;
// A text that says its date later than this is a book.
const MAX_TEXT_CHARS = 20_000;
// Longer than any date line; in prose أمس is a word of the story.
const PROSE_ITEMS = 40;
const PROSE_FACTOR = 0.5;
const DAY_MS = 86_400_000;
// How far apart a Hijri date and its Gregorian twin stand: "16 شعبان 1440 هـ الموافق لـ الأحد 21".
const TWIN_ITEMS = 8;
const WEEKDAY_LEFT = 3;
const WEEKDAY_RIGHT = 3;

function collect(text: string, items: readonly Item[], context: ReadContext): Candidate[] {
  const textOf = (item: Item) => text.slice(item.start, item.end);
  const candidates: Candidate[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Item;
    if (item.number >= 0) {
      keep(candidates, readNumeric(items, index, textOf, context));
      continue;
    }
    const { means } = item;
    if (
      means.months !== undefined ||
      means.hijriMonth !== undefined ||
      means.jalaliMonth !== undefined
    ) {
      keep(candidates, readNamed(items, index, context));
    }
    if (
      means.unit !== undefined ||
      means.relativeDay !== undefined ||
      means.isNow === true ||
      means.weekdays !== undefined
    ) {
      keep(candidates, readRelative(items, index, context));
    }
  }
  return candidates;
}

function keep(candidates: Candidate[], candidate: Candidate | null): void {
  if (candidate !== null) {
    candidates.push(candidate);
  }
}

/** A Hijri date printed beside its Gregorian twin adds nothing but a day of doubt. */
function withoutHijriTwins(candidates: readonly Candidate[], items: readonly Item[]): Candidate[] {
  return candidates.filter((candidate, index) => {
    if (!candidate.isHijri) {
      return true;
    }
    const next = candidates[index + 1];
    const before = candidates[index - 1];
    const isTwin = (other: Candidate | undefined, gap: number) =>
      other !== undefined && !other.isHijri && other.kind === "absolute" && gap <= TWIN_ITEMS;
    return !(
      isTwin(next, (next?.first ?? items.length) - candidate.last) ||
      isTwin(before, candidate.first - (before?.last ?? 0))
    );
  });
}

/** Where two share an item the surer stays, of equals the one that starts earlier. */
function withoutOverlaps(candidates: readonly Candidate[]): Candidate[] {
  const ordered = [...candidates].sort((a, b) => a.first - b.first || b.last - a.last);
  const kept: Candidate[] = [];
  for (const candidate of ordered) {
    const previous = kept.at(-1);
    if (previous === undefined || candidate.first > previous.last) {
      kept.push(candidate);
    } else if (candidate.confidence > previous.confidence) {
      kept.pop();
      kept.push(candidate);
    }
  }
  return kept;
}

function clockBeside(
  items: readonly Item[],
  candidate: Candidate,
  floor: number,
  ceiling: number,
): Clock | null {
  const after = readClockAfter(items, candidate.last);
  if (after !== null && after.last < ceiling) {
    return after;
  }
  return readClockBefore(items, candidate.first, floor);
}

function settle(
  text: string,
  items: readonly Item[],
  candidate: Candidate,
  clock: Clock | null,
  context: ReadContext,
  isProse: boolean,
): FoundDate | null {
  const { timeZone, now } = context;
  const doubts = [...candidate.doubts];
  let confidence = candidate.confidence;
  const weekday = candidate.kind === "absolute" ? weekdayBeside(items, candidate) : null;
  let date = candidate.date;
  const instantOf = (civil: CivilDate) => candidate.at ?? toInstant(civil, clock, timeZone);

  if (candidate.others.length > 0) {
    const readings = [candidate.date, ...candidate.others];
    const byWeekday =
      weekday === null ? [] : readings.filter((one) => weekday.includes(weekdayOf(one)));
    const byPast = readings.filter((one) => instantOf(one) <= now + DAY_MS);
    const decided = byWeekday.length === 1 ? byWeekday : byPast.length === 1 ? byPast : null;
    if (decided !== null) {
      date = decided[0] as CivilDate;
      doubts.length = 0;
      confidence = Math.max(confidence, byWeekday.length === 1 ? SURE.numeric : 0.7);
    }
  }
  if (weekday !== null) {
    if (weekday.includes(weekdayOf(date))) {
      confidence = Math.min(0.95, confidence + 0.05);
    } else {
      doubts.push(`the weekday beside it is not that of ${civilText(date)}`);
      confidence = Math.min(confidence, SURE.turned);
    }
  }
  const at = instantOf(date);
  if (!Number.isFinite(at)) {
    return null;
  }
  if (at > now + DAY_MS) {
    doubts.push("lies in the future");
    confidence = Math.min(confidence, 0.3);
  }
  if (isProse && candidate.kind === "relative") {
    confidence *= PROSE_FACTOR;
    doubts.push("a relative word inside prose");
  }
  const hasTime = clock !== null || (candidate.at !== null && candidate.precision !== "day");
  const precision: DatePrecision = clock?.precision ?? candidate.precision;
  const first = Math.min(candidate.first, clock?.first ?? candidate.first);
  const last = Math.max(candidate.last, clock?.last ?? candidate.last);
  const start = (items[first] as Item).start;
  const end = (items[last] as Item).end;
  return {
    at,
    iso: formatIso(at, timeZone, precision),
    precision,
    raw: text.slice(start, end),
    confidence: Math.round(confidence * 100) / 100,
    doubt: doubts.length === 0 ? null : doubts.join("; "),
    kind: candidate.kind,
    hasOffset: clock !== null && (clock.offsetMinutes !== null || clock.zoneName !== null),
    hasTime,
    start,
    end,
  };
}

function toInstant(date: CivilDate, clock: Clock | null, timeZone: string): number {
  const parts = {
    ...date,
    hour: clock?.hour ?? 0,
    minute: clock?.minute ?? 0,
    second: clock?.second ?? 0,
  };
  if (clock !== null && clock.offsetMinutes !== null) {
    return localToUtc(parts, "UTC") - clock.offsetMinutes * 60_000;
  }
  return localToUtc(parts, clock?.zoneName ?? timeZone);
}

/** The weekdays a word beside the date may mean, or null when there is none. */
function weekdayBeside(items: readonly Item[], candidate: Candidate): readonly number[] | null {
  for (let back = 1; back <= WEEKDAY_LEFT; back++) {
    const item = items[candidate.first - back];
    if (item === undefined || item.number >= 0) {
      break;
    }
    if (item.means.weekdays !== undefined) {
      return item.means.weekdays;
    }
    if (item.isWord && item.means.isConnector !== true && item.means.isSameDay !== true) {
      break;
    }
  }
  for (let ahead = 1; ahead <= WEEKDAY_RIGHT; ahead++) {
    const item = items[candidate.last + ahead];
    if (
      item === undefined ||
      item.number >= 0 ||
      (item.isWord && item.means.weekdays === undefined)
    ) {
      break;
    }
    if (item.means.weekdays !== undefined) {
      return item.means.weekdays;
    }
  }
  return null;
}
