/**
 * node test/eval/train.mjs <folder> [--only aeb,fundus,…] [--trees 180] [--seed 1] [--forecast] [--write]
 *
 * Learns the block model (src/extract/body/model.ts) from pages with known bodies: which blocks around
 * the container belong to the article. First it says how well that goes on sites it has not seen (five
 * folds by site); with `--forecast` it says the same of the whole program, in forecast.json; with
 * `--write` it then learns from all and writes data/extract/body/block-model.json.
 * The model holds thresholds over the named features, no text of any page.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { boost, predict } from "./boost.mjs";
import { floorsOf } from "./floors.mjs";
import { FOLDS, foldOf, forecast } from "./folds.mjs";
import { labelsOf, partialLabelsOf } from "./labels.mjs";
import { loadTruths } from "./run.mjs";
import { scorePage, summariseBody, summariseSegments, wordsOf } from "./score.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", default: "aeb,fundus,wcxb,arabic,aebar,traf" },
    trees: { type: "string", default: "180" },
    depth: { type: "string", default: "4" },
    rate: { type: "string", default: "0.065" },
    errors: { type: "string" },
    without: { type: "string", default: "" },
    share: { type: "string", default: "0.25" },
    sample: { type: "string", default: "0.6" },
    seed: { type: "string", default: "1" },
    forecast: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
/** What a wrong block costs besides its share of the words: the page is no longer exact. */
const EXACTNESS = 0.02;
/** News and Arabic first; the largest set is blogs and guides, with a truth drafted by machine. */
const SET_WEIGHT = { fundus: 4, aeb: 2, arabic: 4, aebar: 2, wcxb: 1, traf: 1.5 };
/** Half of a page's weight in wrong blocks: smaller leaves learn single pages by heart. */
const LEAST_LEAF = 1e-4;
/** A page known in part weighs like a page of this many words. */
const PARTIAL_WORDS = 400;
const dist = process.env.WARRAQ_EVAL_DIST ?? new URL("../../dist/", import.meta.url).pathname;
const load = (file) => import(pathToFileURL(`${dist.replace(/\/$/, "")}/${file}`).href);
const [{ decode }, { parsePage }, { inspectBlocks }, { FEATURE_NAMES }] = await Promise.all([
  load("decode/index.js"),
  load("extract/page/parse.js"),
  load("extract/body/index.js"),
  load("extract/body/feature-names.js"),
]);

const folder = positionals[0];
const truths = loadTruths(folder, values.only.split(","));
const pages = Object.entries(truths)
  .filter(([, truth]) => truth.body || truth.with)
  .map(([id, truth]) => {
    const bytes = gunzipSync(readFileSync(join(folder, truth.html_path)));
    const url = URL.canParse(truth.url) ? truth.url : "http://localhost/";
    const context = { url, capturedAt: 0, site: null, themes: [], explain: false };
    const blocks = inspectBlocks(parsePage(decode({ body: bytes, headers: [] }), context));
    const texts = blocks.map(({ text }) => text);
    const labels = truth.body
      ? labelsOf(texts, blocks.map(doubtsIn), truth.body)
      : partialLabelsOf(texts, truth);
    return { id, truth, blocks, labels, fold: foldOf(id, truth) };
  });

/** Reasons to look for a block's words elsewhere: it stands outside the container, or was dropped. */
function doubtsIn({ row }) {
  const [inside, dropped] = ["inside", "dropped"].map((name) => FEATURE_NAMES.indexOf(name));
  return (row[inside] ? 0 : 1) + (row[dropped] ? 1 : 0);
}

const trainingSet = (chosen) => {
  const [rows, labels, weights] = [[], [], []];
  for (const { blocks, labels: own, truth } of chosen) {
    const total = truth.body ? Math.max(40, wordsOf(truth.body).length) : PARTIAL_WORDS;
    blocks.forEach((block, at) => {
      if (own[at] === null) return;
      rows.push(block.row);
      labels.push(own[at]);
      weights.push(
        ((SET_WEIGHT[truth.set] ?? 1) * (EXACTNESS + wordsOf(block.text).length / total)) /
          chosen.length,
      );
    });
  }
  return [rows, labels, weights];
};
const options = {
  trees: Number(values.trees),
  depth: Number(values.depth),
  rate: Number(values.rate),
  share: Number(values.share),
  sample: Number(values.sample),
  seed: Number(values.seed),
  least: LEAST_LEAF,
  without: new Set(values.without.split(",").map((name) => FEATURE_NAMES.indexOf(name))),
};
const body = (page, keep) =>
  page.blocks
    .filter((block, at) => keep(block, at))
    .map((b) => b.text)
    .join("\n");
const report = (label, list) => {
  const bySet = Map.groupBy
    ? Map.groupBy(list, ({ page }) => page.truth.set)
    : list.reduce(
        (m, x) => m.set(x.page.truth.set, [...(m.get(x.page.truth.set) ?? []), x]),
        new Map(),
      );
  for (const [set, own] of bySet) {
    if (own.some(({ page }) => !page.truth.body)) {
      const s = summariseSegments(
        own.map(({ page, text }) => scorePage(page.truth, { body: text })),
      );
      const figures = ["precision", "recall", "f1"].map((measure) => s[measure].toFixed(4));
      console.log(label.padEnd(12), set.padEnd(8), String(s.n).padStart(4), ...figures, "segments");
      continue;
    }
    const s = summariseBody(
      own.map(({ page, text }) => scorePage({ body: page.truth.body }, { body: text })),
    );
    console.log(
      label.padEnd(12),
      set.padEnd(8),
      String(s.n).padStart(4),
      ...["precision", "recall", "f1", "exact"].map((k) => s[k].toFixed(4)),
    );
  }
};

report(
  "best possible",
  pages.map((page) => ({ page, text: body(page, (_, at) => page.labels[at] === 1) })),
);
const unseen = [];
const mistakes = [];
/** What `--errors` writes: wrongly judged blocks, dearest first. */
function noteMistakes({ id, truth, blocks, labels }, likely) {
  if (!truth.body) return;
  const total = wordsOf(truth.body).length;
  blocks.forEach(({ text, row }, at) => {
    if (likely[at] >= 0.5 === (labels[at] === 1)) return;
    const cost = wordsOf(text).length / total;
    const features = Object.fromEntries(FEATURE_NAMES.map((name, f) => [name, row[f]]));
    mistakes.push({
      id,
      set: truth.set,
      cost,
      wanted: labels[at],
      likely: likely[at],
      text,
      features,
    });
  });
}
const foldModels = [];
for (let fold = 0; fold < FOLDS; fold++) {
  const model = boost(...trainingSet(pages.filter((page) => page.fold !== fold)), options);
  foldModels.push(textOf(model));
  for (const page of pages.filter((one) => one.fold === fold)) {
    const likely = page.blocks.map(({ row }) => predict(model, row));
    unseen.push({ page, text: body(page, (_, at) => likely[at] >= 0.5) });
    noteMistakes(page, likely);
  }
}
report("unseen sites", unseen);
if (values.errors)
  writeFileSync(values.errors, JSON.stringify(mistakes.sort((a, b) => b.cost - a.cost)));

/** A model as block-model.json holds it. */
function textOf({ bias, depth, trees }) {
  const round = (list) => list.map((value) => Number(value.toPrecision(5)));
  const lines = trees.map(({ feature, threshold, leaf }) =>
    JSON.stringify({ feature, threshold: round(threshold), leaf: round(leaf) }),
  );
  return `{"features": ${JSON.stringify(FEATURE_NAMES)},\n"depth": ${depth}, "bias": ${bias.toPrecision(5)}, "trees": [\n${lines.join(",\n")}\n]}\n`;
}

if (values.forecast) {
  const sets = await forecast(folder, loadTruths(folder), foldModels, dist);
  const figures = floorsOf(
    Object.fromEntries(
      Object.entries(sets).map(([set, { body, segment }]) => [set, { body, segment }]),
    ),
  );
  console.log("whole program on unseen sites", JSON.stringify(figures, null, 2));
  const file = new URL("./forecast.json", import.meta.url);
  if (values.write) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}
if (values.write) {
  const model = boost(...trainingSet(pages), options);
  const file = new URL("../../data/extract/body/block-model.json", import.meta.url);
  writeFileSync(file, textOf(model));
  const gains = new Map();
  for (const { feature, threshold } of model.trees) {
    for (const [at, f] of feature.entries()) {
      if (threshold[at] < 1e9) gains.set(f, (gains.get(f) ?? 0) + 1);
    }
  }
  const top = [...gains].sort((a, b) => b[1] - a[1]).slice(0, 25);
  console.log(top.map(([f, n]) => `${FEATURE_NAMES[f]} ${n}`).join(" · "));
}
