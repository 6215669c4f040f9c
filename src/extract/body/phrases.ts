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
/** Some hundred first words leave most of it empty. */
const SIEVE_SIZE = 4_096;
const LINES = new Set(lists.line.map(fold));
const ENDS = new Set(lists.end.map(fold));
const LABELS = byFirstWord(lists.label);
const CREDITS = byFirstWord(lists.credit);
const PROMPTS = byFirstWord(lists.prompt);

/** Longer lines are never compared: no phrase is longer. */
const MAX_PHRASE_CHARS = 60;

export const isJunkLine = (folded: string): boolean =>
  folded.length <= MAX_PHRASE_CHARS && LINES.has(folded);

export const isEndHeading = (folded: string): boolean =>
  folded.length <= MAX_PHRASE_CHARS && ENDS.has(folded);

export const startsWithLabel = (folded: string): boolean => startsWithAny(folded, LABELS);

/** Whether a word of the line names a photographer, an agency or a picture. */
export const holdsCredit = (folded: string): boolean => holdsAny(folded, CREDITS);

/** Whether a prompt stands anywhere in the line, at word boundaries. */
export const holdsPrompt = (folded: string): boolean => holdsAny(folded, PROMPTS);

/** Phrases by their first word, with a sieve that most other words fall through unlooked-up. */
interface Phrases {
  readonly byWord: ReadonlyMap<string, readonly string[]>;
  /** 1 where some first word has this beginning and length. */
  readonly sieve: Uint8Array;
}

/** @param to - where the word ends */
function meshOf(text: string, from: number, to: number): number {
  const letters = text.charCodeAt(from) * 31 + text.charCodeAt(to - 1) * 7;
  return (letters + (to - from)) % SIEVE_SIZE;
}

function byFirstWord(phrases: readonly string[]): Phrases {
  const sieve = new Uint8Array(SIEVE_SIZE);
  const byWord = new Map<string, string[]>();
  for (const phrase of phrases) {
    const folded = fold(phrase);
    const first = folded.split(" ")[0] as string;
    const known = byWord.get(first);
    if (known === undefined) byWord.set(first, [folded]);
    else known.push(folded);
    if (first !== "") sieve[meshOf(first, 0, first.length)] = 1;
  }
  return { byWord, sieve };
}

function startsWithAny(folded: string, phrases: Phrases): boolean {
  return startsAt(folded, 0, phrases);
}

function startsAt(folded: string, at: number, { byWord, sieve }: Phrases): boolean {
  const end = endOfWord(folded, at);
  if (end === at || sieve[meshOf(folded, at, end)] === 0) return false;
  const candidates = byWord.get(folded.slice(at, end));
  return candidates?.some((phrase) => startsWithWords(folded, at, phrase)) ?? false;
}

function startsWithWords(folded: string, at: number, phrase: string): boolean {
  if (!folded.startsWith(phrase, at)) return false;
  const end = at + phrase.length;
  return folded.length === end || folded[end] === " ";
}

function holdsAny(folded: string, phrases: Phrases): boolean {
  for (let at = 0; at < folded.length; at = endOfWord(folded, at) + 1) {
    if (startsAt(folded, at, phrases)) return true;
  }
  return false;
}

function endOfWord(folded: string, from: number): number {
  let at = from;
  while (at < folded.length && folded.charCodeAt(at) !== 32) at++;
  return at;
}
