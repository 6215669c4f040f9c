/**
 * Lines of a chosen body that are certainly not the article, by what they say together with how they
 * link and where they stand. Never by a phrase alone: prose may begin with the same words.
 */
import { readFileSync } from "node:fs";
import { fold } from "../../text/index.ts";
import type { Block } from "./blocks.ts";
import { edgesOf } from "./edges.ts";
import type { Evidence } from "./evidence.ts";
import { type FlatPage, Is, within } from "./flat.ts";
import { isLeftover } from "./leftovers.ts";
import { FIRST_GROUP, GROUP_NAMES, Names } from "./names.ts";
import { holdsPrompt, isEndHeading, isJunkLine } from "./phrases.ts";
import { Dropped } from "./prune.ts";

const phrases: { readonly readAlso: readonly string[] } = JSON.parse(
  readFileSync(new URL("../../../data/extract/body/certain.json", import.meta.url), "utf8"),
);
const READ_ALSO = phrases.readAlso.map(fold);

/** A label with one linked headline is shorter; a longer line is prose. */
const MAX_READ_ALSO_CHARS = 160;
/** Half a line of link leads elsewhere. */
const LEAST_LINK_SHARE = 0.5;
/** A label that stands alone before a list of links. */
const MAX_LABEL_CHARS = 30;
/** Two inserts that begin alike are a habit of the page. */
const LEAST_ALIKE = 2;
const WHOLE_LINK_SHARE = 0.9;
/** Of a label, not of an address. */
const SEPARATOR = /\||[:：](?=\s)/u;
/** What a sentence of some length weighs. */
const PROSE_WEIGHT = 45;
/** A heading of what follows an article is a few words. */
const MAX_END_CHARS = 45;
/** Prompts to pay are a sentence or two. */
const MAX_PROMPT_CHARS = 300;
/** An advert in words is a line or two. */
const MAX_ADVERT_CHARS = 140;
const ADVERT = Names.hard | (1 << (FIRST_GROUP + GROUP_NAMES.indexOf("ad")));
/** How long a recording takes, as its player prints it. */
const DURATION = /^[\d٠-٩]{1,3}(?::[\d٠-٩]{2}){1,2}$/u;
/** What a publishing system left of a tag it did not know: `[button link="…"]`. */
const SHORTCODE = /^\[\/?[a-z][\w-]*\s[^\]]*=[^\]]*\]/iu;

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
  const gone = new Set<Block>(repeatedInserts(blocks));
  for (const [index, block] of blocks.entries()) {
    if (isReadAlso(block) || isFurniture(block)) gone.add(block);
    else if (isLeftover(block, blocks[index - 1], flat)) gone.add(block);
    else if (isLabel(block) && isLinked(blocks[index + 1])) {
      gone.add(block);
      for (let at = index + 1; isLinked(blocks[at]); at++) gone.add(blocks[at] as Block);
    } else if (isPaidPrompt(block, flat) || isAdvert(block, flat)) gone.add(block);
    else if (block.dropped !== Dropped.none && DURATION.test(block.text)) gone.add(block);
    // In a box named for it, and asking for it: a prompt, wherever a rule's body may hold it.
    else if (block.dropped !== Dropped.none && holdsPrompt(block.key)) gone.add(block);
  }
  for (const block of ofOtherArticles(blocks, flat, heading)) gone.add(block);
  const rest = blocks.filter((block) => !gone.has(block));
  for (const block of edgesOf(rest, flat, evidence)) gone.add(block);
  return gone.size < blocks.length ? gone : new Set();
}

/** Labels and buttons that pages print between paragraphs, each alone on its line. */
function isFurniture({ key, text }: Block): boolean {
  return (
    READ_ALSO.includes(key) ||
    isJunkLine(key) ||
    (text.length <= MAX_END_CHARS && isEndHeading(key)) ||
    SHORTCODE.test(text)
  );
}

/**
 * Links between paragraphs, each alone on its line, that begin with one label and a separator: inserts,
 * whatever the label says.
 */
function repeatedInserts(blocks: readonly Block[]): readonly Block[] {
  const alike = new Map<string, Block[]>();
  for (const [index, block] of blocks.entries()) {
    const { text, linkShare, bits } = block;
    if (linkShare < WHOLE_LINK_SHARE || text.length > MAX_READ_ALSO_CHARS) continue;
    if (bits & (Is.item | Is.table | Is.heading)) continue;
    if (!isProse(blocks[index - 1]) || !isProse(blocks[index + 1])) continue;
    const label = text.slice(0, MAX_LABEL_CHARS).split(SEPARATOR, 1)[0] as string;
    if (label.length >= Math.min(text.length, MAX_LABEL_CHARS)) continue;
    const known = alike.get(label);
    if (known === undefined) alike.set(label, [block]);
    else known.push(block);
  }
  return [...alike.values()].filter(({ length }) => length >= LEAST_ALIKE).flat();
}

const isProse = (block: Block | undefined): boolean =>
  block === undefined || (block.weight >= PROSE_WEIGHT && block.linkShare < LEAST_LINK_SHARE);

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

function startsWith(key: string, starts: readonly string[]): boolean {
  return starts.some((start) => key.startsWith(start) && (key[start.length] ?? " ") === " ");
}
