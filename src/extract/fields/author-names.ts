/**
 * From what a page prints as its author to names of people: labels, jobs, addresses, dates and
 * accounts go; several people become several names. Who is no person (an agency, a newsroom, the
 * outlet itself) is kept apart: they sign when nobody is named.
 */
import { clean, findDates, fold } from "../../text/index.ts";
import { AUTHOR_WORDS as WORDS } from "./author-words.ts";

/** A longer "name" is a sentence. */
const MAX_NAME_CHARS = 60;
const MAX_NAME_WORDS = 6;
/** Where capitals tell nothing, a longer text is a sentence. */
const MAX_UNCASED_CHARS = 40;
const MAX_NAMES = 20;
const MAX_RAW_CHARS = 400;
/** `on behalf of …`; what goes on longer is a sentence about somebody. */
const MAX_TAIL_WORDS = 6;
/** A collective author is named in few words: `Redaktion Beispiel`, `The Example editors`. */
const MAX_NEWSROOM_WORDS = 5;

const BETWEEN_NAMES = new RegExp(
  `\\s*[;,،؛|/•·⋅∙●&+\\n]\\s*|\\s+(?:${WORDS.conjunctions.join("|")})\\s+|\\s+و\\s+`,
  "iu",
);
const ADDRESS = /https?:\/\/\S+|www\.\S+|\S+@\S+\.\S+/giu;
/** Without one of these there is neither address nor handle; looking for those tries every letter. */
const MAY_HOLD_ADDRESS = /@|:\/\/|www\./iu;
const HANDLE = /(?:^|\s)@[\w.]+/gu;
const BRACKETS = /\s*[([{<][^()[\]{}<>]*[)\]}>]\s*/gu;
const TRAILING_PLACE = /\s+[-–—]\s+.*$/u;
const TWO_PARTS = /^(.{2,40}?)\s+[-–—|]\s+(.+)$/u;
/** Counters and clock times beside a name: `5 min read`. */
const NUMBER_WORD = /(?:^|\s)\p{Nd}[\p{Nd}.:/-]*(?=\s|$|\p{L}).*$/u;
const HAS_DIGIT = /\p{Nd}/u;
const ACCOUNT = /^(?=.*[a-z].*[a-z])[a-z0-9_.-]+$/u;
/** Letters after a name: `FAND`, `M.D.`, `DACVB`. */
const CREDENTIAL = /^\p{Lu}[\p{Lu}.-]{1,6}$/u;
/** Initials of agencies and desks signing together: `dpa/lno`, `APA/AP`. */
const SIGNATURE = /^[\p{L}.]{2,24}\s?\/\s?[\p{L}]{2,12}$/u;
const SIGNED_SHORT = /^(?:\p{Ll}{2,4}|\p{Lu}{2,4})$/u;
const CASED = /\p{Lu}|\p{Ll}/u;
/** Small words inside names: `van der Berg`, `de la Cruz`, `bin Salman`. */
const PARTICLE =
  /^(?:van|von|vom|zu|zur|der|den|de|del|della|di|da|dos|das|du|la|le|el|al|bin|ben|ibn|y|e|ter|ten|af|av|of|the|d'.+|l'.+|mc.+)$/iu;

const INITIAL_OR_PARTICLE = /^(?:\p{Lu}\.?|\p{Ll}+)$/u;

/** Takes a byline label (`By`, `بقلم:`) off the front; null when the text does not start with one. */
export function cutByline(text: string): string | null {
  const parts = text.trim().split(/\s+/u);
  const first = (parts[0] ?? "").replace(/[:：].*$/u, "");
  // Most texts are no byline: one look at the first word spares the rest.
  if (!WORDS.canStartByline(first)) return null;
  for (let count = Math.min(WORDS.longestByline, parts.length - 1); count > 0; count--) {
    if (WORDS.bylines.has(fold(parts.slice(0, count).join(" ")))) {
      return parts
        .slice(count)
        .join(" ")
        .replace(/^[\s:：|/–—-]+/u, "");
    }
  }
  const glued = /^([^:：]{2,24})[:：]\s*(\S.*)$/u.exec(text.trim());
  if (glued !== null && WORDS.bylines.has(fold(glued[1] as string))) return glued[2] as string;
  return null;
}

/** True for a text that is nothing but a label: `By`, `Written by:`. */
export function isByline(text: string): boolean {
  return WORDS.bylines.has(fold(text));
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
  let text = withoutDates(clean(withoutAddresses(raw)));
  // "Redaktion Beispiel" is who signs, "Redaktion: Ida Lund" a label.
  const cut = cutByline(text);
  if (cut !== null && !(startsAsNewsroom(text) && isSite(cut))) text = cut;
  if (text === "" || text.length > MAX_RAW_CHARS || isCredit(text)) return { people, others };
  if (WORDS.agencies.has(fold(text)) || isSite(text) || isSignature(text)) {
    return { people, others: [withoutTail(text)] };
  }
  const [, head = "", tail = ""] = TWO_PARTS.exec(text) ?? [];
  if (head !== "" && isSite(head)) text = tail;
  for (const part of text.split(BETWEEN_NAMES)) {
    if (people.length >= MAX_NAMES) break;
    const name = tidy(part ?? "");
    const key = fold(name);
    if (key === "" || WORDS.nobody.has(key)) continue;
    if (people.length > 0 && (CREDENTIAL.test(name) || isJob(name))) continue;
    if (isNewsroom(name)) {
      if (!others.includes(name)) others.push(name);
    } else if (WORDS.jobs.has(key) || WORDS.bylines.has(key)) continue;
    else if (WORDS.agencies.has(key) || isSite(name) || ACCOUNT.test(name)) {
      if (!others.includes(name)) others.push(name);
      // "example.com, Berlin, Germany": what follows the outlet's name is its address.
      if (people.length === 0 && isSite(name)) break;
    } else if (isName(name) && !people.some((known) => fold(known) === key)) people.push(name);
  }
  return { people, others };
}

function withoutAddresses(raw: string): string {
  return MAY_HOLD_ADDRESS.test(raw) ? raw.replace(ADDRESS, " ").replace(HANDLE, " ") : raw;
}

/** True for a text that credits someone with something else than writing. */
export function isCredit(text: string): boolean {
  const key = fold(text);
  return WORDS.credits.some((label) => key === label || key.startsWith(`${label} `));
}

/** Only positions matter: which year an unsaid year is does not. */
const ANY_DAY = { now: 0, timeZone: "UTC" } as const;

/** `Salma Harb May 3, 2019` → `Salma Harb |`: what stands behind a date is no part of the name. */
export function withoutDates(text: string): string {
  if (!HAS_DIGIT.test(text)) return text;
  let rest = "";
  let from = 0;
  for (const { start, end } of findDates(text.slice(0, MAX_RAW_CHARS), ANY_DAY)) {
    rest += `${text.slice(from, start)} | `;
    from = end;
  }
  return from === 0 ? text : clean(rest + text.slice(from));
}

function tidy(part: string): string {
  let name = part.replace(BRACKETS, " ").replace(TRAILING_PLACE, "");
  if (!startsAsNewsroom(name) || name.includes(":")) name = cutByline(name.trim()) ?? name;
  if (/\s/u.test(name.trim())) name = name.replace(NUMBER_WORD, "");
  name = clean(withoutTail(name).replace(/^[\s:：|*"“”„'–—.-]+|[\s:：|*"“”,;…–—-]+$/gu, ""));
  // The dot of an abbreviation stays: "Jr.", "R. R.".
  return /\p{L}{4}\.$/u.test(name) ? name.slice(0, -1) : name;
}

/** Cuts at a word no name has (`on`, `Updated`, `Photo by`), and a job written right behind the name. */
function withoutTail(name: string): string {
  const words = name.trim().split(" ");
  let end = 1;
  while (end < words.length && !WORDS.tails.has(words[end] as string)) {
    if (isCredit(words.slice(end, end + 3).join(" "))) break;
    end++;
  }
  if (words.length - end > MAX_TAIL_WORDS) return name;
  if (end > 1 && WORDS.jobs.has(fold(words[end - 1] as string))) {
    // "신현주 기자": where names are not capitalised one word before the job is enough.
    if (end > 2 || !CASED.test(name)) end--;
  }
  // `Salma Harb Content Marketing Coordinator`: of a name that long and a job the name is two words.
  if (end > 3 && WORDS.roles.has(fold(words[end - 1] as string)))
    end = INITIAL_OR_PARTICLE.test(words[1] as string) ? 3 : 2;
  return words.slice(0, end).join(" ");
}

/** True for what a person is, not who: a job, an agency, a newsroom. */
export function isJobTitle(text: string): boolean {
  const key = fold(text);
  return WORDS.jobs.has(key) || isJob(text) || WORDS.nobody.has(key) || isNewsroom(text);
}

function isJob(name: string): boolean {
  return fold(name)
    .split(" ")
    .some((word) => WORDS.roles.has(word));
}

function isNewsroom(text: string): boolean {
  const words = fold(text).split(" ");
  return (
    words.length <= MAX_NEWSROOM_WORDS &&
    words.some((word, at) => {
      if (WORDS.newsrooms.has(word) || WORDS.organisations.has(word)) return true;
      return at > 0 && WORDS.organisations.has(`${words[at - 1]} ${word}`);
    })
  );
}

function startsAsNewsroom(text: string): boolean {
  return WORDS.newsrooms.has(fold(text.trim().split(/\s/u)[0] ?? ""));
}

function isSignature(text: string): boolean {
  if (!SIGNATURE.test(text)) return false;
  return text
    .split("/")
    .map((part) => part.trim())
    .some((part) => SIGNED_SHORT.test(part) || WORDS.agencies.has(fold(part)));
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
  if (!CASED.test(name)) return parts.length <= 5 && name.length <= MAX_UNCASED_CHARS;
  const counted = parts.filter((part) => !PARTICLE.test(part));
  return counted.length > 0 && counted.every((part) => /^[^\p{L}]*\p{Lu}/u.test(part));
}

/** One word is as often a button, a place or a date; the script of Han, kana or Hangul needs no space. */
export function isFullName(name: string): boolean {
  return name.includes(" ") || /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Kana}/u.test(name);
}
