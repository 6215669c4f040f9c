/**
 * Dates as feeds and sitemaps print them, to UTC milliseconds. Hints only: the article's own date is
 * extract/'s business, so a date without an offset is read as UTC and anything odd is null.
 */

// The form sitemaps should have (W3C date and time), and nearly all do.
const W3C = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/u;
// RFC 822 says "+0000"; seen instead: "GMT+0200", Arabic digits, weekday names in Arabic, a stray comma.
const NOT_IN_DATES = /[^\x20-\x7e]+/gu;
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
  const cleaned = asciiDigits(text)
    .replace(NOT_IN_DATES, " ")
    .replace(/^\s*[a-z]{3,9}\s*,\s*/iu, "")
    .replace(/^[\s,]+/u, "")
    .replace(/(?:GMT|UTC)\s*(?=[+-]\d)/iu, "")
    .trim();
  const iso =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/iu.exec(
      cleaned,
    );
  return Date.parse(iso === null ? withZone(cleaned) : isoText(iso));
}

function isoText([, day = "", time = "00:00", zone = "Z"]: RegExpExecArray): string {
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  return `${day}T${time}${offset}`;
}

/** Date.parse takes the machine's zone where none is printed: say UTC instead. */
function withZone(text: string): string {
  return /(?:[+-]\d{4}|[+-]\d{2}:\d{2}|\b[A-Z]{1,4})$/u.test(text) ? text : `${text} UTC`;
}

function asciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/gu, (digit) => String(digit.charCodeAt(0) & 0xf));
}
