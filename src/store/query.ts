/**
 * The search language, as people type it; the same for every backend. Pure and total: any text is a
 * query, nothing typed by accident is an error.
 *
 *   words            all must occur, in any spelling that folds alike, or with the same stem
 *   "a phrase"       these words in this order («…» and “…” too)
 *   -word  -"…"      must not occur
 *   a OR b           one of its two neighbours (in capitals); binds tighter than the space between words
 *   begin*           words that begin so
 *
 * A word that folds to several ("كوفيد-19") is a phrase. What folds to nothing is left out.
 */
import { fold, stem } from "../text/index.ts";

export type Term =
  | { readonly kind: "word"; readonly word: string; readonly stem: string }
  | { readonly kind: "prefix"; readonly prefix: string }
  | { readonly kind: "phrase"; readonly words: readonly string[] };

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
const PART = /(?<minus>-?)(?:(?<open>["“„«”])|(?<word>[^\s"“”„«»]+))/gu;

export function parseQuery(text: string): Query {
  const clauses: { isExcluded: boolean; any: Term[] }[] = [];
  let isAlternative = false;
  let terms = 0;
  const input = text.slice(0, MOST_CHARS);
  PART.lastIndex = 0;
  for (let match = PART.exec(input); match !== null; match = PART.exec(input)) {
    if (terms >= MOST_TERMS) break;
    const { minus, open, word } = match.groups ?? {};
    let term: Term | null;
    if (open !== undefined) {
      const end = endOfQuote(input, PART.lastIndex, open);
      if (end < 0) continue; // a lone quote says nothing
      term = phraseOf(fold(input.slice(PART.lastIndex, end)));
      PART.lastIndex = end + 1;
    } else if (word === "OR") {
      isAlternative = clauses.length > 0;
      continue;
    } else {
      term = termOf(word ?? "");
    }
    if (term === null) continue;
    terms++;
    const isExcluded = minus === "-" && isAtStart(input, match.index);
    const last = clauses.at(-1);
    if (isAlternative && last !== undefined && last.isExcluded === isExcluded) last.any.push(term);
    else clauses.push({ isExcluded, any: [term] });
    isAlternative = false;
  }
  return { clauses };
}

/** Whether a folded word of a text is what a term looks for (phrases: one of its words). */
export function termMatches(term: Term, word: string): boolean {
  switch (term.kind) {
    case "word":
      return word === term.word || word === term.stem || stem(word) === term.stem;
    case "prefix":
      return word.startsWith(term.prefix);
    case "phrase":
      return term.words.includes(word);
  }
}

function termOf(word: string): Term | null {
  const isPrefix = /[^*]\*+$/.test(word);
  const folded = fold(word);
  if (folded.includes(" ")) return phraseOf(folded);
  if (folded === "") return null;
  return isPrefix
    ? { kind: "prefix", prefix: folded }
    : { kind: "word", word: folded, stem: stem(folded) };
}

function phraseOf(folded: string): Term | null {
  if (folded === "") return null;
  const words = folded.split(" ").slice(0, MOST_TERMS);
  return { kind: "phrase", words };
}

function endOfQuote(text: string, from: number, open: string): number {
  const closing = `${QUOTES[open] ?? ""}"`;
  for (let index = from; index < text.length; index++) {
    if (closing.includes(text[index] ?? "")) return index;
  }
  return -1;
}

/** A minus inside a word is a hyphen. */
function isAtStart(text: string, index: number): boolean {
  return index === 0 || /\s/u.test(text[index - 1] ?? "");
}
