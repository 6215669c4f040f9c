/**
 * The Gregorian calendar's arithmetic, and the way into it from the Hijri and Jalali calendars.
 *
 * Hijri by Umm al-Qura, which agreed with five of six Libyan newspaper mastheads; the moon is sighted, so a Hijri
 * date alone is good to one day either way.
 */

/** Days, not instants: a civil date without a zone. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** False for 31 February, month 13, and years no news was dated in. */
export function isRealDate(year: number, month: number, day: number): boolean {
  return (
    year >= FIRST_YEAR &&
    year <= LAST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  );
}

/** 0 is Sunday. */
export function weekdayOf(date: CivilDate): number {
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
}

/** The civil date some days later (or, negative, earlier). */
export function addDays(date: CivilDate, days: number): CivilDate {
  return civilOf(Date.UTC(date.year, date.month - 1, date.day) + days * DAY_MS);
}

/** `2019-04-23`, for messages. */
export function civilText(date: CivilDate): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.year}-${two(date.month)}-${two(date.day)}`;
}

/** The Gregorian day of a Hijri date, ±1; null when there is none. */
export function fromHijri(year: number, month: number, day: number): CivilDate | null {
  // 354.36707 days a year from 16 July 622: within two days, from where the calendar is asked.
  const guess = Date.UTC(622, 6, 19) + (year - 1) * 354.36707 * DAY_MS;
  return search("islamic-umalqura", guess + ((month - 1) * 29.53 + day - 1) * DAY_MS, {
    year,
    month,
    day,
  });
}

/** The Gregorian day of a Jalali (Iranian) date; null when there is none. */
export function fromJalali(year: number, month: number, day: number): CivilDate | null {
  const guess = Date.UTC(622, 2, 21) + (year - 1) * 365.2422 * DAY_MS;
  const before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  return search("persian", guess + (before + day - 1) * DAY_MS, { year, month, day });
}

// Printed news begins about here; beyond is a misread number.
const FIRST_YEAR = 1800;
const LAST_YEAR = 2199;
const DAY_MS = 86_400_000;
// How far a guess may be off before the date is held not to exist.
const SEARCH_DAYS = 5;

const formatters = new Map<string, Intl.DateTimeFormat>();

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function civilOf(utcMs: number): CivilDate {
  const date = new Date(utcMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function search(calendar: string, guessMs: number, wanted: CivilDate): CivilDate | null {
  if (wanted.month > 12 || wanted.day < 1 || wanted.day > 31 || wanted.year > 1600) {
    return null;
  }
  for (let step = 0; step <= 2 * SEARCH_DAYS; step++) {
    const days = step % 2 === 0 ? step / 2 : -(step + 1) / 2;
    const at = Math.floor(guessMs / DAY_MS) * DAY_MS + days * DAY_MS;
    const shown = readCalendar(calendar, at);
    if (shown.year === wanted.year && shown.month === wanted.month && shown.day === wanted.day) {
      return civilOf(at);
    }
  }
  return null;
}

function readCalendar(calendar: string, utcMs: number): CivilDate {
  let formatter = formatters.get(calendar);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
      timeZone: "UTC",
      year: "numeric",
      month: "numeric",
      day: "numeric",
    });
    formatters.set(calendar, formatter);
  }
  const shown: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(utcMs)) {
    shown[type] = Number.parseInt(value, 10);
  }
  return { year: shown.year ?? 0, month: shown.month ?? 0, day: shown.day ?? 0 };
}
