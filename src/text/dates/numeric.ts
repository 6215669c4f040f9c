/**
 * Dates in digits: `2020-10-07`, `25/12/2020`, `17.03.2020`, `١ / ١٢ / ٢٠٢٠`, `2020年10月7日`, `2020. 10. 7.`,
 * `7 tháng 10, 2020`.
 *
 * Which number is the month is decided by what cannot be one, then by the caller's `dayFirst`; where nothing decides, both
 * readings go on and the date is doubted.
 */
import { type CivilDate, fromHijri, fromJalali, isRealDate } from "./calendar.ts";
import { absoluteDay, type Candidate, HIJRI_DOUBT, type ReadContext, SURE } from "./candidate.ts";
import { type Item, NO_MEANING } from "./lex.ts";
import { fullYear } from "./year.ts";

/** The date that starts with the number at `index`, or null. `textOf` gives an item's characters. */
export function readNumeric(
  items: readonly Item[],
  index: number,
  textOf: (item: Item) => string,
  context: ReadContext,
): Candidate | null {
  return readSeparated(items, index, context) ?? readMarked(items, index, textOf);
}

const SEPARATORS = new Set(["/", "-", ".", "–", "\\", "⁄", "‐", "‑", "|"]);
// 年 and its kin, by the part they close.
const YEAR_SIGNS = new Set(["年", "년"]);
const MONTH_SIGNS = new Set(["月", "월"]);
const DAY_SIGNS = new Set(["日", "日", "号", "號", "일"]);
const VIETNAMESE_MONTH = "tháng";

function readSeparated(
  items: readonly Item[],
  index: number,
  context: ReadContext,
): Candidate | null {
  const [a, firstMark, b, secondMark, c] = items.slice(index, index + 5);
  if (
    a === undefined ||
    b === undefined ||
    c === undefined ||
    firstMark === undefined ||
    !SEPARATORS.has(firstMark.mark) ||
    secondMark?.mark !== firstMark.mark ||
    b.number < 0 ||
    c.number < 0 ||
    b.digits > 2 ||
    isGluedToMore(items, index)
  ) {
    return null;
  }
  const era = items[index + 5]?.means.era;
  const last = era === "gregorian" || era === "hijri" ? index + 5 : index + 4;
  const build = (
    date: CivilDate,
    others: readonly CivilDate[],
    confidence: number,
    doubts: readonly string[],
    isHijri = false,
  ): Candidate => ({
    ...absoluteDay(index, last, date),
    others,
    confidence,
    doubts,
    isHijri,
  });

  if (a.digits === 4 && c.digits <= 2) {
    const date = { year: a.number, month: b.number, day: c.number };
    if (isReal(date)) {
      return build(date, [], SURE.yearFirst, []);
    }
    return otherCalendar(a.number, b.number, c.number, era === "hijri", context, build);
  }
  if (a.digits > 2) {
    return null;
  }
  if (c.digits === 4) {
    const dayFirst = { year: c.number, month: b.number, day: a.number };
    const monthFirst = { year: c.number, month: a.number, day: b.number };
    if (!isReal(dayFirst) && !isReal(monthFirst)) {
      return otherCalendar(c.number, b.number, a.number, era === "hijri", context, build);
    }
    return choose(dayFirst, monthFirst, SURE.numeric, []);
  }
  if (c.digits !== 2 || a.isSpaced !== true || firstMark.isSpaced || b.isSpaced) {
    return null;
  }
  const year = fullYear(c.number, context.today.year);
  const dayFirst = { year, month: b.number, day: a.number };
  const monthFirst = { year, month: a.number, day: b.number };
  if (isReal(dayFirst) || isReal(monthFirst)) {
    return choose(dayFirst, monthFirst, SURE.twoDigitYear, ["the year has two digits"]);
  }
  const yearFirst = {
    year: fullYear(a.number, context.today.year),
    month: b.number,
    day: c.number,
  };
  return isReal(yearFirst)
    ? build(yearFirst, [], SURE.turned, ["the year has two digits and stands first"])
    : null;

  function choose(
    dayFirst: CivilDate,
    monthFirst: CivilDate,
    confidence: number,
    doubts: readonly string[],
  ): Candidate {
    if (!isReal(dayFirst)) {
      return build(monthFirst, [], confidence, doubts);
    }
    if (!isReal(monthFirst) || dayFirst.day === dayFirst.month) {
      return build(dayFirst, [], confidence, doubts);
    }
    const mark = firstMark?.mark;
    // Nobody writes month.day.year with dots, and with hyphens hardly anybody.
    if (context.dayFirst === null && mark === ".") {
      return build(dayFirst, [], confidence, doubts);
    }
    if (context.dayFirst !== null) {
      const [date, other] = context.dayFirst ? [dayFirst, monthFirst] : [monthFirst, dayFirst];
      return build(date, [other], Math.min(confidence, 0.75), doubts);
    }
    return build(dayFirst, [monthFirst], SURE.turned, [
      ...doubts,
      "day and month may be the other way round",
    ]);
  }
}

/** A Hijri or Jalali year in digits: the calendar whose date lies in the past and nearest to now. */
function otherCalendar(
  year: number,
  month: number,
  day: number,
  isSurelyHijri: boolean,
  context: ReadContext,
  build: (
    date: CivilDate,
    others: readonly CivilDate[],
    confidence: number,
    doubts: readonly string[],
    isHijri?: boolean,
  ) => Candidate,
): Candidate | null {
  if (year < 1250 || year > 1550) {
    return null;
  }
  const hijri = fromHijri(year, month, day);
  const jalali = isSurelyHijri ? null : fromJalali(year, month, day);
  const isPast = (date: CivilDate | null) => date !== null && date.year <= context.today.year;
  if (jalali !== null && isPast(jalali) && context.today.year - jalali.year < 60) {
    return build(jalali, [], SURE.otherCalendar, [`year ${year} read as Iranian`]);
  }
  return hijri !== null && isPast(hijri)
    ? build(hijri, [], SURE.otherCalendar, [HIJRI_DOUBT], true)
    : null;
}

/** Are the five items part of a longer chain of digits (an address, a version, a telephone number)? */
function isGluedToMore(items: readonly Item[], index: number): boolean {
  const before = items[index - 1];
  const beforeThat = items[index - 2];
  if (
    before !== undefined &&
    items[index]?.isSpaced === false &&
    ((SEPARATORS.has(before.mark) && beforeThat !== undefined && beforeThat.number >= 0) ||
      (before.mark === ":" &&
        beforeThat !== undefined &&
        beforeThat.number >= 0 &&
        !before.isSpaced &&
        beforeThat.digits > 2))
  ) {
    return true;
  }
  const after = items[index + 5];
  const afterThat = items[index + 6];
  return (
    after !== undefined &&
    after.mark === items[index + 1]?.mark &&
    !after.isSpaced &&
    afterThat !== undefined &&
    afterThat.number >= 0 &&
    !afterThat.isSpaced
  );
}

/** `2020年10月7日`, `10월 7일`, `ngày 7 tháng 10 năm 2020`. */
function readMarked(
  items: readonly Item[],
  index: number,
  textOf: (item: Item) => string,
): Candidate | null {
  const signAt = (at: number) => {
    const item = items[at];
    return item === undefined || !item.isWord ? "" : textOf(item);
  };
  const numberAt = (at: number) => items[at]?.number ?? -1;
  const candidate = (last: number, date: CivilDate): Candidate | null =>
    isReal(date) ? absoluteDay(index, last, date) : null;

  const year = reignYear(numberAt(index), signAt(index - 2) + signAt(index - 1));
  if (
    YEAR_SIGNS.has(signAt(index + 1)) &&
    MONTH_SIGNS.has(signAt(index + 3)) &&
    DAY_SIGNS.has(signAt(index + 5))
  ) {
    return candidate(index + 5, { year, month: numberAt(index + 2), day: numberAt(index + 4) });
  }
  if (
    signAt(index + 1)
      .toLowerCase()
      .normalize("NFC") === VIETNAMESE_MONTH
  ) {
    let at = index + 3;
    while (
      at < index + 5 &&
      (items[at]?.mark === "," ||
        items[at]?.mark === "/" ||
        items[at]?.mark === "-" ||
        isConnector(items[at]))
    ) {
      at++;
    }
    return items[at]?.digits === 4
      ? candidate(at, { year: numberAt(at), month: numberAt(index + 2), day: numberAt(index) })
      : null;
  }
  return null;
}

function isConnector(item: Item | undefined): boolean {
  return (item?.means ?? NO_MEANING).isConnector === true;
}

/** Japanese years of reign: 令和 began 2019, 平成 1989. */
function reignYear(value: number, reign: string): number {
  if (reign === "令和") {
    return 2018 + value;
  }
  return reign === "平成" ? 1988 + value : value;
}

function isReal(date: CivilDate): boolean {
  return isRealDate(date.year, date.month, date.day);
}
