/** What is written is read by programs that are not ours: DuckDB, Python, SQLite's own functions. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { exportArticles, toExportRecord } from "../../src/export/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { recordOf, storeOf } from "./records.ts";

const RECORDS = [
  recordOf(),
  recordOf({
    id: "a2",
    version: 3,
    article: {
      title: "١٢ ألف «كتاب» \u{1f4da}\n",
      published: null,
      authors: [],
      images: [],
      category: null,
      categories: [],
    },
  }),
  recordOf({ id: "a3", article: { tags: ["أ", "", "ب"], isPartial: true, confidence: 0.1 } }),
];

async function duck(sql: string): Promise<readonly Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

test("DuckDB reads Parquet back: Arabic, nulls, lists, structures and instants, exactly", async () => {
  const target = `${temporaryFolder()}/articles.parquet`;
  const { records } = await exportArticles(storeOf(RECORDS), { target });
  expect(records).toBe(3);
  const rows = await duck(`SELECT * FROM '${target}' ORDER BY id`);
  const back = rows.map(({ date_published_iso, date_modified_iso, ...row }) => {
    const first = String(row.date_first_seen);
    // DuckDB's own text of a timestamp with zone; the text with the printed offset stands beside it.
    expect(first).toMatch(/^2026-05-16 20:00:00(\.000)?(\+00)?$/u);
    return { ...row, date_published: date_published_iso, date_modified: date_modified_iso };
  });
  for (const [index, record] of RECORDS.entries()) {
    const { date_first_seen, date_last_seen, date_downloaded, ...rest } = toExportRecord(record);
    expect(back[index]).toMatchObject(JSON.parse(JSON.stringify(rest)));
  }
  const [typed] = await duck(`
    SELECT count(*)::INT AS n, typeof(any_value(date_published)) AS type,
      epoch_ms(max(date_published))::VARCHAR AS at,
      sum(len(tags))::INT AS tags, sum(len(images))::INT AS images,
      max(images[1].alt) AS alt, min(extractor.confidence) AS least
    FROM '${target}'`);
  expect(typed).toMatchObject({
    n: 3,
    at: String(Date.parse("2026-05-15T22:00:00Z")),
    tags: 3,
    images: 2,
    alt: "المكتبة",
    least: 0.1,
  });
  expect(String(typed?.type)).toMatch(/^TIMESTAMP/u);
});

test("the package of a Parquet file names its columns, all of them and in order", async () => {
  const folder = temporaryFolder();
  const card = { title: null, license: null, takedown: null, program: "warraq" };
  await exportArticles(storeOf(RECORDS), { target: `${folder}/a.parquet`, card });
  const { resources } = JSON.parse(readFileSync(`${folder}/datapackage.json`, "utf8"));
  const columns = await duck(`SELECT column_name AS name FROM (DESCRIBE '${folder}/a.parquet')`);
  expect(resources[0].schema.fields.map(({ name }: { name: string }) => ({ name }))).toEqual(
    columns,
  );
});

test("Parquet of nothing is a table without rows; of many records, several row groups", async () => {
  const folder = temporaryFolder();
  await exportArticles(storeOf([]), { target: `${folder}/none.parquet` });
  expect(await duck(`SELECT count(*)::INT AS n FROM '${folder}/none.parquet'`)).toEqual([{ n: 0 }]);
  const many = Array.from({ length: 5_003 }, (_, index) => recordOf({ id: `a${index}` }));
  await exportArticles(storeOf(many), { target: `${folder}/many.parquet` });
  const [groups] = await duck(`
    SELECT count(DISTINCT row_group_id)::INT AS groups,
      (SELECT count(DISTINCT id)::INT FROM '${folder}/many.parquet') AS ids
    FROM parquet_metadata('${folder}/many.parquet')`);
  expect(groups).toEqual({ groups: 2, ids: 5_003 });
});

test("a SQLite file is one typed table that SQLite itself calls sound, the same bytes each time", async () => {
  const folder = temporaryFolder();
  for (const name of ["1", "2"]) {
    await exportArticles(storeOf(RECORDS), { target: `${folder}/${name}.sqlite` });
  }
  const bytes = readFileSync(`${folder}/1.sqlite`);
  expect(bytes.equals(readFileSync(`${folder}/2.sqlite`))).toBe(true);
  const db = new Sqlite(`${folder}/1.sqlite`, { readonly: true });
  expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
  const rows = db.prepare("SELECT id, title, date_published, word_count, authors FROM articles");
  expect(rows.all()).toEqual(
    RECORDS.map(toExportRecord).map(({ id, title, date_published, word_count, authors }) => ({
      ...{ id, title, date_published, word_count, authors: JSON.stringify(authors) },
    })),
  );
  const list = db
    .prepare("SELECT value FROM articles, json_each(authors) WHERE articles.id = 'a1'")
    .pluck();
  expect(list.all()).toEqual(["سالم أحمد", "منى علي"]);
  db.close();
});

test.each([
  ["csv", "list(csv.DictReader(open(f, encoding='utf-8', newline='')))"],
  ["csv.gz", "list(csv.DictReader(gzip.open(f, 'rt', encoding='utf-8', newline='')))"],
  ["json", "json.load(open(f, encoding='utf-8'))"],
  ["jsonl", "[json.loads(line) for line in open(f, encoding='utf-8')]"],
  ["jsonl.gz", "[json.loads(line) for line in gzip.open(f, 'rt', encoding='utf-8')]"],
  [
    "sqlite",
    "[dict(r) for r in (lambda c: (setattr(c, 'row_factory', sqlite3.Row), c)[1])(sqlite3.connect(f)).execute('select * from articles')]",
  ],
])("Python's own library reads .%s and finds what was written", async (suffix, read) => {
  const target = `${temporaryFolder()}/articles.${suffix}`;
  await exportArticles(storeOf(RECORDS), { target, fields: ["id", "title", "body", "word_count"] });
  const script = `import csv, gzip, json, sqlite3, sys
f = sys.argv[1]
csv.field_size_limit(10**9)
rows = ${read}
print(json.dumps([{k: str(v) for k, v in row.items()} for row in rows]))`;
  const rows = JSON.parse(execFileSync("python3", ["-c", script, target]).toString());
  expect(rows).toEqual(
    RECORDS.map(toExportRecord).map(({ id, title, body, word_count }) => ({
      ...{ id, title, body, word_count: String(word_count) },
    })),
  );
});

test("Markdown shows what the page said and obeys none of it", async () => {
  const hostile = recordOf({
    article: {
      title: "*bold*\n# heading",
      body: "# not a heading\n\n- no list\n\n1. no list\n\n<script>alert(1)</script> [x](javascript:y)\n\nA = b",
      authors: [],
    },
  });
  const target = `${temporaryFolder()}/articles.md`;
  await exportArticles(storeOf([hostile]), { target, fields: ["id", "title", "authors", "body"] });
  expect(readFileSync(target, "utf8")).toBe(
    '# \\*bold\\* # heading\n\n```yaml\nid: "a1"\n```\n\n' +
      "\\# not a heading\n\n\\- no list\n\n1\\. no list\n\n\\<script\\>alert(1)\\</script\\> \\[x\\](javascript:y)\n\nA = b\n",
  );
});
