/**
 * Which names in markup a selector may be built on. A rule is read for years: names that are made by a
 * build tool, that carry a page's number, or that say how something looks today are worth nothing.
 */
import { readFileSync } from "node:fs";

export type ProposedField = "title" | "category" | "author" | "published" | "body";

interface Vocabulary {
  readonly attributes: readonly string[];
  readonly attributesOfMetaOnly: readonly string[];
  readonly dateAttributes: readonly string[];
  readonly tellingTags: readonly string[];
  readonly outsideTags: readonly string[];
  readonly droppableTags: readonly string[];
  /** What an article consists of beside text: a box with one is dropped only if its name says so. */
  readonly keptTags: readonly string[];
  readonly meaning: Readonly<Record<ProposedField | "drop", readonly string[]>>;
  /** Words that say a node is something else than the field. */
  readonly otherThan: Readonly<Record<Exclude<ProposedField, "body">, readonly string[]>>;
  /** Attribute values that say nothing of what a node is. */
  readonly emptyValues: readonly string[];
  readonly states: readonly string[];
  readonly statePrefixes: readonly string[];
  readonly generatedPrefixes: readonly string[];
  readonly utilityPrefixes: readonly string[];
}

/** `src/workshop` and `dist/workshop` are equally deep. */
export const VOCABULARY = JSON.parse(
  readFileSync(new URL("../../data/workshop/names.json", import.meta.url), "utf8"),
) as Vocabulary;

const STATES: ReadonlySet<string> = new Set(VOCABULARY.states);
const UTILITIES: ReadonlySet<string> = new Set(VOCABULARY.utilityPrefixes);
const { meaning } = VOCABULARY;
const MEANING: Readonly<Record<ProposedField | "drop", ReadonlySet<string>>> = {
  title: new Set(meaning.title),
  category: new Set(meaning.category),
  author: new Set(meaning.author),
  published: new Set(meaning.published),
  body: new Set(meaning.body),
  drop: new Set(meaning.drop),
};

// Longer names are sentences of a generator; one letter says nothing.
const LONGEST_NAME = 40;
const SHORTEST_NAME = 2;
/** Names that need no escaping in CSS. */
const PLAIN_NAME = /^[a-zA-Z_][\w-]*$/u;
/** A number of a page, section or build: `post-123`, `item4711`, `tie-cat-7`. */
const NUMBERED = /\d{3,}|[-_]\d+(?:[-_]|$)/u;
/** A measure: `mb7`, `mh0-print`, `h1` (how a heading looks, not that it is one). */
const MEASURE = /^[a-z]{1,3}\d{1,2}(?:-|$)/u;
/** Letters around digits, as in `x7f3q`; names people give have digits at the end (`h1`, `magazine2`). */
const LETTERS_AROUND_DIGITS = /[a-zA-Z]\d+[a-zA-Z]+\d|\d[a-zA-Z]+\d/u;
/** Case that changes inside a short part, as in `aBcXy`. */
const RESTLESS_CASE = /[a-z][A-Z]{1,2}[a-z]{0,2}[A-Z]/u;
const VOWELS = /[aeiouyAEIOUY]/u;
/** Abbreviations without a vowel are short; six consonants in a row are a hash. */
const LONGEST_WITHOUT_VOWEL = 5;
const HEX_PART = /^(?=.*\d)[0-9a-f]{6,}$/u;

/** Whether an id or class is likely to stand on every article of the site, and next year too. */
export function isStableName(name: string): boolean {
  if (name.length < SHORTEST_NAME || name.length > LONGEST_NAME) return false;
  if (!PLAIN_NAME.test(name) || NUMBERED.test(name) || MEASURE.test(name)) return false;
  if (STATES.has(name.toLowerCase())) return false;
  if (VOCABULARY.statePrefixes.some((prefix) => name.startsWith(prefix))) return false;
  if (VOCABULARY.generatedPrefixes.some((prefix) => isMadeWith(name, prefix))) return false;
  if (isUtility(name)) return false;
  return !name.split(/[-_]+/u).some(isHash);
}

/** Whether one of a name's words says what the node is: `entry-title` for a title. */
export function means(field: ProposedField | "drop", name: string): boolean {
  return wordsOf(name).some((word) => MEANING[field].has(word));
}

/** Whether one of a name's words says that the node is something else: `dateModified` for published. */
export function contradicts(field: Exclude<ProposedField, "body">, name: string): boolean {
  return wordsOf(name).some((word) => VOCABULARY.otherThan[field].includes(word));
}

/** `entryTitle`, `entry-title`, `entry_title` → entry, title. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/gu, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter(Boolean);
}

/** `post-` makes `post-123` and `post-my-slug`, yet `post-title` is a name: words with a meaning stay. */
function isMadeWith(name: string, prefix: string): boolean {
  if (!name.startsWith(prefix)) return false;
  const rest = wordsOf(name.slice(prefix.length));
  return !rest.some((word) => Object.values(MEANING).some((words) => words.has(word)));
}

/** `mt-4`, `col-md-8`, `text-lg`: how it looks. `text-body` may be what it is. */
function isUtility(name: string): boolean {
  const cut = name.lastIndexOf("-");
  if (cut < 0) return false;
  const [head, tail] = [name.slice(0, cut), name.slice(cut + 1)];
  if (/^\d+$/u.test(tail)) return true;
  return UTILITIES.has(head) && !Object.values(MEANING).some((words) => words.has(tail));
}

function isHash(part: string): boolean {
  if (HEX_PART.test(part) || LETTERS_AROUND_DIGITS.test(part) || RESTLESS_CASE.test(part))
    return true;
  return part.length > LONGEST_WITHOUT_VOWEL && !VOWELS.test(part);
}
