/**
 * Which blocks of a page are its article, given the article's known text. The blocks are laid along the
 * text: the chain of blocks that covers most of its words in its order is the article, and so is a block
 * out of order whose stretch of the text no other block covers. A line that stands both in a menu and in
 * the article, or twice on the page, is thus labelled once, where it belongs.
 */
import { wordsOf } from "./score.mjs";

const SHINGLE = 4;
/** Spots of the text that one block may stem from; very common words have more, and decide nothing. */
const MAX_SPOTS = 30;
/** Words that a block may hold more than the text does (a number, a link's label) and still run on. */
const MAX_SLIP = 12;
/** A block stems from a spot when this share of its shingles stands there. */
const LEAST_SHARE = 0.5;
/** A block out of order counts when this share of its stretch is covered by no other. */
const LEAST_FREE = 0.8;
/** Among equals the block inside the container, and one that was not dropped. */
const DOUBT_COST = 0.3;
const NEXT_BONUS = 0.5;

/**
 * @param texts - the page's blocks in order; `doubts` per block a number of reasons to take another
 * @returns per block 1, 0, or null: nothing speaks against it and its words stand in the text, but
 *   another block gave them
 */
export function labelsOf(texts, doubts, body) {
  const truth = wordsOf(body);
  const spots = spotsOf(truth);
  const words = texts.map(wordsOf);
  const candidates = words.map((own) => candidatesOf(own, truth, spots));
  const covered = new Uint8Array(truth.length);
  const labels = candidates.map((own, at) => (own.length > 0 && doubts[at] === 0 ? null : 0));
  const take = (block, { from, to }) => {
    labels[block] = 1;
    covered.fill(1, from, to);
  };
  for (const { block, spot } of bestChain(candidates, doubts, truth.length)) take(block, spot);
  const rest = candidates
    .flatMap((own, block) => own.map((spot) => ({ block, spot })))
    .filter(({ block }) => words[block].length >= SHINGLE)
    .sort((a, b) => b.spot.words - a.spot.words);
  for (const { block, spot } of rest) {
    if (labels[block] === 1) continue;
    const free = covered.subarray(spot.from, spot.to).filter((is) => is === 0).length;
    if (free >= LEAST_FREE * (spot.to - spot.from)) take(block, spot);
  }
  return labels;
}

/** Pages of which only strings are known that must or must not occur: 1, 0, or null for the others. */
export function partialLabelsOf(texts, truth) {
  const squeeze = (text) => text.replace(/\s+/g, " ").trim();
  const [wanted, unwanted] = [truth.with ?? [], truth.without ?? []].map((list) =>
    list.map(squeeze),
  );
  return texts.map((text) => {
    const line = squeeze(text);
    if (wanted.some((segment) => line.includes(segment))) return 1;
    return unwanted.some((segment) => line.includes(segment)) ? 0 : null;
  });
}

/** Where each word and each shingle begins. */
function spotsOf(truth) {
  const spots = { words: new Map(), shingles: new Map() };
  const add = (map, key, at) => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [at]);
    else if (known.length < MAX_SPOTS) known.push(at);
  };
  for (let at = 0; at < truth.length; at++) {
    add(spots.words, truth[at], at);
    if (at + SHINGLE <= truth.length) {
      add(spots.shingles, truth.slice(at, at + SHINGLE).join(" "), at);
    }
  }
  return spots;
}

/** Stretches `{from, to, words}` of the text that a block may be. */
function candidatesOf(own, truth, { words, shingles }) {
  if (own.length === 0) return [];
  if (own.length < SHINGLE) {
    return (words.get(own[0]) ?? [])
      .filter((at) => own.every((word, i) => truth[at + i] === word))
      .map((from) => ({ from, to: from + own.length, words: own.length }));
  }
  const count = own.length - SHINGLE + 1;
  // Shingles that stand as far apart in the text as in the block share a shift.
  const byShift = new Map();
  for (let i = 0; i < count; i++) {
    for (const at of shingles.get(own.slice(i, i + SHINGLE).join(" ")) ?? []) {
      const run = byShift.get(at - i) ?? { hits: 0, from: at, to: at };
      run.hits++;
      run.from = Math.min(run.from, at);
      run.to = Math.max(run.to, at);
      byShift.set(at - i, run);
    }
  }
  const runs = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [shift, run] of [...byShift].sort((a, b) => a[0] - b[0])) {
    const before = runs.at(-1);
    if (before !== undefined && shift - last <= MAX_SLIP) {
      before.hits += run.hits;
      before.from = Math.min(before.from, run.from);
      before.to = Math.max(before.to, run.to);
    } else runs.push({ ...run });
    last = shift;
  }
  return runs
    .filter(({ hits }) => hits >= LEAST_SHARE * count)
    .map(({ hits, from, to }) => ({
      from,
      to: to + SHINGLE,
      words: Math.min(own.length, hits + SHINGLE - 1),
    }));
}

/** The chain of blocks, in the page's order and the text's, that covers most words. */
function bestChain(candidates, doubts, length) {
  // A Fenwick tree of the best chain that ends at or before each word.
  const tree = new Array(length + 2).fill(null);
  const better = (a, b) => (b === null || (a !== null && a.score >= b.score) ? a : b);
  const bestBefore = (end) => {
    let best = null;
    for (let at = end + 1; at > 0; at -= at & -at) best = better(best, tree[at]);
    return best;
  };
  let best = null;
  for (const [block, own] of candidates.entries()) {
    const chains = own.map((spot) => {
      const before = bestBefore(spot.from);
      const isNext = before !== null && before.spot.to === spot.from && before.block === block - 1;
      const bonus = (isNext ? NEXT_BONUS : 0) - DOUBT_COST * doubts[block];
      return { block, spot, before, score: (before?.score ?? 0) + spot.words + bonus };
    });
    for (const chain of chains) {
      best = better(best, chain);
      for (let at = chain.spot.to + 1; at < tree.length; at += at & -at) {
        tree[at] = better(tree[at], chain);
      }
    }
  }
  const chain = [];
  for (let at = best; at !== null; at = at.before) chain.push(at);
  return chain;
}
