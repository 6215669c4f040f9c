/** Which sentences a copy added to the text it was taken from, and which it dropped. */
import { fold, sentences } from "../text/index.ts";

export interface SentenceChanges {
  /** As the copy has them, in its order. */
  readonly added: readonly string[];
  /** As the original has them, in its order. */
  readonly dropped: readonly string[];
}

/** Words in a run; a sentence of fewer is looked for as it is. */
const RUN_WORDS = 3;
/** A sentence is still there when this share of its runs is: one changed word breaks three. */
const STILL_THERE = 0.5;

export function sentenceChanges(original: string, copy: string): SentenceChanges {
  return {
    added: sentences(copy).filter(isMissingFrom(original)),
    dropped: sentences(original).filter(isMissingFrom(copy)),
  };
}

function isMissingFrom(text: string): (sentence: string) => boolean {
  const folded = ` ${fold(text)} `;
  const runs = new Set(runsOf(folded.trim()));
  return (sentence) => {
    const words = fold(sentence);
    if (words === "") return false;
    const own = runsOf(words);
    if (own.length === 0) return !folded.includes(` ${words} `);
    return own.filter((run) => runs.has(run)).length < STILL_THERE * own.length;
  };
}

function runsOf(folded: string): string[] {
  const words = folded.split(" ");
  return words.slice(RUN_WORDS - 1).map((_, at) => words.slice(at, at + RUN_WORDS).join(" "));
}
