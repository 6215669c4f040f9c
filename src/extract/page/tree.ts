/**
 * Markup → tree, in one scan that jumps from mark to mark. The tree is the one htmlparser2 builds (tags
 * close each other as it has it; test/extract/page/tree.test.ts holds them side by side); what is rare
 * in cut pages (foreign elements, CDATA, raw text left over) is left to htmlparser2 itself. Linear;
 * never throws.
 */
import {
  type ChildNode,
  Comment,
  Document,
  Element,
  type ParentNode,
  ProcessingInstruction,
  Text,
} from "domhandler";
import { parseDocument } from "htmlparser2";
import { decodeAttribute, decodeText } from "./entities.ts";

/** @param markup - as cut.ts leaves it: without scripts, styles, comments and drawings */
export function buildTree(markup: string): Document {
  return scan(markup) ?? parseDocument(markup);
}

const set = (names: string): ReadonlySet<string> => new Set(names.split(" "));

const VOID = set(
  "area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr",
);
const FORM = set("input option optgroup select button datalist textarea");
const P = set("p");
/** Opening the key closes an open element of the value, as long as one is innermost. */
const CLOSED_BY: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...[..."select input output button datalist textarea".split(" ")].map(
    (name) => [name, FORM] as const,
  ),
  ..."p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul"
    .split(" ")
    .map((name) => [name, P] as const),
  ["tr", set("tr th td")],
  ["th", set("th")],
  ["td", set("thead th td")],
  ["body", set("head link script")],
  ["li", set("li")],
  ["option", set("option")],
  ["optgroup", set("optgroup option")],
  ["dd", set("dd dt")],
  ["dt", set("dd dt")],
  ["rt", set("rt rp")],
  ["rp", set("rt rp")],
  ["tbody", set("thead tbody")],
  ["tfoot", set("thead tbody")],
]);
/** Whoever meets one of these needs the whole tokenizer. */
const LEFT_TO_OTHERS = set("script style svg math xmp");

const TAB = 9;
const SPACE = 32;
const BANG = 33;
const DOUBLE = 34;
const SINGLE = 39;
const DASH = 45;
const SLASH = 47;
const EQUALS = 61;
const GT = 62;
const QUESTION = 63;
const BRACKET = 91;

/** Null when the markup holds what this scan does not read. */
function scan(markup: string): Document | null {
  const root = new Document([]);
  /** Open elements; the innermost last. */
  const open: ParentNode[] = [root];
  let top: ParentNode = root;
  /** The text that goes on when more text follows, whatever stood between. */
  let lastText: Text | null = null;
  let textStart = 0;
  let at = markup.indexOf("<");

  const append = (node: ChildNode): void => {
    const { children } = top;
    const last = children.length > 0 ? (children[children.length - 1] as ChildNode) : null;
    children.push(node);
    if (last !== null) {
      node.prev = last;
      last.next = node;
    }
    node.parent = top;
    lastText = null;
  };
  const text = (end: number): void => {
    if (end <= textStart) return;
    const data = decodeText(markup, textStart, end);
    if (lastText !== null) lastText.data += data;
    else {
      const node = new Text(data);
      append(node);
      lastText = node;
    }
  };
  const close = (): void => {
    open.pop();
    top = open[open.length - 1] as ParentNode;
    lastText = null;
  };
  const openElement = (name: string, attribs: Record<string, string>): void => {
    const element = new Element(name, attribs);
    append(element);
    if (!VOID.has(name)) {
      open.push(element);
      top = element;
    }
  };
  const closeImplied = (name: string): void => {
    const closed = CLOSED_BY.get(name);
    if (closed === undefined) return;
    while (open.length > 1 && closed.has((top as Element).name)) close();
  };
  const closeNamed = (name: string): void => {
    if (VOID.has(name)) {
      if (name === "br") {
        openElement("br", {});
      }
      return;
    }
    for (let level = open.length - 1; level > 0; level--) {
      if ((open[level] as Element).name !== name) continue;
      while (open.length > level) close();
      return;
    }
    if (name === "p") {
      closeImplied("p");
      openElement("p", {});
      close();
    }
  };

  while (at !== -1) {
    const next = markup.charCodeAt(at + 1);
    if (isLetter(next)) {
      const nameEnd = endOfTagName(markup, at + 1);
      const name = tagName(markup, at + 1, nameEnd);
      if (LEFT_TO_OTHERS.has(name)) return null;
      text(at);
      const attribs: Record<string, string> = {};
      const end = readAttributes(markup, nameEnd, attribs);
      if (end === -1) return null;
      closeImplied(name);
      openElement(name, attribs);
      textStart = end;
      if ((name === "title" || name === "textarea") && markup.charCodeAt(end - 2) !== SLASH) {
        const rawEnd = endOfRaw(markup, name, end);
        if (rawEnd === -1) return null;
        const firstTag = markup.indexOf("<", end);
        // Tags in a title are text, but whoever decodes text takes them for tags.
        if (name === "title" && firstTag < rawEnd) return null;
        if (name === "title") text(rawEnd);
        else if (rawEnd > end) append(new Text(markup.slice(end, rawEnd)));
        textStart = rawEnd;
        at = rawEnd;
        continue;
      }
      at = markup.indexOf("<", end);
    } else if (next === SLASH) {
      let nameStart = at + 2;
      while (isSpace(markup.charCodeAt(nameStart))) nameStart++;
      const code = markup.charCodeAt(nameStart);
      if (code === GT) {
        // `</>` is text, as the tokenizer has it.
        at = markup.indexOf("<", nameStart);
        continue;
      }
      const gt = markup.indexOf(">", nameStart);
      if (gt === -1) return null;
      text(at);
      if (isLetter(code))
        closeNamed(tagName(markup, nameStart, endOfClosingName(markup, nameStart)));
      else append(new Comment(markup.slice(nameStart, gt)));
      textStart = gt + 1;
      at = markup.indexOf("<", textStart);
    } else if (next === BANG || next === QUESTION) {
      const after = markup.charCodeAt(at + 2);
      if (next === BANG && (after === BRACKET || after === DASH)) return null;
      const gt = markup.indexOf(">", at + 2);
      if (gt === -1) return null;
      text(at);
      const value = markup.slice(at + 1, gt);
      append(new ProcessingInstruction(value, value));
      textStart = gt + 1;
      at = markup.indexOf("<", textStart);
    } else {
      at = markup.indexOf("<", at + 1);
    }
  }
  text(markup.length);
  return root;
}

/** Fills `attribs` (the first of a name counts); the position after the tag's `>`, -1 when it has none. */
function readAttributes(markup: string, from: number, attribs: Record<string, string>): number {
  const { length } = markup;
  let at = from;
  while (at < length) {
    const code = markup.charCodeAt(at);
    if (code === GT) return at + 1;
    if (code === SLASH || isSpace(code)) {
      at++;
      continue;
    }
    const nameStart = at++;
    let hasCapital = code >= 65 && code <= 90;
    let letter = 0;
    for (; at < length; at++) {
      letter = markup.charCodeAt(at);
      if (letter === EQUALS || letter === GT || letter === SLASH || isSpace(letter)) break;
      if ((letter >= 65 && letter <= 90) || letter > 127) hasCapital = true;
    }
    if (at >= length) return -1;
    const written = markup.slice(nameStart, at);
    const name = hasCapital || code > 127 ? written.toLowerCase() : written;
    while (isSpace(letter)) letter = markup.charCodeAt(++at);
    if (letter !== EQUALS) {
      if (at >= length) return -1;
      if (!Object.hasOwn(attribs, name)) attribs[name] = "";
      continue;
    }
    do letter = markup.charCodeAt(++at);
    while (isSpace(letter));
    if (at >= length) return -1;
    let valueStart = at;
    let valueEnd: number;
    if (letter === DOUBLE || letter === SINGLE) {
      valueStart++;
      valueEnd = markup.indexOf(letter === DOUBLE ? '"' : "'", valueStart);
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
    if (!Object.hasOwn(attribs, name)) {
      attribs[name] = decodeAttribute(markup, valueStart, valueEnd);
    }
  }
  return -1;
}

/** Where `</name` followed by a space or `>` stands; -1 when nowhere. */
function endOfRaw(markup: string, name: string, from: number): number {
  for (let at = markup.indexOf("</", from); at !== -1; at = markup.indexOf("</", at + 2)) {
    const end = at + 2 + name.length;
    const after = markup.charCodeAt(end);
    if ((after === GT || isSpace(after)) && markup.slice(at + 2, end).toLowerCase() === name) {
      return at;
    }
  }
  return -1;
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

function isSpace(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= 13 && code !== 11);
}

function endOfTagName(markup: string, from: number): number {
  let at = from;
  for (; at < markup.length; at++) {
    const code = markup.charCodeAt(at);
    if (code === GT || code === SLASH || isSpace(code)) break;
  }
  return at;
}

/** A slash does not end it, as it does an opening tag's. */
function endOfClosingName(markup: string, from: number): number {
  let at = from;
  for (; at < markup.length; at++) {
    const code = markup.charCodeAt(at);
    if (code === GT || isSpace(code)) break;
  }
  return at;
}

function tagName(markup: string, start: number, end: number): string {
  return markup.slice(start, end).toLowerCase();
}
