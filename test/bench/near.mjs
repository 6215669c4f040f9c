/**
 * Near copies: what the archive finds of 20,000 articles against brute force on all pairs, what its
 * index costs in bytes, and what one more article costs when there are up to a million already.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  fingerprint,
  haveOtherNumbers,
  shinglesOf,
  TELLING_RUNS,
} from "../../dist/fingerprint/index.js";
import { openStore } from "../../dist/store/index.js";
import { fold } from "../../dist/text/index.js";
import { articles } from "./copies.mjs";
import { putArticles, settleArticles } from "./near-archive.mjs";

/** @returns rows of a table: what, figure, compared */
export async function near({ count, scale, say }) {
  const folder = mkdtempSync(join(tmpdir(), "warraq-near-"));
  try {
    return [
      ...(await exactness(join(folder, "exact.db"), count, say)),
      ...costs(join(folder, "scale.db"), scale, say),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pairs of the archive and pairs by brute force, by the same rule of what a copy is. */
export async function compareWithBruteForce(path, all) {
  const ids = await settleArticles(path, all);
  // The same words on the same site and day are one article: no copy, by design.
  const news = all.filter((_, at) => ids[at] !== null);
  const places = new Map(ids.filter((id) => id !== null).map((id, at) => [id, at]));
  const store = await openStore({ path, mode: "read" });
  const found = new Set();
  const clusters = new Map();
  for await (const { article, other } of store.sql("select article, other from copies")) {
    found.add(`${places.get(article)} ${places.get(other)}`);
  }
  for await (const { id, cluster } of store.sql(
    "select 'a' || id as id, cluster_id as cluster from article where cluster_id is not null",
  )) {
    clusters.set(cluster, [...(clusters.get(cluster) ?? []), news[places.get(id)]]);
  }
  await store.close();
  const truth = bruteForce(news);
  const planted = ([a, b]) => news[a].story === news[b].story;
  const right = [...found].filter((key) => truth.has(key) || planted(pairOf(key)));
  const kinds = {};
  for (const { edit } of news) kinds[edit] = (kinds[edit] ?? 0) + 1;
  const missed = [...truth].filter((key) => !found.has(key));
  return {
    ...{ news, truth },
    pairs: truth.size,
    recall: (truth.size - missed.length) / truth.size,
    precision: right.length / found.size,
    missed: missed.map((key) => pairOf(key).map((at) => news[at].edit)),
    wrong: [...found]
      .filter((key) => !right.includes(key))
      .map((key) => pairOf(key).map((at) => news[at].edit)),
    clusters: clusters.size,
    glued: [...clusters.values()].filter(
      (members) => new Set(members.map(({ story }) => story)).size > 1,
    ),
    kinds,
  };
}

/** Every pair of which nine tenths of the shorter one's runs of words are in the other. */
function bruteForce(news) {
  const folded = news.map(({ body }) => fold(body));
  const runs = folded.map((text) => [...new Set(shinglesOf(text).hashes)]);
  const postings = new Map();
  const pairs = new Set();
  const shared = new Uint16Array(news.length);
  for (const [at, own] of runs.entries()) {
    const touched = [];
    for (const run of own) {
      const others = postings.get(run);
      if (others === undefined) {
        postings.set(run, [at]);
        continue;
      }
      for (const other of others) {
        if (shared[other] === 0) touched.push(other);
        shared[other]++;
      }
      others.push(at);
    }
    for (const other of touched) {
      const few = Math.min(own.length, runs[other].length);
      const isNear = few >= TELLING_RUNS && shared[other] >= 0.9 * few;
      shared[other] = 0;
      if (!isNear) continue;
      const isSameDay = dayOf(news[at]) === dayOf(news[other]);
      if (haveOtherNumbers(folded[at], folded[other], isSameDay)) continue;
      pairs.add(`${other} ${at}`);
    }
  }
  return pairs;
}

const dayOf = ({ at }) => new Date(at).toISOString().slice(0, 10);

async function exactness(path, count, say) {
  say(`near: ${count} articles through the archive, and all pairs by brute force`);
  const news = [...articles(count)];
  const result = await compareWithBruteForce(path, news);
  const percent = (share) => `${(100 * share).toFixed(2)} %`;
  say(`  missed: ${JSON.stringify(result.missed.slice(0, 10))}`);
  say(`  wrong: ${JSON.stringify(result.wrong.slice(0, 10))}`);
  for (const members of result.glued.slice(0, 10)) {
    say(`  glued: ${JSON.stringify(members.map(({ story, edit }) => [story, edit]))}`);
  }
  return [
    [
      `near copies among ${count}, recall / precision against brute force`,
      `${percent(result.recall)} / ${percent(result.precision)}`,
      `${result.pairs} pairs at containment .9; ${result.clusters} clusters, ${result.glued.length} of more than one story`,
    ],
    [
      "… found by bands of the 64-bit SimHash alone",
      percent(byBands(result)),
      "4 bands of 16 bits",
    ],
  ];
}

/** Four bands of 16 bits: two SimHashes that differ in up to three bits share one. */
const BANDS = [0, 4, 8, 12].map((from) => [from, from + 4]);

/** What bands of the 64-bit SimHash would find of the same pairs: the reason for another index. */
function byBands({ news, truth }) {
  const hashes = news.map(({ title, body }) => fingerprint({ ...EMPTY, title, body }).near);
  const hasBand = (a, b) => BANDS.some((band) => a.slice(...band) === b.slice(...band));
  const found = [...truth].filter((key) => hasBand(...pairOf(key).map((at) => hashes[at])));
  return found.length / truth.size;
}

const EMPTY = { categories: [], images: [], authors: [], published: null };
const pairOf = (key) => key.split(" ").map(Number);

/** CPU of one more article, its copies found and its index written, in archives of growing size. */
function costs(path, scale, say) {
  return putArticles(path, articles(Number.POSITIVE_INFINITY, { perDay: 400 }), scale, say);
}
