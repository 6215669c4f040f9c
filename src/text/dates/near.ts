/** Looks for the day number beside a month's name, over the small words and marks that may stand between. */
import type { Item } from "./lex.ts";

/** A number with its place among the items. */
export interface NumberAt {
  readonly index: number;
  readonly value: number;
}

/** The day number before the name, over ordinals, dots and "of". */
export function dayLeft(items: readonly Item[], index: number): NumberAt | null {
  let at = index - 1;
  for (let skipped = 0; skipped < MOST_BETWEEN; skipped++, at--) {
    const item = items[at];
    if (item === undefined || item.number >= 0) {
      break;
    }
    if (!(MARKS_LEFT.has(item.mark) || isLink(item))) {
      return null;
    }
  }
  return dayAt(items, at) && !isPartOfTime(items, at)
    ? { index: at, value: (items[at] as Item).number }
    : null;
}

/** The day number after the name, unless it is the hour of a time. */
export function dayRight(items: readonly Item[], last: number): NumberAt | null {
  const at = skipRight(items, last, MARKS_RIGHT);
  if (!dayAt(items, at)) {
    return null;
  }
  const next = items[at + 1];
  return next?.mark === ":" && next.isSpaced === false
    ? null
    : { index: at, value: (items[at] as Item).number };
}

/** The first item after `last` that is neither an allowed mark nor a small word of dates. */
export function skipRight(
  items: readonly Item[],
  last: number,
  marks: ReadonlySet<string>,
): number {
  let at = last + 1;
  for (let skipped = 0; skipped < MOST_BETWEEN; skipped++, at++) {
    const item = items[at];
    if (item === undefined || item.number >= 0 || !(marks.has(item.mark) || isLink(item))) {
      break;
    }
  }
  return at;
}

/** Of, de, من, th: may stand between the parts of a date. */
export function isLink(item: Item): boolean {
  return item.means.isConnector === true || item.means.isOrdinal === true;
}

// Between a day and its month stand at most a dot, an ordinal and a connector: "7th of", "1er de".
export const MOST_BETWEEN = 3;
export const MARKS_LEFT = new Set([".", "-", "/", "–", "'", "’"]);
// ׳ and ॰ end abbreviated names as dots do.
export const MARKS_RIGHT = new Set(".,،-/–'’‘()؛׳॰");

function dayAt(items: readonly Item[], index: number): boolean {
  const item = items[index];
  return (
    item !== undefined &&
    item.digits > 0 &&
    item.digits <= 2 &&
    item.number >= 1 &&
    item.number <= 31
  );
}

/** 30 in "10:30 October 7" is a minute. */
function isPartOfTime(items: readonly Item[], index: number): boolean {
  return items[index - 1]?.mark === ":" && items[index]?.isSpaced === false;
}
