/**
 * Gradient-boosted trees for yes/no questions, small enough to read: logistic loss, Newton leaves,
 * complete trees of one depth, features cut into quantile bins. Deterministic for a given seed.
 */

const BINS = 48;

function quantileCuts(values) {
  const sorted = Float64Array.from(values).sort();
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

/** Rows as bins: value ≤ cuts[b] ⇔ bin ≤ b. */
function binned(rows, cuts) {
  return cuts.map((cut, feature) =>
    Uint8Array.from(rows, (row) => {
      let [low, high] = [0, cut.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (row[feature] > cut[middle]) low = middle + 1;
        else high = middle;
      }
      return low;
    }),
  );
}

/**
 * @param rows - feature vectors; `labels` 0/1; `weights` positive; of the options, `share` is the part
 *   of the features and `sample` the part of the rows that each tree sees
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
  const featureCount = rows[0].length;
  const cuts = Array.from({ length: featureCount }, (_, f) =>
    quantileCuts(rows.map((row) => row[f])),
  );
  const bins = binned(rows, cuts);
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const positive = weights.reduce((sum, w, i) => sum + w * labels[i], 0);
  const all = weights.reduce((sum, w) => sum + w, 0);
  const bias = Math.log(positive / (all - positive));
  const score = new Float64Array(rows.length).fill(bias);
  const gradient = new Float64Array(rows.length);
  const hessian = new Float64Array(rows.length);
  const inner = 2 ** depth - 1;
  const trees = [];
  for (let t = 0; t < treeCount; t++) {
    for (let i = 0; i < rows.length; i++) {
      const p = 1 / (1 + Math.exp(-score[i]));
      gradient[i] = weights[i] * (p - labels[i]);
      hessian[i] = weights[i] * p * (1 - p);
    }
    const columns = bins.map((_, f) => f).filter((f) => random() < share && !without.has(f));
    // Rows left out of a tree weigh nothing in its cuts and leaves, but are scored by it.
    if (sample < 1) {
      for (let i = 0; i < rows.length; i++) {
        if (random() < sample) continue;
        gradient[i] = 0;
        hessian[i] = 0;
      }
    }
    const node = new Int32Array(rows.length);
    const tree = { feature: Array(inner).fill(0), threshold: Array(inner).fill(1e9), leaf: [] };
    for (let level = 0; level < depth; level++) {
      const [first, count] = [2 ** level - 1, 2 ** level];
      const best = Array.from({ length: count }, () => ({ gain: 1e-6, feature: 0, bin: 255 }));
      for (const f of columns) {
        const width = cuts[f].length + 1;
        const g = new Float64Array(count * width);
        const h = new Float64Array(count * width);
        const column = bins[f];
        for (let i = 0; i < rows.length; i++) {
          const at = (node[i] - first) * width + column[i];
          g[at] += gradient[i];
          h[at] += hessian[i];
        }
        for (let n = 0; n < count; n++) {
          let [gAll, hAll] = [0, 0];
          for (let b = 0; b < width; b++) {
            gAll += g[n * width + b];
            hAll += h[n * width + b];
          }
          let [gLeft, hLeft] = [0, 0];
          for (let b = 0; b < width - 1; b++) {
            gLeft += g[n * width + b];
            hLeft += h[n * width + b];
            const hRight = hAll - hLeft;
            if (hLeft < least || hRight < least) continue;
            const gain =
              gLeft ** 2 / (hLeft + lambda * least) +
              (gAll - gLeft) ** 2 / (hRight + lambda * least) -
              gAll ** 2 / (hAll + lambda * least);
            if (gain > best[n].gain) best[n] = { gain, feature: f, bin: b };
          }
        }
      }
      best.forEach(({ feature, bin }, n) => {
        if (bin === 255) return;
        tree.feature[first + n] = feature;
        tree.threshold[first + n] = cuts[feature][bin];
      });
      for (let i = 0; i < rows.length; i++) {
        const { feature, bin } = best[node[i] - first];
        node[i] = 2 * node[i] + (bin !== 255 && bins[feature][i] > bin ? 2 : 1);
      }
    }
    const g = new Float64Array(inner + 1);
    const h = new Float64Array(inner + 1);
    for (let i = 0; i < rows.length; i++) {
      g[node[i] - inner] += gradient[i];
      h[node[i] - inner] += hessian[i];
    }
    tree.leaf = Array.from(g, (sum, leaf) => (-rate * sum) / (h[leaf] + lambda * least));
    for (let i = 0; i < rows.length; i++) score[i] += tree.leaf[node[i] - inner];
    trees.push(tree);
  }
  return { bias, depth, trees };
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
