/**
 * What datasets cost: rows a second and memory of each format, bytes an article; JSON Lines against
 * `sqlite3 -json` asked for the same columns of the same archive, turn about.
 */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeArchive } from "./archive.mjs";
import { measure, median } from "./measure.mjs";

const WARRAQ = fileURLToPath(new URL("../../bin/warraq.js", import.meta.url));
const FORMATS = ["jsonl.gz", "json", "csv", "parquet", "md", "sqlite"];

/** @yields rows of the table of figures */
export async function* datasets({ folder, articles, rounds, say }) {
  const db = join(folder, "datasets.db");
  say(`making an archive of ${articles} articles`);
  await makeArchive(db, articles);
  const exported = async (suffix) => {
    const target = join(folder, `out.${suffix}`);
    const run = await measure(process.execPath, [
      ...[WARRAQ, "export", "--archive", db, "-o", target, "--force", "-q"],
    ]);
    if (run.code !== 0) throw new Error(`export to ${suffix}: ${run.stderr.slice(-400)}`);
    const bytes = statSync(target).size;
    rmSync(target);
    return { ...run, bytes };
  };
  const ours = [];
  const theirs = [];
  let last;
  for (let round = 0; round < rounds; round++) {
    last = await exported("jsonl");
    ours.push(articles / last.wallSeconds);
    const run = await measure("bash", [
      "-c",
      `sqlite3 -readonly -json "$0" "select * from articles" > "$1"`,
      db,
      join(folder, "out.sqlite3.json"),
    ]);
    theirs.push(articles / run.wallSeconds);
  }
  yield [
    `export of ${articles} articles to JSON Lines, rows per second`,
    median(ours).toFixed(0),
    `${(median(ours) / median(theirs)).toFixed(2)} × sqlite3 -json of the view (${median(theirs).toFixed(0)})`,
  ];
  yield sizeRow("jsonl", last, articles);
  for (const suffix of FORMATS) yield sizeRow(suffix, await exported(suffix), articles);
}

function sizeRow(suffix, { bytes, cpuSeconds, peakRssMb, wallSeconds }, articles) {
  return [
    `… .${suffix}, rows per second`,
    (articles / wallSeconds).toFixed(0),
    `${(bytes / articles / 1000).toFixed(2)} KB an article, ${(articles / cpuSeconds).toFixed(0)} rows per CPU second, ${peakRssMb.toFixed(0)} MB`,
  ];
}
