/**
 * The block model: boosted trees over the columns of feature-names.ts, as data in
 * data/extract/body/block-model.json (made by test/eval/train.mjs). Each tree is complete and of one
 * depth: `feature` and `threshold` level by level, `leaf` left to right.
 */
import { readFileSync } from "node:fs";

interface Tree {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly leaf: readonly number[];
}

interface Model {
  readonly features: readonly string[];
  readonly depth: number;
  readonly bias: number;
  readonly trees: readonly Tree[];
}

const model: Model = JSON.parse(
  readFileSync(new URL("../../../data/extract/body/block-model.json", import.meta.url), "utf8"),
);

const { bias, depth, trees } = model;
const INNER = 2 ** depth - 1;
const LEAVES = 2 ** depth;
/** All trees one after another: a walk through flat numbers, not through objects. */
const features = Int32Array.from(trees.flatMap(({ feature }) => feature));
const thresholds = Float64Array.from(trees.flatMap(({ threshold }) => threshold));
const leaves = Float64Array.from(trees.flatMap(({ leaf }) => leaf));

/** 0…1: how likely a block with these features is part of the article. */
export function blockProbability(row: Float64Array): number {
  let score = bias;
  for (let tree = 0; tree < trees.length; tree++) {
    const first = tree * INNER;
    let node = 0;
    for (let level = 0; level < depth; level++) {
      const value = row[features[first + node] as number] as number;
      // Added, not chosen: half of all branches here would be guessed wrong.
      node = 2 * node + 1 + Number(value > (thresholds[first + node] as number));
    }
    score += leaves[tree * LEAVES + node - INNER] as number;
  }
  return 1 / (1 + Math.exp(-score));
}
