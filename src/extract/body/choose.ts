/**
 * The blocks of one container (and around it) that are the article, as paragraphs, with how sure that
 * is. A rule's container is believed: nothing around it is looked at, and a block inside goes only when
 * it is very unlikely.
 */

import { fold } from "../../text/index.ts";
import type { Tracer } from "../context.ts";
import type { Block, Blocks } from "./blocks.ts";
import { certainlyNot } from "./certain.ts";
import { type Found, isTitleKey, type Marks, type Range } from "./container.ts";
import { entryTimes } from "./entry-times.ts";
import type { Evidence } from "./evidence.ts";
import { FEATURE_NAMES } from "./feature-names.ts";
import { featuresOf } from "./features.ts";
import { flashLines } from "./flash.ts";
import { Break, type FlatPage, Is, within } from "./flat.ts";
import { blockProbability } from "./model.ts";
import { Dropped } from "./prune.ts";
import type { Region } from "./region.ts";

/** Blocks this far around the container are judged too: standfirsts, chunks, what names misled us about. */
const REGION_BEFORE = 25;
const REGION_AFTER = 40;
const LIKELY = 0.5;
/** Inside a container that a rule names. */
const LIKELY_BY_RULE = 0.15;
/** The first sentence of a one-sentence flash looks like a teaser. */
const LIKELY_ALONE = 0.15;
/** A standfirst stands apart from the paragraphs, as teasers do: other evidence makes up for it. */
const LIKELY_LEAD = 0.33;
const LEAD_LINES = 8;
const LEAD_OVERLAP = 0.6;
const [LEAD_ABOVE, SINCE_TITLE, DESCRIBED] = ["leadAbove", "sinceTitle", "descriptionOverlap"].map(
  (name) => FEATURE_NAMES.indexOf(name),
) as [number, number, number];

/** A line of some words that leads over to a list or a table. */
const INTRODUCES = /^.{20,}[:：]$/su;
/** A sentence may hold a link or two; a line that leads elsewhere is one. */
const MAX_PLAIN_LINK_SHARE = 0.3;
/** Longer cells hold prose, as the layout tables of old sites do. */
const MAX_CELL_CHARS = 80;

export interface Look {
  readonly flat: FlatPage;
  readonly blocks: Blocks;
  readonly found: Found;
  readonly marks: Marks;
  readonly evidence: Evidence;
  /** Whether a site's or theme's rule named the container. */
  readonly isByRule: boolean;
  /** Paragraphs that end the article, folded. */
  readonly endsAt: ReadonlySet<string>;
}

export interface Chosen {
  readonly paragraphs: readonly string[];
  readonly chars: number;
  /** 0…1: how clearly the blocks fell to one side or the other, by their length. */
  readonly certainty: number;
}

export function regionOf({ flat, blocks, found, marks, evidence, isByRule }: Look): Region {
  const inside: Range = [found.from, found.to];
  const region: Range = isByRule
    ? inside
    : [
        Math.max(0, found.from - REGION_BEFORE),
        Math.min(blocks.list.length, found.to + REGION_AFTER),
      ];
  return { flat, blocks, container: found.container, inside, region, marks, evidence };
}

export function chooseBlocks(look: Look, tracer: Tracer): Chosen {
  const region = regionOf(look);
  const judged = featuresOf(region).map((row, at) => ({
    block: look.blocks.list[region.region[0] + at] as Block,
    likely: blockProbability(row),
    isLead: isStandfirst(row),
  }));
  const title = titleBlocks(look);
  const least = look.isByRule ? LIKELY_BY_RULE : LIKELY;
  const chosen = judged.map((one) => {
    const { likely, block, isLead } = one;
    const isLikely = likely >= least || (isLead && likely >= LIKELY_LEAD);
    return { ...one, isSure: !title.has(block) && (isLikely || (look.isByRule && isPlain(block))) };
  });
  const ofFlash = flashLines(region, chosen, (block) => !title.has(block) && isPlain(block));
  let kept = chosen.filter(({ block, isSure }) => isSure || ofFlash.has(block));
  if (kept.length === 0) {
    kept = chosen.filter(
      ({ block, likely }) => !title.has(block) && block.weight > 0 && likely >= LIKELY_ALONE,
    );
  }
  const end =
    look.endsAt.size === 0 ? -1 : kept.findIndex(({ block }) => look.endsAt.has(fold(block.text)));
  if (end !== -1) kept = kept.slice(0, end);
  const certain = certainlyNot(
    kept.map(({ block }) => block),
    { flat: look.flat, evidence: look.evidence, heading: look.marks.heading },
  );
  kept = kept.filter(({ block }) => !certain.has(block));
  const times = entryTimes(
    judged.map(({ block }) => block),
    new Set(kept.map(({ block }) => block)),
  );
  if (times.size > 0) {
    const timed = new Set([...kept.map(({ block }) => block), ...times]);
    kept = chosen.filter(({ block }) => timed.has(block));
  }
  if (tracer.on) traceRemoved(judged, new Set(kept.map(({ block }) => block)), tracer);
  const paragraphs = paragraphsOf(
    look.flat,
    kept.map(({ block }) => block),
  );
  return { paragraphs, chars: lengthOf(paragraphs), certainty: certaintyOf(judged) };
}

/** The title is never a line of its body, wherever it stands. */
function titleBlocks({ flat, blocks, marks, evidence }: Look): ReadonlySet<Block> {
  const found = new Set<Block>();
  if (marks.heading < 0) return found;
  const from = blocks.before[flat.pieceStart[marks.heading] as number] as number;
  const to = blocks.before[flat.pieceEnd[marks.heading] as number] as number;
  const isOnlyOne = within(flat, flat.h1s, 0) === within(flat, flat.h1s, marks.heading);
  for (const block of blocks.list.slice(from, to)) {
    if (isOnlyOne || isTitleKey(block.key, evidence)) found.add(block);
  }
  return found;
}

/** What is named as one, soon after the title, and says what the page's description says. */
function isStandfirst(row: Float64Array): boolean {
  const since = row[SINCE_TITLE] as number;
  return (
    row[LEAD_ABOVE] === 1 &&
    since > 0 &&
    since <= LEAD_LINES &&
    (row[DESCRIBED] as number) > LEAD_OVERLAP
  );
}

/** In a container that a rule names, a whole sentence or a table's cell needs no further reason. */
function isPlain({ text, endsSentence, linkShare, dropped, bits }: Block): boolean {
  if (dropped !== Dropped.none || linkShare > MAX_PLAIN_LINK_SHARE || bits & Is.caption)
    return false;
  return endsSentence || INTRODUCES.test(text) || (bits & Is.table) !== 0;
}

interface Judged {
  readonly block: Block;
  readonly likely: number;
}

function traceRemoved(judged: readonly Judged[], kept: ReadonlySet<Block>, tracer: Tracer): void {
  for (const { block, likely } of judged) {
    if (kept.has(block) || block.dropped !== 0) continue;
    tracer.removed(block.text, `unlikely (${likely.toFixed(2)})`, block.text.length);
  }
}

function certaintyOf(judged: readonly Judged[]): number {
  let all = 0;
  let certain = 0;
  for (const { block, likely } of judged) {
    all += block.text.length;
    certain += block.text.length * Math.abs(2 * likely - 1);
  }
  return all === 0 ? 0 : certain / all;
}

const lengthOf = (paragraphs: readonly string[]): number =>
  paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);

/** Lines parted by one `<br>` stay lines of one paragraph; cells of a table's row one line. */
function paragraphsOf(flat: FlatPage, blocks: readonly Block[]): readonly string[] {
  const paragraphs: string[] = [];
  let lastRow = -1;
  for (const block of blocks) {
    const row = rowOf(flat, block);
    if (row !== -1 && row === lastRow) {
      paragraphs.push(`${paragraphs.pop()} | ${block.text}`);
    } else if (isNextLine(block) && paragraphs.length > 0) {
      paragraphs.push(`${paragraphs.pop()}\n${block.text}`);
    } else paragraphs.push(block.text);
    lastRow = row;
  }
  return paragraphs;
}

const isNextLine = ({ breakBefore, isAfterBlank }: Block): boolean =>
  breakBefore === Break.line && !isAfterBlank;

const CELLS = new Set(["td", "th"]);

/** The row of a table's cell that holds one short line; -1 for layout tables and everything else. */
function rowOf(flat: FlatPage, { holder, text }: Block): number {
  const element = flat.elements[holder];
  if (element === undefined || !("name" in element) || !CELLS.has(element.name)) return -1;
  return text.length <= MAX_CELL_CHARS ? (flat.parent[holder] as number) : -1;
}
