/**
 * Between instants and the clocks of a time zone, with the zone's whole history.
 *
 * Offsets come from Intl (Africa/Tripoli changed seven times since 1980); a formatter is made once per zone, and
 * offsets are remembered by the quarter of an hour, the finest grain at which any zone ever changed since 1970.
 */
import type { DatePrecision, LocalParts } from "../date-model.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
// Instants Date can hold; anything else is answered with NaN.
const MAX_INSTANT_MS = 8.64e15;
// A crawl meets a few thousand different days; beyond that starting over costs nothing.
const MAX_REMEMBERED = 20_000;

interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/**
 * How far the zone's clocks were ahead of UTC at an instant.
 *
 * @returns milliseconds, positive east of Greenwich
 * @throws RangeError when Intl does not know the zone
 */
export function offsetMs(at: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  if (!Number.isFinite(at) || Math.abs(at) > MAX_INSTANT_MS - DAY_MS) {
    return 0;
  }
  const quarter = Math.floor(at / (15 * MINUTE_MS));
  let offset = zone.offsets.get(quarter);
  if (offset === undefined) {
    offset = readOffset(zone.formatter, quarter * 15 * MINUTE_MS);
    if (zone.offsets.size >= MAX_REMEMBERED) {
      zone.offsets.clear();
    }
    zone.offsets.set(quarter, offset);
  }
  return offset;
}

/**
 * The instant at which the zone's clocks showed these parts.
 *
 * A time that a clock change skipped is read as if the change had come after it; a time shown twice is the first.
 *
 * @returns UTC milliseconds
 */
export function localToUtc(parts: LocalParts, timeZone: string): number {
  const wall = wallClockMs(parts);
  const early = wall - offsetMs(wall - DAY_MS, timeZone);
  const late = wall - offsetMs(wall + DAY_MS, timeZone);
  if (early === late) {
    return early;
  }
  const fits = [early, late].filter((at) => at + offsetMs(at, timeZone) === wall);
  return fits.length > 0 ? Math.min(...fits) : early;
}

/** What the zone's calendar and clocks showed at an instant. */
export function utcToLocal(at: number, timeZone: string): Required<LocalParts> {
  const shifted = new Date(at + offsetMs(at, timeZone));
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    millisecond: shifted.getUTCMilliseconds(),
  };
}

/**
 * ISO 8601 with the zone's offset at that instant, no more precise than what is known.
 *
 * @returns `2019`, `2019-04`, `2019-04-23`, `2019-04-23T16:00+02:00`, … `T16:05:00+02:00`; `""` for no instant
 */
export function formatIso(at: number, timeZone: string, precision: DatePrecision): string {
  const offset = offsetMs(at, timeZone);
  const shifted = new Date(at + offset);
  if (Number.isNaN(shifted.getTime())) {
    return "";
  }
  const local = shifted.toISOString();
  const dateEnd = local.indexOf("T");
  switch (precision) {
    case "year":
      return local.slice(0, dateEnd - 6);
    case "month":
      return local.slice(0, dateEnd - 3);
    case "day":
      return local.slice(0, dateEnd);
    case "hour":
      return `${local.slice(0, dateEnd + 3)}:00${formatOffset(offset)}`;
    case "minute":
      return local.slice(0, dateEnd + 6) + formatOffset(offset);
    default:
      return local.slice(0, dateEnd + 9) + formatOffset(offset);
  }
}

const WHOLE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u;
const NO_SECONDS = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/u;
const NO_CLOCK = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/u;

/**
 * The start of a date of any precision, with its offset: of `2026-06-13`, a day that began at `at`,
 * `2026-06-13T00:00:00+02:00`. What is no such date is told by `at` alone, in UTC.
 */
export function wholeIso(iso: string, at: number): string {
  if (WHOLE.test(iso)) return iso;
  const [, minute, zone] = NO_SECONDS.exec(iso) ?? [];
  if (minute !== undefined) return `${minute}:00${zone}`;
  const [, year, month = "01", day = "01"] = NO_CLOCK.exec(iso) ?? [];
  const date = `${year}-${month}-${day}`;
  const offset = Date.parse(`${date}T00:00:00Z`) - at;
  return Math.abs(offset) < DAY_MS
    ? `${date}T00:00:00${formatOffset(offset)}`
    : new Date(at).toISOString();
}

/** The same as precise as it is: of a whole instant what formatIso gives. */
export function shortenedIso(iso: string, precision: DatePrecision): string {
  if (!WHOLE.test(iso)) return iso;
  switch (precision) {
    case "year":
      return iso.slice(0, "2026".length);
    case "month":
      return iso.slice(0, "2026-06".length);
    case "day":
      return iso.slice(0, "2026-06-13".length);
    case "hour":
    case "minute":
      return iso.replace(/:\d{2}(?:\.\d+)?(?=Z$|[+-]\d{2}:\d{2}$)/u, "");
    case "second":
      return iso;
  }
}

/** `+02:00`; seconds of old local mean times are cut, as ISO 8601 has no place for them. */
function formatOffset(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / MINUTE_MS);
  const sign = offset < 0 ? "-" : "+";
  return `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** The parts as if they were UTC; unlike Date.UTC, years 0…99 are themselves. */
function wallClockMs(parts: LocalParts): number {
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  date.setUTCHours(parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0, parts.millisecond ?? 0);
  return date.getTime();
}

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (zone === undefined) {
    const formatter = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    zone = { formatter, offsets: new Map() };
    zones.set(timeZone, zone);
  }
  return zone;
}

function readOffset(formatter: Intl.DateTimeFormat, at: number): number {
  const shown: Record<string, string> = {};
  for (const { type, value } of formatter.formatToParts(at)) {
    shown[type] = value;
  }
  const year = Number(shown.year);
  const wall = wallClockMs({
    year: shown.era === "BC" ? 1 - year : year,
    month: Number(shown.month),
    day: Number(shown.day),
    hour: Number(shown.hour),
    minute: Number(shown.minute),
    second: Number(shown.second),
  });
  return wall - at;
}
