import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  EXPORT_FIELDS,
  exportArticles,
  loadArticleSchema,
  toExportRecord,
} from "../../src/export/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { recordOf, storeOf } from "./records.ts";

const RECORDS = [recordOf(), recordOf({ id: "a2", article: { title: "=cmd", published: null } })];

test("a record has exactly the documented fields, in order, and fits the schema", async () => {
  const { articleSchema, articleJsonSchema } = await loadArticleSchema();
  const record = toExportRecord(recordOf());
  expect(Object.keys(record)).toEqual(EXPORT_FIELDS);
  expect(Object.keys(articleSchema.shape)).toEqual(EXPORT_FIELDS);
  expect(articleSchema.parse(record)).toEqual(record);
  expect(articleJsonSchema()).toMatchObject({
    required: EXPORT_FIELDS,
    additionalProperties: false,
  });
  expect(record).toMatchObject({
    source: "sahel",
    categories: ["محلي", "ثقافة"],
    date_published: "2026-05-16T00:00:00+02:00",
    date_published_raw: "16 الماء/مايو 2026",
    date_first_seen: "2026-05-16T20:00:00.000Z",
    date_modified: null,
    content_hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/u),
  });
});

test("text is NFC, whatever the page wrote", () => {
  const record = toExportRecord(recordOf({ article: { title: "ا\u0653ب", tags: ["e\u0301"] } }));
  expect([record.title, record.tags[0]]).toEqual(["آب", "é"]);
});

test.each([
  [
    "articles.jsonl",
    (text: string) =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
  ],
  [
    "articles.ndjson",
    (text: string) =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
  ],
  ["articles.json", (text: string) => JSON.parse(text)],
])("%s holds every record, whole", async (name, read) => {
  const target = `${temporaryFolder()}/${name}`;
  const report = await exportArticles(storeOf(RECORDS), { target });
  const text = readFileSync(target, "utf8");
  expect(read(text)).toEqual(RECORDS.map(toExportRecord));
  expect(report).toMatchObject({ records: 2, bytes: Buffer.byteLength(text) });
});

test("CSV has a header, a line per record, and no formulas", async () => {
  const target = `${temporaryFolder()}/articles.csv`;
  await exportArticles(storeOf(RECORDS), {
    target,
    fields: ["id", "title", "authors", "date_published"],
  });
  expect(readFileSync(target, "utf8")).toBe(
    'id,title,authors,date_published\r\na1,افتتاح مكتبة عامة في مصراتة,"سالم أحمد; منى علي",2026-05-16T00:00:00+02:00\r\n' +
      'a2,\'=cmd,"سالم أحمد; منى علي",\r\n',
  );
});

test("CSV for Excel begins with a byte order mark", async () => {
  const target = `${temporaryFolder()}/articles.csv`;
  await exportArticles(storeOf([]), { target, fields: ["id"], hasBom: true });
  expect(readFileSync(target, "utf8")).toBe("\uFEFFid\r\n");
});

test.each([
  ["empty.jsonl", ""],
  ["empty.json", "[]\n"],
])("an export of nothing is a whole file: %s", async (name, content) => {
  const target = `${temporaryFolder()}/${name}`;
  await exportArticles(storeOf([]), { target });
  expect(readFileSync(target, "utf8")).toBe(content);
});

test.each([
  ["by suffix", "articles.jsonl.gz", {}],
  ["when asked", "articles.jsonl", { isGzip: true }],
])("compresses %s, the same records to the same bytes", async (_, name, options) => {
  const folder = temporaryFolder();
  await exportArticles(storeOf(RECORDS), { target: `${folder}/1-${name}`, ...options });
  await exportArticles(storeOf(RECORDS), { target: `${folder}/2-${name}`, ...options });
  const packed = readFileSync(`${folder}/1-${name}`);
  expect(packed.equals(readFileSync(`${folder}/2-${name}`))).toBe(true);
  expect(gunzipSync(packed).toString().split("\n")).toHaveLength(3);
});

test("to stdout, waiting for whoever reads it", async () => {
  const many = Array.from({ length: 500 }, (_, index) => recordOf({ id: `a${index}` }));
  let isBusy = false;
  let text = "";
  const report = await exportArticles(storeOf(many), {
    target: "-",
    async stdout(bytes) {
      expect(isBusy).toBe(false);
      isBusy = true;
      await new Promise((resolve) => setImmediate(resolve));
      text += Buffer.from(bytes).toString();
      isBusy = false;
    },
  });
  expect(report).toMatchObject({ format: "jsonl", records: 500 });
  expect(text.trimEnd().split("\n")).toHaveLength(500);
});

test.each([
  ["no format to be told from the name", "articles.xlsx", {}, "E_USAGE"],
  ["a field that does not exist", "articles.csv", { fields: ["id", "headline"] }, "E_USAGE"],
  ["a field named twice", "articles.csv", { fields: ["id", "id"] }, "E_USAGE"],
  ["a field of another profile", "a.csv", { fields: ["maintext"] }, "E_USAGE"],
  ["a folder that does not exist", "no/such/articles.csv", {}, "E_INPUT"],
  ["a target that is a folder", "folder.csv", {}, "E_INPUT"],
  ["a target that exists", "there.csv", {}, "E_TARGET_EXISTS"],
])("%s is refused and leaves nothing behind", async (_, name, options, code) => {
  const folder = temporaryFolder();
  mkdirSync(`${folder}/folder.csv`);
  writeFileSync(`${folder}/there.csv`, "mine");
  await expect(
    exportArticles(storeOf(RECORDS), { target: `${folder}/${name}`, ...options }),
  ).rejects.toMatchObject({ code });
  expect(readdirSync(folder).sort()).toEqual(["folder.csv", "there.csv"]);
  expect(readFileSync(`${folder}/there.csv`, "utf8")).toBe("mine");
});

test("--force replaces a file, through a symbolic link too", async () => {
  const folder = temporaryFolder();
  writeFileSync(`${folder}/real.jsonl`, "old");
  symlinkSync("real.jsonl", `${folder}/link.jsonl`);
  await exportArticles(storeOf(RECORDS), { target: `${folder}/link.jsonl`, isForced: true });
  expect(readFileSync(`${folder}/real.jsonl`, "utf8").split("\n")).toHaveLength(3);
  expect(readdirSync(folder).sort()).toEqual(["link.jsonl", "real.jsonl"]);
});

test("a link whose file is not there yet stays a link, and its file appears", async () => {
  const folder = temporaryFolder();
  symlinkSync("real.jsonl", `${folder}/link.jsonl`);
  symlinkSync("link.jsonl", `${folder}/again.jsonl`);
  await exportArticles(storeOf(RECORDS), { target: `${folder}/again.jsonl` });
  expect(readdirSync(folder).sort()).toEqual(["again.jsonl", "link.jsonl", "real.jsonl"]);
  expect(lstatSync(`${folder}/again.jsonl`).isSymbolicLink()).toBe(true);
  symlinkSync("none/real.jsonl", `${folder}/lost.jsonl`);
  await expect(
    exportArticles(storeOf(RECORDS), { target: `${folder}/lost.jsonl` }),
  ).rejects.toMatchObject({ code: "E_INPUT" });
});

test("a failure on the way leaves the old file and no temporary one", async () => {
  const folder = temporaryFolder();
  const target = `${folder}/articles.jsonl`;
  writeFileSync(target, "old");
  async function* broken() {
    for (let index = 0; index < 2_000; index++) yield recordOf({ id: `a${index}` });
    throw new Error("the archive went away");
  }
  await expect(exportArticles(storeOf(broken()), { target, isForced: true })).rejects.toThrow(
    "went away",
  );
  expect(readdirSync(folder)).toEqual(["articles.jsonl"]);
  expect(readFileSync(target, "utf8")).toBe("old");
});

test("stopping on the way leaves nothing", async () => {
  const folder = temporaryFolder();
  const stop = new AbortController();
  async function* stopped() {
    yield recordOf();
    stop.abort("SIGINT");
    yield recordOf({ id: "a2" });
  }
  const target = `${folder}/articles.json.gz`;
  const work = exportArticles(storeOf(stopped()), { target, signal: stop.signal });
  await expect(work).rejects.toBe("SIGINT");
  expect(readdirSync(folder)).toEqual([]);
});

test("a full disk is said so", async () => {
  const work = exportArticles(storeOf(RECORDS), { target: "/dev/full", format: "jsonl" });
  await expect(work).rejects.toMatchObject({
    code: "E_DISK_FULL",
    message: expect.stringMatching(/^\/dev\/full: the disk is full/u),
  });
});

test("a device is written to, not replaced", async () => {
  await exportArticles(storeOf(RECORDS), { target: "/dev/null", format: "jsonl" });
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
});
