/** What pages that are no article say: data/extract/kind/phrases.json, folded once. */
import { readFileSync } from "node:fs";
import { fold } from "../../text/index.ts";

interface PhraseFile {
  readonly titles?: readonly string[];
  readonly texts?: readonly string[];
}
const NAMES = [
  "block",
  "consent",
  "login",
  "soft404",
  "parked",
  "maintenance",
  "spam",
  "script",
  "live",
  "gallery",
  "video",
] as const;
type Name = (typeof NAMES)[number];
interface ListingWords {
  readonly bodyClasses: readonly string[];
  readonly articleClasses: readonly string[];
  readonly segments: readonly string[];
}

const file: Readonly<Record<Name, PhraseFile>> & { readonly listing: ListingWords } = JSON.parse(
  readFileSync(new URL("../../../data/extract/kind/phrases.json", import.meta.url), "utf8"),
);

const TITLES = new Map<Name, readonly string[]>();
const TEXTS = new Map<Name, readonly string[]>();
for (const name of NAMES) {
  TITLES.set(name, (file[name].titles ?? []).map(fold));
  TEXTS.set(name, (file[name].texts ?? []).map(fold));
}

export const LISTING_CLASSES: ReadonlySet<string> = new Set(file.listing.bodyClasses);
export const ARTICLE_CLASSES: ReadonlySet<string> = new Set(file.listing.articleClasses);
export const LISTING_SEGMENTS: ReadonlySet<string> = new Set(file.listing.segments);

/** A title that begins with the phrase and goes on longer than this is a headline about the thing. */
const MAX_WORDS_AFTER = 5;

/** The phrase that the title is, begins with or ends on; null when none. */
export function phraseInTitle(name: Name, title: string): string | null {
  const key = fold(title);
  const words = key.split(" ").length;
  for (const phrase of TITLES.get(name) ?? []) {
    if (key === phrase) return phrase;
    const isShort = words - phrase.split(" ").length <= MAX_WORDS_AFTER;
    if (isShort && (key.startsWith(`${phrase} `) || key.endsWith(` ${phrase}`))) return phrase;
  }
  return null;
}

/** The phrase a headline opens with, before its colon or not: `مباشر: …`, `بالصور .. …`. */
export function phraseOpening(name: Name, title: string): string | null {
  const key = fold(title);
  for (const phrase of TITLES.get(name) ?? []) {
    if (key === phrase || key.startsWith(`${phrase} `)) return phrase;
  }
  return null;
}

/** The phrase that occurs in the folded text as whole words; null when none. */
export function phraseInText(name: Name, foldedText: string): string | null {
  const padded = ` ${foldedText} `;
  for (const phrase of TEXTS.get(name) ?? []) if (padded.includes(` ${phrase} `)) return phrase;
  return null;
}

/** How often the phrases occur in the folded text: distinct ones, all of them, and their characters. */
export function countPhrases(
  name: Name,
  foldedText: string,
): { readonly distinct: number; readonly hits: number; readonly chars: number } {
  const padded = ` ${foldedText} `;
  let distinct = 0;
  let hits = 0;
  let chars = 0;
  for (const phrase of TEXTS.get(name) ?? []) {
    // Scripts that set no spaces between words have no whole words to match.
    const wanted = SPACELESS.test(phrase) ? phrase : ` ${phrase} `;
    let count = 0;
    for (let at = padded.indexOf(wanted); at >= 0; at = padded.indexOf(wanted, at + phrase.length))
      count++;
    if (count > 0) distinct++;
    hits += count;
    chars += count * phrase.length;
  }
  return { distinct, hits, chars };
}

const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
