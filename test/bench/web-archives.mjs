/**
 * What web archives cost: reading records, importing pages (against the extraction of the same pages
 * alone, turn about), memory by size of file, and writing WARC and WACZ.
 */
import { createReadStream, createWriteStream, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { measure, median } from "./measure.mjs";
import { pageOf } from "./pages.mjs";

const WARRAQ = fileURLToPath(new URL("../../bin/warraq.js", import.meta.url));
const SITES = 10;
const ORIGIN = "http://dead.example";

/** @yields rows of the table of figures */
export async function* webArchives({ folder, pages, rounds, ballastMb, say }) {
  const small = join(folder, "pages.warc.gz");
  say(`making a WARC of ${pages} pages`);
  const bodies = Array.from({ length: pages }, (_, number) =>
    Buffer.from(pageOf(number % SITES, number, ORIGIN)),
  );
  await writeWarc(small, bodies, 0);
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

  const shares = [];
  const imports = [];
  const ceilings = [];
  let last;
  for (let round = 0; round < rounds; round++) {
    ceilings.push(await ceiling(bodies));
    last = await imported(folder, small);
    imports.push(pages / last.cpuSeconds);
    shares.push(imports.at(-1) / ceilings.at(-1));
  }
  yield [
    "import of a WARC, pages per CPU second",
    median(imports).toFixed(0),
    `${median(shares).toFixed(2)} of extracting and packing the same pages alone (${median(ceilings).toFixed(0)})`,
  ];

  const large = join(folder, "large.warc.gz");
  await writeWarc(large, bodies, ballastMb);
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

async function imported(folder, file) {
  const db = join(folder, "import.db");
  for (const suffix of ["", "-wal", "-shm", "-lock"]) rmSync(`${db}${suffix}`, { force: true });
  const run = await measure(process.execPath, [WARRAQ, "import", file, "--archive", db]);
  if (run.code !== 0) throw new Error(`import: ${run.stderr.slice(-400)}`);
  return run;
}

/** What the same pages cost when they are only read, and packed for the archive. */
async function ceiling(bodies) {
  const { createPageReader } = await import("../../dist/process/index.js");
  const { loadThemes } = await import("../../dist/sites/index.js");
  const read = createPageReader({ sites: [], themes: loadThemes() });
  const headers = [["content-type", "text/html; charset=utf-8"]];
  const before = process.cpuUsage();
  for (const [number, body] of bodies.entries()) {
    const url = `${ORIGIN}/news/${number}-story`;
    read({
      url,
      fetchedAt: 1_400_000_000_000,
      headers,
      body,
      siteId: null,
      explain: false,
      pack: true,
    });
  }
  return bodies.length / seconds(process.cpuUsage(before));
}

const seconds = ({ user, system }) => (user + system) / 1e6;

/** One gzip member a record; between the pages, pictures that do not compress. */
async function writeWarc(path, bodies, ballastMb) {
  const out = createWriteStream(path);
  const put = async (url, type, body) => {
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
  };
  const each = Math.ceil((ballastMb * 1e6) / Math.max(1, bodies.length / 10));
  const noise = Buffer.alloc(each);
  for (let at = 0, seed = 1; at + 4 <= noise.length; at += 4) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    noise.writeUInt32LE(seed, at);
  }
  for (const [number, body] of bodies.entries()) {
    await put(`${ORIGIN}/news/${number}-story`, "text/html; charset=utf-8", body);
    if (ballastMb > 0 && number % 10 === 0)
      await put(`${ORIGIN}/film-${number}.mp4`, "video/mp4", noise);
  }
  out.end();
  await finished(out);
}
