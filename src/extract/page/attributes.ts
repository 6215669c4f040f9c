/**
 * The attributes of one tag, as htmlparser2 reads them: once in passing, for what an element must know, and
 * once more for all of them when somebody asks.
 */
import { createUnits } from "../../text/index.ts";
import { hashUnit, type Known, know, knowRange } from "../remember.ts";
import { decodeAttribute } from "./entities.ts";
import { Mark, type MarkedElement, markOf, type TagSource } from "./marks.ts";
import { createNameTable, hashStep } from "./name-table.ts";
import { isSpace } from "./tags.ts";

const DOUBLE = 34;
const AMPERSAND = 38;
const SINGLE = 39;
const SLASH = 47;
const EQUALS = 61;
const GT = 62;

/** A quoted value is mostly shorter: a look at its letters is cheaper than a call of `indexOf`. */
const SHORT_CHARS = 48;
/** A tag is mostly shorter. */
const TAG_UNITS = 1_024;

const names = createNameTable((name) => ({ name, mark: markOf(name) }));
const unitsOfTag = createUnits(TAG_UNITS);

/**
 * Marks the element, and keeps its class, id and link (the first of a name counts).
 *
 * @param units - of the markup
 * @param from - where the tag's name ends
 * @param source - the same markup, for what is asked later
 * @param isAsked - whether all attributes are certainly asked for: then they are kept at once
 * @returns the position after the tag's `>`, -1 when it has none
 */
export function readTagInto(
  element: MarkedElement,
  markup: string,
  units: Uint16Array,
  from: number,
  source: TagSource,
  isAsked: boolean,
): number {
  cursor.at = from;
  let step = readNext(markup, units);
  if (step === Step.attribute) element.source = source;
  const attribs: Record<string, string> | null = isAsked ? {} : null;
  for (; step === Step.attribute; step = readNext(markup, units)) {
    const { mark, valueStart, valueEnd } = cursor;
    if (attribs !== null) keepValue(attribs, markup);
    if (mark === 0 || (element.marks & mark) !== 0) continue;
    element.marks |= mark;
    if (mark === Mark.class) element.classes = knowValue(markup, units);
    else if (mark === Mark.id) element.identity = knowValue(markup, units);
    else if (mark === Mark.href && valueEnd !== NO_VALUE) {
      element.hrefStart = valueStart;
      element.hrefEnd = valueEnd;
    }
  }
  if (step === Step.unfinished) return -1;
  if (attribs !== null) element.attribs = attribs;
  element.nameEnd = from;
  element.tagEnd = cursor.at;
  return cursor.at;
}

/** All attributes of a tag that ends. */
export function readAttributes(
  markup: string,
  nameEnd: number,
  tagEnd: number,
): Record<string, string> {
  const attribs: Record<string, string> = {};
  const tag = markup.slice(nameEnd, tagEnd);
  const units = unitsOfTag(tag);
  cursor.at = 0;
  while (readNext(tag, units) === Step.attribute) keepValue(attribs, tag);
  return attribs;
}

/** The attribute read last, unless one of its name is there. */
function keepValue(attribs: Record<string, string>, markup: string): void {
  const { name, valueStart, valueEnd } = cursor;
  // Most names are new: then one look tells, as every value is a string.
  if (attribs[name] !== undefined && Object.hasOwn(attribs, name)) return;
  attribs[name] = valueEnd === NO_VALUE ? "" : decodeAttribute(markup, valueStart, valueEnd);
}

const Step = { attribute: 0, end: 1, unfinished: 2 } as const;
const NO_VALUE = -1;

/** The attribute read last. One for all, as tags are read one after the other: no object for each. */
const cursor = {
  /** Where reading goes on. */
  at: 0,
  name: "",
  mark: 0,
  valueStart: 0,
  valueEnd: NO_VALUE,
  /** Of a value that is kept as a name. */
  hash: 0,
  /** Whether such a value may hold character references. */
  hasReference: false,
};

/** One of Step. */
function readNext(markup: string, units: Uint16Array): number {
  const { length } = markup;
  let { at } = cursor;
  let letter = units[at] as number;
  while (at < length && (letter === SLASH || isSpace(letter))) letter = units[++at] as number;
  if (at >= length) return Step.unfinished;
  if (letter === GT) {
    cursor.at = at + 1;
    return Step.end;
  }
  const nameStart = at;
  let isAscii = true;
  let nameHash = 0;
  do {
    if (letter > 127) isAscii = false;
    nameHash = hashStep(nameHash, letter);
    letter = units[++at] as number;
  } while (
    at < length &&
    letter !== EQUALS &&
    letter !== GT &&
    letter !== SLASH &&
    !isSpace(letter)
  );
  if (at >= length) return Step.unfinished;
  if (isAscii) {
    const known = names.find(markup, units, nameStart, at, nameHash);
    cursor.name = known.name;
    cursor.mark = known.mark;
  } else {
    cursor.name = markup.slice(nameStart, at).toLowerCase();
    cursor.mark = 0;
  }
  while (isSpace(letter)) letter = units[++at] as number;
  if (at >= length) return Step.unfinished;
  cursor.valueEnd = NO_VALUE;
  if (letter === EQUALS) {
    do letter = units[++at] as number;
    while (isSpace(letter));
    if (at >= length) return Step.unfinished;
    at = readValue(markup, units, at, letter);
    if (at === -1) return Step.unfinished;
  }
  cursor.at = at;
  return Step.attribute;
}

/** @returns the position after the value that begins at `at` with this letter, -1 when it has no end */
function readValue(markup: string, units: Uint16Array, at: number, first: number): number {
  const { length } = markup;
  const isQuoted = first === DOUBLE || first === SINGLE;
  const start = isQuoted ? at + 1 : at;
  cursor.valueStart = start;
  let end = start;
  if (cursor.mark === Mark.class || cursor.mark === Mark.id) {
    let hash = 0;
    let hasReference = false;
    for (; end < length; end++) {
      const letter = units[end] as number;
      if (isQuoted ? letter === first : letter === GT || isSpace(letter)) break;
      if (letter === AMPERSAND) hasReference = true;
      hash = hashUnit(hash, letter);
    }
    cursor.hash = hash;
    cursor.hasReference = hasReference;
  } else if (isQuoted) {
    const near = Math.min(length, start + SHORT_CHARS);
    while (end < near && units[end] !== first) end++;
    if (end === near) end = markup.indexOf(first === DOUBLE ? '"' : "'", near);
    if (end === -1) return -1;
  } else {
    for (; end < length; end++) {
      const letter = units[end] as number;
      if (letter === GT || isSpace(letter)) break;
    }
  }
  if (end >= length) return -1;
  cursor.valueEnd = end;
  return isQuoted ? end + 1 : end;
}

/** The value read last, as a name. */
function knowValue(markup: string, units: Uint16Array): Known {
  const { valueStart, valueEnd, hash, hasReference } = cursor;
  if (valueEnd === NO_VALUE) return know("");
  if (hasReference) return know(decodeAttribute(markup, valueStart, valueEnd));
  return knowRange(markup, units, valueStart, valueEnd, hash);
}
