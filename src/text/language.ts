/**
 * Which language a text is in, by its own words and letters, never by a label.
 *
 * The script decides first; within Latin, Cyrillic and Arabic letters, the commonest words of each language vote, a word
 * shared by several languages counting less, and letters its neighbours do not use add to the vote. Too little evidence, or
 * two languages about equal, is `und`: a wrong language is worse than none.
 */
import { readFileSync } from "node:fs";
import { createCharTable, isSurrogate } from "./char-table.ts";

export interface DetectedLanguage {
  /** BCP 47 primary tag (`ber` for all Amazigh), `und` when the text does not tell. */
  readonly language: string;
  /** 0…1. */
  readonly confidence: number;
}

/** The language of most of the text's letters. Reads at most the first 3,000 characters. */
export function detectLanguage(text: string): DetectedLanguage {
  const sample = text.slice(0, SAMPLE_CHARS);
  const script = mainScript(sample.slice(0, SCRIPT_SAMPLE_CHARS));
  if (script === null) {
    return UNKNOWN;
  }
  const { families, scripts } = evidence();
  const family = families.get(script.name);
  if (family !== undefined) {
    return vote(sample, family);
  }
  const language = scripts.get(script.name);
  return language === undefined
    ? UNKNOWN
    : { language, confidence: round(Math.min(1, script.share * Math.min(1, script.letters / 8))) };
}

interface Family {
  readonly languages: readonly string[];
  /** Word → weight for each language by its index. */
  readonly words: ReadonlyMap<string, readonly (readonly [language: number, weight: number])[]>;
  readonly letters: ReadonlyMap<string, readonly (readonly [language: number, weight: number])[]>;
}

interface LanguageTable {
  readonly latin: Readonly<Record<string, { words: string; letters: string }>>;
  readonly cyrillic: LanguageTable["latin"];
  readonly arabic: LanguageTable["latin"];
  readonly scripts: Readonly<Record<string, string>>;
}

const UNKNOWN: DetectedLanguage = Object.freeze({ language: "und", confidence: 0 });
// Some 450 words: more do not change the answer.
const SAMPLE_CHARS = 3_000;
// Enough to see past an English name at the head of an Arabic text.
const SCRIPT_SAMPLE_CHARS = 800;
const WORD = /[\p{L}\p{M}]+/gu;
const LETTER = /\p{L}/gu;
// Words and letters are both evidence, but a word says more: about eight telling letters make a word.
const LETTER_WEIGHT = 0.12;
// In running text about a third of the words are function words; under one in fourteen it is a list of names.
const LEAST_SHARE = 0.07;
// By how much the best must lead the second to be named at all.
const LEAST_LEAD = 1.06;

/** The script most letters belong to; kana makes Chinese characters Japanese. */
function mainScript(
  sample: string,
): { readonly name: string; readonly share: number; readonly letters: number } | null {
  const { letters, counts } = countScripts(sample);
  if (letters < 2) {
    return null;
  }
  let best = { name: "", letters: 0 };
  let kana = 0;
  let left = letters;
  for (const [at, [name]] of evidence().patterns.entries()) {
    const count = counts[at] as number;
    left -= count;
    if (name === "Hiragana" || name === "Katakana") {
      kana += count;
    }
    if (count > best.letters) {
      best = { name, letters: count };
    }
    if (left <= 0) {
      break;
    }
  }
  if (best.name === "Han" && kana * 10 > best.letters) {
    best = { name: "Hiragana", letters: best.letters + kana };
  }
  return best.letters === 0 ? null : { ...best, share: best.letters / letters };
}

const HAS_SURROGATE = /[\uD800-\uDFFF]/;
const IS_LETTER = 128;

/** Bit IS_LETTER for letters; below it the number of the first script that has it, counted from 1. */
const kindOf = createCharTable((unit) => {
  const script = evidence().patterns.findIndex(([, pattern]) => unit.search(pattern) === 0) + 1;
  return script | (unit.search(LETTER) === 0 ? IS_LETTER : 0);
});

/** Letters of a text, and signs of each script in the order of the patterns. */
function countScripts(text: string): { readonly letters: number; readonly counts: number[] } {
  const { patterns } = evidence();
  if (HAS_SURROGATE.test(text)) {
    const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
    return { letters: count(LETTER), counts: patterns.map(([, pattern]) => count(pattern)) };
  }
  const counts = new Array<number>(patterns.length).fill(0);
  let letters = 0;
  for (let at = 0; at < text.length; at++) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind & IS_LETTER) letters++;
    const script = (kind & ~IS_LETTER) - 1;
    if (script >= 0) counts[script] = (counts[script] as number) + 1;
  }
  return { letters, counts };
}

function vote(sample: string, family: Family): DetectedLanguage {
  const scores = new Float64Array(family.languages.length);
  const lower = sample.toLowerCase();
  const words = lower.match(WORD) ?? [];
  for (const word of words) {
    for (const [language, weight] of family.words.get(word) ?? NONE) {
      scores[language] = (scores[language] as number) + weight;
    }
  }
  for (let at = 0; at < lower.length; at++) {
    // No language of ours has letters of its own among these, or beyond the basic plane.
    if (lower.charCodeAt(at) < 128 || isSurrogate(lower.charCodeAt(at))) continue;
    const letter = lower.charAt(at);
    for (const [language, weight] of family.letters.get(letter) ?? NONE) {
      scores[language] = (scores[language] as number) + weight * LETTER_WEIGHT;
    }
  }
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const [best, second] = order as [number, number];
  const bestScore = scores[best] as number;
  const lead = bestScore / Math.max(scores[second] as number, 1e-9);
  const share = bestScore / Math.max(words.length, 1);
  if (words.length < 2 || share < LEAST_SHARE || lead < LEAST_LEAD) {
    return UNKNOWN;
  }
  const byLead = 1 - 1 / lead;
  const byLength = Math.min(1, words.length / 20);
  return {
    language: family.languages[best] as string,
    confidence: round(Math.min(1, 0.3 + byLead) * (0.5 + byLength / 2)),
  };
}

const NONE: readonly (readonly [number, number])[] = [];

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

interface Evidence {
  readonly families: ReadonlyMap<string, Family>;
  readonly scripts: ReadonlyMap<string, string>;
  readonly patterns: readonly (readonly [name: string, pattern: RegExp])[];
}

let loaded: Evidence | undefined;

function evidence(): Evidence {
  loaded ??= load();
  return loaded;
}

function load(): Evidence {
  const url = new URL("../../data/text/languages.json", import.meta.url);
  const table = JSON.parse(readFileSync(url, "utf8")) as LanguageTable;
  const families = new Map([
    ["Latin", familyOf(table.latin)],
    ["Cyrillic", familyOf(table.cyrillic)],
    ["Arabic", familyOf(table.arabic)],
  ]);
  const scripts = new Map(Object.entries(table.scripts));
  const patterns = [...families.keys(), ...scripts.keys()].map(
    (name) => [name, new RegExp(`\\p{Script=${name}}`, "gu")] as const,
  );
  return { families, scripts, patterns };
}

function familyOf(table: LanguageTable["latin"]): Family {
  const languages = Object.keys(table);
  return {
    languages,
    words: weigh(languages.map((language) => table[language]?.words.split(" ") ?? [])),
    letters: weigh(languages.map((language) => [...(table[language]?.letters ?? "")])),
  };
}

/** Each item's weight is shared among the languages that have it, gently: most words have several. */
function weigh(
  lists: readonly (readonly string[])[],
): Map<string, (readonly [language: number, weight: number])[]> {
  const holders = new Map<string, Set<number>>();
  for (const [language, list] of lists.entries()) {
    for (const item of list) {
      const set = holders.get(item) ?? new Set();
      holders.set(item, set.add(language));
    }
  }
  return new Map(
    [...holders].map(([item, set]) => [
      item,
      [...set].map((language) => [language, 1 / Math.sqrt(set.size)] as const),
    ]),
  );
}
