/**
 * What the scan of a page sees of a text's white space in passing, so that no walk need look again: half of
 * a page's texts are the indents between its tags.
 */
import { Text } from "domhandler";
import { isSpace, isWideSpace } from "./tags.ts";

export const Shape = {
  /** There may be anything. */
  any: 0,
  /** Nothing but white space: half of a page's texts. */
  blank: 1,
  /** No white space but single spaces. */
  plain: 2,
} as const;

/** A text that knows its shape. */
export class MarkedText extends Text {
  shape: number;

  /** @param shape - one of Shape */
  constructor(data: string, shape: number) {
    super(data);
    this.shape = shape;
  }
}

/** One of Shape. */
export function shapeOf(text: Text): number {
  return (text as Partial<MarkedText>).shape ?? Shape.any;
}

/** True when there is certainly nothing to see. */
export function isBlank(text: Text): boolean {
  return shapeOf(text) === Shape.blank;
}

const SPACE = 32;
const AMPERSAND = 38;
const FIRST_WIDE_SPACE = 160;

/** The shape of a text as written; any where it holds character references. */
export function shapeAt(units: Uint16Array, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(units[at] as number)) at++;
  if (at === end) return Shape.blank;
  let wasSpace = at > start;
  // More than one space in front, or one that is not U+0020.
  if (at - start > 1 || (wasSpace && units[start] !== SPACE)) return Shape.any;
  for (; at < end; at++) {
    const unit = units[at] as number;
    if (unit > SPACE && unit < FIRST_WIDE_SPACE) {
      if (unit === AMPERSAND) return Shape.any;
      wasSpace = false;
    } else if (unit === SPACE) {
      if (wasSpace) return Shape.any;
      wasSpace = true;
    } else {
      if (unit < SPACE || isWideSpace(unit)) return Shape.any;
      wasSpace = false;
    }
  }
  return Shape.plain;
}
