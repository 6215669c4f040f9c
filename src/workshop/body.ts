/**
 * Where the article's text is: the deepest element that holds nearly all paragraphs the generic
 * extractor found, and inside it what repeats and is not the article. Pure.
 */
import { type Element, isTag, isText } from "domhandler";
import { clean } from "../text/index.ts";
import type { Proposal } from "./choose.ts";
import { isStableName, VOCABULARY } from "./names.ts";
import type { ReadPage } from "./page.ts";
import { matcherOf, meaningOf, type SelectorCandidate, selectorsFor } from "./selectors.ts";
import { ancestorsOf, classesOf, type PageTree } from "./tree.ts";

/** Letters of a paragraph's beginning that tell it from the others of a page. */
const KEY_CHARS = 40;
/** A paragraph may stand outside (a standfirst); the container holds the others. */
const MOST_OF_THE_BODY = 0.9;
const ENOUGH_AGREEMENT = 0.6;
const MOST_PROPOSALS = 4;
const MOST_DROPS = 12;
/** Boilerplate is said on this share of the pages, on two at least. */
const BOILERPLATE_SHARE = 0.3;
/** Shorter lines (`Conclusion`) are headings that articles share, with text of their own below. */
const SHORTEST_END = 30;

const POINTS = {
  agreement: 1_000,
  tightness: 60,
  ownMeaning: 40,
  meaningAbove: 5,
  perCharacter: -0.6,
};

/** Selectors of the element that holds the article, best first; each matches once on a page. */
export function proposeBody(pages: readonly ReadPage[]): readonly Proposal[] {
  const homes = pages.map((page) => homesOf(page));
  const tally = new Map<string, SelectorCandidate & { pages: number }>();
  for (const around of homes) {
    const found = new Map<string, SelectorCandidate>();
    for (const element of around) {
      for (const candidate of selectorsFor(element)) found.set(candidate.css, candidate);
    }
    for (const [css, candidate] of found) {
      const pagesWith = (tally.get(css)?.pages ?? 0) + 1;
      tally.set(css, { ...candidate, pages: pagesWith });
    }
  }
  return [...tally.values()]
    .filter((candidate) => candidate.pages >= pages.length * ENOUGH_AGREEMENT)
    .map((candidate) => judge(candidate, pages, homes))
    .filter(({ agreement }) => agreement >= ENOUGH_AGREEMENT)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_PROPOSALS);
}

/** Paragraphs that several articles have in common: not what any of them says. */
export function boilerplateOf(pages: readonly ReadPage[]): ReadonlySet<string> {
  const counts = new Map<string, Set<string>>();
  for (const { generic } of pages) {
    for (const paragraph of paragraphsOf(generic.body)) {
      const titles = counts.get(paragraph) ?? new Set<string>();
      titles.add(generic.title);
      counts.set(paragraph, titles);
    }
  }
  const enough = Math.max(2, Math.ceil(pages.length * BOILERPLATE_SHARE));
  return new Set([...counts].filter(([, { size }]) => size >= enough).map(([text]) => text));
}

/**
 * Selectors of what stands inside the article on several pages and is not it: boxes whose text the
 * generic extractor left out, or that say the same on several articles.
 *
 * @param body - the selector chosen for the article
 */
export function proposeDrops(body: string, pages: readonly ReadPage[]): readonly string[] {
  const boilerplate = new Set([...boilerplateOf(pages)].map(keyOf));
  const counts = new Map<string, SelectorCandidate & { pages: number }>();
  const contexts = pages.map(({ tree, generic }) => {
    const [home] = matcherOf(asCandidate(body))(tree);
    const prose = new Set(
      paragraphsOf(generic.body)
        .map(keyOf)
        .filter((key) => !boilerplate.has(key)),
    );
    return home === undefined ? null : { tree, home, prose: holdersOf(tree, prose) };
  });
  for (const context of contexts) {
    if (context === null) continue;
    const found = new Map<string, SelectorCandidate>();
    for (const element of boxesIn(context.home, context.prose)) {
      if (context.tree.textOf(element) === "") continue;
      for (const candidate of droppable(element, body)) found.set(candidate.css, candidate);
    }
    for (const [css, candidate] of found)
      counts.set(css, { ...candidate, pages: (counts.get(css)?.pages ?? 0) + 1 });
  }
  const enough = Math.max(2, Math.ceil(pages.length * BOILERPLATE_SHARE));
  const safe = [...counts.values()]
    // Once is enough for a box whose own name says that it is no article.
    .filter(({ pages: seen, css }) => seen >= enough || meaningOf("drop", css) === 2)
    .filter((candidate) => {
      const match = matcherOf(candidate);
      return contexts.every(
        (context) => context === null || !match(context.tree).some((box) => context.prose.has(box)),
      );
    })
    .sort(
      (a, b) =>
        b.pages - a.pages ||
        meaningOf("drop", b.css) - meaningOf("drop", a.css) ||
        a.css.length - b.css.length,
    );
  return withoutRepeats(
    safe,
    contexts.map((context) => context?.tree ?? null),
  );
}

/**
 * The selector of what stands before the body and belongs to it: a standfirst in a box of its own.
 *
 * @returns null when no paragraph stands outside on most pages, or nothing names its box
 */
export function proposeLead(body: string, pages: readonly ReadPage[]): string | null {
  const counts = new Map<string, SelectorCandidate & { pages: number }>();
  const leads = pages.map(({ tree, generic }) => {
    const [home] = matcherOf(asCandidate(body))(tree);
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
  for (const lead of leads) {
    if (lead === null) continue;
    const found = new Map(selectorsFor(lead).map((candidate) => [candidate.css, candidate]));
    for (const [css, candidate] of found)
      counts.set(css, { ...candidate, pages: (counts.get(css)?.pages ?? 0) + 1 });
  }
  const enough = Math.max(2, pages.length * ENOUGH_AGREEMENT);
  const fitting = [...counts.values()].filter((candidate) => {
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

/** The line after which, on every page that has it, only boilerplate follows; null when there is none. */
export function proposeEndsAt(pages: readonly ReadPage[]): string | null {
  const boilerplate = boilerplateOf(pages);
  const wrong = new Set<string>();
  const firsts = new Map<string, number>();
  for (const { generic } of pages) {
    const paragraphs = paragraphsOf(generic.body);
    const lastOwn = paragraphs.findLastIndex((text) => !boilerplate.has(text));
    for (const [at, text] of paragraphs.entries()) if (at < lastOwn) wrong.add(text);
    const first = paragraphs[lastOwn + 1];
    if (first !== undefined) firsts.set(first, (firsts.get(first) ?? 0) + 1);
  }
  const [best] = [...firsts]
    .filter(([text, count]) => count > 1 && text.length >= SHORTEST_END && !wrong.has(text))
    .sort((a, b) => b[1] - a[1]);
  return best?.[0] ?? null;
}

export function paragraphsOf(body: string): readonly string[] {
  return body === "" ? [] : body.split("\n\n");
}

function asCandidate(css: string): SelectorCandidate {
  const own = css.split(/[ >]+/u).at(-1) ?? css;
  const key =
    /^[#.][\w-]+/u.exec(own)?.[0] ?? /\.[\w-]+/u.exec(own)?.[0] ?? /^[\w-]+/u.exec(own)?.[0];
  return { css, key: key ?? own };
}

function keyOf(text: string): string {
  return clean(text).replace(/\s+/gu, "").slice(0, KEY_CHARS);
}

/** Elements that hold one of these paragraphs, at any depth. */
function holdersOf(
  tree: PageTree,
  keys: ReadonlySet<string>,
): ReadonlyMap<Element, ReadonlySet<string>> {
  const holders = new Map<Element, Set<string>>();
  const note = (element: Element, key: string): void => {
    for (let at: Element | null = element; at !== null; at = parentOf(at)) {
      const known = holders.get(at);
      if (known?.has(key)) return;
      if (known === undefined) holders.set(at, new Set([key]));
      else known.add(key);
    }
  };
  for (const element of tree.elements) {
    const own = keyOf(tree.textOf(element));
    if (keys.has(own)) note(element, own);
    for (const child of element.children) {
      if (!isText(child) || child.data.trim() === "") continue;
      const key = keyOf(child.data.slice(0, KEY_CHARS * 8));
      if (keys.has(key)) note(element, key);
    }
  }
  return holders;
}

function parentOf(element: Element): Element | null {
  const { parent } = element;
  return parent !== null && isTag(parent) ? parent : null;
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

/** The outermost elements in `home` that hold nothing of the article. */
function boxesIn(home: Element, prose: ReadonlyMap<Element, unknown>): readonly Element[] {
  const boxes: Element[] = [];
  const open = [home];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    for (const child of element.children) {
      if (!isTag(child)) continue;
      if (prose.has(child)) open.push(child);
      else boxes.push(child);
    }
  }
  return boxes;
}

const DROPPABLE_TAGS: ReadonlySet<string> = new Set(VOCABULARY.droppableTags);
const KEPT_TAGS: ReadonlySet<string> = new Set(VOCABULARY.keptTags);

/** Own names only: what a box is called is what it is; a nameless box is dropped by no rule. */
function droppable(element: Element, body: string): readonly SelectorCandidate[] {
  const { name: tag, attribs } = element;
  const named: SelectorCandidate[] = classesOf(element)
    .filter(isStableName)
    .map((name) => ({ css: `.${name}`, key: `.${name}` }));
  if (attribs.id !== undefined && isStableName(attribs.id))
    named.push({ css: `#${attribs.id}`, key: `#${attribs.id}` });
  if (named.length === 0 && DROPPABLE_TAGS.has(tag))
    named.push({ css: `${body} ${tag}`, key: tag });
  return holdsMedia(element) ? named.filter(({ css }) => meaningOf("drop", css) > 0) : named;
}

function holdsMedia(box: Element): boolean {
  const open = [box];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (KEPT_TAGS.has(element.name)) return true;
    for (const child of element.children) if (isTag(child)) open.push(child);
  }
  return false;
}

/** Of selectors for the same boxes, the first. */
function withoutRepeats(
  candidates: readonly SelectorCandidate[],
  trees: readonly (PageTree | null)[],
): readonly string[] {
  const taken = new Set<Element>();
  const kept: string[] = [];
  for (const candidate of candidates) {
    const match = matcherOf(candidate);
    const boxes = trees.flatMap((tree) => (tree === null ? [] : match(tree)));
    if (boxes.every((box) => taken.has(box))) continue;
    for (const box of boxes) taken.add(box);
    kept.push(candidate.css);
    if (kept.length >= MOST_DROPS) break;
  }
  return kept;
}
