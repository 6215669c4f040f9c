/**
 * Real pages, the whole way: serves page sets with known truth from loopback as if each were one
 * site, crawls them with the command a user types, searches, exports, and compares what came out.
 *
 *   node test/real/crawl-real-pages.mjs [folder] [set …]     default ../shared/eval, arabic fundus
 *
 * The pages are their publishers' and are not part of the project: without the folder it says so.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { measure } from "../bench/measure.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const WARRAQ = join(ROOT, "bin/warraq.js");
const folder = resolve(process.argv[2] ?? join(ROOT, "../shared/eval"));
const sets = process.argv.length > 3 ? process.argv.slice(3) : ["arabic", "fundus"];

if (!existsSync(folder)) {
  console.log(`skipped: ${folder} is not here (real pages are not part of the project)`);
  process.exit(0);
}
const { fold, scorePage, summarise } = await import(join(folder, "score-extraction.mjs"));
const work = mkdtempSync(join(tmpdir(), "warraq-real-"));
console.log(
  "| set | pages | stored | skipped, by kind | titles right | body F1 | seconds | CPU s | page bytes | archive bytes |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|");
try {
  for (const set of sets) await crawlSet(set);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function crawlSet(set) {
  const truth = JSON.parse(readFileSync(join(folder, set, "truth.json"), "utf8"));
  const ids = Object.keys(truth);
  const pages = new Map(ids.map((id) => [`/news/${id}`, truth[id]]));
  let bytes = 0;
  const server = createServer((request, response) => {
    const page = pages.get(request.url);
    if (page) {
      const body = gunzipSync(readFileSync(join(folder, page.html_path)));
      bytes += body.length;
      // The pages come without their headers, so the charset is left to the bytes, as often on the web.
      response.writeHead(200, { "content-type": "text/html" }).end(body);
    } else if (request.url === "/sitemap.xml") {
      const urls = [...pages.keys()].map((path) => `<url><loc>${origin}${path}</loc></url>`);
      response.writeHead(200, { "content-type": "application/xml" });
      response.end(
        `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join("")}</urlset>`,
      );
    } else if (request.url === "/robots.txt") {
      response.end(`User-agent: *\nDisallow:\nSitemap: ${origin}/sitemap.xml\n`);
    } else response.writeHead(404).end();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const db = join(work, `${set}.db`);
  const run = await measure(process.execPath, [
    ...[WARRAQ, "crawl", `${origin}/`, "--archive", db],
    ...["--allow-private", "--delay", "0", "--fail-on", "1", "-q"],
  ]);
  server.close();
  if (run.code !== 0) console.error(`crawl exited ${run.code}: ${run.stderr}`);
  const warraq = (...words) =>
    execFileSync(process.execPath, [WARRAQ, ...words, "--archive", db], {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
  const out = join(work, `${set}.jsonl`);
  warraq("export", "-o", out);
  const records = readFileSync(out, "utf8")
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const byId = new Map(records.map((record) => [record.url.split("/").at(-1), record]));
  const scored = ids.map((id) => {
    const record = byId.get(id);
    return scorePage(truth[id], record && { title: record.title, body: record.body });
  });
  const summary = summarise(scored);
  const reasons = JSON.parse(
    warraq(
      "sql",
      "select reason, count(*) as n from visits where result = 'skipped' group by reason",
      "--json",
    ),
  );
  const skipped =
    (reasons.items ?? reasons).map(({ reason, n }) => `${reason} ${n}`).join(", ") || "none";
  const title = summary.title
    ? `${(summary.title.hit * 100).toFixed(1)} % of ${summary.title.n}`
    : "no truth";
  console.log(
    `| ${[set, ids.length, records.length, skipped, title, summary.body.f1.toFixed(3), run.wallSeconds.toFixed(1), run.cpuSeconds.toFixed(1), bytes, statSync(db).size].join(" | ")} |`,
  );
  const missing = ids.filter((id) => !byId.has(id));
  if (missing.length > 0) console.log(`\nnot stored: ${missing.join(", ")}\n`);
  const probe = records.find(({ title: text }) => fold(text).split(" ").length > 3);
  const words = fold(probe.title).split(" ").slice(0, 3);
  const hits = JSON.parse(warraq("search", ...words, "--json"));
  if (!JSON.stringify(hits).includes(probe.url))
    console.log(`search for "${words.join(" ")}" did not find ${probe.url}`);
}
