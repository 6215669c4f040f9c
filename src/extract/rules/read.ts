/** What a compiled rule finds on one page: field values, bodies, and what to leave out. */
import { type Element, isTag } from "domhandler";
import type { ArticleField } from "../../model.ts";
import { clean } from "../../text/index.ts";
import type { RuleValue } from "../context.ts";
import { textOf } from "../fields/text-of.ts";
import { LAZY } from "../page/lazy.ts";
import type { CompiledPick } from "./compiled.ts";
import type { TreeIndex } from "./tree-index.ts";

/** Fields of which an article has several: every match of the first selector that matches counts. */
const LISTS: ReadonlySet<ArticleField> = new Set(["category", "authors", "tags"]);
/** No article has more authors, categories or tags; a rule that gives more has matched a menu. */
const MAX_VALUES = 60;

/**
 * Values in order of trust. Of a single-valued field each selector gives its first match, so that a
 * later stage can fall back when it refuses a value.
 */
export function readField(
  field: ArticleField,
  picks: readonly CompiledPick[],
  index: TreeIndex,
): readonly RuleValue[] {
  const isList = LISTS.has(field);
  const values: RuleValue[] = [];
  for (const pick of picks) {
    const found = readPick(pick, index, isList ? MAX_VALUES : 1);
    for (const one of found) {
      if (!values.some(({ value }) => value === one.value)) values.push(one);
    }
    if (isList && found.length > 0) break;
  }
  return values;
}

function readPick(pick: CompiledPick, index: TreeIndex, most: number): readonly RuleValue[] {
  const values: RuleValue[] = [];
  const seen = new Set<string>();
  for (const element of sameArticle(pick.selector.all(index))) {
    const value = readValue(pick, element);
    if (value === "" || seen.has(value)) continue;
    seen.add(value);
    values.push({ value, source: pick.source, element, as: pick.as });
    if (values.length >= most) break;
  }
  return values;
}

function readValue({ attr, label }: CompiledPick, element: Element): string {
  const value = attr === null ? textOf(element) : clean(attributeOf(element, attr));
  if (label === null) return value;
  return value.startsWith(label) ? clean(value.slice(label.length)) : "";
}

/** Pictures that load lazily have a placeholder in `src`, and are named elsewhere. */
function attributeOf({ name, attribs }: Element, attr: string): string {
  const value = attribs[attr] ?? "";
  if (attr !== "src" || name !== "img" || !value.startsWith("data:")) return value;
  return LAZY.map((lazy) => attribs[lazy]).find((url) => url !== undefined) ?? value;
}

/**
 * The elements of the first article among several on a page (endless scrolling appends whole
 * articles, each in an `<article>` of its own). Matches outside any belong to the first.
 */
export function sameArticle(elements: readonly Element[]): readonly Element[] {
  const [first] = elements;
  if (first === undefined || elements.length === 1) return elements;
  const home = articleOf(first);
  if (home === null) return elements;
  return elements.filter((element) => articleOf(element) === home);
}

/** A body's parts: matches inside another match are already in it. */
export function readBody(pick: CompiledPick, index: TreeIndex): readonly Element[] {
  const outer = new Set<Element>();
  for (const element of sameArticle(pick.selector.all(index))) {
    if (![...ancestorsOf(element)].some((ancestor) => outer.has(ancestor))) outer.add(element);
  }
  return [...outer];
}

/** From the parent upwards. */
export function* ancestorsOf(element: Element): Iterable<Element> {
  let { parent } = element;
  while (parent !== null && isTag(parent)) {
    yield parent;
    parent = parent.parent;
  }
}

function articleOf(element: Element): Element | null {
  if (element.name === "article") return element;
  for (const ancestor of ancestorsOf(element)) if (ancestor.name === "article") return ancestor;
  return null;
}
