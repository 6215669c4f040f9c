/**
 * Gradient-boosted trees for yes/no questions, small enough to read: logistic loss, Newton leaves,
 * complete trees of one depth, features cut into quantile bins. Deterministic for a given seed.
 */

const BINS = 48;
/** Bins of one feature, the rare values at its lower end included; a bin's number fits in a byte. */
const MAX_BINS = 64;
/** The bin of a node that is not cut: all rows go left. */
const UNCUT = 255;

/**
 * @param rows - feature vectors; `labels` 0/1; `weights` positive
 * @param options - `share` is the part of the features and `sample` the part of the rows that each tree
 *   sees; `least` the weight (as the loss curves) of the smallest leaf; `without` features never cut
 * @returns `{bias, depth, trees: [{feature, threshold, leaf}]}`
 */
export function boost(rows, labels, weights, options = {}) {
  const {
    trees: treeCount = 120,
    depth = 4,
    rate = 0.1,
    lambda = 2,
    share = 0.5,
    sample = 1,
    seed = 1,
    least = 0.002,
    without = new Set(),
  } = options;
  const random = randomFrom(seed);
  const columns = Array.from(rows[0], (_, f) => columnOf(rows, f));
  const start = priorOf(labels, weights);
  const score = new Float64Array(rows.length).fill(start);
  const gradient = new Float64Array(rows.length);
  const hessian = new Float64Array(rows.length);
  const trees = [];
  for (let t = 0; t < treeCount; t++) {
    for (let i = 0; i < rows.length; i++) {
      const p = 1 / (1 + Math.exp(-score[i]));
      gradient[i] = weights[i] * (p - labels[i]);
      hessian[i] = weights[i] * p * (1 - p);
    }
    const chosen = columns.filter((_, f) => random() < share && !without.has(f));
    const seen = [];
    for (let i = 0; i < rows.length; i++) if (sample >= 1 || random() < sample) seen.push(i);
    const tree = grow(chosen, Int32Array.from(seen), gradient, hessian, {
      depth,
      least,
      ridge: lambda * least,
    });
    tree.leaf = tree.leaf.map((value) => rate * value);
    addTo(score, tree, columns, depth);
    trees.push(tree);
  }
  return {
    bias: start,
    depth,
    trees: trees.map(({ feature, bin, leaf }) => ({
      feature,
      threshold: bin.map((b, node) => (b === UNCUT ? 1e9 : columns[feature[node]].cuts[b])),
      leaf,
    })),
  };
}

export function predict(model, row) {
  let score = model.bias;
  for (const { feature, threshold, leaf } of model.trees) {
    let node = 0;
    for (let level = 0; level < model.depth; level++) {
      node = 2 * node + (row[feature[node]] > threshold[node] ? 2 : 1);
    }
    score += leaf[node - feature.length];
  }
  return 1 / (1 + Math.exp(-score));
}

function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function priorOf(labels, weights) {
  let [positive, all] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    positive += weights[i] * labels[i];
    all += weights[i];
  }
  return Math.log(positive / (all - positive));
}

/** A feature with its cuts and every row's bin: value ≤ cuts[b] ⇔ bin ≤ b. */
function columnOf(rows, feature) {
  const cuts = quantileCuts(Float64Array.from(rows, (row) => row[feature]).sort());
  const bins = Uint8Array.from(rows, (row) => {
    let [low, high] = [0, cuts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (row[feature] > cuts[middle]) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return { feature, cuts, bins };
}

function quantileCuts(sorted) {
  const cuts = new Set();
  for (let bin = 1; bin < BINS; bin++) {
    const at = Math.floor((bin * sorted.length) / BINS);
    const [low, high] = [sorted[Math.max(0, at - 1)], sorted[at]];
    cuts.add(low < high ? (low + high) / 2 : high);
  }
  // Rare values at both ends matter too (0 and 1 of a flag).
  for (const value of [...new Set(sorted)].slice(0, 12)) cuts.add(value);
  return [...cuts].sort((a, b) => a - b);
}

/** One tree over the rows `order`, which is sorted by leaf on the way; its leaves are Newton steps. */
function grow(columns, order, gradient, hessian, { depth, least, ridge }) {
  const inner = 2 ** depth - 1;
  const feature = Array(inner).fill(0);
  const bin = Array(inner).fill(UNCUT);
  let parts = [
    { from: 0, to: order.length, sums: sumsOf(columns, order, 0, order.length, gradient, hessian) },
  ];
  for (let level = 0; level < depth; level++) {
    const next = [];
    for (const [at, part] of parts.entries()) {
      const node = 2 ** level - 1 + at;
      const cut = bestCut(columns, part.sums, least, ridge);
      if (cut === null) {
        next.push({ ...part }, { from: part.to, to: part.to, sums: null });
        continue;
      }
      feature[node] = columns[cut.column].feature;
      bin[node] = cut.bin;
      const middle = divide(order, part.from, part.to, columns[cut.column].bins, cut.bin);
      next.push(...halves(part, middle, level + 1 < depth, columns, order, gradient, hessian));
    }
    parts = next;
  }
  const leaf = parts.map(({ from, to }) => {
    let [g, h] = [0, 0];
    for (let i = from; i < to; i++) {
      g += gradient[order[i]];
      h += hessian[order[i]];
    }
    return -g / (h + ridge);
  });
  return { feature, bin, leaf };
}

/** Gradient and hessian of every bin of every column: [column][bin][g, h]. */
function sumsOf(columns, order, from, to, gradient, hessian) {
  const sums = new Float64Array(columns.length * MAX_BINS * 2);
  const own = order.subarray(from, to);
  const g = Float64Array.from(own, (row) => gradient[row]);
  const h = Float64Array.from(own, (row) => hessian[row]);
  for (const [column, { bins }] of columns.entries()) {
    const base = column * MAX_BINS * 2;
    for (let i = 0; i < own.length; i++) {
      const at = base + 2 * bins[own[i]];
      sums[at] += g[i];
      sums[at + 1] += h[i];
    }
  }
  return sums;
}

/** Both halves of a divided part: the smaller is summed, the larger is what remains. */
function halves({ from, to, sums }, middle, isWanted, columns, order, gradient, hessian) {
  const left = { from, to: middle, sums: null };
  const right = { from: middle, to, sums: null };
  if (!isWanted) return [left, right];
  const [small, large] = middle - from < to - middle ? [left, right] : [right, left];
  small.sums = sumsOf(columns, order, small.from, small.to, gradient, hessian);
  large.sums = sums.map((value, at) => value - small.sums[at]);
  return [left, right];
}

function bestCut(columns, sums, least, ridge) {
  if (sums === null) return null;
  let best = null;
  let bestGain = 1e-6;
  for (const [column, { cuts }] of columns.entries()) {
    const base = column * MAX_BINS * 2;
    let [gAll, hAll] = [0, 0];
    for (let b = 0; b <= cuts.length; b++) {
      gAll += sums[base + 2 * b];
      hAll += sums[base + 2 * b + 1];
    }
    let [gLeft, hLeft] = [0, 0];
    for (let b = 0; b < cuts.length; b++) {
      gLeft += sums[base + 2 * b];
      hLeft += sums[base + 2 * b + 1];
      const hRight = hAll - hLeft;
      if (hLeft < least || hRight < least) continue;
      const gRight = gAll - gLeft;
      const gain =
        gLeft ** 2 / (hLeft + ridge) + gRight ** 2 / (hRight + ridge) - gAll ** 2 / (hAll + ridge);
      if (gain > bestGain) {
        bestGain = gain;
        best = { column, bin: b };
      }
    }
  }
  return best;
}

/** Moves the rows of `[from, to)` that go left to the front; where the right ones begin. */
function divide(order, from, to, bins, bin) {
  const right = [];
  let at = from;
  for (let i = from; i < to; i++) {
    const row = order[i];
    if (bins[row] > bin) right.push(row);
    else order[at++] = row;
  }
  order.set(right, at);
  return at;
}

function addTo(score, { feature, bin, leaf }, columns, depth) {
  const bins = feature.map((f) => columns[f].bins);
  for (let i = 0; i < score.length; i++) {
    let node = 0;
    for (let level = 0; level < depth; level++) {
      node = 2 * node + (bin[node] !== UNCUT && bins[node][i] > bin[node] ? 2 : 1);
    }
    score[i] += leaf[node - feature.length];
  }
}
