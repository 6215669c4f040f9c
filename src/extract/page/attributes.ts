/** The attributes of one tag, as htmlparser2 reads them. */
import { decodeAttribute } from "./entities.ts";
import { type MarkedElement, markOf } from "./marks.ts";
import { createNameTable, hashStep } from "./name-table.ts";
import { isSpace } from "./tags.ts";

const DOUBLE = 34;
const SINGLE = 39;
const SLASH = 47;
const EQUALS = 61;
const GT = 62;

/** A quoted value is mostly shorter: a look at its letters is cheaper than a call of `indexOf`. */
const SHORT_CHARS = 48;

const names = createNameTable((name) => ({ name, mark: markOf(name) }));

/**
 * Fills the element's attributes (the first of a name counts) and marks.
 *
 * @returns the position after the tag's `>`, -1 when it has none
 */
export function readAttributes(markup: string, from: number, element: MarkedElement): number {
  const { length } = markup;
  const { attribs } = element;
  let at = from;
  while (at < length) {
    const code = markup.charCodeAt(at);
    if (code === GT) return at + 1;
    if (code === SLASH || isSpace(code)) {
      at++;
      continue;
    }
    const nameStart = at++;
    let isAscii = code < 128;
    let hash = hashStep(0, code);
    let letter = 0;
    for (; at < length; at++) {
      letter = markup.charCodeAt(at);
      if (letter === EQUALS || letter === GT || letter === SLASH || isSpace(letter)) break;
      if (letter > 127) isAscii = false;
      hash = hashStep(hash, letter);
    }
    if (at >= length) return -1;
    const { name, mark } = isAscii
      ? names.find(markup, nameStart, at, hash)
      : { name: markup.slice(nameStart, at).toLowerCase(), mark: 0 };
    const isFirst = mark === 0 ? isNew(attribs, name) : (element.marks & mark) === 0;
    element.marks |= mark;
    while (isSpace(letter)) letter = markup.charCodeAt(++at);
    if (letter !== EQUALS) {
      if (at >= length) return -1;
      if (isFirst) attribs[name] = "";
      continue;
    }
    do letter = markup.charCodeAt(++at);
    while (isSpace(letter));
    if (at >= length) return -1;
    let valueStart = at;
    let valueEnd: number;
    if (letter === DOUBLE || letter === SINGLE) {
      valueStart++;
      valueEnd = endOfQuoted(markup, valueStart, letter);
      if (valueEnd === -1) return -1;
      at = valueEnd + 1;
    } else {
      for (; at < length; at++) {
        letter = markup.charCodeAt(at);
        if (letter === GT || isSpace(letter)) break;
      }
      if (at >= length) return -1;
      valueEnd = at;
    }
    if (isFirst) attribs[name] = decodeAttribute(markup, valueStart, valueEnd);
  }
  return -1;
}

/** Most names are: then one look tells, as every value is a string. */
function isNew(attribs: Record<string, string>, name: string): boolean {
  return attribs[name] === undefined || !Object.hasOwn(attribs, name);
}

function endOfQuoted(markup: string, from: number, quote: number): number {
  const near = Math.min(markup.length, from + SHORT_CHARS);
  for (let at = from; at < near; at++) if (markup.charCodeAt(at) === quote) return at;
  return markup.indexOf(quote === DOUBLE ? '"' : "'", near);
}
