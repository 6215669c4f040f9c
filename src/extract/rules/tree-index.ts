/**
 * Where each id, class and tag stands in the page: asking whether a page has `#the-post` is a look-up.
 * Class attributes repeat a lot on a page: each distinct one is split once, and only when somebody asks
 * for a class. Tags are looked for when they are asked for: of a page's dozens rules name a few.
 */
import type { Element } from "domhandler";
import { classesOf, idOf } from "../page/marks.ts";
import { type Known, remember } from "../remember.ts";

export interface TreeIndex {
  /** In document order. */
  readonly elements: readonly Element[];
  /** Positions in `elements`, ascending. */
  byId(id: string): readonly number[];
  byClass(name: string): readonly number[];
  byTag(name: string): readonly number[];
  everything(): readonly number[];
}

const NONE: readonly number[] = [];
const NO_NAMES: readonly string[] = [];

/** Class names that selectors have asked for: no other is worth an entry. Grows with the rules, not with pages. */
const asked = new Set<string>();

/** @param elements - all elements of a tree, in document order */
export function indexTree(elements: readonly Element[]): TreeIndex {
  const ids = new Map<string, number[]>();
  for (let at = 0; at < elements.length; at++) {
    const id = idOf(elements[at] as Element);
    if (id !== null) add(ids, id.text, at);
  }
  const tags = new Map<string, readonly number[]>();
  let classes: ReadonlyMap<string, readonly number[]> | null = null;
  return {
    elements,
    byId: (id) => ids.get(id) ?? NONE,
    byTag(name) {
      const known = tags.get(name) ?? positionsOf(elements, name);
      tags.set(name, known);
      return known;
    },
    byClass(name) {
      if (!asked.has(name)) {
        asked.add(name);
        classes = null;
      }
      classes ??= indexClasses(elements);
      return classes.get(name) ?? NONE;
    },
    everything: () => elements.map((_, at) => at),
  };
}

function add(map: Map<string, number[]>, key: string, at: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [at]);
  else list.push(at);
}

function positionsOf(elements: readonly Element[], name: string): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < elements.length; at++) {
    if ((elements[at] as Element).name === name) found.push(at);
  }
  return found;
}

function indexClasses(elements: readonly Element[]): ReadonlyMap<string, readonly number[]> {
  const classes = new Map<string, number[]>();
  for (let at = 0; at < elements.length; at++) {
    const known = classesOf(elements[at] as Element);
    if (known === null) continue;
    for (const name of askedIn(known)) add(classes, name, at);
  }
  return classes;
}

interface Answer {
  names: readonly string[];
  /** How many names had been asked for when it was given: with more, it is out of date. */
  asked: number;
}
const recall = remember((): Answer => ({ names: NO_NAMES, asked: -1 }));

/** The names of an attribute that somebody has asked for, each once. */
function askedIn(known: Known): readonly string[] {
  const answer = recall.of(known);
  if (answer.asked !== asked.size) {
    answer.names = readAsked(known.text);
    answer.asked = asked.size;
  }
  return answer.names;
}

function readAsked(attribute: string): readonly string[] {
  let names: string[] | null = null;
  let start = -1;
  for (let at = 0; at <= attribute.length; at++) {
    const isEnd = at === attribute.length || isSpace(attribute.charCodeAt(at));
    if (!isEnd && start === -1) start = at;
    if (!isEnd || start === -1) continue;
    const name = attribute.slice(start, at);
    start = -1;
    if (!asked.has(name)) continue;
    // A copy, as it outlives its page.
    if (names === null) names = [Buffer.from(name).toString()];
    else if (!names.includes(name)) names.push(Buffer.from(name).toString());
  }
  return names ?? NO_NAMES;
}

const WIDE_SPACE = /\s/u;

function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return code >= 160 && WIDE_SPACE.test(String.fromCharCode(code));
}
