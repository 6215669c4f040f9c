/**
 * Pages and people that mean harm: titles and addresses that talk to the terminal, SQL that writes,
 * queries made of operators, names of files that no one expects.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { displayWidth } from "../../src/text/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { ask, expectIntact, expectOneLine, warraq } from "./program.ts";
import { articlePage, HTML, serveSite } from "./site.ts";

const shared = mkdtempSync(join(tmpdir(), "warraq-hostile-"));
afterAll(() => rmSync(shared, { recursive: true, force: true }));

const EVIL = [
  "\u001b[31mأحمر\u001b[0m", // colours
  "\u001b]0;pwned\u0007", // the window's title
  "\u001b]52;c;cm0gLXJm\u0007", // the clipboard
  "\u009b2J", // clears the screen, in one byte
  "\u202Egnp.exe\u202C", // reversed
  "\u2066مخفي\u2069",
  "\r\nwarraq: all is well",
  "\u0008\u0008\u0008",
].join(" ");
const EVIL_PATH = `/2026/05/29/khabar-%1b%5b2J-%E2%80%AEgnp-%0d%0a-%00/`;

let world: Promise<{ archive: string; err: string; id: string }> | undefined;

function hostileArchive() {
  world ??= (async () => {
    const page = articlePage("hostile", 29)
      .replace(/<h1>/u, `<h1>${EVIL} `)
      .replace(/<title>/u, `<title>${EVIL} `)
      .replace(/content="افتتاح/gu, `content="${EVIL} افتتاح`)
      .replace("<p>", `<p>${EVIL} `);
    const site = await serveSite("hostile", 6, {
      [EVIL_PATH]: (response) => void response.writeHead(200, HTML).end(page),
    });
    const archive = join(shared, "warraq.db");
    const words = ["crawl", `${site.origin}/`, `${site.origin}${EVIL_PATH}`];
    const more = ["-v", "--allow-private", "--delay", "0", "--archive", archive];
    const { err } = await warraq([...words, ...more]);
    expectIntact(archive);
    const [row] = ask(archive, "select id from articles where url like '%gnp%'");
    return { archive, err, id: String(row?.id) };
  })();
  return world;
}

/** Controls, C1 controls and direction tricks. Isolates that tables put around a cell are checked apart. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const DANGEROUS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066\u2067]/u;

test.each([
  [["list"]],
  [["list", "--json"]],
  [["list", "--jsonl"]],
  [["search", "hostile"]],
  [["show", "ID"]],
  [["show", "ID", "--json"]],
  [["history", "ID"]],
  [["sql", "select title, url, body from articles"]],
  [["sql", "select title, url from articles", "--jsonl"]],
  [["sql", "select char(27) || '[2J' as \"\u001b[31mname\""]],
  [["stats"]],
])("%j prints nothing that a terminal acts on", async (words) => {
  const { archive, id } = await hostileArchive();
  const said = await warraq([
    ...words.map((word) => (word === "ID" ? id : word)),
    "--archive",
    archive,
  ]);
  expect(said.code).toBe(0);
  expect(DANGEROUS.exec(said.out)).toBeNull();
  for (const line of said.out.split("\n")) {
    // Every isolate that is opened is closed on its line, and none is closed that was not opened.
    expect(line.replace(/[^\u2068\u2069]/gu, "")).toMatch(/^(?:\u2068\u2069)*$/u);
  }
  expect(DANGEROUS.exec(said.err)).toBeNull();
  expect(said.out).not.toMatch(/^warraq: all is well/mu);
});

test("the crawl's own talk is clean, and one line a page", async () => {
  const { err } = await hostileArchive();
  expect(err).toContain("gnp");
  expect(DANGEROUS.exec(err)).toBeNull();
  expect(err).not.toMatch(/^warraq: all is well/mu);
});

test.each([
  ["an unknown command", ["\u001b[2Jlist"], 2],
  ["an unknown site", ["crawl", "\u001b]0;x\u0007nobody"], 2],
  ["an archive", ["list", "--archive", "/nowhere/\u001b[31m\nx.db"], 2],
  ["a file", ["extract", "\u001b[31m\nno.html"], 2],
  ["a date", ["list", "--from", "\u001b[31m\n"], 2],
  ["an unknown flag", ["list", "--\u001b[31mx"], 2],
] as const)("%s given with escapes is named without them, on one line", async (_, words, code) => {
  const ended = await warraq(words, { cwd: temporaryFolder() });
  expectOneLine(ended, code);
  expect(DANGEROUS.exec(ended.err.trimEnd())).toBeNull();
});

test.each([
  ["insert into article default values"],
  ["delete from articles"],
  ["update article set site_id = 'x'"],
  ["drop table article"],
  ["create table t (x)"],
  ["attach 'stolen.db' as s"],
  ["vacuum into 'stolen.db'"],
  ["pragma user_version = 7"],
  ["pragma journal_mode = delete"],
  ["pragma writable_schema = on"],
  ["select 1; drop table article"],
  ["select load_extension('/tmp/x')"],
  ["begin"],
  [""],
  ["-- nothing"],
  ["select"],
  ["select * from nowhere"],
  ["select :missing"],
  ["with t as (select 1) delete from article"],
])("sql %j is refused on one line and changes nothing", async (statement) => {
  const { archive } = await hostileArchive();
  const cwd = temporaryFolder();
  const before = readFileSync(archive);
  expectOneLine(await warraq(["sql", statement, "--archive", archive], { cwd }), 2);
  expect(readdirSync(cwd)).toEqual([]);
  expect(readFileSync(archive).equals(before)).toBe(true);
});

test.each([
  ['"'],
  ['""'],
  ["*"],
  ["AND"],
  ["OR NOT"],
  ["NEAR(a b)"],
  ["title:"],
  ["(("],
  ["^x"],
  ["a + b"],
  ["-"],
  ["--"],
  ["-x"],
  ["{title body}:x"],
  ["'; drop table article --"],
  ["\u0000"],
  ["ـــ"],
  ["﷽"],
  ["🙂"],
])("searching for %j breaks nothing", async (words) => {
  if (words.includes("\u0000")) return; // no process can be given one
  const { archive } = await hostileArchive();
  const ended = await warraq(["search", "--archive", archive, "--", words]);
  expect([0, 2]).toContain(ended.code);
  if (ended.code === 2) expectOneLine(ended, 2);
});

test("a query of 100 KB and one of a thousand words are answered", async () => {
  const { archive } = await hostileArchive();
  for (const words of ["س".repeat(50_000), "hostile ".repeat(1_000), '"'.repeat(10_000)]) {
    const ended = await warraq(["search", "--archive", archive, "--", words]);
    expect([0, 2]).toContain(ended.code);
    expect(ended.err).not.toMatch(/\n +at /u);
  }
});

test("a statement of 1 MB on stdin is answered", async () => {
  const { archive } = await hostileArchive();
  const input = `select '${"x".repeat(2 ** 20)}' as long`;
  const ended = await warraq(["sql", "-", "--archive", archive, "--jsonl"], { input });
  expect(ended.code).toBe(0);
  expect(ended.out.length).toBeGreaterThan(2 ** 20);
});

test.each([
  ["new\nline.db"],
  ["-.db"],
  ["--help"],
  ["خبر ‮عكس.db"],
  ["a'b\"c`$(x).db"],
  ["%2e%2e"],
  ["?mode=memory"],
  ["file:x.db?mode=ro"],
])("an archive named %j is a file of that name", async (name) => {
  const cwd = temporaryFolder();
  const archive = join(cwd, name);
  const words = ["crawl", "http://127.0.0.1:9/", "-q", `--archive=${name}`];
  expect(await warraq(words, { cwd })).toMatchObject({ code: 0 });
  expect(existsSync(archive)).toBe(true);
  expectIntact(archive);
  const target = `out ${name}.jsonl`;
  const exported = await warraq(["export", `--archive=${name}`, `--output=${target}`], { cwd });
  expect(exported.code).toBe(0);
  expect(DANGEROUS.exec(exported.err.trimEnd())).toBeNull();
  expect(readFileSync(join(cwd, target), "utf8")).toBe("");
});

test("pages in files with strange names are read", async () => {
  const cwd = temporaryFolder();
  for (const name of ["-", "-x.html", "a\nb.html", "خبر.html", "50%.html", "#?.html"]) {
    writeFileSync(join(cwd, name), articlePage("files", 3));
    const ended = await warraq(["extract", "--json", "--", `./${name}`], { cwd });
    expect({ name, code: ended.code, err: ended.err }).toEqual({ name, code: 0, err: "" });
    expect(JSON.parse(ended.out).title).toContain("files");
  }
});

test.each([40, 80, 200])("tables of hostile pages keep to %d columns", async (columns) => {
  const { archive } = await hostileArchive();
  for (const words of [["list"], ["search", "hostile"]]) {
    const env = { COLUMNS: String(columns) };
    const { out } = await warraq([...words, "--archive", archive], { env });
    for (const line of out.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
  }
});
