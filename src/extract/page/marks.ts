/**
 * Elements of a page's tree, which know without being asked what every step asks every element for: which
 * of some attributes they have (one number), their class and id, where their link leads. All attributes
 * together are read from the markup again, for the few elements of which somebody asks them: to make an
 * object of every tag's was a tenth of a page's time, and most were never looked at.
 */
import { Element } from "domhandler";
import { type Known, know } from "../remember.ts";
import { decodeAttribute } from "./entities.ts";

/** Bits of attributes that are there, with whatever value. */
export const Mark = {
  class: 1,
  id: 2,
  hidden: 4,
  ariaHidden: 8,
  style: 16,
  role: 32,
  itemtype: 64,
  itemprop: 128,
  property: 256,
  href: 512,
  rel: 1_024,
  ariaCurrent: 2_048,
} as const;

/** `ariaHidden` is `aria-hidden` in markup. */
const BITS: ReadonlyMap<string, number> = new Map<string, number>(
  Object.entries(Mark).map(([name, bit]) => [
    name.replace(/[A-Z]/u, (capital) => `-${capital.toLowerCase()}`),
    bit,
  ]),
);

type ReadAttributes = (markup: string, nameEnd: number, tagEnd: number) => Record<string, string>;

/** A page's markup, whose tags are read for their attributes when somebody asks. */
export class TagSource {
  readonly #markup: string;
  readonly #read: ReadAttributes;

  /** @param read - all attributes of the tag whose name and whose `>` end at two places */
  constructor(markup: string, read: ReadAttributes) {
    this.#markup = markup;
    this.#read = read;
  }

  attributesOf({ nameEnd, tagEnd }: MarkedElement): Record<string, string> {
    return this.#read(this.#markup, nameEnd, tagEnd);
  }

  valueAt(start: number, end: number): string {
    return decodeAttribute(this.#markup, start, end);
  }
}

/** Attributes of a page's tree are never changed. */
export class MarkedElement extends Element {
  marks = 0;
  classes: Known | null = null;
  identity: Known | null = null;
  source: TagSource | null = null;
  /** Where the tag's name ends, and the tag. */
  nameEnd = 0;
  tagEnd = 0;
  hrefStart = 0;
  hrefEnd = 0;
  declare all: Readonly<Record<string, string>> | null;
}

const NO_ATTRIBUTES = Object.freeze({});

// By hand, because the class that is extended declares a plain property (and sets it to begin with).
Object.defineProperty(MarkedElement.prototype, "attribs", {
  get(this: MarkedElement) {
    this.all ??= this.source?.attributesOf(this) ?? NO_ATTRIBUTES;
    return this.all;
  },
  set(this: MarkedElement, attribs: Readonly<Record<string, string>> | null) {
    this.all = attribs;
  },
});

/** 0 for a name nobody asks every element for. */
export function markOf(name: string): number {
  return BITS.get(name) ?? 0;
}

/** Bits of Mark. */
export function marksOf(element: Element): number {
  return (element as Partial<MarkedElement>).marks ?? countMarks(element);
}

/** An element of another parser's tree, which knows its marks from now on. */
export function withMarks(element: Element): Element {
  const { class: classes, id } = element.attribs;
  return Object.assign(element, {
    marks: countMarks(element),
    classes: classes === undefined ? null : know(classes),
    identity: id === undefined ? null : know(id),
  });
}

/** Its class attribute; null when it has none. */
export function classesOf(element: Element): Known | null {
  const { classes } = element as Partial<MarkedElement>;
  if (classes !== undefined) return classes;
  return element.attribs.class === undefined ? null : know(element.attribs.class);
}

/** Its id; null when it has none. */
export function idOf(element: Element): Known | null {
  const { identity } = element as Partial<MarkedElement>;
  if (identity !== undefined) return identity;
  return element.attribs.id === undefined ? null : know(element.attribs.id);
}

export function classOf(element: Element): string | undefined {
  return classesOf(element)?.text;
}

/** Its `href` as written but for character references. */
export function hrefOf(element: Element): string | undefined {
  const { hrefEnd, hrefStart, source } = element as Partial<MarkedElement>;
  return hrefEnd && source ? source.valueAt(hrefStart as number, hrefEnd) : element.attribs.href;
}

function countMarks({ attribs }: Element): number {
  let marks = 0;
  for (const name of Object.keys(attribs)) marks |= markOf(name);
  return marks;
}
