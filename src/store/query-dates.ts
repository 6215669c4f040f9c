/** The dates of a query: `2019`, `2019-04`, `2019-04-23`, and from one to another with `..`. */
import { WarraqError } from "../errors.ts";
import { fold } from "../text/index.ts";
import type { Day } from "./days.ts";

export interface DayRange {
  readonly from: Day;
  /** The day after the last. */
  readonly to: Day;
}

/** An end left open reaches this far. */
const FIRST: Day = { year: 1, month: 1, day: 1 };
const LAST: Day = { year: 10_000, month: 1, day: 1 };

const DATE = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/;
const DIGIT = /\p{Nd}/gu;

/** @throws {WarraqError} E_QUERY naming the part that is no date */
export function dayRange(text: string): DayRange {
  const plain = text.trim().replace(DIGIT, (digit) => fold(digit));
  const [first = "", last, more] = plain.split("..");
  if (more !== undefined || (first === "" && last === "")) throw noDate(text, text);
  if (last === undefined) return stretchOf(first, text);
  const from = first === "" ? FIRST : stretchOf(first, text).from;
  const to = last === "" ? LAST : stretchOf(last, text).to;
  if (orderOf(from) >= orderOf(to)) {
    throw new WarraqError("E_QUERY", `date:${text}: ${first} is after ${last}`);
  }
  return { from, to };
}

/** A number in the order of days. */
export function orderOf({ year, month, day }: Day): number {
  return (year * 100 + month) * 100 + day;
}

function stretchOf(part: string, whole: string): DayRange {
  const [, years, months, days] = DATE.exec(part) ?? [];
  const [year, month, day] = [Number(years), Number(months ?? 1), Number(days ?? 1)];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (years === undefined || year === 0 || !isReal) throw noDate(part, whole);
  const from = { year, month, day };
  const after = new Date(date);
  if (months === undefined) after.setUTCFullYear(year + 1);
  else if (days === undefined) after.setUTCMonth(month);
  else after.setUTCDate(day + 1);
  const [toMonth, toDay] = [after.getUTCMonth() + 1, after.getUTCDate()];
  return { from, to: { year: after.getUTCFullYear(), month: toMonth, day: toDay } };
}

function noDate(part: string, whole: string): WarraqError {
  const where = part === whole ? `date:${whole}` : `"${part}" in date:${whole}`;
  return new WarraqError(
    "E_QUERY",
    `${where} is no date: give 2019, 2019-04, 2019-04-23 or 2019-04..2019-06`,
  );
}
