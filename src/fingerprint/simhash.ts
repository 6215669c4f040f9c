/**
 * SimHash (Charikar 2002) over word 3-grams: texts that share most of their word runs differ in few of
 * the 64 bits. Numbers only, in two 32-bit lanes: BigInt in the inner loop costs thirty times as much.
 */
import { mix, rotate } from "./mix.ts";

const WORDS_PER_SHINGLE = 3;
const LANE_BITS = 32;

/**
 * @param folded - text as `fold` gives it: words one space apart
 * @returns 16 hex digits; sixteen zeros for a text without words
 */
export function simhash(folded: string): string {
  const words = hashWords(folded);
  const count = words.length / 2;
  if (count === 0) return "0".repeat(16);
  const highCounts: number[] = [];
  const lowCounts: number[] = [];
  const shingles = Math.max(1, count - WORDS_PER_SHINGLE + 1);
  const size = Math.min(count, WORDS_PER_SHINGLE);
  for (let at = 0; at < shingles; at++) {
    let high = 0;
    let low = 0;
    for (let word = at; word < at + size; word++) {
      high = Math.imul(rotate(high) ^ (words[2 * word] as number), 0x9e3779b1);
      low = Math.imul(rotate(low) ^ (words[2 * word + 1] as number), 0x85ebca6b);
    }
    countBits(highCounts, mix(high));
    countBits(lowCounts, mix(low));
  }
  return majority(highCounts, shingles) + majority(lowCounts, shingles);
}

/** How alike two SimHashes are: the share of equal bits, 0…1. Unrelated texts are near 0.5. */
export function similarity(a: string, b: string): number {
  return 1 - distance(a, b) / (2 * LANE_BITS);
}

/** In how many of the 64 bits two SimHashes differ. */
function distance(a: string, b: string): number {
  return (
    ones(Number.parseInt(a.slice(0, 8), 16) ^ Number.parseInt(b.slice(0, 8), 16)) +
    ones(Number.parseInt(a.slice(8), 16) ^ Number.parseInt(b.slice(8), 16))
  );
}

/** Signed, as all that follows: a larger number would turn the list into one of floating point. */
const START_HIGH = 0x811c9dc5 | 0;
const START_LOW = 0x2166f0a5;

/** Two hashes (FNV-1a, different offsets) of every word, one after the other. */
function hashWords(folded: string): number[] {
  const hashes: number[] = [];
  let high = START_HIGH;
  let low = START_LOW;
  for (let index = 0; index < folded.length; index++) {
    const unit = folded.charCodeAt(index);
    if (unit === 0x20) {
      hashes.push(high, low);
      high = START_HIGH;
      low = START_LOW;
    } else {
      high = Math.imul(high ^ unit, 0x01000193);
      low = Math.imul(low ^ unit, 0x01000193);
    }
  }
  if (folded !== "") hashes.push(high, low);
  return hashes;
}

/**
 * Adds a lane to 32 counters at once. The counters lie across the numbers of `planes`: bit b of
 * planes[p] is binary digit p of counter b, so adding is a carry from plane to plane, two on average.
 */
function countBits(planes: number[], lane: number): void {
  let carry = lane;
  for (let plane = 0; carry !== 0; plane++) {
    const digit = planes[plane] ?? 0;
    planes[plane] = digit ^ carry;
    carry &= digit;
  }
}

/** The bits that were set in more than half of the shingles, as 8 hex digits. */
function majority(planes: readonly number[], shingles: number): string {
  let lane = 0;
  for (let bit = 0; bit < LANE_BITS; bit++) {
    let votes = 0;
    for (const [plane, digits] of planes.entries()) votes += ((digits >>> bit) & 1) << plane;
    if (2 * votes > shingles) lane |= 1 << bit;
  }
  return (lane >>> 0).toString(16).padStart(8, "0");
}

function ones(value: number): number {
  let left = value - ((value >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
