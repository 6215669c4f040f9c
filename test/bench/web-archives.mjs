/**
 * What web archives cost: reading records, importing pages (against the extraction of the same pages
 * alone, turn about), memory by size of file, and writing WARC and WACZ.
 *
 * An import is a whole process: start of Node and of its thread, reading the WARC (gunzip, checksum),
 * extraction, near copies, index, blocks, commits. Its ceiling is the same pages extracted, with their
 * fingerprints, and packed: each by itself ("singly"), or into blocks, as the import does ("in blocks").
 *
 * Three ways to compare. "As whole processes": both start cold, so both pay for starting Node and for
 * compiling what runs often, which is a quarter of what 3,000 pages cost; the fairest for what a user
 * waits for. "For each further page": what the second half costs beyond the first, of both: what is
 * left of the difference when files are large. "In a warm thread": the ceiling in a thread that is
 * running already, the import cold: this was the only figure until there were the others, and the
 * import pays in it for what the ceiling does not count.
 *
 * Real pages (where the folder of them is) have ten times the text of generated ones and share less with
 * each other: more to read, and more to index and to pack. They are given to twenty hosts in turn.
 */
import { createReadStream, createWriteStream, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { openCeiling } from "./extract-alone.mjs";
import { measure, median } from "./measure.mjs";
import { pageOf } from "./pages.mjs";
import { realPages } from "./stored-pages.mjs";

const ALONE = fileURLToPath(new URL("./extract-alone.mjs", import.meta.url));
const WARRAQ = fileURLToPath(new URL("../../bin/warraq.js", import.meta.url));
const SITES = 10;
const ORIGIN = "http://dead.example";

/** @yields rows of the table of figures */
export async function* webArchives({ folder, pages, rounds, ballastMb, say }) {
  const small = join(folder, "pages.warc.gz");
  say(`making a WARC of ${pages} pages`);
  await writeWarc(small, pages, 0);
  const { readWarc } = await import("../../dist/warc/index.js");
  const reading = Array.from({ length: rounds }, () => async () => {
    const before = process.cpuUsage();
    let records = 0;
    const chunks = createReadStream(small, { highWaterMark: 2 ** 20 });
    for await (const item of readWarc(chunks)) records += item.kind === "record" ? 1 : 0;
    return records / seconds(process.cpuUsage(before));
  });
  const read = [];
  for (const one of reading) read.push(await one());
  const perRecord = `${(statSync(small).size / pages / 1000).toFixed(1)} KB packed, of 100 KB`;
  yield ["WARC records read per CPU second", median(read).toFixed(0), perRecord];

  const half = join(folder, "half.warc.gz");
  const plain = join(folder, "pages.bin");
  await writeWarc(half, pages / 2, 0);
  writePlain(plain, pages);
  const imports = [];
  const ceilings = {};
  const shares = {};
  const note = (what, share, ceiling) => {
    shares[what] = [...(shares[what] ?? []), share];
    ceilings[what] = [...(ceilings[what] ?? []), ceiling];
  };
  let last;
  for (let round = 0; round < rounds; round++) {
    const first = await imported(folder, half);
    last = await imported(folder, small);
    imports.push(pages / last.cpuSeconds);
    for (const [how, inWords] of [
      ["singly", "singly"],
      ["blocks", "in blocks"],
    ]) {
      const [few, all] = [await alone(plain, how, pages / 2), await alone(plain, how, pages)];
      note(`${inWords}, as whole processes`, all / last.cpuSeconds, pages / all);
      const further = (last.cpuSeconds - first.cpuSeconds) / (all - few);
      note(`${inWords}, for each further page`, 1 / further, pages / 2 / (all - few));
      const warm = await warmCeiling(pages, how);
      note(`${inWords}, in a warm thread`, imports.at(-1) / warm, warm);
    }
  }
  yield ["import of a WARC, pages per CPU second", median(imports).toFixed(0), `${pages} pages`];
  for (const [what, share] of Object.entries(shares)) {
    yield [
      `… as a share of extracting them and packing them ${what}`,
      median(share).toFixed(2),
      `${median(ceilings[what]).toFixed(0)} pages per CPU second`,
    ];
  }

  yield* ofRealPages(folder, rounds, say);

  const large = join(folder, "large.warc.gz");
  await writeWarc(large, pages, ballastMb);
  const run = await imported(folder, large);
  const mb = (path) => (statSync(path).size / 1e6).toFixed(0);
  yield [
    `memory of an import, ${mb(small)} MB and ${mb(large)} MB`,
    `${last.peakRssMb.toFixed(0)} and ${run.peakRssMb.toFixed(0)} MB`,
    "the same pages among films and pictures",
  ];

  for (const suffix of ["warc.gz", "wacz"]) {
    const target = join(folder, `out.${suffix}`);
    const words = [WARRAQ, "export", "--archive", join(folder, "import.db"), "-o", target];
    const out = await measure(process.execPath, [...words, "--force"]);
    if (out.code !== 0) throw new Error(out.stderr.slice(-400));
    yield [
      `export to .${suffix}, captures per CPU second`,
      (pages / out.cpuSeconds).toFixed(0),
      `${(statSync(target).size / pages / 1000).toFixed(1)} KB a capture, ${out.peakRssMb.toFixed(0)} MB`,
    ];
    rmSync(target);
  }
}

const REAL_HOSTS = 20;

/** Their share of the ceiling, as whole processes. */
async function* ofRealPages(folder, rounds, say) {
  const bodies = realPages().map(({ body }) => body);
  if (bodies.length === 0) return;
  say(`making a WARC of ${bodies.length} real pages`);
  const warc = join(folder, "real.warc.gz");
  const plain = join(folder, "real.bin");
  const out = createWriteStream(warc);
  for (const [number, body] of bodies.entries()) {
    const url = `http://real${number % REAL_HOSTS}.example/news/${number}-story`;
    await putRecord(out, url, "text/html", body);
  }
  out.end();
  await finished(out);
  rmSync(plain, { force: true });
  for (const body of bodies) appendPlain(plain, body);
  const shares = { singly: [], blocks: [] };
  const rates = [];
  for (let round = 0; round < rounds; round++) {
    const { cpuSeconds } = await imported(folder, warc);
    rates.push(bodies.length / cpuSeconds);
    for (const how of Object.keys(shares)) {
      shares[how].push((await alone(plain, how, bodies.length)) / cpuSeconds);
    }
  }
  const share = (how) => median(shares[how]).toFixed(2);
  yield [
    "import of real pages, per CPU second",
    median(rates).toFixed(0),
    `${share("singly")} of extracting and packing them singly, ${share("blocks")} in blocks; ${bodies.length} pages`,
  ];
}

async function imported(folder, file) {
  const db = join(folder, "import.db");
  for (const suffix of ["", "-wal", "-shm", "-lock"]) rmSync(`${db}${suffix}`, { force: true });
  const run = await measure(process.execPath, [WARRAQ, "import", file, "--archive", db]);
  if (run.code !== 0) throw new Error(`import: ${run.stderr.slice(-400)}`);
  return run;
}

/** CPU seconds of a process that only extracts and packs. */
async function alone(plain, how, pages) {
  const run = await measure(process.execPath, [ALONE, plain, how, String(pages)]);
  if (run.code !== 0) throw new Error(`extraction alone: ${run.stderr.slice(-400)}`);
  return run.cpuSeconds;
}

/** Pages read and packed at once by the ceiling: as many as an import stores at once. */
const GROUP = 256;

/** Pages per CPU second when they are only read, and packed for the archive, in this thread. */
async function warmCeiling(pages, how) {
  const readAndPack = await openCeiling(how, ORIGIN);
  let spent = 0;
  for (let from = 0; from < pages; from += GROUP) {
    const bodies = bodiesOf(from, Math.min(pages, from + GROUP));
    const before = process.cpuUsage();
    readAndPack(bodies, from);
    spent += seconds(process.cpuUsage(before));
  }
  return pages / spent;
}

/** The pages one after the other, each with its length before it. */
function writePlain(path, pages) {
  rmSync(path, { force: true });
  for (let number = 0; number < pages; number++) {
    const [body] = bodiesOf(number, number + 1);
    appendPlain(path, body);
  }
}

function appendPlain(path, body) {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(body.length);
  writeFileSync(path, Buffer.concat([head, body]), { flag: "a" });
}

function bodiesOf(from, to) {
  return Array.from({ length: to - from }, (_, index) =>
    Buffer.from(pageOf((from + index) % SITES, from + index, ORIGIN)),
  );
}

const seconds = ({ user, system }) => (user + system) / 1e6;

/** One gzip member a record; between the pages, pictures that do not compress. */
async function writeWarc(path, pages, ballastMb) {
  const out = createWriteStream(path);
  const put = (url, type, body) => putRecord(out, url, type, body);
  const each = Math.ceil((ballastMb * 1e6) / Math.max(1, pages / 10));
  const noise = Buffer.alloc(each);
  for (let at = 0, seed = 1; at + 4 <= noise.length; at += 4) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    noise.writeUInt32LE(seed, at);
  }
  for (let number = 0; number < pages; number++) {
    const [body] = bodiesOf(number, number + 1);
    await put(`${ORIGIN}/news/${number}-story`, "text/html; charset=utf-8", body);
    if (ballastMb > 0 && number % 10 === 0)
      await put(`${ORIGIN}/film-${number}.mp4`, "video/mp4", noise);
  }
  out.end();
  await finished(out);
}

async function putRecord(out, url, type, body) {
  const block = Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n\r\n`),
    body,
  ]);
  const head = [
    ...["WARC/1.0", "WARC-Type: response", `WARC-Target-URI: ${url}`],
    ...["WARC-Date: 2014-03-05T10:20:30Z", `Content-Length: ${block.length}`],
  ];
  const record = Buffer.concat([
    Buffer.from(`${head.join("\r\n")}\r\n\r\n`),
    block,
    Buffer.from("\r\n\r\n"),
  ]);
  const isText = type.startsWith("text/");
  if (!out.write(gzipSync(record, { level: isText ? 6 : 0 }))) {
    await new Promise((resolve) => out.once("drain", resolve));
  }
}
