/**
 * What datasets cost: rows a second and memory of each format, bytes an article; JSON Lines against
 * `sqlite3 -json`, turn about: asked for the view that is made for people, and for the same fields as
 * our record has. Both files are flushed to the disk.
 */
import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeArchive } from "./archive.mjs";
import { measure, median } from "./measure.mjs";

const WARRAQ = fileURLToPath(new URL("../../bin/warraq.js", import.meta.url));
const FORMATS = ["jsonl.gz", "json", "csv", "parquet", "md", "sqlite"];

/** The fields of a record of ours, each once, as plain as SQLite gives them. */
const RECORD = `
  SELECT 'a' || a.id AS id, p.url, v.details ->> '$.canonicalUrl' AS canonical_url,
    a.site_id AS source, q.host AS source_domain, v.details ->> '$.siteName' AS site_name, v.title,
    v.category, v.details ->> '$.categories' AS categories, v.details ->> '$.tags' AS tags,
    v.details ->> '$.authors' AS authors, v.excerpt, v.body, v.details ->> '$.language' AS language,
    v.details ->> '$.dir' AS dir, v.details ->> '$.imageUrl' AS image_url,
    v.details ->> '$.images' AS images, v.word_count,
    v.details ->> '$.published.iso' AS date_published,
    v.details ->> '$.published.raw' AS date_published_raw,
    v.details ->> '$.published.precision' AS date_published_precision,
    v.details ->> '$.published.source' AS date_published_from,
    v.details ->> '$.modified.iso' AS date_modified, a.places,
    strftime('%Y-%m-%dT%H:%M:%fZ', a.first_seen_at / 1000.0, 'unixepoch') AS date_first_seen,
    strftime('%Y-%m-%dT%H:%M:%fZ', a.last_seen_at / 1000.0, 'unixepoch') AS date_last_seen,
    strftime('%Y-%m-%dT%H:%M:%fZ', v.captured_at / 1000.0, 'unixepoch') AS date_downloaded,
    v.number AS version, a.versions, a.status, c.status AS http_status, c.via,
    'sha256:' || lower(hex(v.content)) AS content_hash,
    'sha256:' || lower(hex(b.digest)) AS raw_hash, lower(hex(v.near)) AS simhash,
    'a' || a.duplicate_of AS duplicate_of, 'c' || a.cluster_id AS cluster, v.program, v.rule,
    v.details ->> '$.method' AS method, v.details ->> '$.confidence' AS confidence,
    v.details ->> '$.isPartial' AS partial, v.subtitle,
    v.details ->> '$.originalSource' AS original_source
  FROM article a JOIN version v ON v.id = a.version_id JOIN page p ON p.id = a.page_id
  JOIN queue q ON q.id = p.queue_id JOIN capture c ON c.id = v.capture_id
  JOIN body b ON b.id = c.body_id ORDER BY a.id`;

/** @yields rows of the table of figures */
export async function* datasets({ folder, kept, articles, rounds, say }) {
  const db = join(kept ?? folder, `datasets-${articles}.db`);
  if (!existsSync(db)) {
    say(`making an archive of ${articles} articles`);
    await makeArchive(`${db}.part`, articles);
    renameSync(`${db}.part`, db);
  }
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
  const asked = async (query) => {
    const run = await measure("bash", [
      ...["-c", `sqlite3 -readonly -json "$0" "$1" > "$2" && sync "$2"`],
      ...[db, query, join(folder, "out.sqlite3.json")],
    ]);
    if (run.code !== 0) throw new Error(`sqlite3: ${run.stderr.slice(-400)}`);
    return run;
  };
  const runs = { ours: [], view: [], record: [] };
  for (let round = 0; round < rounds; round++) {
    runs.ours.push(await exported("jsonl"));
    runs.view.push(await asked("select * from articles"));
    runs.record.push(await asked(RECORD));
  }
  const last = runs.ours.at(-1);
  for (const [clock, name] of [
    ["wallSeconds", "rows per second"],
    ["cpuSeconds", "rows per CPU second"],
  ]) {
    const rate = (which) => articles / median(runs[which].map((run) => run[clock]));
    const against = (which) => `${(rate("ours") / rate(which)).toFixed(2)} × sqlite3 -json`;
    yield [
      `export of ${articles} articles to JSON Lines, ${name}`,
      rate("ours").toFixed(0),
      `${against("view")} of the view (${rate("view").toFixed(0)}), ${against("record")} of the same fields (${rate("record").toFixed(0)})`,
    ];
  }
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
