/** A stretch of days as the fewest year, month and day signs. */
import type { DayRange } from "../query-dates.ts";
import { orderOf } from "../query-dates.ts";
import { daySign, monthSign, yearSign } from "./signs.ts";

/** Nothing on the web is older or will be newer; an open end stops here. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

/** At least one sign; that of a year nothing is from when the stretch lies outside. */
export function dayTokens({ from, to }: DayRange): string[] {
  const tokens: string[] = [];
  if (from.year > LAST_YEAR) return [yearSign(0)];
  const end = Math.min(orderOf(to), orderOf({ year: LAST_YEAR + 1, month: 1, day: 1 }));
  let { year, month, day } = from.year < FIRST_YEAR ? { year: FIRST_YEAR, month: 1, day: 1 } : from;
  while (orderOf({ year, month, day }) < end) {
    if (month === 1 && day === 1 && orderOf({ year: year + 1, month, day }) <= end) {
      tokens.push(yearSign(year++));
    } else if (day === 1 && orderOf(firstAfter(year, month)) <= end) {
      tokens.push(monthSign({ year, month }));
      ({ year, month } = firstAfter(year, month));
    } else {
      tokens.push(daySign({ year, month, day }));
      const next = new Date(Date.UTC(year, month - 1, day + 1));
      [year, month, day] = [next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate()];
    }
  }
  return tokens.length === 0 ? [yearSign(0)] : tokens;
}

function firstAfter(year: number, month: number): { year: number; month: number; day: number } {
  return month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 };
}
