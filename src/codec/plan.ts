/**
 * Which bodies go into which block: those whose sketches are alike stand beside each other, and a
 * block ends before unpacking it would take too long. Pure.
 */
import type { Sketch } from "./sketch.ts";

export interface Packable {
  readonly sketch: Sketch;
  readonly unpackedBytes: number;
  /** Packed by itself. */
  readonly packedBytes: number;
}

/**
 * A page must be readable in 3 ms. Unpacking takes about 0.25 ms for a megabyte of what was there
 * before in the block, and 5 ms for a megabyte packed of what was not. So pages of one template fill
 * 2.5 MB (some 25 pages, 0.5 ms), and pages that have little in common 1.8 MB (some 13 pages, 2.2 ms,
 * p95 2.8; with 3 MB and 400 KB 3.8 and 4.8 for .003 of the bytes).
 */
const MOST_UNPACKED_BYTES = 2.5 * 2 ** 20;
const MOST_NEW_PACKED_BYTES = 320 * 1024;

/** Beginnings that more pages share say nothing about a template (`<div class="container">`). */
const COMMON = 100;
/** Features compared when pages are put in order: the smallest hashes, so that like pages keep the same. */
const MOST_COMPARED = 32;

/**
 * Cuts bodies into blocks: indexes, in the order they are to be packed. Bodies that are alike come
 * together; those like nothing else keep the order they were given in. `isFull` is false for a block
 * (at most the last) that could take more.
 */
export function planBlocks(
  bodies: readonly Packable[],
): readonly { readonly members: readonly number[]; readonly isFull: boolean }[] {
  const blocks: { members: number[]; isFull: boolean }[] = [];
  let members: number[] = [];
  let seen = new Set<number>();
  let unpackedBytes = 0;
  let newBytes = 0;
  for (const index of orderAlike(bodies.map(({ sketch }) => smallest(sketch)))) {
    const body = bodies[index] as Packable;
    const isOver =
      unpackedBytes + body.unpackedBytes > MOST_UNPACKED_BYTES ||
      newBytes + newnessOf(body, seen) > MOST_NEW_PACKED_BYTES;
    if (isOver && members.length > 0) {
      blocks.push({ members, isFull: true });
      members = [];
      seen = new Set();
      unpackedBytes = 0;
      newBytes = 0;
    }
    newBytes += newnessOf(body, seen);
    members.push(index);
    unpackedBytes += body.unpackedBytes;
    for (const feature of body.sketch) seen.add(feature);
  }
  if (members.length > 0) blocks.push({ members, isFull: false });
  return blocks;
}

/** About how many packed bytes a body brings that the block does not have. */
function newnessOf({ sketch, packedBytes }: Packable, seen: ReadonlySet<number>): number {
  if (sketch.size === 0) return packedBytes;
  let unseen = 0;
  for (const feature of sketch) if (!seen.has(feature)) unseen++;
  return (packedBytes * unseen) / sketch.size;
}

/** A chain from the first: the next is the one most like the last, or else the first that is left. */
function orderAlike(sketches: readonly Sketch[]): readonly number[] {
  const holders = holdersOf(sketches);
  const left = new Set(sketches.keys());
  const order: number[] = [];
  for (let at: number | undefined = 0; at !== undefined && left.delete(at); ) {
    order.push(at);
    at = mostLike(at) ?? left.keys().next().value;
  }
  return order;

  function mostLike(at: number): number | undefined {
    const common = new Map<number, number>();
    for (const feature of sketches[at] as Sketch) {
      const sharing = holders.get(feature);
      if (sharing === undefined) continue;
      const weight = 1 / Math.log2(1 + sharing.length);
      for (const other of sharing) {
        if (left.has(other)) common.set(other, (common.get(other) ?? 0) + weight);
      }
    }
    let best: number | undefined;
    let bestScore = 0;
    for (const [other, weight] of common) {
      const score = weight / Math.sqrt((sketches[other] as Sketch).size + 5);
      if (score > bestScore) [best, bestScore] = [other, score];
    }
    return best;
  }
}

function smallest(sketch: Sketch): Sketch {
  return new Set([...sketch].sort((a, b) => a - b).slice(0, MOST_COMPARED));
}

/** For each feature that tells something, the bodies that have it. */
function holdersOf(sketches: readonly Sketch[]): ReadonlyMap<number, readonly number[]> {
  const holders = new Map<number, number[]>();
  for (const [index, sketch] of sketches.entries()) {
    for (const feature of sketch) {
      const sharing = holders.get(feature);
      if (sharing === undefined) holders.set(feature, [index]);
      else sharing.push(index);
    }
  }
  for (const [feature, { length }] of holders) {
    if (length === 1 || length > COMMON) holders.delete(feature);
  }
  return holders;
}
