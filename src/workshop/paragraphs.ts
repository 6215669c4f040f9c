/**
 * The paragraphs of what the generic extractor read, and where they stand in a page's tree: what the
 * proposals for body and drops are made from. Pure.
 */
import { type Element, isTag, isText } from "domhandler";
import { clean } from "../text/index.ts";
import type { ReadPage } from "./page.ts";
import type { PageTree } from "./tree.ts";

/** Letters of a paragraph's beginning that tell it from the others of a page. */
export const KEY_CHARS = 40;
/** Boilerplate is said on this share of the pages, on two at least. */
const BOILERPLATE_SHARE = 0.3;

export function paragraphsOf(body: string): readonly string[] {
  return body === "" ? [] : body.split("\n\n");
}

/** How many of `pages` pages make a thing the site's, not one article's. */
export function enoughPages(pages: number): number {
  return Math.max(2, Math.ceil(pages * BOILERPLATE_SHARE));
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
  const enough = enoughPages(pages.length);
  return new Set([...counts].filter(([, { size }]) => size >= enough).map(([text]) => text));
}

/** What tells a paragraph from the others of its page, however its spaces stand. */
export function keyOf(text: string): string {
  return clean(text).replace(/\s+/gu, "").slice(0, KEY_CHARS);
}

/** Elements that hold one of these paragraphs, at any depth. */
export function holdersOf(
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
