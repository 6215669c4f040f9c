/**
 * Words of a text, for counting, diffing and highlighting, and a light stem for ranking.
 *
 * A word is a run of letters, digits and marks, so harakat stay inside it; the ASCII-only `\w` and `\b` of
 * JavaScript would cut every Arabic word to pieces. An apostrophe or hyphen separates.
 */

import { createCharTable, isSurrogate } from "./char-table.ts";
import { matchesOf } from "./matches.ts";

/** One word with its place in the text: `text.slice(start, end) === token.text`. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}\p{M}\u0640]+/gu;
const IN_WORD = /^[\p{L}\p{N}\p{M}\u0640]$/u;

const inWord = createCharTable((unit) => (IN_WORD.test(unit) ? 1 : 0));

/** All words, in order. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const match of matchesOf(WORD, text)) {
    found.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** How many words `tokens` would give. */
export function wordCount(text: string): number {
  let count = 0;
  let wasInWord = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isSurrogate(code)) return countByPattern(text);
    const isInWord = inWord(code);
    if (isInWord > wasInWord) count++;
    wasInWord = isInWord;
  }
  return count;
}

function countByPattern(text: string): number {
  let count = 0;
  WORD.lastIndex = 0;
  while (WORD.test(text)) {
    count++;
  }
  return count;
}
