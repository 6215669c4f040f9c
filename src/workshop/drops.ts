/**
 * What repeats inside the element that holds the article and is not the article: boxes to drop, and
 * the line after which only boilerplate follows. Pure.
 */
import { type Element, isTag } from "domhandler";
import { isStableName, VOCABULARY } from "./names.ts";
import type { ReadPage } from "./page.ts";
import { boilerplateOf, enoughPages, holdersOf, keyOf, paragraphsOf } from "./paragraphs.ts";
import {
  candidateOf,
  matcherOf,
  meaningOf,
  type SelectorCandidate,
  tallySelectors,
} from "./selectors.ts";
import { classesOf, type PageTree } from "./tree.ts";

const MOST_DROPS = 12;
/** Shorter lines (`Conclusion`) are headings that articles share, with text of their own below. */
const SHORTEST_END = 30;

/**
 * Selectors of what stands inside the article on several pages and is not it: boxes whose text the
 * generic extractor left out, or that say the same on several articles.
 *
 * @param body - the selector chosen for the article
 */
export function proposeDrops(body: string, pages: readonly ReadPage[]): readonly string[] {
  const boilerplate = new Set([...boilerplateOf(pages)].map(keyOf));
  const contexts = pages.map(({ tree, generic }) => {
    const [home] = matcherOf(candidateOf(body))(tree);
    const prose = new Set(
      paragraphsOf(generic.body)
        .map(keyOf)
        .filter((key) => !boilerplate.has(key)),
    );
    return home === undefined ? null : { tree, home, prose: holdersOf(tree, prose) };
  });
  const counted = tallySelectors(
    contexts.map((context) =>
      context === null
        ? []
        : boxesIn(context.home, context.prose)
            .filter((element) => context.tree.textOf(element) !== "")
            .flatMap((element) => droppable(element, body)),
    ),
  );
  const enough = enoughPages(pages.length);
  const safe = counted
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
