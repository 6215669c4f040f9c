/** The dates of the text room. */
export { findDates, parseDate } from "./find.ts";
export { parseMachineDate } from "./machine.ts";
export { dateFromUrl } from "./url.ts";
export { formatIso, localToUtc, offsetMs, shortenedIso, utcToLocal, wholeIso } from "./zone.ts";
