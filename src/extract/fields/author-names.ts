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
}

const words: AuthorWords = JSON.parse(
  readFileSync(new URL("../../../data/extract/fields/author-words.json", import.meta.url), "utf8"),
);
const BYLINES = new Set(words.bylines.map(fold));
const LONGEST_BYLINE_WORDS = 4;
const JOBS = new Set(words.jobs.map(fold));
const AGENCIES = new Set(words.agencies.map(fold));
const NOBODY = new Set(words.nobody.map(fold));

/** A longer "name" is a sentence. */
const MAX_NAME_CHARS = 60;
const MAX_NAME_WORDS = 7;
const MAX_NAMES = 20;

const CONJUNCTIONS = words.conjunctions.map((word) => word.replace(/[^\p{L}]/gu, "")).join("|");
const BETWEEN_NAMES = new RegExp(
  `\\s*[;,،؛|/•·&+]\\s*|\\s+(?:${CONJUNCTIONS})\\s+|\\s+و\\s+|\\s+و(?=ال\\p{L}{3})|\\n+`,
  "iu",
);
const ADDRESS = /https?:\/\/\S+|www\.\S+|\S+@\S+\.\S+/giu;
const HANDLE = /(?:^|\s)@[\w.]+/gu;
const BRACKETS = /\s*[([{][^()[\]{}]*[)\]}]\s*/gu;
const TRAILING_PLACE = /\s+[-–—]\s+.*$/u;

/** Takes a byline label (`By`, `بقلم:`) off the front; null when the text does not start with one. */
export function cutByline(text: string): string | null {
  const parts = text.trim().split(/\s+/u);
  for (let count = Math.min(LONGEST_BYLINE_WORDS, parts.length - 1); count > 0; count--) {
    const label = parts.slice(0, count).join(" ");
    if (BYLINES.has(fold(label)))
      return parts
        .slice(count)
        .join(" ")
        .replace(/^[\s:：|/-]+/u, "");
  }
  const glued = /^([^:：]{2,24})[:：]\s*(\S.*)$/u.exec(text.trim());
  if (glued !== null && BYLINES.has(fold(glued[1] as string))) return glued[2] as string;
  return null;
}

export interface AuthorNames {
  readonly people: readonly string[];
  /** Agencies, newsrooms and the site itself: authors when nobody else is named. */
  readonly bodies: readonly string[];
}

/** @param isSite - true for a name of the outlet itself */
export function readNames(raw: string, isSite: (text: string) => boolean): AuthorNames {
  let text = clean(raw.replace(ADDRESS, " ").replace(HANDLE, " "));
  text = cutByline(text) ?? text;
  const people: string[] = [];
  const bodies: string[] = [];
  if (text === "" || text.length > 400) return { people, bodies };
  for (const part of text.split(BETWEEN_NAMES)) {
    if (people.length >= MAX_NAMES) break;
    const name = tidy(part ?? "");
    if (name === "") continue;
    const key = fold(name);
    if (key === "" || NOBODY.has(key) || JOBS.has(key)) continue;
    if (AGENCIES.has(key) || isSite(name)) {
      if (!bodies.includes(name)) bodies.push(name);
    } else if (isName(name) && !people.some((known) => fold(known) === key)) people.push(name);
  }
  return { people, bodies };
}

function tidy(part: string): string {
  let name = part.replace(BRACKETS, " ").replace(TRAILING_PLACE, "");
  name = cutByline(name) ?? name;
  return clean(
    name.replace(/^[\s:：|*"“”„'–—-]+|[\s:：|*"“”,;.…–—-]+$/gu, (match) =>
      match === "." ? "." : "",
    ),
  ).replace(/\s*\.$/u, (dot) => (/\p{L}\p{L}\p{L}\.$/u.test(name) ? "" : dot));
}

function isName(name: string): boolean {
  if (name.length < 2 || name.length > MAX_NAME_CHARS) return false;
  if (!/\p{L}/u.test(name)) return false;
  if (/\p{Nd}{3,}/u.test(name)) return false;
  return name.split(" ").length <= MAX_NAME_WORDS;
}
