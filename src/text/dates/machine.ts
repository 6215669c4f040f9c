/** Dates written for machines. */
import type { DateOptions, FoundDate, MachineDateOptions, ParsedDate } from "./model.ts";
import { formatIso, localToUtc } from "./zone.ts";

const ISO =
  /(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?(?:\.\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2})?/;

export function parseMachineDate(text: string, options: MachineDateOptions): ParsedDate | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const parts = {
    year: +match[1]!,
    month: +match[2]!,
    day: +match[3]!,
    hour: +(match[4] ?? 0),
    minute: +(match[5] ?? 0),
    second: +(match[6] ?? 0),
  };
  const precision = match[6] ? "second" : match[4] ? "minute" : "day";
  const offset = match[7];
  const at = offset
    ? Date.parse(
        `${match[1]}-${match[2]}-${match[3]}T${match[4] ?? "00"}:${match[5] ?? "00"}:${match[6] ?? "00"}${offset}`,
      )
    : localToUtc(parts, options.naive === "utc" ? "UTC" : options.timeZone);
  if (Number.isNaN(at)) return null;
  return {
    at,
    iso: formatIso(at, options.timeZone, precision),
    precision,
    raw: match[0],
    confidence: 0.9,
    doubt: null,
    kind: "machine",
    hasOffset: offset !== undefined,
    hasTime: precision !== "day",
  };
}

export function parseDate(text: string, options: DateOptions): ParsedDate | null {
  return parseMachineDate(text, { timeZone: options.timeZone, naive: "local" });
}

export function findDates(text: string, options: DateOptions): FoundDate[] {
  const found = parseDate(text, options);
  if (found === null) return [];
  const start = text.indexOf(found.raw);
  return [{ ...found, start, end: start + found.raw.length }];
}

/** The day or month a URL's path names. UTC midnight of that day. */
export function dateFromUrl(url: string, timeZone = "UTC"): ParsedDate | null {
  const match = /\/((?:19|20)\d\d)[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/-])/.exec(url);
  if (match === null) return null;
  const precision = match[3] ? "day" : "month";
  const at = localToUtc({ year: +match[1]!, month: +match[2]!, day: +(match[3] ?? 1) }, timeZone);
  return {
    at,
    iso: formatIso(at, timeZone, precision),
    precision,
    raw: match[0],
    confidence: 0.8,
    doubt: null,
    kind: "machine",
    hasOffset: false,
    hasTime: false,
  };
}
