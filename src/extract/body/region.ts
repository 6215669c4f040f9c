/**
 * What the blocks near an article have in common: where most of their weight sits, how blocks of one markup
 * look, which words they share. Each is found in one pass, so that a block can be held against the rest.
 */
import { classOf } from "../page/marks.ts";
import type { Block, Blocks } from "./blocks.ts";
import type { Marks, Range } from "./container.ts";
import type { Evidence } from "./evidence.ts";
import { type FlatPage, Is } from "./flat.ts";

/** Words that make a sentence of the article rather than a label. */
export const PROSE_WEIGHT = 45;

export interface Region {
  readonly flat: FlatPage;
  readonly blocks: Blocks;
  readonly container: number;
  readonly inside: Range;
  readonly region: Range;
  readonly marks: Marks;
  readonly evidence: Evidence;
}

export interface MainHolder {
  readonly parent: number;
  readonly share: number;
  readonly depth: number;
  readonly signature: string;
  readonly signatureShare: number;
}

/** Where most of the weight inside the container sits: the paragraphs' common parent and markup. */
export function mainHolder({ flat, blocks, inside }: Region): MainHolder {
  const byParent = new Map<number, number>();
  const bySignature = new Map<string, number>();
  let total = 1;
  for (const block of blocks.list.slice(inside[0], inside[1])) {
    if (block.weight <= 0) continue;
    total += block.weight;
    const parent = flat.parent[block.holder] as number;
    const signature = signatureOf(flat, block.holder);
    byParent.set(parent, (byParent.get(parent) ?? 0) + block.weight);
    bySignature.set(signature, (bySignature.get(signature) ?? 0) + block.weight);
  }
  const [parent, weight] = heaviest(byParent, -1);
  const [signature, signatureWeight] = heaviest(bySignature, "");
  return {
    parent,
    share: weight / total,
    depth: parent < 0 ? 0 : (flat.depth[parent] as number) + 1,
    signature,
    signatureShare: signatureWeight / total,
  };
}

function heaviest<Key>(weights: ReadonlyMap<Key, number>, none: Key): readonly [Key, number] {
  let best: readonly [Key, number] = [none, 0];
  for (const entry of weights) if (entry[1] > best[1]) best = entry;
  return best;
}

export function signatureOf(flat: FlatPage, index: number): string {
  const element = flat.elements[index];
  if (element === undefined || !("attribs" in element)) return "";
  return `${element.name} ${classOf(element) ?? ""}`;
}

/** Share of the container's prose that the machine text confirms; -1 when there is none. */
export function confirmedShare(blocks: readonly Block[]): number {
  let all = 0;
  let confirmed = 0;
  for (const { weight, isConfirmed } of blocks) {
    if (isConfirmed === null) return -1;
    if (weight < PROSE_WEIGHT) continue;
    all += weight;
    if (isConfirmed) confirmed += weight;
  }
  return all === 0 ? -1 : confirmed / all;
}

export interface SignatureStats {
  count: number;
  length: number;
  ends: number;
}

/** How blocks of the same markup look in the region: captions are short, paragraphs are not. */
export function signatureStats(
  { blocks, region }: Region,
  signatures: readonly string[],
): ReadonlyMap<string, SignatureStats> {
  const found = new Map<string, SignatureStats>();
  for (const [at, signature] of signatures.entries()) {
    const block = blocks.list[region[0] + at] as Block;
    let stats = found.get(signature);
    if (stats === undefined) {
      stats = { count: 0, length: 0, ends: 0 };
      found.set(signature, stats);
    }
    stats.count++;
    stats.length += Math.min(1000, block.text.length);
    if (block.endsSentence) stats.ends++;
  }
  return found;
}

/** In how many prose blocks inside the container each word stands. */
export function wordCounts(
  { blocks, inside, region }: Region,
  wordsOf: readonly (readonly number[])[],
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  /** In which block each was seen last. */
  const seenIn = new Map<number, number>();
  for (let index = inside[0]; index < inside[1]; index++) {
    if ((blocks.list[index] as Block).weight < PROSE_WEIGHT) continue;
    for (const word of wordsOf[index - region[0]] as readonly number[]) {
      if (seenIn.get(word) === index) continue;
      seenIn.set(word, index);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

/** Share of a block's words that other blocks use too; -1 when it has none. */
export function cohesion(counts: ReadonlyMap<number, number>, words: readonly number[]): number {
  if (words.length === 0) return -1;
  let shared = 0;
  for (const word of words) if ((counts.get(word) ?? 0) >= 2) shared++;
  return shared / words.length;
}

export function overlap(known: ReadonlySet<number>, words: readonly number[]): number {
  if (words.length === 0 || known.size === 0) return -1;
  let shared = 0;
  for (const word of words) if (known.has(word)) shared++;
  return shared / words.length;
}

/** First pieces of the `<article>` elements that begin after a piece. */
export function articleStartsIn(flat: FlatPage, after: number): readonly number[] {
  const starts: number[] = [];
  for (let index = 0; index < flat.elements.length; index++) {
    const bits = flat.own[index] as number;
    const piece = flat.pieceStart[index] as number;
    if (bits & Is.article && piece > after) starts.push(piece);
  }
  return starts;
}

export function countBefore(sorted: readonly number[], piece: number): number {
  let count = 0;
  while (count < sorted.length && (sorted[count] as number) <= piece) count++;
  return count;
}
