/**
 * What can be said in numbers about one block near the article: itself, its neighbours, its place, and
 * the opinions of the earlier steps. Nothing depends on a language or a script except the phrase lists.
 * The columns are those of feature-names.ts, in its order.
 */
import type { Block, Blocks } from "./blocks.ts";
import { isTitleKey, type Range } from "./container.ts";
import { FEATURE_NAMES, OWN_NAMES } from "./feature-names.ts";
import { Break, type FlatPage, Is, within } from "./flat.ts";
import {
  ADDRESS,
  BRACKET,
  CLOCK,
  COLON,
  countMarks,
  QUOTE,
  SEPARATOR,
  YEAR,
} from "./line-marks.ts";
import { longWords } from "./line-words.ts";
import { FIRST_GROUP, GROUP_NAMES, Names } from "./names.ts";
import { holdsCredit, holdsPrompt, isEndHeading, isJunkLine, startsWithLabel } from "./phrases.ts";
import { Dropped } from "./prune.ts";
import {
  articleStartsIn,
  cohesion,
  confirmedShare,
  countBefore,
  mainHolder,
  overlap,
  PROSE_WEIGHT,
  type Region,
  type SignatureStats,
  signatureOf,
  signatureStats,
  wordCounts,
} from "./region.ts";

/** Ancestors looked at between a block and its container. */
const MAX_LEVELS = 12;

const COLUMNS = FEATURE_NAMES.length;

/** One row per block of the region, in order. */
export function featuresOf(input: Region): readonly Float64Array[] {
  const { flat, blocks, inside, region, evidence } = input;
  const { list } = blocks;
  const main = mainHolder(input);
  const totalWeight = Math.max(1, sum(blocks, inside));
  const confirmed = confirmedShare(list.slice(inside[0], inside[1]));
  const seen = new Map<string, number>();
  for (const block of list) seen.set(block.key, (seen.get(block.key) ?? 0) + 1);
  const titleBlock =
    input.marks.heading < 0
      ? -1
      : (blocks.before[flat.pieceStart[input.marks.heading] as number] as number);
  const signatures = list
    .slice(region[0], region[1])
    .map(({ holder }) => signatureOf(flat, holder));
  const bySignature = signatureStats(input, signatures);
  const titlePiece = input.marks.heading < 0 ? 0 : (flat.pieceEnd[input.marks.heading] as number);
  const articleStarts = articleStartsIn(flat, list[inside[0]]?.firstPiece ?? 0);
  const wordsOf = list.slice(region[0], region[1]).map(({ key }) => longWords(key));
  const counts = wordCounts(input, wordsOf);
  const titleWords = new Set(evidence.titles.flatMap(longWords));
  const descriptionWords = new Set(evidence.descriptionKeys.flatMap(longWords));
  let sinceEnd = 99;
  let sinceProse = 99;
  let hasProse = false;
  const rows: Float64Array[] = [];
  // Cut from one buffer: memory outside the heap is dear to ask for.
  const all = new Float64Array(COLUMNS * Math.max(0, region[1] - region[0]));
  for (let index = region[0]; index < region[1]; index++) {
    const block = list[index] as Block;
    const previous = list[index - 1];
    const next = list[index + 1];
    const { text, key, bits, length } = block;
    const marks = countMarks(text);
    const words = wordsOf[index - region[0]] as readonly number[];
    const isInside = index >= inside[0] && index < inside[1];
    const end = isEndHeading(key);
    if (end && (bits & Is.heading || length < 60)) sinceEnd = 0;
    const parent = flat.parent[block.holder] as number;
    const above = namesAbove(input, block.holder);
    const isProse = block.weight >= PROSE_WEIGHT;
    const holderRange = [
      blocks.before[flat.pieceStart[Math.max(0, parent)] as number] as number,
      blocks.before[flat.pieceEnd[Math.max(0, parent)] as number] as number,
    ] as const;
    const holderBlocks = Math.max(1, holderRange[1] - holderRange[0]);
    const holderChars = Math.max(1, within(flat, flat.chars, Math.max(0, parent)));
    const box = boxOf(flat, block.holder, main.parent);
    const boxRange: Range = [
      blocks.before[flat.pieceStart[box] as number] as number,
      Math.max(index + 1, blocks.before[flat.pieceEnd[box] as number] as number),
    ];
    const signature = signatures[index - region[0]] as string;
    const stats = bySignature.get(signature) as SignatureStats;
    const lastPiece = (list[index + 1]?.firstPiece ?? flat.pieces.length) as number;
    const row = all.subarray(rows.length * COLUMNS, (rows.length + 1) * COLUMNS);
    row.set([
      Math.min(1000, length),
      marks.spaces + 1,
      block.linkShare,
      block.endsSentence ? 1 : 0,
      bits & Is.heading ? headingLevel(flat, block.holder) : 0,
      bits & Is.item ? 1 : 0,
      bits & Is.quote ? 1 : 0,
      bits & Is.table ? 1 : 0,
      bits & Is.bold ? 1 : 0,
      bits & Is.italic ? 1 : 0,
      bits & Is.paragraph ? 1 : 0,
      bits & Is.caption ? 1 : 0,
      block.dropped,
      block.dropped === Dropped.hardName ? 1 : 0,
      isInside ? 1 : 0,
      (index - inside[0]) / Math.max(1, inside[1] - inside[0]),
      Math.max(-30, Math.min(60, index - inside[0])),
      Math.max(-60, Math.min(60, inside[1] - 1 - index)),
      sum(blocks, [inside[0], index]) / totalWeight,
      sum(blocks, [index + 1, inside[1]]) / totalWeight,
      parent === main.parent ? 1 : 0,
      main.share,
      (flat.depth[block.holder] as number) - main.depth,
      signature === main.signature ? 1 : 0,
      main.signatureShare,
      previous ? Math.min(1000, previous.length) : 0,
      next ? Math.min(1000, next.length) : 0,
      previous?.linkShare ?? 1,
      next?.linkShare ?? 1,
      previous && flat.parent[previous.holder] === main.parent ? 1 : 0,
      next && flat.parent[next.holder] === main.parent ? 1 : 0,
      previous && previous.bits & Is.heading ? 1 : 0,
      next && next.bits & Is.heading ? 1 : 0,
      marks.commas / Math.max(1, length / 100),
      marks.digits / Math.max(1, text.length),
      isJunkLine(key) ? 1 : 0,
      end ? 1 : 0,
      sinceEnd,
      startsWithLabel(key) ? 1 : 0,
      length < 400 && holdsPrompt(key) ? 1 : 0,
      length < 250 && isTitleKey(key, evidence) ? 1 : 0,
      Math.min(3, seen.get(key) ?? 1),
      evidence.anchors.some((anchor) => key.includes(anchor)) ? 1 : 0,
      block.isConfirmed === null ? -1 : block.isConfirmed ? 1 : 0,
      confirmed,
      marks.mayHoldDigit && CLOCK.test(text.slice(0, 200)) ? 1 : 0,
      marks.digits > 0 && YEAR.test(text.slice(0, 200)) ? 1 : 0,
      evidence.authors.some((author) => key.includes(author)) ? 1 : 0,
      above & Names.hard ? 2 : above & Names.soft ? 1 : 0,
      above & Names.lead ? 1 : 0,
      mediaBetween(flat, previous?.firstPiece ?? 0, block.firstPiece),
      mediaBetween(flat, block.firstPiece, lastPiece),
      mediaBetween(
        flat,
        flat.pieceStart[block.holder] as number,
        flat.pieceEnd[block.holder] as number,
      ),
      Math.min(60, holderBlocks),
      within(flat, flat.linkChars, Math.max(0, parent)) / holderChars,
      Math.min(1000, holderChars / holderBlocks),
      within(flat, flat.proseChars, Math.max(0, parent)) /
        Math.max(1, within(flat, flat.proseChars, input.container)),
      titleBlock < 0 ? 99 : Math.max(-30, Math.min(99, index - titleBlock)),
      titleBlock < 0 ? -1 : index > titleBlock ? 1 : 0,
      block.breakBefore === Break.line ? 1 : 0,
      COLON.test(text) ? 1 : 0,
      BRACKET.test(text) ? 1 : 0,
      ADDRESS.test(text) ? 1 : 0,
      SEPARATOR.test(text) ? 1 : 0,
      QUOTE.test(text) ? 1 : 0,
      Math.min(20_000, totalWeight),
      Math.min(200, inside[1] - inside[0]),
      Math.min(30, sinceProse),
      untilProse(list, index, region[1]),
      levelsBelow(flat, block.holder, input.container),
      length < 500 && holdsCredit(key) ? 1 : 0,
      isProse && !hasProse ? 1 : 0,
      cohesion(counts, words),
      overlap(titleWords, words),
      overlap(descriptionWords, words),
      Math.min(60, stats.count),
      Math.min(1000, stats.length / stats.count),
      stats.ends / stats.count,
      previous?.dropped ?? -1,
      next?.dropped ?? -1,
      previous?.endsSentence ? 1 : 0,
      next?.endsSentence ? 1 : 0,
      Math.min(400, list[index - 2]?.weight ?? 0),
      Math.min(400, list[index + 2]?.weight ?? 0),
      Math.min(60, boxRange[1] - boxRange[0]),
      sum(blocks, boxRange) / totalWeight,
      within(flat, flat.linkChars, box) / Math.max(1, within(flat, flat.chars, box)),
      (list[boxRange[0]] as Block).bits & (Is.heading | Is.bold) ? 1 : 0,
      index - boxRange[0],
      mediaBetween(flat, flat.pieceStart[box] as number, flat.pieceEnd[box] as number),
      previous && previous.bits & Is.bold ? 1 : 0,
      Math.min(3, (flat.h1s[block.firstPiece] as number) - (flat.h1s[titlePiece] as number)),
      Math.min(4, countBefore(articleStarts, block.firstPiece)),
      previous && startsWithLabel(previous.key) ? 1 : 0,
      previous?.holder === block.holder ? 1 : 0,
      next?.holder === block.holder ? 1 : 0,
    ]);
    for (let group = 0; group < GROUP_NAMES.length; group++) {
      row[OWN_NAMES.length + group] = (above >> (FIRST_GROUP + group)) & 1;
    }
    rows.push(row);
    if (sinceEnd < 99) sinceEnd++;
    sinceProse = isProse ? 0 : sinceProse + 1;
    hasProse ||= isProse;
  }
  return rows;
}

function sum({ weights }: Blocks, [from, to]: Range): number {
  const clampedFrom = Math.min(from, weights.length - 1);
  const clampedTo = Math.max(clampedFrom, Math.min(to, weights.length - 1));
  return (weights[clampedTo] as number) - (weights[clampedFrom] as number);
}

function headingLevel(flat: FlatPage, holder: number): number {
  const element = flat.elements[holder];
  const level = element !== undefined && "name" in element ? Number(element.name[1]) : 0;
  return level >= 1 && level <= 6 ? level : 7;
}

function namesAbove({ flat, container }: Region, holder: number): number {
  let bits = 0;
  let current = holder;
  for (let level = 0; level < MAX_LEVELS && current > 0 && current !== container; level++) {
    bits |= flat.names[current] as number;
    current = flat.parent[current] as number;
  }
  return bits;
}

function levelsBelow(flat: FlatPage, holder: number, container: number): number {
  let current = holder;
  for (let level = 0; level < MAX_LEVELS; level++) {
    if (current === container) return level;
    if (current <= 0) break;
    current = flat.parent[current] as number;
  }
  return MAX_LEVELS;
}

function mediaBetween(flat: FlatPage, from: number, to: number): number {
  const last = flat.media.length - 1;
  return Math.min(
    4,
    (flat.media[Math.min(to, last)] as number) - (flat.media[Math.min(from, last)] as number),
  );
}

function untilProse(list: readonly Block[], index: number, end: number): number {
  const limit = Math.min(end, index + 20);
  for (let at = index + 1; at < limit; at++) {
    if ((list[at] as Block).weight >= PROSE_WEIGHT) return at - index;
  }
  return 30;
}

/** The child of the paragraphs' parent that a block stands in: a box of its own, or the paragraph. */
function boxOf(flat: FlatPage, holder: number, mainParent: number): number {
  let current = holder;
  for (let level = 0; level < MAX_LEVELS && current > 0; level++) {
    const parent = flat.parent[current] as number;
    if (parent === mainParent) return current;
    current = parent;
  }
  return holder;
}
