/** Reads the time of day that stands after or before a date: `08:57 مساء`, `15h30`, `12:15 ص`, `10:30:00 GMT+0300`. */

import type { Item } from "./lex.ts";
import type { Meridiem } from "./lexicon.ts";
import { isSexagesimal, readZone } from "./offset.ts";

/** A time of day with its place among the items. */
export interface Clock {
  readonly first: number;
  readonly last: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly precision: "hour" | "minute" | "second";
  /** Minutes ahead of UTC when the text says so, else null. */
  readonly offsetMinutes: number | null;
  /** IANA name when the text names a place's time, else null. */
  readonly zoneName: string | null;
}

/** The time after the item at `last`, if only marks and small words stand between. */
export function readClockAfter(items: readonly Item[], last: number): Clock | null {
  let index = last + 1;
  let meridiem: Meridiem | null = null;
  let isSaid = false;
  for (let skipped = 0; skipped < MOST_SKIPPED; skipped++, index++) {
    const item = items[index];
    if (item === undefined || item.number >= 0) {
      break;
    }
    if (item.means.meridiem !== undefined && hasNumberAt(items, index + 1)) {
      meridiem = item.means.meridiem;
    } else if (item.means.isBeforeTime === true) {
      isSaid = true;
    } else if (isBracketedWord(items, index)) {
      index += 2;
    } else if (!MARKS_BEFORE_TIME.has(item.mark) && !isSmallWord(item)) {
      return null;
    }
  }
  return readClockAt(items, index, meridiem, isSaid || index === last + 1);
}

/** The time that ends just before the item at `first`; no item before `floor` is read. */
export function readClockBefore(
  items: readonly Item[],
  first: number,
  floor: number,
): Clock | null {
  let end = first - 1;
  for (let skipped = 0; skipped < MOST_SKIPPED && end >= floor; skipped++, end--) {
    const item = items[end] as Item;
    if (item.number >= 0 || isMeridiem(item) || isZone(item) || item.means.isHourUnit === true) {
      break;
    }
    if (!MARKS_BEFORE_TIME.has(item.mark) && !isSmallWord(item)) {
      return null;
    }
  }
  // From the farthest start a clock can have to the nearest: the first that ends here is whole.
  for (let start = Math.max(floor, end - LONGEST_CLOCK + 1); start <= end; start++) {
    const item = items[start] as Item;
    const before = items[start - 1];
    const isInside =
      before !== undefined && start > floor && !item.isSpaced && TIME_GLUE.has(before.mark);
    if (item.number < 0 || isInside) {
      continue;
    }
    const clock = readClockAt(items, start, null, false);
    if (clock !== null && clock.last === end) {
      return clock;
    }
  }
  return null;
}

/** Reads one clock whose hour is the item at `index`. */
function readClockAt(
  items: readonly Item[],
  index: number,
  meridiemBefore: Meridiem | null,
  mayBeDotted: boolean,
): Clock | null {
  const hourItem = items[index];
  if (
    hourItem === undefined ||
    hourItem.digits === 0 ||
    hourItem.digits > 2 ||
    hourItem.number > 24
  ) {
    return null;
  }
  let last = index;
  let minute = 0;
  let second = 0;
  let precision: Clock["precision"] = "hour";
  const separator = items[index + 1];
  const minuteItem = items[index + 2];
  const isColon = separator?.mark === ":" || separator?.mark === "：" || separator?.mark === "٫";
  const isDot = separator?.mark === "." && mayBeDotted;
  if (
    separator !== undefined &&
    (isColon || isDot) &&
    isSexagesimal(minuteItem) &&
    (isColon || !minuteItem.isSpaced)
  ) {
    if (isDot && isDottedOn(items, index + 3)) {
      return null;
    }
    minute = minuteItem.number;
    precision = "minute";
    last = index + 2;
    const secondItem = items[last + 2];
    if (
      items[last + 1]?.mark === separator.mark &&
      isSexagesimal(secondItem) &&
      !secondItem.isSpaced
    ) {
      second = secondItem.number;
      precision = "second";
      last += 2;
      const fraction = items[last + 2];
      const point = items[last + 1]?.mark;
      if (
        (point === "." || point === ",") &&
        fraction !== undefined &&
        fraction.digits > 0 &&
        !fraction.isSpaced
      ) {
        last += 2;
      }
    }
    if (
      items[last + 1]?.means.isHourUnit === true &&
      items[last + 1]?.means.meridiem === undefined
    ) {
      last++;
    }
  } else if (separator?.means.isHourUnit === true) {
    last = index + 1;
    if (isSexagesimal(minuteItem)) {
      minute = minuteItem.number;
      precision = "minute";
      last = index + 2;
      if (items[last + 1]?.means.isMinuteUnit === true && items[last + 1]?.isSpaced === false) {
        last++;
      }
    }
  }
  let meridiem = meridiemBefore;
  const after = items[last + 1];
  if (meridiem === null && after?.means.meridiem !== undefined) {
    meridiem = after.means.meridiem;
    last++;
    if (items[last + 1]?.mark === "." && items[last + 1]?.isSpaced === false) {
      last++;
    }
    const night = items[last + 1];
    if (night?.means.meridiem === "night") {
      meridiem = "night";
      last++;
    }
  }
  if (last === index) {
    return null;
  }
  const hour = hourOf(hourItem.number, meridiem);
  if (hour > 23 || (hourItem.number === 24 && minute > 0)) {
    return null;
  }
  const zone = readZone(items, last, precision === "second");
  return {
    first: index,
    last: zone.last,
    hour,
    minute,
    second,
    precision,
    offsetMinutes: zone.offsetMinutes,
    zoneName: zone.zoneName,
  };
}

// A date line holds at most "Tuesday, - at" between date and time.
const MOST_SKIPPED = 6;
// 10 : 30 : 00 . 123 p.m. + 02 : 00
const LONGEST_CLOCK = 14;
const MARKS_BEFORE_TIME = new Set([
  ",",
  "،",
  "-",
  "–",
  "—",
  "|",
  "•",
  "·",
  "(",
  ")",
  ".",
  "/",
  "@",
  ":",
  "؛",
  ";",
  "[",
  "]",
  "~",
  "»",
  "←",
  "│",
  "⋅",
]);
const TIME_GLUE = new Set([":", ".", "/", "-"]);

/** `（水）`, `(Wed)`, `(CET)`: one word in brackets says nothing that stands between date and time. */
function isBracketedWord(items: readonly Item[], index: number): boolean {
  const open = items[index]?.mark;
  const close = items[index + 2]?.mark;
  return (
    items[index + 1]?.isWord === true &&
    ((open === "(" && close === ")") || (open === "（" && close === "）"))
  );
}

function isSmallWord(item: Item): boolean {
  const { isConnector, isBeforeTime, weekdays, era } = item.means;
  return (
    isConnector === true || isBeforeTime === true || weekdays !== undefined || era !== undefined
  );
}

function isMeridiem(item: Item): boolean {
  return item.means.meridiem !== undefined;
}

function isZone(item: Item): boolean {
  return item.means.zoneOffsetMinutes !== undefined || item.means.zoneName !== undefined;
}

function hasNumberAt(items: readonly Item[], index: number): boolean {
  return (items[index]?.number ?? -1) >= 0;
}

/** True when a dot and another number follow: then the dots are those of a date or a version. */
function isDottedOn(items: readonly Item[], index: number): boolean {
  return (
    items[index]?.mark === "." &&
    hasNumberAt(items, index + 1) &&
    items[index + 1]?.isSpaced === false
  );
}

/** 12 ص is midnight, 12 م noon; a night hour from six on is of the evening. */
function hourOf(hour: number, meridiem: Meridiem | null): number {
  if (hour === 24) {
    return 0;
  }
  if (hour > 12 || meridiem === null) {
    return hour;
  }
  if (meridiem === "pm") {
    return hour === 12 ? 12 : hour + 12;
  }
  if (hour === 12) {
    return 0;
  }
  return meridiem === "night" && hour >= 6 ? hour + 12 : hour;
}
