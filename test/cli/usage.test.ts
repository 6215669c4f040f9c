import { expect, test } from "vitest";
import { protectExclusions } from "../../src/cli/exclusions.ts";
import { leavesOf } from "../../src/cli/main.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { describedProgram, warraq } from "./harness.ts";

const ARCHIVE = ["--archive", "/nonexistent/warraq.db"];

test.each([
  ["an unknown command", ["serach"], "unknown command 'serach' (Did you mean search?)"],
  ["an unknown flag", ["list", "--jsno"], "unknown option '--jsno' (Did you mean --json?)"],
  [
    "two formats at once",
    ["list", "--json", "--csv"],
    "'--json' cannot be used with option '--csv'",
  ],
  [
    "a report of a run that is none",
    ["crawl", "--dry-run", "--report-skipped", "x.csv"],
    "'--dry-run' cannot be used with option '--report-skipped <file>'",
  ],
  ["a search without words", ["search"], "missing required argument 'words'"],
  ["a limit in words", ["list", "--limit", "many"], "Give a whole number, 0 or more."],
  ["a limit below nothing", ["list", "-n", "-1"], "argument '-1' is invalid"],
  ["an unknown kind of change", ["changes", "--kind", "foo"], "give any of headline, rewrite"],
  ["a date of the other order", ["list", "--from", "31.12.2024"], "Give a date like 2024"],
  ["a day that does not exist", ["list", "--from", "2023-02-29"], "Give a date like 2024"],
  ["a thirteenth month", ["list", "--to", "2023-13"], "Give a date like 2024"],
  ["a duration without unit", ["list", "--since", "30"], "Give a duration like 30m"],
  ["an unknown order", ["search", "x", "--sort", "size"], "Allowed choices are relevance, date"],
  ["an unknown status", ["list", "--status", "dead"], "Allowed choices are live, gone"],
  ["a log format", ["list", "--log-format", "xml"], "Allowed choices are pretty, json"],
  ["a pattern that is none", ["crawl", "--include", "("], "Give a regular expression"],
  ["a share above one", ["crawl", "--fail-on", "120%"], "Give a share like 20%"],
  ["no pages at all", ["crawl", "--max-pages", "0"], "Give a whole number, 1 or more."],
  ["an export to nowhere", ["export"], "required option '-o, --output <file>' not specified"],
  ["a version that is no number", ["show", "a", "--version", "last"], "Give a whole number"],
  ["an unknown schema", ["schema", "page"], "Allowed choices are article, site"],
  ["an SQL value without a name", ["sql", "select 1", "-p", "x"], "Give name=value."],
  ["an argument too many", ["stats", "now"], "too many arguments for 'stats'"],
  ["fields of no name", ["export", "-o", "a.jsonl", "--fields", ""], "Give at least one name."],
  ["sites of no name", ["list", "--site", ","], "Give at least one name."],
  ["nothing to extract", ["extract"], "extract needs a file, a URL, - or --files-from"],
  ["an unknown site", ["crawl", "nobody"], '"nobody" is not a known site'],
  ["a host without its scheme", ["crawl", "example.ly"], "did you mean https://example.ly/?"],
  ["an address that is none", ["crawl", "http://"], "http://"],
  ["a site to show that is not known", ["sites", "show", "nobody"], '"nobody" is not a known site'],
  ["an unknown subcommand", ["sites", "lst"], "unknown command 'lst'"],
])("%s is one line and exit code 2", async (_, words, message) => {
  const { code, out, err } = await warraq([...words, ...(words[0] === "sites" ? [] : ARCHIVE)]);
  expect(err).toContain(message);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect(err).toMatch(/^warraq: .+ \(E_[A-Z_]+\)\n$/u);
  expect(out).toBe("");
  expect(code).toBe(2);
});

test.each([
  ["an unknown flag", ["list", "--jsno", "--log-format", "json"], "E_USAGE", "--jsno"],
  ["an unknown command", ["--log-format=json", "serach"], "E_USAGE", "Did you mean search?"],
  ["no archive", ["list", "--log-format", "json", ...ARCHIVE], "E_NO_ARCHIVE", "warraq.db"],
])("%s is JSON where the log is", async (_, words, code, message) => {
  const { err } = await warraq(words);
  expect(JSON.parse(err)).toMatchObject({ level: "error", code });
  expect(JSON.parse(err).msg).toContain(message);
});

test.each([
  ["search", "x"],
  ["list"],
  ["show", "x"],
  ["history", "x"],
  ["diff", "x"],
  ["stats"],
  ["sql", "select 1"],
  ["export", "-o", "-"],
  ["recheck"],
  ["sites", "remove", "x"],
])("%s %s says which archive is missing", async (...words) => {
  const archive = `${temporaryFolder()}/none.db`;
  const { code, out, err } = await warraq([...words, "--archive", archive]);
  expect(err).toContain(archive);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect(out).toBe("");
  expect(code).toBe(2);
});

test("without a command there is help, and exit code 2", async () => {
  const { code, err } = await warraq([]);
  expect(err).toContain("Usage: warraq");
  expect(code).toBe(2);
});

const commands = leavesOf(await describedProgram());
const pathOf = (command: (typeof commands)[number]): string[] => [
  ...(command.parent?.parent ? pathOf(command.parent) : []),
  command.name(),
];

test.each(commands.map((command) => [pathOf(command).join(" "), pathOf(command)] as const))(
  "%s --help describes it, shows an example and the global flags",
  async (_, words) => {
    const { code, out, err } = await warraq([...words, "--help"]);
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(out).toMatch(/^Usage: warraq /u);
    expect(out).toContain("Global options:");
    if (!["add", "check", "remove", "show"].includes(words.at(-1) ?? "")) {
      expect(out).toContain("$ warraq");
    }
  },
);

test.each([60, 80, 120])(
  "a command's description is broken by the screen alone: %d",
  async (columns) => {
    const { out } = await warraq(["crawl", "--help"], { columns });
    const [, text = ""] = /\n\n([\s\S]*?)\n\n/u.exec(out) ?? [];
    const lines = text.split("\n");
    expect(lines.every((line) => line.length <= columns)).toBe(true);
    // Every line but the last is as full as its next word allows.
    for (const [index, line] of lines.slice(0, -1).entries()) {
      const [next = ""] = (lines[index + 1] ?? "").split(" ");
      expect(line.length + 1 + next.length).toBeGreaterThan(columns);
    }
  },
);

test("--version is the package's", async () => {
  const { out, code } = await warraq(["--version"]);
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/u);
  expect(code).toBe(0);
});

const program = await describedProgram();

test.each([
  ["an Arabic exclusion", "search نفط -غاز", "search نفط -- -غاز"],
  ["a Latin one that begins like a flag", "search oil -vote", "search oil -- -vote"],
  ["an excluded phrase", "search oil -n5 -q", "search oil -n5 -q"],
  ["flags with values stay", "export -o x.csv نفط -غاز", "export -o x.csv نفط -- -غاز"],
  ["attached values stay", "export -ox.csv نفط", "export -ox.csv نفط"],
  ["a flag's value stays with it", "list -n -1 -غاز", "list -n -1 -- -غاز"],
  ["and with the long one", "list --limit -1", "list --limit -1"],
  ["words behind -- stay there", "search a -b -- -c", "search a -- -b -c"],
  ["other commands are left alone", "show -5", "show -5"],
])("%s: %s", (_, typed, expected) => {
  const words = (line: string): string[] => ["node", "warraq", ...line.split(" ")];
  expect(protectExclusions(words(typed), program)).toEqual(words(expected));
});

test("a bug is shown with its stack, exit code 1", async () => {
  const { code, err } = await warraq(["schema"], {
    stdout: () => {
      throw new TypeError("boom");
    },
  });
  expect(err).toMatch(/^TypeError: boom\n +at /u);
  expect(code).toBe(1);
});

test("help diff is diff --help", async () => {
  const [word, flag] = [await warraq(["help", "diff"]), await warraq(["diff", "--help"])];
  expect(word).toEqual(flag);
});
