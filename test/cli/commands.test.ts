/** Every reading command on a real archive, as a person or a script would use it. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EXPORT_FIELDS, loadArticleSchema } from "../../src/export/index.ts";
import { displayWidth } from "../../src/text/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { filledArchive } from "./given-archive.ts";
import { warraq } from "./harness.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point
const DANGEROUS = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066\u2067]/u;

async function inArchive(words: readonly string[], world = {}) {
  const archive = await filledArchive();
  return warraq([...words, "--archive", archive], world);
}

test("search finds a word in another spelling and marks it", async () => {
  const { code, out, err } = await inArchive(["search", "مكتبه"]);
  expect(out).toContain("افتتاح «مكتبة» عامة في مصراتة اليوم");
  expect(out).toMatch(/^id {2}date +site +category {2}title\n/u);
  expect(err).toBe("1 of 1 shown\n");
  expect(code).toBe(0);
});

test("search with colour marks in colour", async () => {
  const { out } = await inArchive(["search", "مكتبه"], { color: true, isTty: true, columns: 100 });
  expect(out).toContain("\x1b[1;33mمكتبة\x1b[0m");
  expect(out).not.toContain("«مكتبة»");
});

test("--no-color and -q are understood before and after the command", async () => {
  const color = { color: true, isTty: true };
  const after = await inArchive(["search", "مكتبه", "--no-color", "-q"], color);
  const archive = await filledArchive();
  const before = await warraq(["--no-color", "-q", "--archive", archive, "search", "مكتبه"], color);
  for (const { out, err } of [after, before]) {
    expect(out).toContain("«مكتبة»");
    expect(err).toBe("");
  }
});

test("the archive can be named by WARRAQ_ARCHIVE", async () => {
  const archive = await filledArchive();
  const { code, out } = await warraq(["list", "--csv", "--fields", "id"], {
    env: { WARRAQ_ARCHIVE: archive },
  });
  expect(out.split("\r\n").sort()).toEqual(["", "a1", "a2", "a3", "id"]);
  expect(code).toBe(0);
});

test("a word with a minus excludes", async () => {
  const { out } = await inArchive(["search", "مصراتة", "-مكتبة", "--json"]);
  expect(JSON.parse(out)).toEqual([]);
});

test.each([
  ["--json", (out: string) => JSON.parse(out)],
  [
    "--jsonl",
    (out: string) =>
      out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
  ],
])("list %s prints records that fit the schema", async (flag, read) => {
  const { articleSchema } = await loadArticleSchema();
  const { out } = await inArchive(["list", flag]);
  const records = read(out);
  expect(records).toHaveLength(3);
  for (const record of records)
    expect(Object.keys(articleSchema.parse(record))).toEqual(EXPORT_FIELDS);
});

test.each([
  [["list", "--site", "marsa"], ["a3"]],
  [
    ["list", "--site", "marsa,sahel", "--language", "ar"],
    ["a1", "a2"],
  ],
  [["list", "--author", "mona"], ["a3"]],
  [
    ["list", "--category", "محلى"],
    ["a1", "a3"],
  ],
  [
    ["list", "--from", "2026-05-16", "--to", "2026-05-16", "--category", "ثقافه"],
    ["a1", "a3"],
  ],
  [["list", "--to", "2025"], []],
  [["list", "harbour"], ["a3"]],
  [
    ["list", "--limit", "0"],
    ["a1", "a2", "a3"],
  ],
  [["list", "--status", "gone"], []],
])("%j lists %j", async (words, ids) => {
  const { out } = await inArchive([...words, "--jsonl", "--fields", "id"]);
  const found = out.split("\n").flatMap((line) => (line === "" ? [] : JSON.parse(line).id));
  expect(found.sort()).toEqual(ids);
});

test("a limit limits, whatever the order", async () => {
  const { out } = await inArchive(["list", "-n", "2", "--jsonl"]);
  expect(out.trimEnd().split("\n")).toHaveLength(2);
});

test("an unknown field is named, with those there are", async () => {
  const { code, err } = await inArchive(["list", "--json", "--fields", "id,headline"]);
  expect(err).toMatch(/^warraq: there is no field "headline"; there are id, url,.*\n$/u);
  expect(code).toBe(2);
});

test.each([80, 200])(
  "tables fit %d columns and hold nothing that acts on a terminal",
  async (columns) => {
    for (const words of [
      ["list"],
      ["search", "خبر"],
      ["history", "a2"],
      ["sites", "list"],
      ["stats"],
    ]) {
      const { out } = await inArchive(words, { columns, isTty: true });
      expect(out).not.toMatch(DANGEROUS);
      for (const line of out.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    }
  },
);

test.each([
  [["list"]],
  [["list", "--json"]],
  [["list", "--jsonl"]],
  [["list", "--csv"]],
  [["show", "a2"]],
  [["show", "a2", "--json"]],
  [["show", "a2", "--raw"]],
  [["export", "-o", "-", "--fields", "id,title,body"]],
])("%j on a terminal lets no page act on it", async (words) => {
  const { out } = await inArchive(words, { isTty: true });
  expect(out).toContain("أحمر".slice(0, words.includes("--raw") ? 0 : undefined));
  expect(out.replaceAll("\r\n", "\n")).not.toMatch(DANGEROUS);
});

test("JSON keeps every character, in escapes where a terminal would act", async () => {
  const { out } = await inArchive(["show", "a2", "--json"]);
  expect(out).not.toMatch(DANGEROUS);
  expect(JSON.parse(out).title).toBe('=HYPERLINK("x") \u001b[31mأحمر\u001b[0m \u202Eعكس');
});

test("show prints the article for reading, by id or by URL", async () => {
  for (const word of ["a1", "https://sahel.example/2026/05/16/maktaba/"]) {
    const { code, out } = await inArchive(["show", word]);
    expect(out).toMatch(/^افتتاح مكتبة عامة في مصراتة اليوم\n\nid: +a1\n/u);
    expect(out).toContain("version:    2 of 2");
    expect(out).toContain("\n\nافتُتحت في مدينة مصراتة مكتبة عامة.\n\nوتضم خمسة عشر ألف كتاب.\n");
    expect(code).toBe(0);
  }
});

test("show --version gives the text as it was", async () => {
  const { out } = await inArchive(["show", "a1", "--version", "1", "--json"]);
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    versions: 2,
    title: "افتتاح مكتبة عامة في مصراتة",
  });
});

test("show --raw in a pipe gives the page's own bytes", async () => {
  const { bytes } = await inArchive(["show", "a1", "--raw", "--version", "1"]);
  const page =
    "<!doctype html><title>0</title><p>افتُتحت في مدينة مصراتة مكتبة عامة.\n\nوتضم عشرين ألف كتاب.";
  expect(Buffer.from(bytes).toString("utf8")).toBe(page);
});

test.each([
  ["show", "a99"],
  ["show", "a1", "--version", "3"],
  ["history", "a99"],
  ["diff", "a99"],
  ["diff", "a1", "1..9"],
])("%j is not found: one line, exit 2", async (...words) => {
  const { code, out, err } = await inArchive(words);
  expect(err).toMatch(/^warraq: there is no .*\n$/u);
  expect(out).toBe("");
  expect(code).toBe(2);
});

test("history lists the versions and what each changed", async () => {
  const { out } = await inArchive(["history", "a1", "--json"]);
  const versions = JSON.parse(out);
  expect(versions).toMatchObject([
    { version: 1, changed: [] },
    { version: 2, changed: expect.arrayContaining(["title", "body"]) },
  ]);
});

test("diff shows the words that changed, and only their paragraphs", async () => {
  const { out, code } = await inArchive(["diff", "a1"]);
  expect(out).toContain("title:\n  افتتاح مكتبة عامة في مصراتة{+\u2068 اليوم\u2069+}\n");
  expect(out).toContain(
    "body:\n  (1 unchanged)\n  وتضم [-\u2068عشرين\u2069-]{+\u2068خمسة عشر\u2069+} ألف كتاب.\n",
  );
  expect(code).toBe(0);
});

test("diff --json gives back both texts", async () => {
  const { out } = await inArchive(["diff", "a1", "1..2", "--json"]);
  const { from, to, fields } = JSON.parse(out);
  expect([from, to]).toEqual([1, 2]);
  const title = fields.find(({ field }: { field: string }) => field === "title");
  expect(title.changes).toEqual([
    { kind: "same", text: "افتتاح مكتبة عامة في مصراتة" },
    { kind: "added", text: " اليوم" },
  ]);
});

test.each([
  ["1..2", 0],
  ["1", 0],
  ["..2", 0],
  ["2..1", 0],
  ["a..b", 2],
  ["1.2", 2],
  ["0..1", 2],
])("diff a1 %s ends with %d", async (range, expected) => {
  expect((await inArchive(["diff", "a1", range])).code).toBe(expected);
});

test("stats counts, in a table and as an object", async () => {
  const table = await inArchive(["stats"]);
  expect(table.out).toContain("articles  3 in 4 versions");
  expect(table.out).toMatch(/\nby source\nsahel +█+ +2 +67%\nmarsa +█+ +1 +33%\n/u);
  expect(table.out).toMatch(/\nby category\n.*█/u);
  expect(table.out).toMatch(/\nby day\n(.*\n){4} +\d{4}-\d\d-\d\d .*\d{4}-\d\d-\d\d\n$/u);
  const { out } = await inArchive(["stats", "--json"]);
  expect(JSON.parse(out)).toMatchObject({
    articles: 3,
    versions: 4,
    by_site: expect.arrayContaining([expect.objectContaining({ site: "marsa", articles: 1 })]),
  });
});

test("sql answers with the statement's own columns", async () => {
  const statement =
    "select source, count(*) as many from articles where source = :s group by source";
  const { out } = await inArchive(["sql", statement, "-p", "s=sahel", "--csv"]);
  expect(out).toBe("source,many\r\nsahel,2\r\n");
});

test.each([
  [
    "columns of one name are all there",
    "select a.id, v.article as id, 3 as id_2, a.id from articles a join versions v on v.article = a.id limit 1",
    [{ id: "a1", id_3: "a1", id_2: 3, id_4: "a1" }],
  ],
  [
    "whole numbers keep every digit",
    "select 9007199254740993 as big, -9223372036854775808 as least, 9007199254740991 as safe",
    [{ big: "9007199254740993", least: "-9223372036854775808", safe: 9007199254740991 }],
  ],
  ["bytes are hexadecimal", "select x'00ff' as bytes", [{ bytes: "00ff" }]],
])("sql: %s", async (_, statement, rows) => {
  const { out } = await inArchive(["sql", statement, "--json"]);
  expect(JSON.parse(out)).toEqual(rows);
  const csv = await inArchive(["sql", statement, "--csv"]);
  expect(csv.out.split("\n")[1]?.trim()).toBe(Object.values(rows[0] ?? {}).join(","));
});

test("--fields understands the headings of the table, and names the fields they are", async () => {
  const { out } = await inArchive(["list", "--fields", "id,date,site", "-n", "1", "--json"]);
  expect(Object.keys(JSON.parse(out)[0])).toEqual(["id", "date_published", "source"]);
  const changes = await inArchive(["changes", "--fields", "site,what", "--json"]);
  expect(Object.keys(JSON.parse(changes.out)[0])).toEqual(["source", "summary"]);
});

test("the diff of an article with one version says that there is nothing to compare", async () => {
  const { code, err } = await inArchive(["diff", "a2"]);
  expect([code, err]).toEqual([0, "a2 has one version: there is nothing to compare yet\n"]);
});

test("sql reads a statement from stdin", async () => {
  const { out } = await inArchive(["sql", "-", "--json"], { input: "select 1 as one" });
  expect(JSON.parse(out)).toEqual([{ one: 1 }]);
});

test.each([
  ["a change", "delete from article"],
  ["two statements", "select 1; select 2"],
  ["nonsense", "selct 1"],
])("sql refuses %s: one line, exit 2", async (_, statement) => {
  const { code, out, err } = await inArchive(["sql", statement]);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect(err).toMatch(/^warraq: /u);
  expect(out).toBe("");
  expect(code).toBe(2);
});

test("export writes every version, in order, and will not overwrite", async () => {
  const folder = temporaryFolder();
  const archive = await filledArchive();
  const words = ["export", "-o", `${folder}/all.jsonl`, "--versions", "all", "--archive", archive];
  const { code, out, err } = await warraq(words);
  expect([code, out]).toEqual([0, ""]);
  expect(err).toMatch(/^exported 4 records/u);
  const lines = readFileSync(`${folder}/all.jsonl`, "utf8").trimEnd().split("\n");
  const versions = lines
    .map((line) => JSON.parse(line))
    .map(({ id, version }) => `${id}.${version}`);
  expect(versions).toEqual(["a1.1", "a1.2", "a2.1", "a3.1"]);
  const again = await warraq(words);
  expect(again).toMatchObject({
    code: 2,
    err: `warraq: ${folder}/all.jsonl exists already; --force replaces it (E_TARGET_EXISTS)\n`,
  });
});

test("export filters as search does", async () => {
  const { out } = await inArchive(["export", "-o", "-", "مكتبه", "--fields", "id"]);
  expect(out).toBe('{"id":"a1"}\n');
});

test("an archive that is none is one line, exit 6", async () => {
  const archive = `${temporaryFolder()}/note.txt`;
  const { writeFileSync } = await import("node:fs");
  writeFileSync(
    archive,
    "this is no archive, only a note that is long enough to be looked at".repeat(40),
  );
  const { code, err } = await warraq(["list", "--archive", archive]);
  expect(err).toMatch(/^warraq: .*note\.txt.*\n$/u);
  expect(code).toBe(6);
});

test.each(["article", "site"])("schema %s is a JSON Schema", async (what) => {
  const { out, code } = await warraq(["schema", what]);
  expect(JSON.parse(out)).toMatchObject({
    $schema: expect.stringContaining("2020-12"),
    type: "object",
  });
  expect(code).toBe(0);
});

test("--log-format json says everything as objects, one a line", async () => {
  const { err } = await inArchive(["search", "مكتبه", "--log-format", "json"]);
  expect(JSON.parse(err)).toMatchObject({ level: "info", msg: "1 of 1 shown" });
  const missing = await warraq(["list", "--log-format", "json", "--archive", "/nonexistent/x.db"]);
  expect(JSON.parse(missing.err)).toMatchObject({ level: "error", code: "E_NO_ARCHIVE" });
});
