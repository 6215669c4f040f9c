/**
 * Words a slip away from a word: what a person may have meant who typed it. Pure; over folded words, so
 * hamza seats, ة/ه and ى/ي are no slips any more. Slips that people make (letters that sound or look
 * alike, keys side by side, two letters swapped, one doubled or left out) cost less than others.
 */

/** A likely slip; any other single letter; each of two slips adds its own. */
const LIKELY = 1;
const UNLIKELY = 2;

/** Letters confused by ear or by eye, in Arabic as Libyans write it and in Latin transcriptions. */
const CONFUSED = [
  "ذدضظزث",
  "سصشث",
  "تطث",
  "قغكج",
  "هحخ",
  "اعء",
  "يىءا",
  "وا",
  "aeiou",
  "cksq",
  "zs",
  "iy",
  "gjq",
  "dt",
  "bp",
  "fv",
];
/** Rows of the two keyboards, keys side by side. */
const ROWS = ["ضصثقفغعهخحجد", "شسيبلاتنمكط", "ءؤريوزظ", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء";
const LATIN = "abcdefghijklmnopqrstuvwxyz";
/** The key of each letter of an Arabic keyboard on a Latin one: a forgotten switch. */
const KEYS: readonly (readonly [latin: string, arabic: string])[] = [
  ["qwertyuiop[]", "ضصثقفغعهخحجد"],
  ["asdfghjkl;'", "شسيبلاتنمكط"],
  ["zxcvnm,./", "ءءؤرىةوزظ"],
];

/**
 * Every word one slip from `word`, with what the slip costs; the cheapest way to each.
 *
 * @param isNarrow - likely slips only
 */
export function slips(word: string, isNarrow = false): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (other: string, cost: number): void => {
    if (other === word || (isNarrow && cost > LIKELY)) return;
    found.set(other, Math.min(cost, found.get(other) ?? cost));
  };
  const letters = alphabetOf(word);
  for (let at = 0; at <= word.length; at++) {
    const [before, letter = "", after] = [word.slice(0, at), word[at], word.slice(at + 1)];
    const next = after[0] ?? "";
    if (letter !== "") {
      const isDoubled = letter === next;
      add(before + after, isDoubled || WEAK.has(letter) ? LIKELY : UNLIKELY);
      if (next !== "") add(before + next + letter + after.slice(1), LIKELY);
      const likely = likelyFor(letter);
      for (const other of isNarrow ? likely : letters) {
        add(before + other + after, likely.has(other) ? LIKELY : UNLIKELY);
      }
    }
    const rest = word.slice(at);
    for (const other of isNarrow ? [letter, ...WEAK] : letters) {
      if (!letters.includes(other)) continue;
      const isLikely = other === letter || WEAK.has(other);
      add(before + other + rest, isLikely ? LIKELY : UNLIKELY);
    }
  }
  return found;
}

/** The word as it would have come out on the other keyboard, or null. Not folded. */
export function otherKeyboard(word: string): string | null {
  const isLatin = /^[a-z[\];',./]+$/.test(word);
  const table = isLatin ? LATIN_TO_ARABIC : ARABIC_TO_LATIN;
  let other = "";
  for (const letter of word) {
    const key = table.get(letter);
    if (key === undefined) return null;
    other += key;
  }
  return other;
}

/** Long vowels and what is written for them: left out and put in most often. */
const WEAK: ReadonlySet<string> = new Set(["ا", "و", "ي", "ء", "ه", "a", "e", "i", "o", "u", "h"]);

const LATIN_TO_ARABIC = new Map([
  ...KEYS.flatMap(([latin, arabic]) =>
    [...latin].map((key, at) => [key, arabic[at] ?? ""] as const),
  ),
  ["b", "لا"] as const,
]);
const ARABIC_TO_LATIN = new Map(
  KEYS.flatMap(([latin, arabic]) =>
    [...arabic].map((letter, at) => [letter, latin[at] ?? ""] as const),
  ),
);

const likely = new Map<string, ReadonlySet<string>>();

function likelyFor(letter: string): ReadonlySet<string> {
  let others = likely.get(letter);
  if (others === undefined) {
    const near = ROWS.flatMap((row) => {
      const at = row.indexOf(letter);
      return at < 0 ? [] : [row[at - 1] ?? "", row[at + 1] ?? ""];
    });
    const alike = CONFUSED.filter((group) => group.includes(letter)).flatMap((group) => [...group]);
    others = new Set([...near, ...alike].filter((other) => other !== "" && other !== letter));
    likely.set(letter, others);
  }
  return others;
}

function alphabetOf(word: string): string {
  return /[a-z]/.test(word) ? LATIN : ARABIC;
}
