/**
 * The search language, as people type it; the same for every backend. Pure. Any text is a query and
 * nothing typed by accident is an error; only what can only be meant as a date, and is none, is.
 *
 *   words            all must occur, in any spelling that folds alike, or in another form of the word
 *   "a phrase"       these words in this order («…» and “…” too)
 *   -word  -"…"      must not occur
 *   a OR b           one of its two neighbours (in capitals); binds tighter than the space between words
 *   begin*           words that begin so
 *   title:word       in one field, see query-fields.ts; also title:"a phrase", -site:almarsad
 *
 * A word that folds to several ("كوفيد-19") is a phrase. What folds to nothing is left out.
 */
import { fold, stem } from "../text/index.ts";
import type { Day } from "./days.ts";
import { dayRange } from "./query-dates.ts";
import { type Field, fieldNamed } from "./query-fields.ts";

export type Term =
  | {
      readonly kind: "word";
      readonly word: string;
      readonly stem: string;
      /** Further stems that are forms of this word, as the words of an archive tell. */
      readonly forms: readonly string[];
    }
  | {
      readonly kind: "prefix";
      readonly prefix: string;
      /** The words to look for instead, when an archive has too many that begin so; null for all. */
      readonly words: readonly string[] | null;
    }
  | { readonly kind: "phrase"; readonly words: readonly string[] }
  /** Words of a title or an author in this order; the last may only be begun. */
  | {
      readonly kind: "within";
      readonly field: "title" | "author";
      readonly words: readonly string[];
      readonly isPrefix: boolean;
    }
  | {
      readonly kind: "filed";
      readonly field: "site" | "category" | "place";
      readonly value: string;
    }
  /** From the first day to the one before `to`. */
  | { readonly kind: "date"; readonly from: Day; readonly to: Day };

/** One condition; `any` has alternatives, at least one. */
export interface Clause {
  readonly isExcluded: boolean;
  readonly any: readonly Term[];
}

/** All clauses must hold. None at all: the text had no words, and nothing matches. */
export interface Query {
  readonly clauses: readonly Clause[];
}

/** A pasted page is not a question: words beyond these are left out (each costs a look-up). */
const MOST_TERMS = 32;
/** Where reading stops: 32 long words, quotes and blanks fit many times. */
const MOST_CHARS = 4_000;

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "“": "”",
  "„": "“”",
  "«": "»",
  "”": "”",
};
const PART = /(?<minus>-?)(?:(?<name>\p{L}+):\s*)?(?:(?<open>["“„«”])|(?<word>[^\s"“”„«»]+))/gu;
/** The same without a name before it, for names that are none. */
const PLAIN_PART = /(?<minus>-?)(?:(?<open>["“„«”])|(?<word>[^\s"“”„«»]+))/gu;

/** @throws {WarraqError} E_QUERY naming the part that is no date */
export function parseQuery(text: string): Query {
  const clauses: { isExcluded: boolean; any: Term[] }[] = [];
  let isAlternative = false;
  let terms = 0;
  const input = text.slice(0, MOST_CHARS);
  for (let at = 0; terms < MOST_TERMS; ) {
    const part = partAt(input, at);
    if (part === null) break;
    at = part.end;
    if (part.text === "OR" && part.field === null && !part.isQuoted) {
      isAlternative = clauses.length > 0;
      continue;
    }
    const term = termOf(part);
    if (term === null) continue;
    terms++;
    const { isExcluded } = part;
    const last = clauses.at(-1);
    if (isAlternative && last !== undefined && last.isExcluded === isExcluded) last.any.push(term);
    else clauses.push({ isExcluded, any: [term] });
    isAlternative = false;
  }
  return { clauses };
}

/** The sites that `site:` names, as typed but in small letters. @throws {WarraqError} E_QUERY */
export function sitesNamed(text: string): readonly string[] {
  return parseQuery(text).clauses.flatMap(({ any }) =>
    any.flatMap((term) => (term.kind === "filed" && term.field === "site" ? [term.value] : [])),
  );
}

/** How a word that begins so may begin in a text: with the article and what is written onto it, too. */
export function prefixesOf(prefix: string): readonly string[] {
  if (prefix.length < 2 || !/^[\u0621-\u064A]/.test(prefix)) return [prefix];
  return [prefix, ...BEFORE.map((before) => before + prefix)];
}

const BEFORE = ["ال", "وال", "بال", "لل", "و"];

/** Whether a folded word of a text is what a term looks for (phrases: one of its words). */
export function termMatches(term: Term, word: string): boolean {
  switch (term.kind) {
    case "word": {
      const stemmed = stem(word);
      return [term.word, term.stem, ...term.forms].some(
        (form) => form === word || form === stemmed,
      );
    }
    case "prefix":
      return prefixesOf(term.prefix).some((prefix) => word.startsWith(prefix));
    case "phrase":
    case "within":
      return term.words.includes(word);
    default:
      return false;
  }
}

interface Part {
  readonly isExcluded: boolean;
  readonly field: Field | null;
  readonly text: string;
  readonly isQuoted: boolean;
  /** Where the next part begins. */
  readonly end: number;
}

function partAt(input: string, from: number): Part | null {
  const match = execAt(PART, input, from);
  if (match === null) return null;
  const field = fieldNamed(match.groups?.name ?? "");
  const found =
    match.groups?.name === undefined || field !== null ? match : execAt(PLAIN_PART, input, from);
  const { minus, open, word = "" } = found?.groups ?? {};
  const start = found?.index ?? from;
  const end = start + (found?.[0].length ?? 1);
  // A minus inside a word is a hyphen.
  const isExcluded = minus === "-" && (start === 0 || /\s/u.test(input[start - 1] ?? ""));
  if (open === undefined) return { isExcluded, field, text: word, isQuoted: false, end };
  const close = endOfQuote(input, end, open);
  // A lone quote says nothing.
  if (close < 0) return { isExcluded, field: null, text: "", isQuoted: true, end };
  return { isExcluded, field, text: input.slice(end, close), isQuoted: true, end: close + 1 };
}

function execAt(pattern: RegExp, input: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(input);
}

function termOf({ field, text, isQuoted }: Part): Term | null {
  const folded = fold(text);
  const words = folded === "" ? [] : folded.split(" ").slice(0, MOST_TERMS);
  const isPrefix = !isQuoted && /[^*]\*+$/.test(text);
  const [word] = words;
  if (word === undefined) return null;
  switch (field) {
    case "date":
      return { kind: "date", ...dayRange(text) };
    case "title":
    case "author":
      return { kind: "within", field, words, isPrefix };
    case "site":
      return { kind: "filed", field, value: text.trim().toLowerCase() };
    case "category":
    case "place":
      return { kind: "filed", field, value: text };
  }
  if (isQuoted || words.length > 1) return { kind: "phrase", words };
  return isPrefix
    ? { kind: "prefix", prefix: word, words: null }
    : { kind: "word", word, stem: stem(word), forms: [] };
}

function endOfQuote(text: string, from: number, open: string): number {
  const closing = `${QUOTES[open] ?? ""}"`;
  for (let index = from; index < text.length; index++) {
    if (closing.includes(text[index] ?? "")) return index;
  }
  return -1;
}
