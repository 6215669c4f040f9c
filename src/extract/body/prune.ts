/**
 * Takes out what is not the article before anything is scored: by tag, role, name and visibility.
 * Guarded by prose: what holds most of the page's prose is never dropped for its name alone, since
 * names lie more often than text does.
 */
import { type Document, type Element, isTag } from "domhandler";
import type { Tracer } from "../context.ts";
import { Mark, marksOf } from "../page/marks.ts";
import { Break, type FlatPage, Is, within } from "./flat.ts";
import { Names } from "./names.ts";

/** Why a piece was dropped; `none` while it is alive. */
export const Dropped = {
  none: 0,
  hidden: 1,
  tag: 2,
  form: 3,
  figure: 4,
  caption: 5,
  aside: 6,
  header: 7,
  role: 8,
  hardName: 9,
  littleProse: 10,
  manyLinks: 11,
  card: 12,
} as const;

/** What can never be the article, as against what only looks unlike it. */
export const isForGood = (dropped: number): boolean =>
  dropped >= Dropped.hidden && dropped <= Dropped.form;

export interface Pruned {
  /** One of Dropped for each piece of text. */
  readonly dropped: Uint8Array;
  /** 1 where an element was dropped itself (its descendants are not marked). */
  readonly gone: Uint8Array;
}

/** How strict a pass is: soft keeps everything whose name is only suspicious, bare asks no names. */
export type Strictness = "full" | "soft" | "bare";

const DROPPED_TAGS = new Set(["nav", "footer", "menu", "dialog", "menuitem"]);
const DROPPED_ROLES = new Set([
  "navigation",
  "complementary",
  "banner",
  "contentinfo",
  "search",
  "dialog",
  "alertdialog",
  "alert",
  "menu",
  "menubar",
  "toolbar",
  "tooltip",
  "tablist",
  "radiogroup",
]);
/** More than this share of all prose is the article itself, whatever it is called. */
const MOST_PROSE = 0.5;
/** An article, main or h1-holder is kept from here on: the share of one short article on a full page. */
const SOME_PROSE = 0.05;
/** A form around most of the page is how ASP.NET sites are built. */
const FORM_PROSE = 0.3;
/** Of the page's text: a form to write to somebody stands beside an article, and is less. */
const MOST_TEXT = 0.5;
/** A figure with this much prose is a gallery page, not a picture. */
const FIGURE_PROSE_CHARS = 400;
/** A suspicious name on less prose than two lines drops the element. */
const SOFT_PROSE_CHARS = 140;
const SOFT_LINK_SHARE = 0.2;

/**
 * @param anchors - pieces that begin with the words of the page's description: what holds one is not
 *   dropped for being hidden (pages hide articles behind "read more" and paywalls)
 * @param title - the heading that is one of the page's titles; -1 when none is
 * @param held - elements that a rule's body stands in or is: known to be the article, so never dropped
 */
export function prune(
  flat: FlatPage,
  strictness: Strictness,
  anchors: readonly number[],
  title: number,
  held: ReadonlySet<number>,
  tracer: Tracer,
): Pruned {
  const pruned = {
    dropped: new Uint8Array(flat.pieces.length),
    gone: new Uint8Array(flat.elements.length),
  };
  // Consent dialogs can hold more prose than the article, so shares are counted without the hidden.
  let allProse = Math.max(1, within(flat, flat.proseChars, 0));
  allProse -= dropWhere(flat, pruned, held, tracer, (index) =>
    hiddenReason(flat, index, allProse, anchors),
  );
  allProse -= dropWhere(flat, pruned, held, tracer, (index) =>
    tagReason(flat, index, allProse, strictness, title),
  );
  dropWhere(flat, pruned, held, tracer, (index) => nameReason(flat, index, allProse, strictness));
  return pruned;
}

/** Drops the outermost elements with a reason; the prose that went with them. */
function dropWhere(
  flat: FlatPage,
  pruned: Pruned,
  held: ReadonlySet<number>,
  tracer: Tracer,
  reasonOf: (index: number) => number,
): number {
  let prose = 0;
  for (let index = 1; index < flat.elements.length; ) {
    const why = pruned.gone[index] || held.has(index) ? Dropped.none : reasonOf(index);
    if (why === Dropped.none && !pruned.gone[index]) {
      index++;
      continue;
    }
    if (!pruned.gone[index]) {
      prose += within(flat, flat.proseChars, index);
      drop(flat, pruned, index, why);
      const chars = tracer.on ? within(flat, flat.chars, index) : 0;
      if (chars > 0) tracer.removed(describe(flat.elements[index]), WHY[why] as string, chars);
    }
    index = flat.end[index] as number;
  }
  return prose;
}

export function drop(flat: FlatPage, pruned: Pruned, index: number, why: number): void {
  pruned.gone[index] = 1;
  const end = flat.pieceEnd[index] as number;
  for (let piece = flat.pieceStart[index] as number; piece < end; piece++) {
    if (pruned.dropped[piece] === Dropped.none) pruned.dropped[piece] = why;
  }
}

const WHY = Object.keys(Dropped) as readonly (keyof typeof Dropped)[];

/** `div#related-posts.container-wrapper`. */
export function describe(element: Element | Document | undefined): string {
  if (element === undefined || !isTag(element)) return "page";
  const id = element.attribs.id ? `#${element.attribs.id}` : "";
  const names = element.attribs.class?.trim().split(/\s+/u).slice(0, 3) ?? [];
  return `${element.name}${id}${names.map((name) => `.${name}`).join("")}`;
}

function hiddenReason(
  flat: FlatPage,
  index: number,
  allProse: number,
  anchors: readonly number[],
): number {
  if (((flat.own[index] as number) & Is.hidden) === 0) return Dropped.none;
  const names = flat.names[index] as number;
  if ((names & Names.hard) === 0) {
    const [from, to] = [flat.pieceStart[index] as number, flat.pieceEnd[index] as number];
    if (anchors.some((piece) => piece >= from && piece < to)) return Dropped.none;
    const prose = within(flat, flat.proseChars, index);
    if (prose > MOST_PROSE * allProse) return Dropped.none;
    if (names & (Names.strong | Names.paid) && prose > FIGURE_PROSE_CHARS) return Dropped.none;
  }
  return Dropped.hidden;
}

function isProtected(flat: FlatPage, index: number, allProse: number): boolean {
  const element = flat.elements[index];
  if (element === undefined || !isTag(element)) return true;
  const { name } = element;
  if (name === "html" || name === "body") return true;
  const share = within(flat, flat.proseChars, index) / allProse;
  if (share > MOST_PROSE) return true;
  if (share <= SOME_PROSE) return false;
  return (
    name === "article" ||
    name === "main" ||
    ((flat.names[index] as number) & Names.strong) !== 0 ||
    within(flat, flat.h1s, index) > 0
  );
}

function tagReason(
  flat: FlatPage,
  index: number,
  allProse: number,
  strictness: Strictness,
  title: number,
): number {
  const element = flat.elements[index];
  if (element === undefined || !isTag(element)) return Dropped.none;
  const { name } = element;
  const prose = within(flat, flat.proseChars, index);
  if (name === "form" && prose < FORM_PROSE * allProse && !isWholePage(flat, index, title)) {
    return Dropped.form;
  }
  // On a gallery page the captions are the body.
  const isPicture = name === "figure" || ((flat.own[index] as number) & Is.caption) !== 0;
  if (isPicture && strictness !== "full") return Dropped.none;
  if (name === "figure" && prose < FIGURE_PROSE_CHARS) return Dropped.figure;
  const why = tagVerdict(flat, index, element);
  return why !== Dropped.none && !isProtected(flat, index, allProse) ? why : Dropped.none;
}

/** A form around the page's title and most of its text is the page (ASP.NET), however little prose it has. */
function isWholePage(flat: FlatPage, index: number, title: number): boolean {
  const holdsTitle = title > index && title < (flat.end[index] as number);
  return holdsTitle && within(flat, flat.chars, index) > MOST_TEXT * within(flat, flat.chars, 0);
}

function tagVerdict(flat: FlatPage, index: number, element: Element): number {
  const { name } = element;
  if ((flat.own[index] as number) & Is.caption) return Dropped.caption;
  if (name === "aside") return Dropped.aside;
  if (DROPPED_TAGS.has(name)) return Dropped.tag;
  if (name === "header" && within(flat, flat.h1s, index) === 0) return Dropped.header;
  if (marksOf(element) & Mark.role && DROPPED_ROLES.has(element.attribs.role as string)) {
    return Dropped.role;
  }
  return Dropped.none;
}

function nameReason(
  flat: FlatPage,
  index: number,
  allProse: number,
  strictness: Strictness,
): number {
  const names = flat.names[index] as number;
  if ((names & (Names.hard | Names.soft)) === 0) return Dropped.none;
  if (isProtected(flat, index, allProse)) return Dropped.none;
  // In running text a name says how a word looks (`external link`), not what it is.
  const isInline = !standsApart(flat, index);
  if (isInline && (flat.own[index] as number) & Is.link) return Dropped.none;
  if (strictness === "bare") return Dropped.none;
  if (names & Names.hard) return Dropped.hardName;
  if (strictness === "soft" || isInline) return Dropped.none;
  const prose = within(flat, flat.proseChars, index);
  if (prose < SOFT_PROSE_CHARS && ((flat.own[index] as number) & Is.heading) === 0) {
    return Dropped.littleProse;
  }
  const chars = within(flat, flat.chars, index);
  return within(flat, flat.linkChars, index) > SOFT_LINK_SHARE * chars
    ? Dropped.manyLinks
    : Dropped.none;
}

/** Whether an element is parted from the text around it, by itself or by what stands beside it. */
export function standsApart(flat: FlatPage, index: number): boolean {
  if ((flat.own[index] as number) & Is.block) return true;
  const after = flat.breaks[flat.pieceEnd[index] as number] ?? Break.block;
  return flat.breaks[flat.pieceStart[index] as number] === Break.block && after === Break.block;
}
