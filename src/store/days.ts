/** Days as the archive counts them: `date:` and the years of a search are those of Libya's calendar. */
import { localToUtc, utcToLocal } from "../text/index.ts";

const TIME_ZONE = "Africa/Tripoli";

/** A day of the calendar. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function dayOf(at: number): Day {
  const { year, month, day } = utcToLocal(at, TIME_ZONE);
  return { year, month, day };
}

/** The first instant of a day; months and days past their end roll over. */
export function startOf({ year, month, day }: Day): number {
  const date = new Date(Date.UTC(year, month - 1, day));
  const parts = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  };
  return localToUtc(parts, TIME_ZONE);
}
