/**
 * Lines of a chosen body that are certainly not the article, by what they say together with how they
 * link and where they stand. Never by a phrase alone: prose may begin with the same words.
 */
import { readFileSync } from "node:fs";
import { fold } from "../../text/index.ts";
import type { Block } from "./blocks.ts";
import type { Evidence } from "./evidence.ts";
import { type FlatPage, Is, within } from "./flat.ts";
import { FIRST_GROUP, GROUP_NAMES, Names } from "./names.ts";
import { holdsPrompt } from "./phrases.ts";
import { Dropped } from "./prune.ts";

interface CertainPhrases {
  readonly disclaimer: readonly string[];
  readonly byline: readonly string[];
  readonly readAlso: readonly string[];
}

const phrases: CertainPhrases = JSON.parse(
  readFileSync(new URL("../../../data/extract/body/certain.json", import.meta.url), "utf8"),
);
const DISCLAIMERS = phrases.disclaimer.map(fold);
const BYLINES = phrases.byline.map(fold);
const READ_ALSO = phrases.readAlso.map(fold);

/** A label with one linked headline is shorter; a longer line is prose. */
const MAX_READ_ALSO_CHARS = 160;
/** Half a line of link leads elsewhere. */
const LEAST_LINK_SHARE = 0.5;
/** A label that stands alone before a list of links. */
const MAX_LABEL_CHARS = 30;
/** A line with a name and a word before it. */
const MAX_BYLINE_CHARS = 60;
const MAX_BYLINE_WORDS = 6;
/** A disclaimer is one sentence, and among the last lines (notes may follow it). */
const MAX_DISCLAIMER_CHARS = 250;
const LAST_LINES = 3;
/** Prompts to pay are a sentence or two. */
const MAX_PROMPT_CHARS = 300;
/** An advert in words is a line or two. */
const MAX_ADVERT_CHARS = 140;
const ADVERT = Names.hard | (1 << (FIRST_GROUP + GROUP_NAMES.indexOf("ad")));
/** How long a recording takes, as its player prints it. */
const DURATION = /^[\d٠-٩]{1,3}(?::[\d٠-٩]{2}){1,2}$/u;
/** `د.`, `م.`, `أ.د.`, `Dr.` before a name. */
const TITLES = /(?<=^|[\s:/.])(?:د|م|أ|Dr|Prof|Mr|Mrs|Ms)\./gu;
const SENTENCE_MARK = /[.!?؟؛،,]/u;

interface Setting {
  readonly flat: FlatPage;
  readonly evidence: Evidence;
  /** Element of the title's heading; -1 when none. */
  readonly heading: number;
}

/** The blocks, of those kept and in their order, that have to go. */
export function certainlyNot(
  blocks: readonly Block[],
  { flat, evidence, heading }: Setting,
): ReadonlySet<Block> {
  const gone = new Set<Block>();
  for (const [index, block] of blocks.entries()) {
    if (isReadAlso(block) || READ_ALSO.includes(block.key)) gone.add(block);
    else if (isLabel(block) && isLinked(blocks[index + 1])) {
      gone.add(block);
      for (let at = index + 1; isLinked(blocks[at]); at++) gone.add(blocks[at] as Block);
    } else if (isPaidPrompt(block, flat) || isAdvert(block, flat)) gone.add(block);
    else if (block.dropped !== Dropped.none && DURATION.test(block.text)) gone.add(block);
  }
  for (const block of blocks.slice(-LAST_LINES)) {
    if (isDisclaimer(block)) gone.add(block);
  }
  for (const block of [blocks[0], blocks.at(-1)]) {
    if (block !== undefined && isByline(block, evidence)) gone.add(block);
  }
  for (const block of ofOtherArticles(blocks, flat, heading)) gone.add(block);
  return gone.size < blocks.length ? gone : new Set();
}

/**
 * Endless scrolling appends whole articles, each an `<article>` with a title of the first level: all
 * but the one that holds the page's title.
 */
function ofOtherArticles(
  blocks: readonly Block[],
  flat: FlatPage,
  heading: number,
): readonly Block[] {
  const own = articleOf(heading, flat);
  if (own === -1) return [];
  const others = blocks.filter(({ holder }) => ![own, -1].includes(articleOf(holder, flat)));
  return others.length < blocks.length ? others : [];
}

/** The outermost `<article>` around an element that has a title of its own; -1 when none. */
function articleOf(element: number, flat: FlatPage): number {
  let found = -1;
  for (let at = element; at > 0; at = flat.parent[at] as number) {
    if ((flat.own[at] as number) & Is.article && within(flat, flat.h1s, at) > 0) found = at;
  }
  return found;
}

function isPaidPrompt({ key, text, holder }: Block, flat: FlatPage): boolean {
  if (text.length > MAX_PROMPT_CHARS || !holdsPrompt(key)) return false;
  for (let at = holder; at > 0; at = flat.parent[at] as number) {
    if ((flat.names[at] as number) & Names.paid) return true;
  }
  return false;
}

/** A line or two in what is named an advert, and was left out of the article for it. */
function isAdvert({ text, holder, dropped }: Block, flat: FlatPage): boolean {
  if (dropped !== Dropped.hardName || text.length > MAX_ADVERT_CHARS) return false;
  for (let at = holder; at > 0; at = flat.parent[at] as number) {
    if (((flat.names[at] as number) & ADVERT) === ADVERT) return true;
  }
  return false;
}

function isReadAlso({ key, text, linkShare }: Block): boolean {
  return (
    text.length <= MAX_READ_ALSO_CHARS &&
    linkShare >= LEAST_LINK_SHARE &&
    startsWith(key, READ_ALSO)
  );
}

function isLabel({ key, text }: Block): boolean {
  return text.length <= MAX_LABEL_CHARS && startsWith(key, READ_ALSO);
}

function isLinked(block: Block | undefined): boolean {
  return block !== undefined && block.linkShare > 0.8 && (block.bits & Is.heading) === 0;
}

function isDisclaimer({ key, text }: Block): boolean {
  return text.length <= MAX_DISCLAIMER_CHARS && DISCLAIMERS.some((phrase) => key.includes(phrase));
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
