/** A URL taken apart the way the article-or-listing decision reads it. Pure; no word lists here. */
import { decodePercent } from "../url/index.ts";

export interface Address {
  readonly url: URL;
  /** Path segments, percent-decoded, lower case, without a file extension on the last. */
  readonly segments: readonly string[];
  /** `html`, `php` …, or null. */
  readonly extension: string | null;
  readonly queryNames: readonly string[];
  /** How many leading digits-only segments read as a date: 0, 1 (year), 2 (month) or 3 (day); where it starts. */
  readonly date: { readonly parts: 0 | 1 | 2 | 3; readonly at: number };
  /** Words in the last segment; "a-b_c" has three. */
  readonly slugWords: number;
  /** Same for addresses made by one pattern: `/news/#/*`. Siblings share it. */
  readonly shape: string;
}

// Slugs of fewer words than this are as likely a section's name ("أخبار-ليبيا", "middle-east").
export const LONG_SLUG_WORDS = 3;
const EXTENSION = /\.([a-z]{3,5})$/iu;
const WORD_BREAKS = /[-_\s.+،]+/u;

export function readAddress(url: string): Address {
  const parsed = new URL(url);
  const raw = parsed.pathname.split("/").filter(Boolean).map(decodePercent);
  const last = raw.at(-1) ?? "";
  const extension = EXTENSION.exec(last)?.[1]?.toLowerCase() ?? null;
  const segments = raw.map((segment) => segment.toLowerCase());
  if (extension !== null)
    segments[segments.length - 1] = last.slice(0, -extension.length - 1).toLowerCase();
  const queryNames = [...new Set(parsed.searchParams.keys())].map((name) => name.toLowerCase());
  return {
    url: parsed,
    segments,
    extension,
    queryNames,
    date: dateIn(segments),
    slugWords: wordsIn(segments.at(-1) ?? ""),
    shape: `${parsed.host}/${segments.map(shapeOf).join("/")}${extension === null ? "" : `.${extension}`}?${queryNames.sort().join("&")}`,
  };
}

function dateIn(segments: readonly string[]): Address["date"] {
  const at = segments.findIndex((segment) => /^(?:19|20)\d\d$/u.test(segment));
  if (at < 0) return { parts: 0, at: -1 };
  const isMonth = inRange(segments[at + 1], 12);
  const isDay = isMonth && inRange(segments[at + 2], 31);
  return { parts: isDay ? 3 : isMonth ? 2 : 1, at };
}

function inRange(segment: string | undefined, most: number): boolean {
  if (segment === undefined || !/^\d{1,2}$/u.test(segment)) return false;
  const value = Number(segment);
  return value >= 1 && value <= most;
}

export function wordsIn(text: string): number {
  return text.split(WORD_BREAKS).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function shapeOf(segment: string): string {
  if (/^\d+$/u.test(segment)) return "#";
  return wordsIn(segment) >= LONG_SLUG_WORDS ? "*" : segment;
}
