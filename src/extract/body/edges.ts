/**
 * Lines at the two ends of a chosen body that speak about the article and are not its text: who wrote it
 * and when, before the first sentence; whom to thank, where it is filed and what to subscribe to, after
 * the last. Each is known by what it says together with where it stands.
 */
import { readFileSync } from "node:fs";
import { findDates, fold } from "../../text/index.ts";
import type { Block } from "./blocks.ts";
import type { Evidence } from "./evidence.ts";
import type { FlatPage } from "./flat.ts";
import { FIRST_GROUP, GROUP_NAMES } from "./names.ts";
import { holdsPrompt } from "./phrases.ts";

interface EdgePhrases {
  readonly disclaimer: readonly string[];
  readonly byline: readonly string[];
  readonly dateLabel: readonly string[];
  readonly contribution: readonly string[];
  readonly filing: readonly string[];
  readonly rights: readonly string[];
  readonly counter: readonly string[];
}

const phrases: EdgePhrases = JSON.parse(
  readFileSync(new URL("../../../data/extract/body/certain.json", import.meta.url), "utf8"),
);
const DISCLAIMERS = phrases.disclaimer.map(fold);
const BYLINES = phrases.byline.map(fold);
const DATE_WORDS = new Set(phrases.dateLabel.flatMap((label) => fold(label).split(" ")));
const CONTRIBUTIONS = phrases.contribution.map(fold);
const FILINGS = phrases.filing.map(fold);
const RIGHTS = phrases.rights.map(fold);
const COUNTERS = phrases.counter.map(fold);

/** A line with a name and a word before it. */
const MAX_BYLINE_CHARS = 60;
const MAX_BYLINE_WORDS = 6;
/** A name with what its bearer does. */
const MAX_AUTHOR_BOX_CHARS = 100;
const AUTHOR_LEVELS = 3;
/** A day, a date, two clocks and a label; among the first lines, as a standfirst may stand before it. */
const MAX_DATE_LINE_CHARS = 90;
const MAX_OTHER_WORDS = 1;
const FIRST_LINES = 3;
/** A disclaimer is one sentence, and among the last lines (notes may follow it); thanks name several. */
const MAX_DISCLAIMER_CHARS = 250;
const MAX_THANKS_CHARS = 300;
const MAX_PROMPT_CHARS = 250;
const MAX_COPYRIGHT_CHARS = 100;
/** Whose they are: a name, a year. */
const MAX_RIGHTS_WORDS = 4;
const LAST_LINES = 3;
/** `د.`, `م.`, `أ.د.`, `Dr.` before a name. */
const TITLES = /(?<=^|[\s:/.])(?:د|م|أ|Dr|Prof|Mr|Mrs|Ms)\./gu;
const SENTENCE_MARK = /[.!?؟؛،,]/u;
const DIGIT = /\p{Nd}/u;
const COLON = /[:：]/u;
const NUMBER = /^[\p{Nd}\s]+$/u;
const COPYRIGHT = /^(?:copyright\b|©|ⓒ)/iu;
const AUTHOR_BIT = 1 << (FIRST_GROUP + GROUP_NAMES.indexOf("author"));
/** Only where a date stands is asked here, so any moment to count from will do. */
const ANY_MOMENT = { now: 0, timeZone: "UTC" };

/** Those of the blocks kept, in their order, that only frame the article. */
export function edgesOf(
  blocks: readonly Block[],
  flat: FlatPage,
  evidence: Evidence,
): ReadonlySet<Block> {
  const gone = new Set<Block>();
  const dateLines = blocks.slice(0, FIRST_LINES).filter(isDateLine);
  // A live blog prints a time over each entry: there the first is no more a frame than the others.
  const isTimed = dateLines.length > 0 && blocks.slice(FIRST_LINES).some(isDateLine);
  if (!isTimed) for (const block of dateLines) gone.add(block);
  for (const block of blocks.slice(-LAST_LINES)) {
    if (isDisclaimer(block) || isThanks(block) || isFiling(block)) gone.add(block);
    if (isNotice(block)) gone.add(block);
  }
  const last = blocks.at(-1);
  if (last !== undefined && last.text.length <= MAX_PROMPT_CHARS && holdsPrompt(last.key)) {
    gone.add(last);
  }
  const first = blocks.find((block) => !gone.has(block));
  if (first !== undefined && isAuthorBox(first, flat)) gone.add(first);
  for (const block of [first, last]) {
    if (block !== undefined && isByline(block, evidence)) gone.add(block);
  }
  return gone;
}

/** A date and nothing else but the words that are printed beside dates, and one more: a weekday, a place. */
function isDateLine({ text }: Block): boolean {
  if (text.length > MAX_DATE_LINE_CHARS || !DIGIT.test(text)) return false;
  const dates = findDates(text, ANY_MOMENT);
  if (!dates.some(({ precision }) => precision !== "year" && precision !== "month")) return false;
  let rest = "";
  let from = 0;
  for (const { start, end } of dates) {
    rest += `${text.slice(from, start)} `;
    from = end;
  }
  const words = fold(rest + text.slice(from)).split(" ");
  return words.filter((word) => word !== "" && !DATE_WORDS.has(word)).length <= MAX_OTHER_WORDS;
}

function isDisclaimer({ key, text }: Block): boolean {
  return text.length <= MAX_DISCLAIMER_CHARS && DISCLAIMERS.some((phrase) => key.includes(phrase));
}

/** Whose the text is, and how many read it: a sentence may begin with the same words and goes on. */
function isNotice({ key, text }: Block): boolean {
  if (text.length > MAX_COPYRIGHT_CHARS) return false;
  if (COPYRIGHT.test(text)) return true;
  const rest = restAfter(key, COUNTERS);
  if (rest !== null) return NUMBER.test(rest);
  const owner = restAfter(key, RIGHTS);
  if (owner === null || SENTENCE_MARK.test(text.slice(0, -1))) return false;
  return owner === "" || wordsIn(owner) <= MAX_RIGHTS_WORDS;
}

/** What follows the first words of a folded line; null when it begins with none of them. */
function restAfter(key: string, starts: readonly string[]): string | null {
  const start = starts.find((words) => startsWith(key, [words]));
  return start === undefined ? null : key.slice(start.length + 1);
}

/** Colleagues who helped, as agencies name them under a story. */
function isThanks({ text }: Block): boolean {
  if (text.length > MAX_THANKS_CHARS) return false;
  const folded = fold(text);
  return CONTRIBUTIONS.some((phrase) => folded.includes(phrase));
}

/** `Tags: harbour, council`: a label, a colon, and what the article is filed under. */
function isFiling({ key, text }: Block): boolean {
  const colon = text.search(COLON);
  return colon > 0 && startsWith(key, FILINGS) && FILINGS.includes(fold(text.slice(0, colon)));
}

/** `هدى الزروق` / `كاتبة وصحفية` in an element that is named after its author. */
function isAuthorBox({ text, holder }: Block, flat: FlatPage): boolean {
  if (text.length > MAX_AUTHOR_BOX_CHARS || SENTENCE_MARK.test(text.replace(TITLES, ""))) {
    return false;
  }
  for (let at = holder, level = 0; at > 0 && level < AUTHOR_LEVELS; level++) {
    if ((flat.names[at] as number) & AUTHOR_BIT) return true;
    at = flat.parent[at] as number;
  }
  return false;
}

/** `بقلم: سالم الفيتوري`, or the very name that the page gives to machines, alone on a line. */
function isByline({ key, text }: Block, { authors }: Evidence): boolean {
  if (text.length > MAX_BYLINE_CHARS || SENTENCE_MARK.test(text.replace(TITLES, ""))) {
    return authors.includes(key);
  }
  return authors.includes(key) || (startsWith(key, BYLINES) && wordsIn(key) <= MAX_BYLINE_WORDS);
}

const wordsIn = (key: string): number => key.split(" ").length;

function startsWith(key: string, starts: readonly string[]): boolean {
  return starts.some((start) => key.startsWith(start) && (key[start.length] ?? " ") === " ");
}
