/**
 * The selectors that could stand for an element: its own stable names, alone and below a named
 * ancestor. Pure; which of them is best is asked of all pages together (choose.ts).
 */
import { compile } from "css-select";
import type { Element } from "domhandler";
import { contradicts, isStableName, means, type ProposedField, VOCABULARY } from "./names.ts";
import { ancestorsOf, classesOf, type PageTree } from "./tree.ts";

export interface SelectorCandidate {
  readonly css: string;
  /** `#id`, `.class` or `tag` every match bears. */
  readonly key: string;
}

/** Names farther up than this belong to the page, not to the node. */
const MOST_ANCESTORS = 8;
/** One element's candidates; more are spellings of the same. */
const MOST_CANDIDATES = 160;
const TELLING_TAGS: ReadonlySet<string> = new Set(VOCABULARY.tellingTags);
const META_ONLY: ReadonlySet<string> = new Set(VOCABULARY.attributesOfMetaOnly);
const EMPTY_VALUES: ReadonlySet<string> = new Set(VOCABULARY.emptyValues);
/** Values of attributes that can stand in quotes as they are. */
const PLAIN_VALUE = /^[\w:.-]{2,40}$/u;

/** Every selector worth trying for `element`, shortest ways first; never by position. */
export function selectorsFor(element: Element): readonly SelectorCandidate[] {
  const own = namedSteps(element);
  const bare: SelectorCandidate = { css: element.name, key: element.name };
  const found = new Map<string, SelectorCandidate>();
  const add = (candidate: SelectorCandidate): void => {
    if (found.size < MOST_CANDIDATES && !found.has(candidate.css))
      found.set(candidate.css, candidate);
  };
  for (const step of own) add(step);
  let distance = 0;
  for (const ancestor of ancestorsOf(element)) {
    distance += 1;
    if (distance > MOST_ANCESTORS) break;
    for (const above of namedSteps(ancestor)) {
      const isParent = distance === 1;
      add({ css: `${above.css} ${isParent ? "> " : ""}${bare.css}`, key: bare.key });
      add({ css: `${above.css} ${bare.css}`, key: bare.key });
      for (const step of own) add({ css: `${above.css} ${step.css}`, key: step.key });
    }
  }
  return [...found.values()];
}

/** A selector somebody wrote, as a candidate. */
export function candidateOf(css: string): SelectorCandidate {
  const own = css.split(/[ >]+/u).at(-1) ?? css;
  const key =
    /^[#.][\w-]+/u.exec(own)?.[0] ?? /\.[\w-]+/u.exec(own)?.[0] ?? /^[\w-]+/u.exec(own)?.[0];
  return { css, key: key ?? own };
}

/** On how many pages each selector was found; one that a page gives twice counts once. */
export function tallySelectors(
  byPage: readonly (readonly SelectorCandidate[])[],
): readonly (SelectorCandidate & { readonly pages: number })[] {
  const tally = new Map<string, SelectorCandidate & { readonly pages: number }>();
  for (const candidates of byPage) {
    const found = new Map(candidates.map((candidate) => [candidate.css, candidate]));
    for (const [css, candidate] of found)
      tally.set(css, { ...candidate, pages: (tally.get(css)?.pages ?? 0) + 1 });
  }
  return [...tally.values()];
}

/** Compiles a candidate once, for all pages. @returns its matches on a page, in document order */
export function matcherOf({ css, key }: SelectorCandidate): (tree: PageTree) => readonly Element[] {
  const isMatch = compile<unknown, Element>(css);
  return (tree) => tree.named(key).filter((element) => isMatch(element));
}

/** How well a selector's names say what the field is: 2 at the node itself, 1 above it, 0 nowhere. */
export function meaningOf(field: ProposedField | "drop", css: string): 0 | 1 | 2 {
  const steps = css.split(/[ >]+/u);
  const own = steps.at(-1) ?? "";
  const says = (step: string): boolean => namesIn(step).some((name) => means(field, name));
  if (says(own)) return 2;
  return steps.slice(0, -1).some(says) ? 1 : 0;
}

/** Whether one of a selector's names says that the node is something else than the field. */
export function contradictsField(field: Exclude<ProposedField, "body">, css: string): boolean {
  return namesIn(css).some((name) => contradicts(field, name));
}

/** A tag's own name (`time`) is on every page of the web: it says nothing of this site's. */
function namesIn(css: string): readonly string[] {
  return [...css.matchAll(/[.#"]([\w:-]+)/gu)].map(([, name = ""]) => name);
}

/** An element's own names, each alone: id, classes (also with the tag), attributes, a telling tag. */
function namedSteps(element: Element): readonly SelectorCandidate[] {
  const { name: tag, attribs } = element;
  const steps: SelectorCandidate[] = [];
  if (attribs.id !== undefined && isStableName(attribs.id))
    steps.push({ css: `#${attribs.id}`, key: `#${attribs.id}` });
  for (const name of classesOf(element).filter(isStableName)) {
    steps.push({ css: `.${name}`, key: `.${name}` });
    steps.push({ css: `${tag}.${name}`, key: `.${name}` });
  }
  for (const attribute of VOCABULARY.attributes) {
    const value = attribs[attribute];
    if (value === undefined || !PLAIN_VALUE.test(value) || EMPTY_VALUES.has(value)) continue;
    if (META_ONLY.has(attribute) && tag !== "meta") continue;
    steps.push({ css: `${tag}[${attribute}="${value}"]`, key: tag });
  }
  if (TELLING_TAGS.has(tag)) steps.push({ css: tag, key: tag });
  return steps;
}
