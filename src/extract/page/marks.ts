/**
 * Which of the attributes every step asks for an element has: one number, known since the tag was read.
 * Nearly all elements have none or one of them, and to ask an object of a page's changing attributes for
 * what it has not is dear (measured: a twentieth of a page's time).
 */
import { Element } from "domhandler";

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
} as const;

const BITS: ReadonlyMap<string, number> = new Map<string, number>(
  Object.entries(Mark).map(([name, bit]) => [name === "ariaHidden" ? "aria-hidden" : name, bit]),
);

/** An element that knows its marks. Attributes of a page's tree are never changed. */
export class MarkedElement extends Element {
  marks = 0;
}

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
  return Object.assign(element, { marks: countMarks(element) });
}

export function classOf(element: Element): string | undefined {
  return marksOf(element) & Mark.class ? element.attribs.class : undefined;
}

function countMarks({ attribs }: Element): number {
  let marks = 0;
  for (const name of Object.keys(attribs)) marks |= markOf(name);
  return marks;
}
