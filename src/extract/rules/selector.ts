/**
 * Selectors that cost next to nothing on pages they do not fit: each is compiled once, and its last
 * compound names an id, a class or a tag, so only the elements of that name are tested. Positions
 * among all matches (`:first`, `:eq(1)` …) are cheerio's own, and cheerio answers them, on the same tree.
 */
import { load } from "cheerio/slim";
import { type Element, isTag } from "domhandler";
import { compileMatcher, scan } from "./matcher.ts";
import type { TreeIndex } from "./tree-index.ts";

export interface Selector {
  readonly css: string;
  /** Matches in document order. */
  all(index: TreeIndex): readonly Element[];
}

/** What cheerio adds to CSS: where a match stands among all matches. No CSS pseudo-class is named so. */
const POSITIONAL = /:(?:first|last|eq|gt|lt|even|odd)(?![\w-])/u;

/** @throws {Error} when `css` is not a selector (rule files are checked before they come here) */
export function compileSelector(css: string): Selector {
  if (POSITIONAL.test(css)) return { css, all: (index) => withCheerio(css, index) };
  const parts = splitAlternatives(css).map(compilePart);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    return { css, all: (index) => only(index).map((at) => index.elements[at] as Element) };
  }
  return {
    css,
    all(index) {
      const found = new Set(parts.flatMap((part) => part(index)));
      return [...found].sort((a, b) => a - b).map((at) => index.elements[at] as Element);
    },
  };
}

function withCheerio(css: string, index: TreeIndex): readonly Element[] {
  const [first] = index.elements;
  if (first === undefined) return [];
  let root = first.parent;
  while (root?.parent) root = root.parent;
  return root === null ? [] : load(root)(css).toArray().filter(isTag);
}

type Part = (index: TreeIndex) => readonly number[];

function compilePart(css: string): Part {
  const matches = compileMatcher(css);
  const key = keyOf(css);
  return (index) => candidates(key, index).filter((at) => matches(index.elements[at] as Element));
}

interface Key {
  readonly kind: "id" | "class" | "tag" | "any";
  readonly name: string;
}

function candidates({ kind, name }: Key, index: TreeIndex): readonly number[] {
  if (kind === "id") return index.byId(name);
  if (kind === "class") return index.byClass(name);
  if (kind === "tag") return index.byTag(name);
  return index.everything();
}

const ANY: Key = { kind: "any", name: "*" };

/** The rarest name every match must have: the last compound's id, else class, else tag. */
function keyOf(css: string): Key {
  // An escaped name would need the selector grammar to read; nobody writes one in a rule.
  if (css.includes("\\")) return ANY;
  const compound = /[^\s>+~]*$/u.exec(withoutArguments(css).trim())?.[0] ?? "";
  const id = /#([\w-]+)/u.exec(compound)?.[1];
  if (id !== undefined) return { kind: "id", name: id };
  const className = /\.([\p{L}\w-]+)/u.exec(compound)?.[1];
  if (className !== undefined) return { kind: "class", name: className };
  const tag = /^[a-zA-Z][\w-]*/u.exec(compound)?.[0];
  return tag === undefined ? ANY : { kind: "tag", name: tag.toLowerCase() };
}

/** The selector with the insides of `[…]` and `(…)` gone; the opening bracket stays to mark the place. */
function withoutArguments(css: string): string {
  let out = "";
  for (const { character, depth } of scan(css)) if (depth === 0) out += character;
  return out;
}

function splitAlternatives(css: string): readonly string[] {
  const parts = [""];
  for (const { character, depth } of scan(css)) {
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}
