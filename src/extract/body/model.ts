/**
 * The block model: boosted trees over the columns of features.ts, as data in
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

/** 0…1: how likely a block with these features is part of the article. */
export function blockProbability(row: Float64Array): number {
  let score = model.bias;
  for (const { feature, threshold, leaf } of model.trees) {
    let node = 0;
    for (let level = 0; level < model.depth; level++) {
      const value = row[feature[node] as number] as number;
      node = 2 * node + (value > (threshold[node] as number) ? 2 : 1);
    }
    score += leaf[node - feature.length] as number;
  }
  return 1 / (1 + Math.exp(-score));
}
