/**
 * Words of the command line → values. Pure and light (part of `--help`). Each throws commander's
 * InvalidArgumentError with one sentence that says what was expected.
 */
import { InvalidArgumentError } from "commander";

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[smhdw]))+$/u;
const DURATION_PART = /(\d+(?:\.\d+)?)(ms|[smhdw])/gu;

const DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/u;

/** A day of the calendar; months and days past their end roll over. No zone yet: see filters.ts. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A stretch of days [from, to), or one instant in UTC milliseconds. */
export type Span = { readonly from: Day; readonly to: Day } | { readonly at: number };

/** Longer is a slip of the finger; dates so far back cannot be written in four digits either. */
const LONGEST_MS = 100 * 365 * (UNIT_MS.d ?? 0);
/** What a header may hold (RFC 9110 §5.5), without the bytes beyond ASCII that servers refuse. */
const HEADER_TEXT = /^[\x20-\x7e]*[\x21-\x7e][\x20-\x7e]*$/u;

/** `30m`, `12h`, `7d`, `1h30m`, `500ms` → milliseconds. */
export function duration(text: string): number {
  if (!DURATION.test(text)) {
    const unitless = /^\d+$/u.test(text) ? ` (${text} of what: ${text}s, ${text}m, ${text}h?)` : "";
    throw new InvalidArgumentError(`Give a duration like 30m, 12h or 7d${unitless}.`);
  }
  let total = 0;
  for (const [, count, unit] of text.matchAll(DURATION_PART)) {
    total += Number(count) * (UNIT_MS[unit ?? ""] ?? 0);
  }
  if (total > LONGEST_MS) throw new InvalidArgumentError("Give a duration of at most 100 years.");
  return total;
}

/** Text that is sent in a header as it is. */
export function headerText(text: string): string {
  if (!HEADER_TEXT.test(text)) {
    throw new InvalidArgumentError("Give ASCII letters, digits and signs on one line.");
  }
  return text;
}

/** A duration, or a bare number of seconds: what people type after --delay. */
export function secondsOrDuration(text: string): number {
  return duration(/^\d+(?:\.\d+)?$/u.test(text) ? `${text}s` : text);
}

/** A year, a month, a day, or an instant with its offset. */
export function span(text: string): Span {
  if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) return { at: Date.parse(text) };
  const [, years, months, days] = DAY.exec(text) ?? [];
  const [year, month, day] = [Number(years), Number(months ?? 1), Number(days ?? 1)];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (years === undefined || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    throw new InvalidArgumentError("Give a date like 2024, 2024-06 or 2024-06-30.");
  }
  const from = { year, month, day };
  if (months === undefined) return { from, to: { year: year + 1, month, day } };
  if (days === undefined) return { from, to: { year, month: month + 1, day } };
  return { from, to: { year, month, day: day + 1 } };
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/u.test(text)) throw new InvalidArgumentError("Give a whole number, 0 or more.");
  return Number(text);
}

export function positiveNumber(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError("Give a whole number, 1 or more.");
  return number;
}

/** 64 hexadecimal digits, as hashes are printed; `sha256:` may stand before them. */
export function sha256Hex(text: string): string {
  const [, digits] = /^(?:sha256:)?([0-9a-f]{64})$/iu.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError("Give 64 hexadecimal digits.");
  return digits.toLowerCase();
}

/** `20%`, `20` or `0.2` → 0.2. Up to 1 it is a share, above it percent. */
export function share(text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/u.exec(text) ?? [];
  const number = Number(digits);
  const value = percent === "%" || number > 1 ? number / 100 : number;
  if (!(value <= 1)) throw new InvalidArgumentError("Give a share like 20% or 0.2.");
  return value;
}

/** A regular expression, Unicode-aware, ignoring case; may be repeated. */
export function pattern(text: string, before: readonly RegExp[] = []): readonly RegExp[] {
  try {
    return [...before, new RegExp(text, "iu")];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InvalidArgumentError(`Give a regular expression (${why}).`);
  }
}
