/**
 * What pages cost on disk and in CPU, stored singly and packed into blocks: generated pages of sites of
 * one template each, and real ones, nearly every one of another site. Against a gzip -6 per record
 * (the program, and Node's own), and against `wget --warc-file` on the same sites; how long one page
 * takes to read; what `verify` does in a second.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { measure, median } from "./measure.mjs";
import { articleOf, pageOf } from "./pages.mjs";
import { realPages, storePages } from "./stored-pages.mjs";

const ROUNDS = 5;
const READS = 400;

/**
 * @param given - an archive that was filled by a crawl of `origins`, each with `perSite` pages
 * @returns rows of the results: what, figure, compared
 */
export async function storage({ archive, origins, perSite, folder, warraq, say }) {
  const rows = [];
  const pages = origins.flatMap((origin, site) =>
    Array.from({ length: perSite }, (_, number) => ({
      url: `${origin}${articleOf(site, number).path}`,
      body: Buffer.from(pageOf(site, number, origin)),
    })),
  );
  const generated = `${origins.length} sites of one template each`;
  const { eachBytes, fileRow } = await kept(archive, generated, pages, rows, warraq);
  rows.push(fileRow);
  const run = await measure(process.execPath, [warraq, "verify", "--json", "--archive", archive]);
  if (run.code !== 0) throw new Error(`verify: ${run.stdout.slice(0, 300)}`);
  const { raw_bytes: raw } = JSON.parse(run.stdout);
  rows.push([
    "verify, pages unpacked and fingerprints worked out",
    `${(raw / 1e6 / run.cpuSeconds).toFixed(0)} MB a CPU second`,
    `${(raw / 1e6 / run.wallSeconds).toFixed(0)} MB/s, start-up included`,
  ]);
  rows.push(await cpu(generated, pages, folder));
  rows.push(...wget({ urls: pages.map(({ url }) => url), folder, say, ours: eachBytes }));

  const real = realPages();
  if (real.length === 0) say("the folder of real pages is not here: their rows are left out");
  else {
    const name = `${real.length} real pages of ${new Set(real.map(({ site }) => site)).size} sites`;
    const realArchive = join(folder, "real.db");
    await storePages(realArchive, real);
    await kept(realArchive, name, real, rows, warraq);
    rows.push(await cpu(name, real, folder));
  }
  return rows;
}

/** Packs the archive; bytes of a page, and how long one takes to read. */
async function kept(archive, name, pages, rows, warraq) {
  const { openStore } = await import("../../dist/store/index.js");
  await measure(process.execPath, [warraq, "archive", "pack", "-q", "--archive", archive]);
  const store = await openStore({ path: archive, mode: "read" });
  const { packedBytes, fileBytes, captures, articles } = await store.stats();
  const gzipped = pages.reduce((sum, { body }) => sum + gzipSync(body, { level: 6 }).length, 0);
  const kb = (bytes) => `${(bytes / 1024).toFixed(2)} KB`;
  const gzipBytes = gzipped / pages.length;
  const eachBytes = packedBytes / captures;
  rows.push([
    `bytes a page, ${name}`,
    kb(eachBytes),
    `${(eachBytes / gzipBytes).toFixed(3)} × gzip -6 per record (${kb(gzipBytes)})`,
  ]);
  const wall = [];
  const used = [];
  for (let at = 0; at < READS; at++) {
    const { url } = pages[(at * 7919) % pages.length];
    const before = process.cpuUsage();
    const start = performance.now();
    await store.rawCapture(url);
    wall.push(performance.now() - start);
    used.push(cpuMsSince(before));
  }
  await store.close();
  rows.push([
    `one page read from its block, ${name}, p50 / p95`,
    percentiles(wall),
    `CPU: ${percentiles(used)}`,
  ]);
  const fileRow = ["… with articles, index and queue: the file", kb(fileBytes / articles), ""];
  return { eachBytes, fileRow };
}

function percentiles(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const ms = (share) => sorted[Math.floor(sorted.length * share)].toFixed(2);
  return `${ms(0.5)} / ${ms(0.95)} ms`;
}

function cpuMsSince(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** CPU of storing a page (digest, single, then packed) beside gzip -6, turn about. */
async function cpu(name, pages, folder) {
  const { beginningOf, decompress, pack, packBlock, planBlocks, sketchOf } = await import(
    "../../dist/codec/index.js"
  );
  const bodies = pages.map(({ body }) => body);
  const files = join(folder, "gzip");
  mkdirSync(files);
  for (const [at, body] of bodies.entries()) writeFileSync(join(files, `${at}.html`), body);
  const hasGzip = spawnSync("gzip", ["--version"]).status === 0;
  const cost = (work) => {
    const before = process.cpuUsage();
    work();
    return cpuMsSince(before) / bodies.length;
  };
  const store = () => {
    const singles = bodies.map(pack);
    const plan = planBlocks(
      singles.map((single) => ({
        sketch: sketchOf(beginningOf(single)),
        unpackedBytes: single.unpackedBytes,
        packedBytes: single.bytes.length,
      })),
    );
    for (const { members } of plan) packBlock(members.map((at) => decompress(singles[at])));
  };
  const ours = [];
  const toNode = [];
  const toGzip = [];
  for (let round = 0; round < ROUNDS; round++) {
    const node = cost(() => bodies.map((body) => gzipSync(body, { level: 6 })));
    const each = cost(store);
    ours.push(each);
    toNode.push(each / node);
    if (!hasGzip) continue;
    const run = await measure("sh", ["-c", 'gzip -6c "$0"/* > /dev/null', files]);
    toGzip.push((each * bodies.length) / 1_000 / run.cpuSeconds);
  }
  rmSync(files, { recursive: true });
  const gzip = toGzip.length === 0 ? "" : `${median(toGzip).toFixed(2)} × gzip -6, `;
  return [
    `CPU of storing a page, ${name}: digest, single, then packed`,
    `${median(ours).toFixed(2)} ms`,
    `${gzip}${median(toNode).toFixed(2)} × Node's own gzip`,
  ];
}

function wget({ urls, folder, say, ours }) {
  if (spawnSync("wget", ["--version"]).status !== 0) {
    say("wget is not installed: its row is left out");
    return [];
  }
  const work = join(folder, "wget");
  mkdirSync(work);
  spawnSync(
    "wget",
    ["-q", "--delete-after", "--warc-file=crawl", "--header=Accept-Encoding: identity", "-i", "-"],
    { cwd: work, input: urls.join("\n") },
  );
  const bytes = readdirSync(work)
    .filter((name) => name.endsWith(".warc.gz"))
    .reduce((sum, name) => sum + statSync(join(work, name)).size, 0);
  rmSync(work, { recursive: true });
  const each = bytes / urls.length;
  return [
    [
      "wget --warc-file on the same pages",
      `${(each / 1024).toFixed(2)} KB a page`,
      `ours: ${(ours / each).toFixed(3)} of it`,
    ],
  ];
}
