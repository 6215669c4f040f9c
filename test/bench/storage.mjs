/**
 * What pages cost on disk and in CPU: stored singly and packed into blocks, against a gzip -6 per record
 * and against `wget --warc-file` on the same sites; how long one page takes to read; what `verify` does
 * in a second.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { measure, median } from "./measure.mjs";
import { articleOf, pageOf } from "./pages.mjs";

const ROUNDS = 5;

/**
 * @param given - an archive that was filled by a crawl of `origins`, each with `perSite` pages
 * @returns rows of the results: what, figure, compared
 */
export async function storage({ archive, origins, perSite, folder, warraq, say }) {
  const rows = [];
  const { openStore } = await import("../../dist/store/index.js");
  const sites = origins.length;
  const numbers = Array.from({ length: perSite }, (_, number) => number);
  const bodies = origins.flatMap((origin, site) =>
    numbers.map((number) => Buffer.from(pageOf(site, number, origin))),
  );
  const urls = origins.flatMap((origin, site) =>
    numbers.map((number) => `${origin}${articleOf(site, number).path}`),
  );
  const gzipped = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 6 }).length, 0);
  await measure(process.execPath, [warraq, "archive", "pack", "-q", "--archive", archive]);
  const store = await openStore({ path: archive, mode: "read" });
  const { packedBytes, fileBytes, captures, articles } = await store.stats();
  const kb = (bytes) => `${(bytes / 1024).toFixed(2)} KB`;
  rows.push([
    `bytes a page, ${sites} sites of one template each`,
    kb(packedBytes / captures),
    `${(packedBytes / captures / (gzipped / bodies.length)).toFixed(3)} × gzip -6 per record (${kb(gzipped / bodies.length)})`,
  ]);
  rows.push(["… with articles, index and queue: the file", kb(fileBytes / articles), ""]);

  const times = [];
  for (let at = 0; at < 400; at++) {
    const id = `a${1 + ((at * 7919) % articles)}`;
    const start = performance.now();
    await store.rawCapture(id);
    times.push(performance.now() - start);
  }
  await store.close();
  times.sort((a, b) => a - b);
  const ms = (share) => `${times[Math.floor(times.length * share)].toFixed(2)} ms`;
  rows.push(["one page read from its block, p50 / p95", `${ms(0.5)} / ${ms(0.95)}`, ""]);

  const run = await measure(process.execPath, [warraq, "verify", "--json", "--archive", archive]);
  if (run.code !== 0) throw new Error(`verify: ${run.stdout.slice(0, 300)}`);
  const { raw_bytes: raw } = JSON.parse(run.stdout);
  rows.push([
    "verify, pages unpacked and fingerprints worked out",
    `${(raw / 1e6 / run.cpuSeconds).toFixed(0)} MB a CPU second`,
    `${(raw / 1e6 / run.wallSeconds).toFixed(0)} MB/s, start-up included`,
  ]);
  rows.push(...(await cpu(bodies)));
  rows.push(...wget({ urls, folder, say, ours: packedBytes / captures }));
  return rows;
}

/** CPU of storing a page (single, then packed) beside gzip -6, turn about. */
async function cpu(bodies) {
  const { decompress, pack, packBlock, planBlocks, sketchOf } = await import(
    "../../dist/codec/index.js"
  );
  const cost = (work) => {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    return { result, ms: (user + system) / 1000 / bodies.length };
  };
  const ratios = [];
  const ours = [];
  for (let round = 0; round < ROUNDS; round++) {
    const gzip = cost(() => bodies.map((body) => gzipSync(body, { level: 6 })));
    const single = cost(() => bodies.map(pack));
    const packed = cost(() => {
      const raw = single.result.map(decompress);
      const plan = planBlocks(
        raw.map((body, at) => ({
          sketch: sketchOf(body),
          unpackedBytes: body.length,
          packedBytes: single.result[at].bytes.length,
        })),
      );
      return plan.map(({ members }) => packBlock(members.map((member) => raw[member])));
    });
    ours.push(single.ms + packed.ms);
    ratios.push((single.ms + packed.ms) / gzip.ms);
  }
  return [
    [
      "CPU of storing a page: digest, single, then packed",
      `${median(ours).toFixed(2)} ms`,
      `${median(ratios).toFixed(2)} × gzip -6`,
    ],
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
