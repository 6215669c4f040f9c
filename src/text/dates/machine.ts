/**
 * Dates written for machines: ISO 8601 in its usual shapes, RFC 2822 and HTTP, SQL, Unix seconds and milliseconds; and, as
 * pages fill such fields with prose too (`الأربعاء، 07 أكتوبر 2020 - 12:09 م` in article:published_time), any date text.
 */
import type { DatePrecision, MachineDateOptions, ParsedDate } from "../date-model.ts";
import { isRealDate } from "./calendar.ts";
import { parseDate } from "./find.ts";
import { formatIso, localToUtc } from "./zone.ts";

/**
 * Reads one value of a machine field.
 *
 * @param options.naive - what a time without an offset is; a date without a time is always the zone's day
 * @returns null when the value holds no date, or one that stands for none (0000-00-00, 0001-01-01)
 */
export function parseMachineDate(text: string, options: MachineDateOptions): ParsedDate | null {
  const value = text.length > MAX_VALUE_CHARS ? text.slice(0, MAX_VALUE_CHARS).trim() : text.trim();
  const parsed = parseIso(value, options) ?? parseUnix(value, options);
  if (parsed !== null) {
    return parsed;
  }
  if (NOTHING.test(value)) {
    return null;
  }
  const zone = options.naive === "utc" ? "UTC" : options.timeZone;
  const found = parseDate(value, {
    now: options.now ?? FAR_FUTURE,
    timeZone: zone,
    ...(options.dayFirst === undefined ? {} : { dayFirst: options.dayFirst }),
  });
  if (found === null || (options.now === undefined && needsNow(found))) {
    return null;
  }
  if (!found.hasTime && found.precision === "day" && zone !== options.timeZone) {
    const [year, month, day] = found.iso.split("-").map(Number) as [number, number, number];
    const at = localToUtc({ year, month, day }, options.timeZone);
    return { ...found, at };
  }
  return { ...found, iso: formatIso(found.at, options.timeZone, found.precision) };
}

/** Counted from now, or given the latest year that fits: without a clock it means nothing. */
function needsNow(found: ParsedDate): boolean {
  return found.kind === "relative" || found.at > FAR_FUTURE - TEN_YEARS_MS;
}

// A machine's date is short; prose in its place says its date at the beginning.
const MAX_VALUE_CHARS = 300;
// Without a clock nothing is "in the future": 2200, beyond every year we read.
const FAR_FUTURE = Date.UTC(2200, 0, 1);
const TEN_YEARS_MS = 3_653 * 86_400_000;
const NOTHING = /^(?:0000-|0001-01-01|-0001|null|undefined|$)/;
const ISO =
  /^(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:(?:T|t| |\+|%20)\s?(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,:]\d{1,9})?)?)?\s?(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?(?:\[[^\]]*\])?$/;
const UNIX = /^(?:\/Date\()?(\d{9,13})(?:\.\d+)?(?:[+-]\d{4})?(?:\)\/)?$/;
const COMPACT_TO_THE_SECOND = /^(\d{8})(\d{6})$/;
const COMPACT_MONTH = /^\d{6}$/;
// 1 January 1990: an earlier Unix time is a counter or an unset field.
const FIRST_UNIX_SECOND = 631_152_000;
const LAST_UNIX_SECOND = 7_258_118_400;
const DAY_MS = 86_400_000;

function parseIso(value: string, options: MachineDateOptions): ParsedDate | null {
  const match = ISO.exec(value.replace(COMPACT_TO_THE_SECOND, "$1T$2"));
  if (match === null || COMPACT_MONTH.test(value)) {
    return null;
  }
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? NaN)) as [number, number, number, number, number, number];
  const hasDay = !Number.isNaN(day);
  const hasTime = hasDay && !Number.isNaN(hour);
  if (
    !isRealDate(year, month, hasDay ? day : 1) ||
    (hasTime && (hour > 24 || (minute || 0) > 59 || (second || 0) > 60))
  ) {
    return null;
  }
  let precision: DatePrecision = hasDay ? "day" : "month";
  if (hasTime) {
    precision = Number.isNaN(minute) ? "hour" : Number.isNaN(second) ? "minute" : "second";
  }
  const parts = {
    year,
    month,
    day: hasDay ? day : 1,
    hour: hasTime ? hour : 0,
    minute: minute || 0,
    second: second || 0,
  };
  const offset = hasTime ? match[7] : undefined;
  let at: number;
  if (offset !== undefined) {
    at = localToUtc(parts, "UTC") - offsetMinutes(offset) * 60_000;
  } else {
    at = localToUtc(parts, hasTime && options.naive === "utc" ? "UTC" : options.timeZone);
  }
  return machineDate(value, at, precision, offset !== undefined, hasTime, options);
}

function parseUnix(value: string, options: MachineDateOptions): ParsedDate | null {
  const match = UNIX.exec(value);
  if (match === null) {
    return null;
  }
  const number = Number(match[1]);
  const seconds = (match[1] as string).length >= 12 ? number / 1_000 : number;
  return seconds < FIRST_UNIX_SECOND || seconds > LAST_UNIX_SECOND
    ? null
    : machineDate(value, Math.floor(seconds) * 1_000, "second", true, true, options);
}

function machineDate(
  raw: string,
  at: number,
  precision: DatePrecision,
  hasOffset: boolean,
  hasTime: boolean,
  options: MachineDateOptions,
): ParsedDate {
  const isUnset = at === 0;
  const isFuture = options.now !== undefined && at > options.now + DAY_MS;
  let doubt: string | null = null;
  let confidence = hasOffset ? 0.95 : 0.9;
  if (isUnset) {
    doubt = "the first instant of Unix time: an unset field";
    confidence = 0.1;
  } else if (isFuture) {
    doubt = "lies in the future";
    confidence = 0.3;
  }
  return {
    at,
    iso: formatIso(at, options.timeZone, precision),
    precision,
    raw,
    confidence,
    doubt,
    kind: "machine",
    hasOffset,
    hasTime,
  };
}

function offsetMinutes(offset: string): number {
  if (/^[zZUG]/.test(offset)) {
    return 0;
  }
  const digits = offset.replace(":", "");
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5) || 0);
  return offset.startsWith("-") ? -minutes : minutes;
}
