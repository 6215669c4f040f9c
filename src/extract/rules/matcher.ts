/**
 * Whether an element fits a selector. Compounds of tag, id and classes joined by " " and ">" are what
 * rules are made of, and are tested here by a walk up the tree; everything else is css-select's.
 * Invariant: the answer is css-select's (test/extract/rules/selector.test.ts holds them side by side).
 */
import { compile as compileCss } from "css-select";
import { type Element, isTag } from "domhandler";
import { classOf, idOf } from "../page/marks.ts";

type Test = (element: Element) => boolean;

interface Step {
  readonly test: Test;
  /** How the element stands to the one of the step before; null for the first. */
  readonly combinator: " " | ">" | null;
}

export function compileMatcher(css: string): Test {
  const steps = splitSteps(css);
  if (steps === null) return compileCss<unknown, Element>(css);
  const last = steps.length - 1;
  const { test } = steps[last] as Step;
  // The nearest fitting ancestor is as good as any other as long as no step binds it to its parent.
  const isGreedy = !steps.some(({ combinator }) => combinator === ">");
  return last === 0
    ? test
    : (element) => test(element) && fitsAbove(steps, last, element, isGreedy);
}

/** Characters with their bracket depth; an opening bracket is outside, a closing one and strings inside. */
export function* scan(
  css: string,
): Iterable<{ readonly character: string; readonly depth: number }> {
  let depth = 0;
  let quote = "";
  for (const character of css) {
    const isInside = quote !== "" || character === '"' || character === "'";
    yield { character, depth: isInside ? depth + 1 : depth };
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === "[" || character === "(") depth += 1;
    else if (character === "]" || character === ")") depth = Math.max(0, depth - 1);
  }
}

/** Whether what stands above `element` fits the steps before `at`. */
function fitsAbove(
  steps: readonly Step[],
  at: number,
  element: Element,
  isGreedy: boolean,
): boolean {
  const { combinator } = steps[at] as Step;
  if (combinator === null) return true;
  const before = steps[at - 1] as Step;
  for (let { parent } = element; parent !== null && isTag(parent); { parent } = parent) {
    if (before.test(parent)) {
      if (fitsAbove(steps, at - 1, parent, isGreedy)) return true;
      if (isGreedy) return false;
    }
    if (combinator === ">") return false;
  }
  return false;
}

/** More than one free distance beside a bound one could be tried in too many ways: css-select remembers. */
const MAX_FREE_STEPS = 1;

/** The compounds from left to right; null for what only css-select reads. */
function splitSteps(css: string): readonly Step[] | null {
  const compounds: { text: string; combinator: Step["combinator"] }[] = [
    { text: "", combinator: null },
  ];
  let pending: Step["combinator"] = null;
  for (const { character, depth } of scan(css.trim())) {
    const compound = compounds.at(-1) as { text: string };
    if (depth > 0) compound.text += character;
    else if ("+~|\\".includes(character)) return null;
    else if (character === ">") pending = ">";
    else if (/\s/u.test(character)) pending ??= " ";
    else if (pending === null) compound.text += character;
    else {
      compounds.push({ text: character, combinator: pending });
      pending = null;
    }
  }
  if (pending !== null || compounds.some(({ text }) => text === "")) return null;
  const free = compounds.filter(({ combinator }) => combinator === " ").length;
  const isBound = compounds.some(({ combinator }) => combinator === ">");
  if (isBound && free > MAX_FREE_STEPS) return null;
  return compounds.map(({ text, combinator }) => ({ test: compileCompound(text), combinator }));
}

const PLAIN = /^(?<tag>[a-zA-Z][\w-]*)?(?<names>(?:[#.][\p{L}_][\p{L}\w-]*)*)$/u;

function compileCompound(text: string): Test {
  const { tag, names } = PLAIN.exec(text)?.groups ?? {};
  if (tag === undefined && !names) return compileCss<unknown, Element>(text);
  const name = tag?.toLowerCase();
  const parts = names?.match(/[#.][^#.]+/gu) ?? [];
  const ids = parts.filter((part) => part.startsWith("#")).map((part) => part.slice(1));
  const classes = parts.filter((part) => part.startsWith(".")).map((part) => part.slice(1));
  return (element) => {
    if (name !== undefined && element.name !== name) return false;
    for (const id of ids) if (idOf(element)?.text !== id) return false;
    if (classes.length === 0) return true;
    const attribute = classOf(element);
    return attribute !== undefined && classes.every((one) => hasName(attribute, one));
  };
}

function hasName(attribute: string, name: string): boolean {
  for (let at = attribute.indexOf(name); at !== -1; at = attribute.indexOf(name, at + 1)) {
    const end = at + name.length;
    if (
      (at === 0 || isSpace(attribute, at - 1)) &&
      (end === attribute.length || isSpace(attribute, end))
    ) {
      return true;
    }
  }
  return false;
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return /\s/u.test(text.charAt(at));
}
