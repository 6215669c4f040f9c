/** A date as a reader found it among the items, before time, zone and plausibility are settled. Types, scales, and the plain day. */
import type { DateKind, DatePrecision } from "../date-model.ts";
import type { CivilDate } from "./calendar.ts";
import type { Clock } from "./clock.ts";

export interface Candidate {
  /** First and last item, inclusive. */
  readonly first: number;
  readonly last: number;
  readonly kind: DateKind;
  readonly date: CivilDate;
  /** Other readings of the same digits (03/04), for weekday and calendar to choose from. */
  readonly others: readonly CivilDate[];
  readonly precision: DatePrecision;
  readonly confidence: number;
  readonly doubts: readonly string[];
  /** Set when the instant is known without a calendar: so many hours before now. */
  readonly at: number | null;
  readonly isHijri: boolean;
  /** A time inside the date itself: `Oct 7 15:30:00 2020`. */
  readonly clock: Clock | null;
  /** May a time of day beside it belong to it? */
  readonly takesTime: boolean;
}

/** What readers need to know beside the items. */
export interface ReadContext {
  readonly now: number;
  /** The civil date of `now` in the article's zone. */
  readonly today: CivilDate;
  readonly timeZone: string;
  readonly dayFirst: boolean | null;
}

/**
 * How sure a date can be by the way it is written. Order matters, not the figures: a month's name with a year cannot be
 * misread; digits can be turned round; a missing year is a guess.
 */
export const SURE = {
  named: 0.9,
  numeric: 0.88,
  yearFirst: 0.9,
  relative: 0.7,
  relativeDay: 0.6,
  otherCalendar: 0.55,
  twoDigitYear: 0.6,
  turned: 0.45,
  yearFromNow: 0.7,
  yearless: 0.4,
  yearlessAbbreviation: 0.2,
  vagueSpan: 0.3,
} as const;

export const HIJRI_DOUBT = "Hijri date: the day is good to one day either way";

/** A plain day, as sure as a month's name with a year, for readers to change what differs. */
export function absoluteDay(first: number, last: number, date: CivilDate): Candidate {
  return {
    first,
    last,
    kind: "absolute",
    date,
    others: [],
    precision: "day",
    confidence: SURE.named,
    doubts: [],
    at: null,
    isHijri: false,
    clock: null,
    takesTime: true,
  };
}
