/**
 * Markup → tree, in one scan that jumps from mark to mark. Scripts, styles, drawings and comments (most
 * of a page's bytes) never become nodes; scripts are handed back aside. The tree is the one htmlparser2
 * builds of what cut.ts leaves of the page (tags close each other as it has it;
 * test/extract/page/tree.test.ts holds them side by side), and what is rare (foreign elements, CDATA,
 * markup without end, depth beyond all measure) is left to those two. Linear; never throws.
 */
import {
  type ChildNode,
  Comment,
  Document,
  type Element,
  isTag,
  type ParentNode,
  ProcessingInstruction,
  Text,
} from "domhandler";
import { parseDocument } from "htmlparser2";
import { createUnits } from "../../text/index.ts";
import { readAttributes, readTagInto } from "./attributes.ts";
import {
  type Cuttings,
  cutPage,
  endOfCut,
  endOfDeclaration,
  MAX_DEPTH,
  type Search,
} from "./cut.ts";
import { decodeText } from "./entities.ts";
import { MarkedElement, TagSource, withMarks } from "./marks.ts";
import { MarkedText, Shape, shapeAt } from "./shape.ts";
import { isLetter, isSpace, Kind, readClosingTag, readTag, type Tag } from "./tags.ts";

export interface Tree extends Cuttings {
  readonly root: Document;
  /** All of them, in document order. */
  readonly elements: readonly Element[];
}

export function buildTree(html: string): Tree {
  return scan(html) ?? buildByParser(html);
}

function buildByParser(html: string): Tree {
  const { markup, ...cuttings } = cutPage(html);
  const root = parseDocument(markup);
  const elements: Element[] = [];
  let node: ChildNode | null = root.firstChild;
  while (node !== null) {
    if (isTag(node)) elements.push(withMarks(node));
    let next: ChildNode | null = isTag(node) ? node.firstChild : null;
    for (let climbed: ChildNode | null = node; next === null && climbed !== null; ) {
      next = climbed.nextSibling;
      const parent: ParentNode | null = climbed.parent;
      climbed = parent !== null && isTag(parent) ? parent : null;
    }
    node = next;
  }
  return { root, elements, ...cuttings };
}

const BANG = 33;
const DASH = 45;
const SLASH = 47;
const GT = 62;
const QUESTION = 63;
const BRACKET = 91;

/** Text between tags is mostly shorter: a look at its letters is cheaper than a call of `indexOf`. */
const SHORT_CHARS = 32;

/** A page of some size. */
const PAGE_UNITS = 2 ** 18;
const unitsOfPage = createUnits(PAGE_UNITS);

/** Null when the markup holds what this scan does not read. */
function scan(markup: string): Tree | null {
  const units = unitsOfPage(markup);
  const source = new TagSource(markup, readAttributes);
  const root = new Document([]);
  const elements: Element[] = [];
  const cuttings = { jsonLd: [] as string[], scripts: [] as string[], scriptBytes: 0 };
  const search: Search = { isLastDrawingClosed: false };
  /** Open elements, the innermost last, and where the children of each begin among `pending`. */
  const open: ParentNode[] = [root];
  const starts: number[] = [0];
  /** Children of all open elements: those of the innermost stand last. */
  const pending: ChildNode[] = [];
  const none: ChildNode[] = [];
  let top: ParentNode = root;
  let last: ChildNode | null = null;
  /** The text that goes on when more text follows, whatever stood between. */
  let lastText: MarkedText | null = null;
  let textStart = 0;
  /** As cut.ts counts it. */
  let depth = 0;

  const append = (node: ChildNode): void => {
    if (last !== null) {
      node.prev = last;
      last.next = node;
    }
    pending.push(node);
    node.parent = top;
    last = node;
    lastText = null;
  };
  const text = (end: number): void => {
    if (end <= textStart) return;
    const shape = shapeAt(units, textStart, end);
    const data =
      shape === Shape.any ? decodeText(markup, textStart, end) : markup.slice(textStart, end);
    if (lastText !== null) {
      lastText.data += data;
      lastText.shape = Shape.any;
    } else {
      const node = new MarkedText(data, shape);
      append(node);
      lastText = node;
    }
  };
  const close = (): void => {
    const closed = open.pop() as ParentNode;
    closed.children = cutOff(pending, starts.pop() as number, none);
    top = open[open.length - 1] as ParentNode;
    last = closed as Element;
    lastText = null;
  };
  const openElement = (tag: Tag, element = newElement(tag.name, none)): void => {
    elements.push(element);
    append(element);
    if ((tag.kind & Kind.void) === 0) {
      open.push(element);
      starts.push(pending.length);
      top = element;
      last = null;
    }
  };
  const closeImplied = ({ closes }: Tag): void => {
    if (closes === null) return;
    while (open.length > 1 && closes.has((top as Element).name)) close();
  };
  const closeNamed = (tag: Tag): void => {
    if ((tag.kind & Kind.void) !== 0) {
      if (tag.name === "br") openElement(tag);
      return;
    }
    for (let level = open.length - 1; level > 0; level--) {
      if ((open[level] as Element).name !== tag.name) continue;
      while (open.length > level) close();
      return;
    }
    if (tag.name === "p") {
      closeImplied(tag);
      openElement(tag);
      close();
    }
  };
  /** Whether what stands before a cut could read differently together with what stands after it. */
  const couldJoin = (at: number): boolean => {
    if (at <= textStart) return false;
    const before = markup.slice(textStart, at);
    const reference = before.lastIndexOf("&");
    return (
      before.indexOf("<") !== -1 || (reference !== -1 && before.indexOf(";", reference) === -1)
    );
  };

  for (let at = nextMark(markup, units, 0); at !== -1; ) {
    const next = units[at + 1] as number;
    if (isLetter(next)) {
      const tag = readTag(markup, units, at + 1);
      if (tag === null || (tag.kind & Kind.foreign) !== 0) return null;
      const nameEnd = at + 1 + tag.name.length;
      if ((tag.kind & Kind.cut) !== 0) {
        if (couldJoin(at)) return null;
        text(at);
        textStart = endOfCut(markup, tag.name, nameEnd, cuttings, search);
        at = nextMark(markup, units, textStart);
        continue;
      }
      if ((tag.kind & Kind.uncounted) === 0 && ++depth > MAX_DEPTH) return null;
      text(at);
      const element = newElement(tag.name, none);
      const isAsked = (tag.kind & Kind.asked) !== 0;
      const end = readTagInto(element, markup, units, nameEnd, source, isAsked);
      if (end === -1) return null;
      closeImplied(tag);
      openElement(tag, element);
      textStart = end;
      if ((tag.kind & Kind.raw) !== 0 && units[end - 2] !== SLASH) {
        const rawEnd = endOfRawText(markup, tag.name, end);
        if (rawEnd === -1) return null;
        const firstTag = markup.indexOf("<", end);
        // Tags in a title are text, but whoever decodes text takes them for tags.
        if (tag.name === "title" && firstTag < rawEnd) return null;
        if (firstTag < rawEnd && CUT_INSIDE.test(markup.slice(end, rawEnd))) return null;
        if (tag.name === "title") text(rawEnd);
        else if (rawEnd > end) append(new Text(markup.slice(end, rawEnd)));
        textStart = rawEnd;
        at = rawEnd;
        continue;
      }
      at = nextMark(markup, units, end);
    } else if (next === SLASH) {
      let nameStart = at + 2;
      while (isSpace(units[nameStart] as number)) nameStart++;
      const code = units[nameStart] as number;
      if (code === GT) {
        // `</>` is text, as the tokenizer has it.
        at = nextMark(markup, units, nameStart);
        continue;
      }
      const gt = markup.indexOf(">", nameStart);
      if (gt === -1) return null;
      text(at);
      if (isLetter(code)) {
        const tag = readClosingTag(markup, units, nameStart);
        if (tag === null) return null;
        if ((tag.kind & Kind.uncounted) === 0 && depth > 0) depth--;
        closeNamed(tag);
      } else {
        const value = markup.slice(nameStart, gt);
        if (value.includes("<")) return null;
        append(new Comment(value));
      }
      textStart = gt + 1;
      at = nextMark(markup, units, textStart);
    } else if (next === BANG && units[at + 2] === DASH) {
      if (couldJoin(at)) return null;
      text(at);
      textStart = endOfDeclaration(markup, at);
      at = nextMark(markup, units, textStart);
    } else if (next === BANG || next === QUESTION) {
      if (next === BANG && units[at + 2] === BRACKET) return null;
      const gt = markup.indexOf(">", at + 2);
      if (gt === -1) return null;
      text(at);
      const value = markup.slice(at + 1, gt);
      if (next === QUESTION && value.includes("<")) return null;
      append(new ProcessingInstruction(value, value));
      textStart = gt + 1;
      at = nextMark(markup, units, textStart);
    } else {
      at = nextMark(markup, units, at + 1);
    }
  }
  text(markup.length);
  while (open.length > 1) close();
  root.children = pending;
  return { root, elements, ...cuttings, cutAtDepth: null };
}

function newElement(name: string, none: ChildNode[]): MarkedElement {
  return new MarkedElement(name, null as never, none);
}

/** What cut.ts takes out wherever it stands. */
const CUT_INSIDE = /<(?:!-|script|style|svg)/iu;

/**
 * The children from `start` on, taken off the list. By `slice`, which makes an array of the right size (one
 * that grows takes room for seventeen) and no allocation site: V8 sees that children outlive a collection,
 * would make them old from the start, and every dead tree would then keep the next one alive.
 */
function cutOff(pending: ChildNode[], start: number, none: ChildNode[]): ChildNode[] {
  if (pending.length === start) return none;
  const children = pending.slice(start);
  pending.length = start;
  return children;
}

/** Position of the next `<`, -1 when there is none. */
function nextMark(markup: string, units: Uint16Array, from: number): number {
  const near = Math.min(markup.length, from + SHORT_CHARS);
  for (let at = from; at < near; at++) if (units[at] === 60) return at;
  return markup.indexOf("<", near);
}

/** Where `</name` followed by a space or `>` stands; -1 when nowhere. */
function endOfRawText(markup: string, name: string, from: number): number {
  for (let at = markup.indexOf("</", from); at !== -1; at = markup.indexOf("</", at + 2)) {
    const end = at + 2 + name.length;
    const after = markup.charCodeAt(end);
    if ((after === GT || isSpace(after)) && markup.slice(at + 2, end).toLowerCase() === name) {
      return at;
    }
  }
  return -1;
}
