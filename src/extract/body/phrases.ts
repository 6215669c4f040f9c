/**
 * Whole lines that pages print around articles, in the languages of data/extract/body/phrases.json.
 * Compared folded, so spelling, vowel marks and punctuation do not matter.
 */
import { readFileSync } from "node:fs";
import { fold } from "../../text/index.ts";

interface PhraseLists {
  readonly line: readonly string[];
  readonly end: readonly string[];
  readonly label: readonly string[];
  readonly prompt: readonly string[];
  readonly credit: readonly string[];
}

const lists: PhraseLists = JSON.parse(
  readFileSync(new URL("../../../data/extract/body/phrases.json", import.meta.url), "utf8"),
);
const LINES = new Set(lists.line.map(fold));
const ENDS = new Set(lists.end.map(fold));
const LABELS = byFirstWord(lists.label);
const CREDITS = new Set(lists.credit.map(fold));
const PROMPTS = byFirstWord(lists.prompt);

/** Longer lines are never compared: no phrase is longer. */
const MAX_PHRASE_CHARS = 60;

export const isJunkLine = (folded: string): boolean =>
  folded.length <= MAX_PHRASE_CHARS && LINES.has(folded);

export const isEndHeading = (folded: string): boolean =>
  folded.length <= MAX_PHRASE_CHARS && ENDS.has(folded);

export const startsWithLabel = (folded: string): boolean => startsWithAny(folded, LABELS);

/** Whether one of these folded words names a photographer, an agency or a picture. */
export const holdsCredit = (words: readonly string[]): boolean =>
  words.some((word) => CREDITS.has(word));

/** Whether a prompt stands anywhere in the line, at word boundaries. */
export const holdsPrompt = (folded: string): boolean => holdsAny(folded, PROMPTS);

function byFirstWord(phrases: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byWord = new Map<string, string[]>();
  for (const phrase of phrases) {
    const folded = fold(phrase);
    const first = folded.split(" ")[0] as string;
    const known = byWord.get(first);
    if (known === undefined) byWord.set(first, [folded]);
    else known.push(folded);
  }
  return byWord;
}

function startsWithAny(folded: string, phrases: ReadonlyMap<string, readonly string[]>): boolean {
  return startsAt(folded, 0, phrases);
}

function startsAt(
  folded: string,
  at: number,
  phrases: ReadonlyMap<string, readonly string[]>,
): boolean {
  const space = folded.indexOf(" ", at);
  const candidates = phrases.get(folded.slice(at, space === -1 ? undefined : space));
  return candidates?.some((phrase) => startsWithWords(folded, at, phrase)) ?? false;
}

function startsWithWords(folded: string, at: number, phrase: string): boolean {
  if (!folded.startsWith(phrase, at)) return false;
  const end = at + phrase.length;
  return folded.length === end || folded[end] === " ";
}

function holdsAny(folded: string, phrases: ReadonlyMap<string, readonly string[]>): boolean {
  for (let at = 0; ; ) {
    if (startsAt(folded, at, phrases)) return true;
    const space = folded.indexOf(" ", at);
    if (space === -1) return false;
    at = space + 1;
  }
}
