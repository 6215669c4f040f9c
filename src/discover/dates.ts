/**
 * Dates as feeds and sitemaps print them, to UTC milliseconds. Hints only: the article's own date is
 * extract/'s business, so a date without an offset is read as UTC and anything odd is null.
 */
import { parseMachineDate } from "../text/index.ts";

// The form sitemaps should have (W3C date and time), and nearly all of their thousands do: no need to look further.
const W3C = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/u;
// News on the web begins about here; earlier stamps are zero dates ("1970-01-01", "0000-00-00").
const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** @returns null when the text is not a date or not one of the web's time */
export function machineDate(text: string | null | undefined): number | null {
  if (!text) return null;
  const at = W3C.test(text) ? Date.parse(text) : parseOther(text);
  return Number.isNaN(at) || at < EARLIEST || at > LATEST ? null : at;
}

function parseOther(text: string): number {
  return parseMachineDate(text, { timeZone: "UTC", naive: "utc" })?.at ?? Number.NaN;
}
