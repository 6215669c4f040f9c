/**
 * Which element holds the article: the one whose blocks weigh most, favoured when its name says so,
 * when it holds the words of the page's own description, and when it stands under the title.
 */
import { type Element, isTag } from "domhandler";
import { fold } from "../../text/index.ts";
import { Mark, marksOf } from "../page/marks.ts";
import type { Blocks } from "./blocks.ts";
import type { Evidence } from "./evidence.ts";
import { runBehind } from "./flash.ts";
import { type FlatPage, Is, within } from "./flat.ts";
import { Names } from "./names.ts";
import type { Pruned } from "./prune.ts";

/** Factors were set on one half of the evaluation pages and checked on the other. */
const STRONG_NAME = 1.25;
const ARTICLE_TAG = 1.1;
const WEAK_NAME = 1.05;
const WHOLE_BODY = 0.85;
const HOLDS_ANCHOR = 1.35;
const FAR_FROM_TITLE = 0.75;
/** Levels above the title within which an article is expected. */
const NEAR_TITLE_LEVELS = 7;

/** Blocks `[from, to)`. */
export type Range = readonly [from: number, to: number];

export interface Found {
  readonly container: number;
  /** Range of blocks inside it. */
  readonly from: number;
  readonly to: number;
}

export interface Marks {
  /** Element of the title's heading; -1 when none. */
  readonly heading: number;
  /** The heading again when it is one of the page's titles; -1 when it is only the first. */
  readonly title: number;
  /** Pieces that begin a run with the description's first words. */
  readonly anchors: readonly number[];
}

/** The first h1 that is one of the page's titles, else the first h1; -1 when there is none. */
export function findHeading(flat: FlatPage, evidence: Evidence): number {
  let firstH1 = -1;
  for (let index = 0; index < flat.elements.length; index++) {
    const bits = flat.own[index] as number;
    if ((bits & Is.h1) === 0 || flat.pieceStart[index] === flat.pieceEnd[index]) continue;
    if (firstH1 === -1) firstH1 = index;
    if (isTitleKey(keyOf(flat, index), evidence)) return index;
  }
  return firstH1;
}

/** A heading of the first level that is one of the page's titles; -1 when it is not. */
export function titleOf(flat: FlatPage, heading: number, evidence: Evidence): number {
  return heading !== -1 && isTitleKey(keyOf(flat, heading), evidence) ? heading : -1;
}

const keyOf = (flat: FlatPage, index: number): string =>
  fold(flat.pieces.slice(flat.pieceStart[index], flat.pieceEnd[index]).join(""));

/** Whether a folded text is one of the page's titles, or most of one. */
export function isTitleKey(key: string, { titles }: Evidence): boolean {
  // Shorter texts stand in many titles.
  if (key.length < 8) return titles.includes(key);
  return titles.some(
    (title) => title === key || (title.includes(key) && key.length * 2 > title.length),
  );
}

/** Null when nothing on the page weighs anything. */
export function findContainer(
  flat: FlatPage,
  pruned: Pruned,
  blocks: Blocks,
  marks: Marks,
): Found | null {
  const near = ancestorsOf(flat, marks.heading, NEAR_TITLE_LEVELS);
  let best: Found | null = null;
  let bestScore = 0;
  for (let index = 0; index < flat.elements.length; ) {
    if (pruned.gone[index]) {
      index = flat.end[index] as number;
      continue;
    }
    const from = blocks.before[flat.pieceStart[index] as number] as number;
    const to = blocks.before[flat.pieceEnd[index] as number] as number;
    if (to > from) {
      const sum = (blocks.weights[to] as number) - (blocks.weights[from] as number);
      if (sum > 0) {
        const score = sum * prior(flat, index, marks, near);
        // Equal scores: the inner one, which has less around the text.
        if (score >= bestScore) {
          bestScore = score;
          best = { container: index, from, to };
        }
      }
    }
    index++;
  }
  return best === null
    ? named(flat, pruned, blocks, marks.heading)
    : aroundParagraph(best, flat, pruned, blocks);
}

/**
 * Where no line weighs anything (a table of prices, the first minutes of a live blog) names are all there
 * is to go by: the outermost element called the article that holds the title. Where the title stands over
 * several of one parent (the minutes of a live blog) they are the article together, where over one, that
 * one: never when it has a heading of its own, as teasers have.
 */
function named(flat: FlatPage, pruned: Pruned, blocks: Blocks, heading: number): Found | null {
  const all: Found[] = [];
  for (let index = 0; index < flat.elements.length; ) {
    const from = blocks.before[flat.pieceStart[index] as number] as number;
    const to = blocks.before[flat.pieceEnd[index] as number] as number;
    const isArticle = ((flat.own[index] as number) & Is.article) !== 0;
    const isNamed = isArticle || ((flat.names[index] as number) & Names.strong) !== 0;
    if (!pruned.gone[index] && isNamed && to > from) {
      all.push({ container: index, from, to });
    } else if (!pruned.gone[index]) {
      index++;
      continue;
    }
    index = flat.end[index] as number;
  }
  const own = all.find(({ container }) => holds(flat, container, heading));
  if (own !== undefined) return own;
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (all.some(({ container }) => within(flat, flat.headings, container) > 0)) return null;
  if (all.length === 1) return first;
  const parent = flat.parent[first.container] as number;
  const isTogether = all.every(({ container }) => flat.parent[container] === parent);
  const isTitled = holds(flat, parent, heading);
  return isTogether && isTitled ? { container: parent, from: first.from, to: last.to } : null;
}

/** Whether an element is another or stands around it. */
function holds(flat: FlatPage, outer: number, inner: number): boolean {
  return inner >= outer && inner < (flat.end[outer] as number);
}

/** A flash's other lines, too short to weigh anything, stand behind its one paragraph: they are of it, too. */
function aroundParagraph(best: Found, flat: FlatPage, pruned: Pruned, blocks: Blocks): Found {
  const element = flat.elements[best.container];
  const parent = flat.parent[best.container] as number;
  if (element === undefined || !isTag(element) || element.name !== "p" || pruned.gone[parent]) {
    return best;
  }
  const to = runBehind(flat, blocks, best.container, best.to);
  return to === best.to ? best : { container: parent, from: best.from, to };
}

function isArticleBody(element: Element): boolean {
  return (
    (marksOf(element) & Mark.itemprop) !== 0 &&
    (element.attribs.itemprop as string).includes("articleBody")
  );
}

function prior(flat: FlatPage, index: number, marks: Marks, near: ReadonlySet<number>): number {
  const element = flat.elements[index];
  const names = flat.names[index] as number;
  let factor = 1;
  if (
    element === undefined ||
    !isTag(element) ||
    element.name === "body" ||
    element.name === "html"
  ) {
    factor = WHOLE_BODY;
  } else if (names & Names.strong || isArticleBody(element)) {
    factor = STRONG_NAME;
  } else if (element.name === "article") factor = ARTICLE_TAG;
  else if (names & Names.weak || element.name === "main") factor = WEAK_NAME;
  const [first, last] = [flat.pieceStart[index] as number, flat.pieceEnd[index] as number];
  const hasAnchor = marks.anchors.some((piece) => piece >= first && piece < last);
  if (hasAnchor) factor *= HOLDS_ANCHOR;
  else if (marks.heading >= 0 && !isUnder(flat, index, near)) factor *= FAR_FROM_TITLE;
  return factor;
}

function ancestorsOf(flat: FlatPage, index: number, levels: number): ReadonlySet<number> {
  const found = new Set<number>();
  let current = index;
  for (let level = 0; current >= 0 && level <= levels; level++) {
    found.add(current);
    current = flat.parent[current] as number;
  }
  return found;
}

function isUnder(flat: FlatPage, index: number, ancestors: ReadonlySet<number>): boolean {
  let current = index;
  while (current >= 0) {
    if (ancestors.has(current)) return true;
    current = flat.parent[current] as number;
  }
  return false;
}
