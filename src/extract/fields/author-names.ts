/**
 * From what a page prints as its author to names of people: labels, jobs, addresses, dates and
 * accounts go; several people become several names.
 */
import { readFileSync } from "node:fs";
import { clean, fold } from "../../text/index.ts";

interface AuthorWords {
  readonly bylines: readonly string[];
  readonly conjunctions: readonly string[];
  readonly jobs: readonly string[];
  readonly agencies: readonly string[];
  readonly nobody: readonly string[];
  readonly credits: readonly string[];
}

const words: AuthorWords = JSON.parse(
  readFileSync(new URL("../../../data/extract/fields/author-words.json", import.meta.url), "utf8"),
);
const BYLINES = new Set(words.bylines.map(fold));
const LONGEST_BYLINE_WORDS = Math.max(...[...BYLINES].map((label) => label.split(" ").length));
const BYLINE_STARTS = new Set([...BYLINES].map((label) => label.split(" ")[0] as string));
const LONGEST_BYLINE_WORD = 20;
const JOBS = new Set(words.jobs.map(fold));
const AGENCIES = new Set(words.agencies.map(fold));
const NOBODY = new Set(words.nobody.map(fold));
const CREDITS = words.credits.map(fold);

/** A longer "name" is a sentence. */
const MAX_NAME_CHARS = 60;
const MAX_NAME_WORDS = 6;
const MAX_NAMES = 20;
const MAX_RAW_CHARS = 400;

const CONJUNCTIONS = words.conjunctions.map((word) => word.replace(/[^\p{L}]/gu, "")).join("|");
const BETWEEN_NAMES = new RegExp(
  `\\s*[;,،؛|/•·&+\\n]\\s*|\\s+(?:${CONJUNCTIONS})\\s+|\\s+و\\s+`,
  "iu",
);
const ADDRESS = /https?:\/\/\S+|www\.\S+|\S+@\S+\.\S+/giu;
const HANDLE = /(?:^|\s)@[\w.]+/gu;
const BRACKETS = /\s*[([{<][^()[\]{}<>]*[)\]}>]\s*/gu;
const TRAILING_PLACE = /\s+[-–—]\s+.*$/u;
/** Counters, clock times and dates beside a name: `5 min read`, `20 Dec 2025`. */
const NUMBER_WORD = /(?:^|\s)[\p{L}.]{0,9}\s*\p{Nd}[\p{Nd}.:/-]*(?=\s|$|\p{L}).*$/u;
const ACCOUNT = /^[a-z0-9_.-]+$/u;
const CASED = /\p{Lu}|\p{Ll}/u;
/** Small words inside names: `van der Berg`, `de la Cruz`, `bin Salman`. */
const PARTICLE =
  /^(?:van|von|vom|zu|zur|der|den|de|del|della|di|da|dos|das|du|la|le|el|al|bin|ben|ibn|y|e|ter|ten|af|av|of|the|d'.+|l'.+|mc.+)$/iu;

/** Takes a byline label (`By`, `بقلم:`) off the front; null when the text does not start with one. */
export function cutByline(text: string): string | null {
  const parts = text.trim().split(/\s+/u);
  const first = (parts[0] ?? "").replace(/[:：].*$/u, "");
  // Most texts are no byline: one look at the first word spares the rest.
  if (first.length > LONGEST_BYLINE_WORD || !BYLINE_STARTS.has(fold(first).split(" ")[0] ?? "")) {
    return null;
  }
  for (let count = Math.min(LONGEST_BYLINE_WORDS, parts.length - 1); count > 0; count--) {
    if (BYLINES.has(fold(parts.slice(0, count).join(" ")))) {
      return parts
        .slice(count)
        .join(" ")
        .replace(/^[\s:：|/-]+/u, "");
    }
  }
  const glued = /^([^:：]{2,24})[:：]\s*(\S.*)$/u.exec(text.trim());
  if (glued !== null && BYLINES.has(fold(glued[1] as string))) return glued[2] as string;
  return null;
}

/** True for a text that is nothing but a label: `By`, `Written by:`. */
export function isByline(text: string): boolean {
  return BYLINES.has(fold(text));
}

export interface AuthorNames {
  readonly people: readonly string[];
  /** Accounts (`jsmith`), agencies, newsrooms and the site itself: taken when nobody is named. */
  readonly others: readonly string[];
}

/** @param isSite - true for a name of the outlet itself */
export function readNames(raw: string, isSite: (text: string) => boolean): AuthorNames {
  const people: string[] = [];
  const others: string[] = [];
  let text = clean(raw.replace(ADDRESS, " ").replace(HANDLE, " "));
  text = cutByline(text) ?? text;
  if (text === "" || text.length > MAX_RAW_CHARS || isCredit(text)) return { people, others };
  if (AGENCIES.has(fold(text)) || isSite(text)) return { people, others: [text] };
  for (const part of text.split(BETWEEN_NAMES)) {
    if (people.length >= MAX_NAMES) break;
    const name = tidy(part ?? "");
    const key = fold(name);
    if (key === "" || NOBODY.has(key) || JOBS.has(key) || BYLINES.has(key)) continue;
    if (AGENCIES.has(key) || isSite(name) || ACCOUNT.test(name)) {
      if (!others.includes(name)) others.push(name);
      // "example.com, Berlin, Germany": what follows the outlet's name is its address.
      if (people.length === 0 && isSite(name)) break;
    } else if (isName(name) && !people.some((known) => fold(known) === key)) people.push(name);
  }
  return { people, others };
}

function isCredit(text: string): boolean {
  const key = fold(text);
  return CREDITS.some((label) => key.startsWith(`${label} `));
}

function tidy(part: string): string {
  let name = part.replace(BRACKETS, " ").replace(TRAILING_PLACE, "");
  name = cutByline(name) ?? name;
  if (/\s/u.test(name.trim())) name = name.replace(NUMBER_WORD, "");
  name = clean(name.replace(/^[\s:：|*"“”„'–—.-]+|[\s:：|*"“”,;…–—-]+$/gu, ""));
  // The dot of an abbreviation stays: "Jr.", "R. R.".
  return /\p{L}{4}\.$/u.test(name) ? name.slice(0, -1) : name;
}

function isName(name: string): boolean {
  if (name.length < 2 || name.length > MAX_NAME_CHARS || !/\p{L}/u.test(name)) return false;
  if (/\p{Nd}{3,}|[?!…{}<>=]/u.test(name)) return false;
  return name.split(" ").length <= MAX_NAME_WORDS;
}

/** Stricter, for texts that only stand where a byline could: written as names are. */
export function looksLikeName(name: string): boolean {
  if (!isName(name)) return false;
  const parts = name.split(" ");
  if (!CASED.test(name)) return parts.length >= 1 && parts.length <= 5;
  const counted = parts.filter((part) => !PARTICLE.test(part));
  return counted.length > 0 && counted.every((part) => /^[^\p{L}]*\p{Lu}/u.test(part));
}
