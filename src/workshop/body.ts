/**
 * Where the article's text is: the deepest element that holds nearly all paragraphs the generic
 * extractor found, and the box of a standfirst before it. Pure.
 */
import type { Element } from "domhandler";
import { ENOUGH_AGREEMENT, MOST_PROPOSALS, type Proposal } from "./choose.ts";
import type { ReadPage } from "./page.ts";
import { holdersOf, KEY_CHARS, keyOf, paragraphsOf } from "./paragraphs.ts";
import {
  candidateOf,
  matcherOf,
  meaningOf,
  type SelectorCandidate,
  selectorsFor,
  tallySelectors,
} from "./selectors.ts";
import { ancestorsOf, type PageTree } from "./tree.ts";

/** A paragraph may stand outside (a standfirst); the container holds the others. */
const MOST_OF_THE_BODY = 0.9;

// Agreement decides; the rest orders what agrees alike: the tighter element, the telling name, the short one.
const POINTS = {
  agreement: 1_000,
  tightness: 60,
  ownMeaning: 40,
  meaningAbove: 5,
  perCharacter: -0.6,
} as const;

/** Selectors of the element that holds the article, best first; each matches once on a page. */
export function proposeBody(pages: readonly ReadPage[]): readonly Proposal[] {
  const homes = pages.map((page) => homesOf(page));
  return tallySelectors(homes.map((around) => around.flatMap(selectorsFor)))
    .filter((candidate) => candidate.pages >= pages.length * ENOUGH_AGREEMENT)
    .map((candidate) => judge(candidate, pages, homes))
    .filter(({ agreement }) => agreement >= ENOUGH_AGREEMENT)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_PROPOSALS);
}

/**
 * The selector of what stands before the body and belongs to it: a standfirst in a box of its own.
 *
 * @returns null when no paragraph stands outside on most pages, or nothing names its box
 */
export function proposeLead(body: string, pages: readonly ReadPage[]): string | null {
  const leads = pages.map(({ tree, generic }) => {
    const [home] = matcherOf(candidateOf(body))(tree);
    const [first] = paragraphsOf(generic.body);
    if (home === undefined || first === undefined) return null;
    const key = keyOf(first);
    if (holdersOf(tree, new Set([key])).has(home)) return null;
    return (
      tree.elements.find(
        (element) => keyOf(tree.textOf(element)) === key && isSmall(element, first, tree),
      ) ?? null
    );
  });
  const enough = Math.max(2, pages.length * ENOUGH_AGREEMENT);
  const counted = tallySelectors(leads.map((lead) => (lead === null ? [] : selectorsFor(lead))));
  const fitting = counted.filter((candidate) => {
    if (candidate.pages < enough) return false;
    const match = matcherOf(candidate);
    return pages.every(({ tree }, at) => {
      const [only, ...more] = match(tree);
      return only === undefined || (more.length === 0 && only === leads[at]);
    });
  });
  const [best] = fitting.sort((a, b) => b.pages - a.pages || a.css.length - b.css.length);
  return best?.css ?? null;
}

/** An element of just this paragraph; what else it holds would come along. */
function isSmall(element: Element, paragraph: string, tree: PageTree): boolean {
  const { length } = tree.textOf(element);
  return length <= paragraph.length + KEY_CHARS && element.name !== "meta";
}

/** The deepest element with most of the article, and those around it that hold no more of it. */
function homesOf({ tree, generic }: ReadPage): readonly Element[] {
  const paragraphs = paragraphsOf(generic.body);
  const lengths = new Map(paragraphs.map((text) => [keyOf(text), text.length]));
  const holders = holdersOf(tree, new Set(lengths.keys()));
  const charsOf = (element: Element): number =>
    [...(holders.get(element) ?? [])].reduce((sum, key) => sum + (lengths.get(key) ?? 0), 0);
  const most = Math.max(0, ...tree.elements.map(charsOf));
  if (most === 0) return [];
  let home: Element | null = null;
  let depth = -1;
  for (const element of tree.elements) {
    if (!holders.has(element) || charsOf(element) < most * MOST_OF_THE_BODY) continue;
    const own = [...ancestorsOf(element)].length;
    if (own > depth) [home, depth] = [element, own];
  }
  if (home === null) return [];
  const outer = [...ancestorsOf(home)].filter(({ name }) => name !== "body" && name !== "html");
  return [home, ...outer.slice(0, 2)];
}

function judge(
  candidate: SelectorCandidate,
  pages: readonly ReadPage[],
  homes: readonly (readonly Element[])[],
): Proposal {
  const match = matcherOf(candidate);
  let [agreed, tightness] = [0, 0];
  for (const [at, { tree }] of pages.entries()) {
    const found = match(tree);
    const [only] = found;
    if (only === undefined || found.length > 1) continue;
    const place = homes[at]?.indexOf(only) ?? -1;
    if (place < 0) continue;
    agreed += 1;
    tightness += 1 / (1 + place);
  }
  const agreement = agreed / pages.length;
  const meaning = meaningOf("body", candidate.css);
  return {
    pick: candidate.css,
    agreement,
    score:
      agreement * POINTS.agreement +
      (tightness / pages.length) * POINTS.tightness +
      (meaning === 2 ? POINTS.ownMeaning : meaning === 1 ? POINTS.meaningAbove : 0) +
      candidate.css.length * POINTS.perCharacter,
  };
}
