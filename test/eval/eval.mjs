/**
 * npm run eval -- <folder> [--predictions out.json] [--only aeb,fundus] [--worst 15] [--bootstrap 500]
 *                          [--processes 2] [--update-floors]
 *
 * Runs the built program over every `<folder>/<set>/truth.json` and prints what it reached beside the
 * goals. `--update-floors` raises (never lowers) the figures in floors.json that a test holds us to.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { floorsOf, raise } from "./floors.mjs";
import { goalsTable, setsTable, worstPages } from "./report.mjs";
import { loadTruths, readPages } from "./run.mjs";
import { scorePage, summarise } from "./score.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    predictions: { type: "string" },
    only: { type: "string" },
    worst: { type: "string", default: "0" },
    bootstrap: { type: "string", default: "200" },
    processes: { type: "string", default: String(availableParallelism()) },
    "update-floors": { type: "boolean", default: false },
  },
});
const folder = positionals[0];
if (folder === undefined || !existsSync(folder)) {
  console.error(
    "eval: needs the folder of the evaluation sets, e.g. npm run eval -- ../shared/eval",
  );
  process.exit(2);
}
const truths = loadTruths(folder, values.only?.split(",") ?? null);
const { answers, cpuMs, maxRssKb, errors } = await readPages(
  folder,
  truths,
  Number(values.processes),
);
if (values.predictions) writeFileSync(values.predictions, JSON.stringify(answers));

const scored = Object.keys(truths).map((id) => ({ id, ...scorePage(truths[id], answers[id]) }));
const bySet = { all: scored };
for (const score of scored) {
  const { set } = truths[score.id];
  bySet[set] ??= [];
  bySet[set].push(score);
}
const summaries = Object.fromEntries(
  Object.entries(bySet).map(([set, list]) => [set, summarise(list)]),
);

console.log(setsTable(summaries));
console.log(`\n${goalsTable(summaries, bySet, Number(values.bootstrap))}`);
const times = Object.values(cpuMs).sort((a, b) => b - a);
const total = times.reduce((sum, ms) => sum + ms, 0);
console.log(
  `\n${times.length} pages in ${(total / 1000).toFixed(1)} CPU s: ${((times.length * 1000) / total).toFixed(0)} pages per CPU second, ` +
    `worst page ${times[0]?.toFixed(0)} ms, peak RSS of one process ${(maxRssKb / 1024).toFixed(0)} MB`,
);
for (const { id, error } of errors) console.log(`failed ${id}: ${error}`);
const worst = Number(values.worst);
if (worst > 0)
  console.log(
    `\nworst pages (- missed, + too much):\n${worstPages(scored, truths, answers, worst)}`,
  );

if (values["update-floors"]) {
  const file = new URL("./floors.json", import.meta.url);
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  writeFileSync(file, `${JSON.stringify(raise(before, floorsOf(summaries)), null, 2)}\n`);
}
