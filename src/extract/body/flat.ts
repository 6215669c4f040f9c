/**
 * The page as arrays: elements in document order with their subtree's range, and the pieces of text
 * between them. Every later question ("how much prose is in here, how much of it links?") is two
 * look-ups in a running sum instead of a walk, so the whole body search stays linear.
 *
 * Invariants: element i's descendants are i+1 … end[i]-1; its text is pieces pieceStart[i] …
 * pieceEnd[i]-1. Running sums have one entry more than there are pieces.
 */
import { type ChildNode, type Document, type Element, isTag, isText } from "domhandler";
import type { PageFacts } from "../context.ts";
import { classesOf, idOf, Mark, marksOf } from "../page/marks.ts";
import { readNames } from "./names.ts";
import { squeezed } from "./white-space.ts";

/** What an element is, for itself or through an ancestor (`context` inherits, `own` does not). */
export const Is = {
  link: 1,
  heading: 2,
  list: 4,
  quote: 8,
  table: 16,
  caption: 32,
  bold: 64,
  paragraph: 128,
  article: 256,
  hidden: 512,
  block: 1024,
  pre: 2048,
  item: 4096,
  h1: 8192,
  italic: 16384,
} as const;

/** How strongly a piece is parted from the one before it. */
export const Break = { none: 0, line: 1, block: 2 } as const;

export interface FlatPage {
  /** The page itself is the first. */
  readonly elements: readonly (Element | Document)[];
  readonly parent: Int32Array;
  readonly end: Int32Array;
  readonly pieceStart: Int32Array;
  readonly pieceEnd: Int32Array;
  /** Bits of Is, of the element itself. */
  readonly own: Int32Array;
  /** Bits of Is, of the element and its ancestors. */
  readonly context: Int32Array;
  /** Bits of Names. */
  readonly names: Int32Array;
  readonly pieces: readonly string[];
  readonly owner: readonly number[];
  readonly breaks: readonly number[];
  /** Pieces before which a blank line stands (two `<br>` in a row): a new paragraph for a reader. */
  readonly afterBlank: ReadonlySet<number>;
  readonly depth: Int32Array;
  /** Running sums over pieces. */
  readonly chars: Float64Array;
  readonly linkChars: Float64Array;
  readonly proseChars: Float64Array;
  readonly longLinks: Float64Array;
  readonly headingLinks: Float64Array;
  readonly h1s: Float64Array;
  readonly headings: Float64Array;
  /** Pictures and players before each piece. */
  readonly media: Float64Array;
}

/** Bits of what a tag means for the walk, above those of Is. */
const Walk = { inline: 1 << 20, silent: 1 << 21, media: 1 << 22, line: 1 << 23 } as const;
const OWN_BITS = (1 << 20) - 1;

/** What each tag is; a tag that is not here is a block and nothing more. */
const TRAITS = new Map<string, number>();
function learn(bits: number, tags: string): void {
  for (const tag of tags.split(" ")) TRAITS.set(tag, (TRAITS.get(tag) ?? 0) | bits);
}
learn(
  Walk.inline,
  "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p picture q rb rp ruby s samp small source span strike strong sub sup time tt u var wbr",
);
// Never text of an article; their contents are not even measured.
learn(
  Walk.silent,
  "script style noscript template iframe object embed applet audio video canvas select option textarea button input datalist meta link title base map area math progress meter rt rp svg frameset noframes noembed",
);
learn(Walk.media, "img video audio iframe object embed amp-img");
learn(Walk.line, "br hr");
learn(Is.heading, "h1 h2 h3 h4 h5 h6");
learn(Is.h1, "h1");
learn(Is.list, "ul ol dl");
learn(Is.item, "li");
learn(Is.quote, "blockquote");
learn(Is.table, "table");
learn(Is.caption, "figcaption caption");
learn(Is.bold, "b strong");
learn(Is.italic, "i em");
learn(Is.paragraph, "p");
learn(Is.article, "article");
learn(Is.pre, "pre");

const HIDING = Mark.hidden | Mark.ariaHidden | Mark.style;
const HIDING_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden/iu;

/** Shorter runs of text are labels more often than sentences (70 as in other density measures). */
const PROSE_CHARS = 70;
/** Scripts that write a word in one or two signs say in 28 what others say in 70. */
const DENSE_PROSE_CHARS = 28;
const DENSE_SCRIPT = /[\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]/u;
const LONG_LINK_CHARS = 12;

/** Flattens the whole tree except what is in `skipped`. Iterative: depth costs no stack. */
export function flatten(
  { root: top, elements: all }: Pick<PageFacts, "root" | "elements">,
  skipped: ReadonlySet<Element>,
): FlatPage {
  const elements: (Element | Document)[] = [];
  const [parent, end, pieceStart, pieceEnd, own, context, names, depth] = columns(all.length + 1);
  const pieces: string[] = [];
  const owner: number[] = [];
  const breaks: number[] = [];
  const mediaBefore: number[] = [];
  let media = 0;
  let pendingBreak: number = Break.block;
  let hasPendingSpace = false;
  const afterBlank = new Set<number>();
  let lineBreaks = 0;

  const open = (element: Element | Document, parentIndex: number, traits: number): number => {
    const index = elements.length;
    let bits = traits & OWN_BITS;
    let named = 0;
    if (isTag(element)) {
      const marks = marksOf(element);
      if (marks & Mark.href && element.name === "a") bits |= Is.link;
      if (marks & HIDING && isHidden(element.attribs)) bits |= Is.hidden;
      const classes = classesOf(element);
      const id = idOf(element);
      if (classes !== null) named = readNames.of(classes);
      if (id !== null) named |= readNames.of(id);
    }
    if ((traits & Walk.inline) === 0) {
      bits |= Is.block;
      pendingBreak = Break.block;
    }
    elements.push(element);
    parent[index] = parentIndex;
    pieceStart[index] = pieces.length;
    own[index] = bits;
    names[index] = named;
    if (parentIndex < 0) context[index] = bits;
    else {
      depth[index] = (depth[parentIndex] as number) + 1;
      context[index] = bits | (context[parentIndex] as number);
    }
    return index;
  };

  let current = open(top, -1, 0);
  let node: ChildNode | null = top.firstChild;
  while (true) {
    if (node === null) {
      end[current] = elements.length;
      pieceEnd[current] = pieces.length;
      if ((own[current] as number) & Is.block) pendingBreak = Break.block;
      const closed = elements[current] as Element | Document;
      current = parent[current] as number;
      if (current < 0) break;
      node = closed.next as ChildNode | null;
      continue;
    }
    if (isText(node)) {
      const text = squeezed(node);
      if (text !== "") {
        pieces.push(hasPendingSpace && pendingBreak === Break.none ? ` ${text}` : text);
        owner.push(current);
        breaks.push(pendingBreak);
        if (lineBreaks > 1) afterBlank.add(breaks.length - 1);
        lineBreaks = 0;
        mediaBefore.push(media);
        pendingBreak = Break.none;
        hasPendingSpace = false;
      } else hasPendingSpace = true;
    } else if (isTag(node)) {
      const traits = TRAITS.get(node.name) ?? 0;
      if ((traits & Walk.media) !== 0) media++;
      if ((traits & Walk.line) !== 0) {
        lineBreaks++;
        pendingBreak = Math.max(pendingBreak, node.name === "br" ? Break.line : Break.block);
      } else if ((traits & Walk.silent) !== 0 || (skipped.size > 0 && skipped.has(node))) {
        if ((traits & Walk.inline) === 0) hasPendingSpace = true;
      } else {
        current = open(node, current, traits);
        node = node.firstChild;
        continue;
      }
    }
    node = node.next as ChildNode | null;
  }
  mediaBefore.push(media);
  const base = {
    elements,
    parent,
    end,
    pieceStart,
    pieceEnd,
    own,
    context,
    names,
    pieces,
    owner,
    breaks,
    afterBlank,
    depth,
    media: Float64Array.from(mediaBefore),
  };
  return { ...base, ...measure(base) };
}

const COLUMNS = 8;
type Columns = readonly [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** Cut from one buffer: memory outside the heap is dear to ask for. */
function columns(length: number): Columns {
  const buffer = new ArrayBuffer(COLUMNS * length * Int32Array.BYTES_PER_ELEMENT);
  const column = (_: unknown, at: number): Int32Array =>
    new Int32Array(buffer, at * length * Int32Array.BYTES_PER_ELEMENT, length);
  return Array.from({ length: COLUMNS }, column) as unknown as Columns;
}

function isHidden(attribs: Readonly<Record<string, string>>): boolean {
  return (
    attribs.hidden !== undefined ||
    attribs["aria-hidden"] === "true" ||
    (attribs.style !== undefined && HIDING_STYLE.test(attribs.style))
  );
}

type Sums = Pick<
  FlatPage,
  "chars" | "linkChars" | "proseChars" | "longLinks" | "headingLinks" | "h1s" | "headings"
>;

const SUMS = 7;

function measure(flat: Omit<FlatPage, keyof Sums>): Sums {
  const { pieces, owner, breaks, context } = flat;
  const count = pieces.length + 1;
  const buffer = new ArrayBuffer(SUMS * count * Float64Array.BYTES_PER_ELEMENT);
  const sum = (nth: number): Float64Array =>
    new Float64Array(buffer, nth * count * Float64Array.BYTES_PER_ELEMENT, count);
  const sums = {
    chars: sum(0),
    linkChars: sum(1),
    proseChars: sum(2),
    longLinks: sum(3),
    headingLinks: sum(4),
    h1s: sum(5),
    headings: sum(6),
  };
  const { chars, linkChars, proseChars, longLinks, headingLinks, h1s, headings } = sums;
  for (let p = 0; p < pieces.length; p++) {
    const length = (pieces[p] as string).length;
    const bits = context[owner[p] as number] as number;
    const isLink = (bits & Is.link) !== 0;
    chars[p + 1] = (chars[p] as number) + length;
    linkChars[p + 1] = (linkChars[p] as number) + (isLink ? length : 0);
    longLinks[p + 1] = (longLinks[p] as number) + (isLink && length >= LONG_LINK_CHARS ? 1 : 0);
    headingLinks[p + 1] = (headingLinks[p] as number) + (isLink && bits & Is.heading ? 1 : 0);
    headings[p + 1] = (headings[p] as number) + (bits & Is.heading ? 1 : 0);
    h1s[p + 1] = (h1s[p] as number) + (bits & Is.h1 ? 1 : 0);
  }
  for (let start = 0; start < pieces.length; ) {
    let stop = start + 1;
    while (stop < pieces.length && breaks[stop] === Break.none) stop++;
    const length = (chars[stop] as number) - (chars[start] as number);
    const links = (linkChars[stop] as number) - (linkChars[start] as number);
    const isDense = length >= DENSE_PROSE_CHARS && DENSE_SCRIPT.test(pieces[start] as string);
    const isProse =
      length >= (isDense ? DENSE_PROSE_CHARS : PROSE_CHARS) &&
      links * 2 < length &&
      ((context[owner[start] as number] as number) & Is.heading) === 0;
    const factor = isProse ? (isDense ? PROSE_CHARS / DENSE_PROSE_CHARS : 1) : 0;
    for (let p = start; p < stop; p++) {
      proseChars[p + 1] = (proseChars[p] as number) + factor * (pieces[p] as string).length;
    }
    start = stop;
  }
  return sums;
}

/** Sum of one running sum over an element's text. */
export function within(flat: FlatPage, sums: Float64Array, index: number): number {
  return (
    (sums[flat.pieceEnd[index] as number] as number) -
    (sums[flat.pieceStart[index] as number] as number)
  );
}
