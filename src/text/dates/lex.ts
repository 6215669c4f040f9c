/**
 * Cuts a text into the items the date grammar reads: numbers, marks, and words with what they may mean.
 *
 * One pass, linear. Invisible characters vanish, digits of any set become numbers, phrases of the lexicon become one
 * item (dots and hyphens inside them do not matter: `a.m.`, `segunda-feira`, `و.ر`).
 */
import { fold } from "../fold.ts";
import { matchesOf } from "../matches.ts";
import { lexicon, type Meaning } from "./lexicon.ts";

export interface Item {
  readonly start: number;
  readonly end: number;
  /** Value of a run of digits; -1 for anything else. */
  readonly number: number;
  /** How many digits the run had; 0 for anything else. */
  readonly digits: number;
  /** The character, when it is neither digit nor letter; else "". */
  readonly mark: string;
  readonly isWord: boolean;
  readonly means: Meaning;
  /** White space stood before it. */
  readonly isSpaced: boolean;
}

/** What a word that means nothing here means. */
export const NO_MEANING: Meaning = Object.freeze({});

const PIECE =
  /([\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}][\p{L}\p{M}\u0640\u00AD\u200B-\u200F\u061C]*)|(\s+)|(\p{Nd}+)|([\p{Cf}\u0640]+)|([\s\S])/gu;
// Marks that may stand inside a phrase of several words.
const MARKS_IN_PHRASES = new Set([".", "-", "'", "’", "‘", "/"]);
// The longest name of the tables has 15 letters; a longer "word" is none of them.
const MAX_WORD_UNITS = 40;

/** The items of a text in order. */
export function lex(text: string): Item[] {
  const items: Item[] = [];
  const words: string[] = [];
  let isSpaced = true;
  for (const match of matchesOf(PIECE, text)) {
    const start = match.index;
    const piece = match[0];
    const end = start + piece.length;
    if (match[2] !== undefined) {
      isSpaced = true;
      continue;
    }
    if (match[4] !== undefined) {
      continue;
    }
    if (match[3] !== undefined) {
      const digits = [...piece].length;
      items.push({
        start,
        end,
        number: digits <= 15 ? Number(asciiDigits(piece)) : -1,
        digits,
        mark: "",
        isWord: false,
        means: NO_MEANING,
        isSpaced,
      });
      words.push("");
    } else {
      const isWord = match[1] !== undefined;
      items.push({
        start,
        end,
        number: -1,
        digits: 0,
        mark: isWord ? "" : piece,
        isWord,
        means: NO_MEANING,
        isSpaced,
      });
      words.push(isWord ? foldWord(piece) : "");
    }
    isSpaced = false;
  }
  return joinPhrases(items, words);
}

// Prose repeats its words: remembering how they fold is most of the speed. Only short words, which V8 copies; a longer
// one would be a slice that keeps the whole page alive.
const MAX_REMEMBERED_UNITS = 12;
const MAX_REMEMBERED_WORDS = 20_000;
const foldedByWord = new Map<string, string>();

function foldWord(word: string): string {
  if (word.length > MAX_REMEMBERED_UNITS) {
    return word.length > MAX_WORD_UNITS ? "" : fold(word);
  }
  let folded = foldedByWord.get(word);
  if (folded === undefined) {
    folded = fold(word);
    if (foldedByWord.size >= MAX_REMEMBERED_WORDS) {
      foldedByWord.clear();
    }
    foldedByWord.set(word, folded);
  }
  return folded;
}

/** Digits of any script as 0-9: every decimal set of Unicode is ten code points in a row. */
function asciiDigits(run: string): string {
  const first = run.charCodeAt(0);
  if (first < 0x3a) {
    return run;
  }
  let digits = "";
  for (const character of run) {
    digits += digitValue(character.codePointAt(0) ?? 0);
  }
  return digits;
}

function digitValue(point: number): number {
  if (point < 0x3a) {
    return point - 0x30;
  }
  if ((point >= 0x660 && point <= 0x669) || (point >= 0x6f0 && point <= 0x6f9)) {
    return point & 0xf;
  }
  if (point >= 0xff10 && point <= 0xff19) {
    return point - 0xff10;
  }
  // The zero of the set is the first of the ten: walk down to it.
  let zero = point;
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
    zero--;
  }
  return point - zero;
}

/** Puts the longest known phrase that starts at each word in one item. */
function joinPhrases(items: readonly Item[], words: readonly string[]): Item[] {
  const { phrases, longest } = lexicon();
  const joined: Item[] = [];
  let index = 0;
  while (index < items.length) {
    const item = items[index] as Item;
    const word = words[index] as string;
    const most = item.isWord ? longest.get(word) : undefined;
    if (most === undefined) {
      joined.push(item);
      index++;
      continue;
    }
    let bestEnd = -1;
    let means: Meaning = NO_MEANING;
    let key = word;
    let at = index;
    for (let count = 1; ; count++) {
      const meaning = phrases.get(key);
      if (meaning !== undefined) {
        bestEnd = at;
        means = meaning;
      }
      if (count === most) {
        break;
      }
      at = nextWordOfPhrase(items, at);
      if (at === -1) {
        break;
      }
      key += ` ${words[at]}`;
    }
    if (bestEnd === -1) {
      joined.push(item);
      index++;
    } else {
      joined.push({ ...item, end: (items[bestEnd] as Item).end, means });
      index = bestEnd + 1;
    }
  }
  return joined;
}

/** The item of the next word when at most one glued mark stands between, else -1. */
function nextWordOfPhrase(items: readonly Item[], index: number): number {
  const next = items[index + 1];
  if (next === undefined || next.isWord) {
    return next === undefined ? -1 : index + 1;
  }
  const after = items[index + 2];
  return MARKS_IN_PHRASES.has(next.mark) && !next.isSpaced && after?.isWord === true
    ? index + 2
    : -1;
}
