/** Dates of the Hijri and the Iranian calendar whose month is a word: `16 شعبان 1440`, `۱۶ مهر ۱۳۹۹`. */
import { fromHijri, fromJalali } from "./calendar.ts";
import { absoluteDay, type Candidate, HIJRI_DOUBT, SURE } from "./candidate.ts";
import type { Item } from "./lex.ts";
import { dayLeft, dayRight, skipRight } from "./near.ts";
import { endOfEra } from "./year.ts";

/** The date around the month's name at `index`; null without a day and a year of four digits. */
export function readOtherCalendar(
  items: readonly Item[],
  index: number,
  month: number,
  calendar: "hijri" | "jalali",
): Candidate | null {
  const left = dayLeft(items, index);
  const right = left === null ? dayRight(items, index) : null;
  const day = left ?? right;
  if (day === null) {
    return null;
  }
  const after = skipRight(items, Math.max(index, day.index), new Set([",", "،"]));
  const year = items[after];
  if (year === undefined || year.digits !== 4 || year.number < 1200 || year.number > 1550) {
    return null;
  }
  const convert = calendar === "hijri" ? fromHijri : fromJalali;
  const date = convert(year.number, month, day.value);
  if (date === null) {
    return null;
  }
  const isHijri = calendar === "hijri";
  return {
    ...absoluteDay(Math.min(index, day.index), endOfEra(items, after), date),
    confidence: isHijri ? SURE.otherCalendar : SURE.named,
    doubts: isHijri ? [HIJRI_DOUBT] : [],
    isHijri,
  };
}
