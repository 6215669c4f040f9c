/**
 * `npm run bench:extract`: our extractor and the Node peers on the same pages, quality and cost in one
 * table. Prints it and writes test/bench/EXTRACTION.md, which the README quotes.
 *
 *   npm run bench:extract -- [folder] [--sets aeb,fundus,arabic] [--pages 90] [--rounds 3]
 *                            [--systems warraq,readability-linkedom] [--json out.json] [--no-write]
 *
 * `folder` holds `<set>/truth.json` as `npm run eval` reads it. The peers are installed on demand in
 * test/bench/peers (a package of its own, so that the product's tree stays small). Every round runs
 * every system over all pages, each in a process of its own, one after the other: what the machine does
 * besides hits all alike. Figures are medians of the rounds; ratios are taken within a round.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadTruths } from "../eval/run.mjs";
import { scorePage, summarise } from "../eval/score.mjs";
import { median } from "./measure.mjs";
import { LEAST_MS, PAGE_BUDGET_MS, runSystem, WARM_UP_MS } from "./peers/run-system.mjs";
import { sampleOf } from "./peers/sample.mjs";
import { BASELINE, SYSTEMS } from "./peers/systems.mjs";
import { columnsOf, markdownTable, plainTable } from "./peers/table.mjs";
import { predictionOf } from "./peers/text.mjs";

const PEERS = fileURLToPath(new URL("./peers/", import.meta.url));
const RESULTS = fileURLToPath(new URL("./EXTRACTION.md", import.meta.url));
const DEFAULT_FOLDER = fileURLToPath(new URL("../../../shared/eval", import.meta.url));
/** A slow system runs when it is named (--systems): it takes longer than all others together. */
const DEFAULT_SYSTEMS = Object.keys(SYSTEMS).filter((system) => !SYSTEMS[system].isSlow);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sets: { type: "string", default: "aeb,fundus,arabic" },
    // Three to six minutes on two cores, of which jsdom takes most.
    pages: { type: "string", default: "90" },
    rounds: { type: "string", default: "3" },
    systems: { type: "string", default: DEFAULT_SYSTEMS.join(",") },
    json: { type: "string" },
    "no-write": { type: "boolean", default: false },
  },
});
const folder = positionals[0] ?? DEFAULT_FOLDER;
const say = (text) => process.stderr.write(`${text}\n`);

if (!existsSync(folder)) {
  say(
    `bench:extract: skipped, ${folder} is missing (pages with known bodies are not ours to give)`,
  );
  process.exit(0);
}
const sets = values.sets.split(",");
const truths = loadTruths(folder, sets);
const rounds = count("rounds");
const ids = sampleOf(truths, count("pages"));
if (ids.length === 0) fail(`no pages of ${values.sets} in ${folder}`);
const systems = values.systems.split(",");
for (const system of systems) {
  if (!SYSTEMS[system]) fail(`--systems: ${system} is none of ${Object.keys(SYSTEMS).join(", ")}`);
}
installPeers();

const pages = ids.map((id) => {
  const { html_path: path, url } = truths[id];
  return { id, file: join(folder, path), url: URL.canParse(url) ? url : "http://localhost/" };
});
const runs = Object.fromEntries(systems.map((system) => [system, []]));
for (let round = 0; round < rounds; round++) {
  // Another one begins each round, so that none is always first or always after the heaviest.
  const order = systems.map((_, at) => systems[(at + round) % systems.length]);
  for (const system of order) {
    if (SYSTEMS[system].isSlow && round > 0) continue; // one round of it must do
    const run = await runSystem(system, pages, { wantsAnswers: round === 0 });
    runs[system].push(run);
    say(
      `round ${round + 1}, ${system}: ${rateOf(run).toFixed(1)} pages per CPU second, ` +
        `worst ${run.worst.ms.toFixed(0)} ms (${run.worst.id}), ${(run.maxRssKb / 1024).toFixed(0)} MB`,
    );
  }
}
report();

function rateOf(run) {
  return (pages.length * 1_000) / run.cpuMs;
}

function figuresOf(system) {
  const own = runs[system];
  const { answers, crashes, late } = own[0];
  const scored = ids.map((id) => ({
    set: truths[id].set,
    ...scorePage(truths[id], predictionOf(answers[id])),
  }));
  const ratios =
    runs[BASELINE] && own.map((run, round) => rateOf(run) / rateOf(runs[BASELINE][round]));
  return {
    system,
    label: SYSTEMS[system].label,
    without: SYSTEMS[system].without,
    all: summarise(scored),
    bySet: Object.fromEntries(
      sets.map((set) => [set, summarise(scored.filter((score) => score.set === set))]),
    ),
    rate: median(own.map(rateOf)),
    ratio: ratios ? median(ratios) : Number.NaN,
    ratioRange: ratios ? [Math.min(...ratios), Math.max(...ratios)] : [],
    worstMs: median(own.map((run) => run.worst.ms)),
    worstId: own[0].worst.id,
    peakRssMb: median(own.map((run) => run.maxRssKb)) / 1_024,
    crashes,
    late,
  };
}

function report() {
  const figures = systems.map(figuresOf);
  const columns = columnsOf(sets, figures);
  const perSet = sets.map((set) => `${set} ${ids.filter((id) => truths[id].set === set).length}`);
  const megabytes = ids.reduce((sum, id) => sum + (truths[id].bytes ?? 0), 0) / 1e6;
  console.log(plainTable(columns, figures));
  for (const { system, crashes, late } of figures) {
    for (const { id, error } of crashes) console.log(`${system} failed on ${id}: ${error}`);
    for (const id of late) console.log(`${system} gave no answer to ${id} in ${PAGE_BUDGET_MS} ms`);
  }
  if (values.json) writeFileSync(values.json, JSON.stringify(figures, null, 2));
  const [{ model }] = cpus();
  const text = `# Extraction beside the Node peers

Written by \`npm run bench:extract\` (Node ${process.version}, ${cpus().length} × ${model.trim()}): ${pages.length} real pages with
known articles (${perSet.join(", ")}; ${megabytes.toFixed(0)} MB), ${rounds} interleaved rounds, medians.

${markdownTable(columns, figures)}

- Versions: ${versionsOf().join(", ")}.
- Body: 4-word shingles, means over pages; every body given as HTML becomes text in the same way. Exact: the
  same words in the same order. Title, author, date, section: share right where the truth is known. "–": the
  system does not give that field. A crash is an empty answer.
- warraq's block model learned from pages of these public sets, so its body figures are not those of unseen
  sites (\`node test/eval/train.mjs\` prints body figures with whole sites held out).
- Pages per CPU second: user + system time of a process per system, all metadata included, without start-up,
  reading files and unpacking, after ${WARM_UP_MS / 1_000} CPU seconds of warm-up on the same pages (a crawl is long);
  as many passes over the pages as ${LEAST_MS / 1_000} CPU seconds take, at least one.
  "warraq" starts from bytes (its time includes finding the encoding and the fingerprint); "from the string" and the
  others are given the decoded string. Both of ours include the kind of the page, category, language and images.
- Ratio: to Readability on linkedom in the same round; in brackets the smallest and largest of the rounds.
- Worst page: CPU of the slowest page of a round. A page unread after ${PAGE_BUDGET_MS / 1_000} s counts as failed, and as that long.
`;
  if (values["no-write"]) return;
  writeFileSync(RESULTS, text);
  say(`written to ${RESULTS}`);
}

function versionsOf() {
  const names = [...new Set(systems.flatMap((system) => SYSTEMS[system].packages))].sort();
  return names.map((name) => {
    const file = join(PEERS, "node_modules", name, "package.json");
    return `${name} ${JSON.parse(readFileSync(file, "utf8")).version}`;
  });
}

/** `npm ci` there, when the lockfile asks for something else than what was installed last. */
function installPeers() {
  const lock = readFileSync(join(PEERS, "package-lock.json"), "utf8");
  const stamp = join(PEERS, "node_modules", ".installed-lock.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("installing the peers (npm ci in test/bench/peers) …");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", args, { cwd: PEERS, stdio: ["ignore", 2, 2] });
  if (status !== 0) fail("npm ci in test/bench/peers failed");
  writeFileSync(stamp, lock);
}

function count(name) {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1) fail(`--${name} must be a whole number above 0`);
  return value;
}

function fail(message) {
  say(`bench:extract: ${message}`);
  process.exit(2);
}
