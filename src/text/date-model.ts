/** What the date functions are given and give back. Types only; here and not in dates/, as they lean on the model. */
import type { DatePrecision } from "../model.ts";

export type { DatePrecision };

/** Where a date came from: printed in full, counted back from `now`, or written for machines. */
export type DateKind = "absolute" | "relative" | "machine";

/** One date read from a text. Half of its worth is in `confidence` and `doubt`. */
export interface ParsedDate {
  /** UTC milliseconds of the start of what is known: of a day, its local midnight. */
  readonly at: number;
  /** As precise as `precision`, with the zone's offset at that instant: `2019-04-23T16:05+02:00`. */
  readonly iso: string;
  readonly precision: DatePrecision;
  /** The characters it was read from. */
  readonly raw: string;
  /** 0…1; below 0.5 the date is doubted and `doubt` says why. */
  readonly confidence: number;
  readonly doubt: string | null;
  readonly kind: DateKind;
  /** True when the text itself said its offset from UTC. */
  readonly hasOffset: boolean;
  readonly hasTime: boolean;
}

/** A date with its place: `text.slice(start, end) === raw`. */
export interface FoundDate extends ParsedDate {
  readonly start: number;
  readonly end: number;
}

export interface DateOptions {
  /** Relative phrases count from here, and later dates are doubted. UTC milliseconds. */
  readonly now: number;
  /** IANA name of the zone that times without an offset are in. */
  readonly timeZone: string;
  /** How to read 03/04/2020 where nothing tells: day first. @default true */
  readonly dayFirst?: boolean;
}

export interface MachineDateOptions {
  readonly timeZone: string;
  /** What a time without an offset is: the zone's local time or UTC. */
  readonly naive: "local" | "utc";
  /** Needed for relative phrases and for doubting the future; without it neither happens. */
  readonly now?: number;
  readonly dayFirst?: boolean;
}

/** Local calendar and clock, months 1…12. */
export interface LocalParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly millisecond?: number;
}
