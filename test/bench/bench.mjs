/**
 * `npm run bench`: what warraq costs, in one interleaved run, as ratios. Prints a table and writes
 * it to test/bench/RESULTS.md, which the README quotes: figures are generated, never typed.
 *
 *   npm run bench                 everything (some minutes)
 *   npm run bench -- --quick      small counts, to see that it works; writes nothing
 *   npm run bench -- --only week  one part alone, whose section it replaces (endToEnd, extraction, memoryAndSearch, startUp,
 *                                 frontier, week, datasets, near, webArchives, storage, search)
 *
 * endToEnd compares with an older warraq, too, when WARRAQ_BENCH_BEFORE names a checkout of it with its
 * dist/ built. Archives of `search` are made anew (half an hour of CPU) unless WARRAQ_BENCH_ARCHIVES names a folder
 * that keeps them.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { datasets } from "./datasets.mjs";
import { frontier } from "./frontier.mjs";
import { measure, median } from "./measure.mjs";
import { near } from "./near.mjs";
import { pageOf } from "./pages.mjs";
import { sectionOf, writeSection } from "./results.mjs";
import { search } from "./search.mjs";
import { storage } from "./storage.mjs";
import { webArchives } from "./web-archives.mjs";
import { week } from "./week.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const WARRAQ = fileURLToPath(new URL("../../bin/warraq.js", import.meta.url));
const RESULTS = join(HERE, "RESULTS.md");
const isQuick = process.argv.includes("--quick");
const only = process.argv.includes("--only")
  ? process.argv[process.argv.indexOf("--only") + 1]
  : null;
const SITES = 10;
const ROUNDS = isQuick ? 1 : 3;
const SMALL = isQuick ? 100 : 1_000;
const LARGE = isQuick ? 400 : 20_000;
const EXTRACTIONS = isQuick ? 100 : 600;
const QUERIES = [
  "طرابلس",
  "المجلس البلدي",
  "أسعار الدينار",
  "مكتبة غدامس",
  "مستشفى -طبيب",
  "زيتون",
];

const folder = mkdtempSync(join(tmpdir(), "warraq-bench-"));
const rows = [];
const say = (text) => process.stderr.write(`${text}\n`);
const row = (what, figure, compared) => {
  rows.push([what, figure, compared]);
  say(`  ${what}: ${figure}${compared ? `  (${compared})` : ""}`);
};

try {
  const parts = {
    ...{ endToEnd, extraction, memoryAndSearch, startUp },
    ...{ frontier: aMillion, week: aWeek, datasets: allFormats, near: copies },
    ...{ webArchives: allArchives, storage: bytesOnDisk, search: questions },
  };
  if (only !== null && parts[only] === undefined) {
    throw new Error(`there is no part ${only}; there are ${Object.keys(parts).join(", ")}`);
  }
  for (const [name, part] of Object.entries(parts)) {
    if (only !== null && only !== name) continue;
    rows.length = 0;
    await part();
    const section = sectionOf(name, rows);
    console.log(section);
    if (!isQuick) writeSection(RESULTS, name, section, Object.keys(parts));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Crawl the same pages with warraq and with Scrapy, turn about; and with an older warraq, where
 * WARRAQ_BENCH_BEFORE names its built checkout.
 */
async function endToEnd() {
  const hasScrapy = spawnSync("scrapy", ["version"]).status === 0;
  if (!hasScrapy) say("scrapy is not installed (apt-get install python3-scrapy): ratio left out");
  const server = await serve(SITES, SMALL / SITES);
  const ours = [];
  const theirs = [];
  const older = process.env.WARRAQ_BENCH_BEFORE;
  const before = [];
  let bytesPerPage = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const db = join(folder, `e2e-${round}.db`);
      const run = await crawl(server.origins, db);
      ours.push(SMALL / run.cpuSeconds);
      bytesPerPage = statSync(db).size / SMALL;
      row(
        `round ${round + 1}, warraq: pages per CPU second`,
        ours.at(-1).toFixed(0),
        `${run.wallSeconds.toFixed(1)} s, ${run.peakRssMb.toFixed(0)} MB`,
      );
      if (older !== undefined) {
        const was = await crawl(server.origins, join(folder, `older-${round}.db`), older);
        before.push(SMALL / was.cpuSeconds);
      }
      if (!hasScrapy) continue;
      const spider = await measure("scrapy", [
        ...["runspider", join(HERE, "spider.py"), "-a", `origins=${server.origins.join(",")}`],
        ...["-a", `db=${join(folder, `scrapy-${round}.db`)}`],
      ]);
      theirs.push(SMALL / spider.cpuSeconds);
      row(
        `round ${round + 1}, Scrapy: pages per CPU second`,
        theirs.at(-1).toFixed(0),
        `${spider.wallSeconds.toFixed(1)} s, ${spider.peakRssMb.toFixed(0)} MB`,
      );
    }
  } finally {
    server.stop();
  }
  row(
    "end to end, pages per CPU second (median)",
    median(ours).toFixed(0),
    theirs.length
      ? `${(median(ours) / median(theirs)).toFixed(2)} × Scrapy's ${median(theirs).toFixed(0)}`
      : "Scrapy not installed",
  );
  if (before.length > 0) {
    row(
      "end to end, against the older warraq",
      `${(median(ours) / median(before)).toFixed(2)} ×`,
      `its ${median(before).toFixed(0)} pages per CPU second`,
    );
  }
  row("archive bytes per page of 100 KB", `${(bytesPerPage / 1024).toFixed(1)} KB`, "");
}

/** The pure middle alone, in this process. */
async function extraction() {
  const { createPageReader } = await import("../../dist/process/index.js");
  const { loadThemes } = await import("../../dist/sites/index.js");
  const read = createPageReader({ sites: [], themes: loadThemes() });
  const pages = Array.from({ length: EXTRACTIONS }, (_, number) =>
    Buffer.from(pageOf(number % SITES, number, "http://127.0.0.1")),
  );
  const run = (pack) => {
    const before = process.cpuUsage();
    for (const body of pages) {
      const headers = [["content-type", "text/html; charset=utf-8"]];
      read({
        url: "http://127.0.0.1/a",
        fetchedAt: Date.now(),
        headers,
        body,
        siteId: null,
        explain: false,
        pack,
      });
    }
    const { user, system } = process.cpuUsage(before);
    return EXTRACTIONS / ((user + system) / 1e6);
  };
  run(false);
  const rates = Array.from({ length: ROUNDS }, () => run(false));
  row("extraction of all fields, pages per CPU second", median(rates).toFixed(0), "");
  row(
    "… with fingerprint and packing for the archive",
    median(Array.from({ length: ROUNDS }, () => run(true))).toFixed(0),
    "",
  );
}

/** Memory must not follow the number of pages; search must stay quick. */
async function memoryAndSearch() {
  const peaks = [];
  const db = join(folder, "large.db");
  for (const pages of [SMALL, LARGE]) {
    const server = await serve(SITES, pages / SITES);
    rmSync(db, { force: true });
    try {
      const run = await crawl(server.origins, db);
      peaks.push(run.peakRssMb);
      row(
        `peak RSS of a crawl of ${pages} pages`,
        `${run.peakRssMb.toFixed(0)} MB`,
        `${(pages / run.cpuSeconds).toFixed(0)} pages per CPU second`,
      );
    } finally {
      server.stop();
    }
  }
  row(`memory at ${LARGE} pages against ${SMALL}`, `${(peaks[1] / peaks[0]).toFixed(2)} ×`, "");
  const { openStore } = await import("../../dist/store/index.js");
  const store = await openStore({ path: db, mode: "read" });
  const times = [];
  for (let round = 0; round < 20; round++) {
    for (const text of QUERIES) {
      const start = performance.now();
      await store.search({ text }, { limit: 20, sort: round % 2 ? "date" : "relevance" });
      times.push(performance.now() - start);
    }
  }
  await store.close();
  times.sort((a, b) => a - b);
  const at = (share) => `${times[Math.floor(times.length * share)].toFixed(1)} ms`;
  row(
    `search of ${LARGE} articles, p50 / p95`,
    `${at(0.5)} / ${at(0.95)}`,
    `${times.length} queries`,
  );
}

async function startUp() {
  const help = [];
  const nothing = [];
  for (let round = 0; round < (isQuick ? 3 : 15); round++) {
    help.push((await measure(process.execPath, [WARRAQ, "--help"])).wallSeconds * 1000);
    nothing.push((await measure(process.execPath, ["-e", "0"])).wallSeconds * 1000);
  }
  row(
    "warraq --help",
    `${median(help).toFixed(0)} ms`,
    `${(median(help) / median(nothing)).toFixed(2)} × node -e 0 (${median(nothing).toFixed(0)} ms)`,
  );
}

/** The frontier at a million known URLs. */
async function aMillion() {
  const urls = isQuick ? 20_000 : 1_000_000;
  for (const cells of await frontier({ urls, say })) row(...cells);
}

/** Bytes on disk and what they cost. */
async function bytesOnDisk() {
  const perSite = isQuick ? 20 : 100;
  const archive = join(folder, "storage.db");
  const server = await serve(SITES, perSite);
  try {
    await crawl(server.origins, archive);
    const given = { archive, origins: server.origins, perSite, folder, warraq: WARRAQ, say };
    for (const cells of await storage(given)) row(...cells);
  } finally {
    server.stop();
  }
}

/** Asking archives of up to a million articles. */
async function questions() {
  const sizes = isQuick ? [2_000] : [20_000, 200_000, 1_000_000];
  const kept = process.env.WARRAQ_BENCH_ARCHIVES ?? null;
  for (const cells of await search({ sizes, folder, kept, say })) row(...cells);
}

/** A simulated week of ten newsrooms, kept current by an hourly crawl. */
async function aWeek() {
  const { rows: cells, recall } = await week({ days: isQuick ? 1 : 7, say });
  for (const one of cells) row(...one);
  if (recall < 1) throw new Error(`the week's recall is ${recall}`);
}

/** Exports of every format. */
async function allArchives() {
  const size = { pages: isQuick ? 100 : 3_000, ballastMb: isQuick ? 20 : 400 };
  for await (const each of webArchives({ folder, rounds: ROUNDS, say, ...size })) row(...each);
}

async function allFormats() {
  const articles = isQuick ? 1_000 : 100_000;
  const kept = process.env.WARRAQ_BENCH_ARCHIVES ?? null;
  const given = { folder, kept, articles, rounds: ROUNDS, say };
  for await (const cells of datasets(given)) row(...cells);
}

/** Near copies: recall and precision on 20,000 articles, and the cost of one more at a million. */
async function copies() {
  const sizes = isQuick ? { count: 2_000, scale: 10_000 } : { count: 20_000, scale: 1_000_000 };
  for (const cells of await near({ ...sizes, say })) row(...cells);
}

async function crawl(origins, db, checkout = null) {
  const run = await measure(process.execPath, [
    ...[
      checkout === null ? WARRAQ : join(checkout, "bin/warraq.js"),
      "crawl",
      ...origins.map((origin) => `${origin}/`),
    ],
    ...["--archive", db, "--allow-private", "--delay", "0", "--concurrency", "10", "-q"],
  ]);
  if (run.code !== 0) throw new Error(`crawl failed (${run.code}): ${run.stderr.slice(-500)}`);
  return run;
}

async function serve(sites, pages) {
  const child = spawn(process.execPath, [join(HERE, "server.mjs"), sites, pages], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise((resolve) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text);
    });
  });
  return { origins: JSON.parse(line).origins, stop: () => child.kill() };
}
