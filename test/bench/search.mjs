/**
 * Asking archives of 20,000, 200,000 and 1,000,000 generated articles: words rare, of medium frequency
 * and the commonest, by relevance and by date; lists, histories, figures, opening; what inserting cost.
 * Milliseconds of CPU, as the machine does other work too: on a quiet one waiting is the same.
 */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../dist/store/index.js";
import { connect } from "../../dist/store/sqlite/driver.js";
import { buildArchive, trialOf } from "./large-archive.mjs";
import { median } from "./measure.mjs";

const PER_KIND = 30;

/**
 * @param folder - where the archives are made
 * @param kept - a folder of archives made before (`N.db`), used and added to
 */
export async function search({ sizes, folder, kept = null, say }) {
  const rows = [];
  const paths = sizes.map((articles) => join(kept ?? folder, `${articles}.db`));
  for (const [index, articles] of sizes.entries()) {
    const path = paths[index];
    if (!existsSync(path)) await buildArchive({ path, articles, say });
    rows.push(...(await ask(path, articles)));
  }
  rows.push(...(await inserting(paths, sizes)));
  return rows;
}

/** The smallest and the largest turn about, so that the machine's other work falls on both. */
async function inserting(paths, sizes) {
  const trials = await Promise.all([paths[0], paths.at(-1)].map(trialOf));
  const costs = trials.map(() => []);
  for (let round = 0; round < 10; round++) {
    for (const [index, trial] of trials.entries()) {
      const cost = trial.run(100 + round, 500);
      if (round > 0) costs[index].push(cost);
    }
  }
  for (const trial of trials) trial.close();
  const [small, large] = costs.map(median);
  const [few, many] = [sizes[0], sizes.at(-1)].map((articles) => articles.toLocaleString("en"));
  return [
    [
      `inserting into ${many} articles, an article`,
      `${large.toFixed(2)} ms`,
      `${(large / small).toFixed(2)} × into ${few}`,
    ],
  ];
}

async function ask(path, articles) {
  const rows = [];
  const size = articles.toLocaleString("en");
  const words = wordsOf(path, articles);
  const opening = await timesOf(Array(10).fill(0), async () => {
    await (await openStore({ path, mode: "read" })).close();
  });
  const store = await openStore({ path, mode: "read" });
  for (const [kind, list] of Object.entries(words)) {
    for (const sort of ["relevance", "date"]) {
      const times = await timesOf(list, (text) => store.search({ text }, { limit: 20, sort }));
      rows.push([
        `${size} articles: ${kind} words by ${sort}, p50 / p95`,
        times.p50p95,
        `${list.length} queries`,
      ]);
    }
  }
  const verbs = {
    list: () => store.list({}, { limit: 50, sort: "date" }),
    "list of a category": () => store.list({ category: "محلي" }, { limit: 50, sort: "date" }),
    history: (number) => store.history(`a${1 + number * 37}`),
    stats: () => store.stats(),
    "facets of the commonest word": () =>
      store.facets({ text: words.commonest[0] }, ["site", "year"], 10),
  };
  for (const [name, verb] of Object.entries(verbs)) {
    const times = await timesOf(
      Array.from({ length: 20 }, (_, number) => number),
      verb,
    );
    rows.push([`${size} articles: ${name}, p50 / p95`, times.p50p95, ""]);
  }
  rows.push([`${size} articles: opening, p50 / p95`, opening.p50p95, ""]);
  await store.close();
  const { index, text } = sizesOf(path);
  rows.push([
    `${size} articles: file, of that the index`,
    `${(statSync(path).size / 2 ** 20).toFixed(0)} MB, ${(index / 2 ** 20).toFixed(0)} MB`,
    `index: ${(index / articles / 1024).toFixed(2)} KB an article, ${((100 * index) / text).toFixed(0)} % of its text`,
  ]);
  return rows;
}

/** Words by how many articles have them: under 1 in 1,000, 1 in 1,000 to 1 in 100, and the thirty commonest. */
function wordsOf(path, articles) {
  const db = connect(path, "read");
  const between = db
    .prepare(
      "SELECT word FROM word WHERE articles BETWEEN ? AND ? ORDER BY articles * 7919 % 10007, word LIMIT ?",
    )
    .pluck();
  const commonest = db.prepare("SELECT word FROM word ORDER BY articles DESC LIMIT ?").pluck();
  const words = {
    rare: between.all(1, articles / 1_000, PER_KIND),
    medium: between.all(articles / 1_000, articles / 100, PER_KIND),
    commonest: commonest.all(PER_KIND),
  };
  db.close();
  return words;
}

function sizesOf(path) {
  const db = connect(path, "read");
  const index = db.prepare("SELECT sum(length(block)) FROM search_index_data").pluck().get();
  const text = db
    .prepare("SELECT sum(octet_length(body) + octet_length(title)) FROM version")
    .pluck()
    .get();
  db.close();
  return { index, text };
}

/** Each is done twice; the second time counts, as a second question of a session. */
async function timesOf(inputs, work) {
  const times = [];
  for (const input of inputs) {
    await work(input);
    const before = process.cpuUsage();
    await work(input);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  times.sort((a, b) => a - b);
  const at = (share) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
  return { p50p95: `${at(0.5)} / ${at(0.95)} ms` };
}
