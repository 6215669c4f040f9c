/** Words that mean nothing, files that say nothing: one line that names them, exit 2, nothing done. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { expectOneLine, warraq } from "./program.ts";

/** Refused before it is asked: a row that is wrong about its flag must not reach anybody. */
const NOWHERE = "http://127.0.0.1:9/";

test.each<[string, readonly string[], ...string[]]>([
  ["an unknown command", ["serach"], "serach", "search"],
  ["an unknown site", ["crawl", "no-such-site"], "no-such-site"],
  ["an unknown site to visit again", ["crawl", "almarsad", "nobody.example"], "nobody.example"],
  ["a URL without a host", ["crawl", "http://"], "http://"],
  ["a URL of another kind", ["crawl", "ftp://example.ly/"], "ftp://example.ly/"],
  ["a URL with spaces in its host", ["crawl", "http://exa mple.ly/"], "http://exa mple.ly/"],
  ["a URL with an impossible port", ["crawl", "https://example.ly:99999/"], "99999"],
  ["a URL to extract that is none", ["extract", "http://[::1"], "http://[::1"],
  ["an unknown flag", ["crawl", NOWHERE, "--max-page", "3"], "--max-page", "--max-pages"],
  ["a duration without unit", ["crawl", NOWHERE, "--time-limit", "30"], "30", "30m"],
  ["a duration of words", ["crawl", NOWHERE, "--max-age", "soon"], "soon"],
  ["a negative duration", ["crawl", NOWHERE, "--time-limit=-5m"], "-5m"],
  [
    "a wait beyond every calendar",
    ["crawl", NOWHERE, "--wait-lock", "99999999999999d"],
    "99999999999999d",
  ],
  ["a negative number", ["crawl", NOWHERE, "--max-pages=-1"], "-1"],
  ["a number with a fraction", ["list", "--limit", "1.5"], "1.5"],
  ["no hosts at all", ["crawl", NOWHERE, "--concurrency", "0"], "--concurrency"],
  ["a delay of words", ["crawl", NOWHERE, "--delay", "often"], "often"],
  ["a share of words", ["crawl", NOWHERE, "--fail-on", "half"], "half"],
  ["a pattern that does not compile", ["crawl", NOWHERE, "--include", "(["], "(["],
  ["a pattern to exclude that does not", ["crawl", NOWHERE, "--exclude", "*a"], "*a"],
  ["a date that is none", ["search", "x", "--from", "yesterday"], "yesterday"],
  ["the 30th of February", ["list", "--to", "2024-02-30"], "2024-02-30"],
  ["a contact no header may hold", ["crawl", NOWHERE, "--contact", "me\r\nX-Evil: 1"], "--contact"],
  ["a user agent no header may hold", ["crawl", NOWHERE, "--user-agent", "خبر"], "--user-agent"],
])("%s is one line, exit 2", async (_, words, ...named) => {
  const cwd = temporaryFolder();
  expectOneLine(await warraq(words, { cwd, env: { COLUMNS: "80" } }), 2, ...named);
  expect(existsSync(`${cwd}/warraq.db`)).toBe(false);
});

test.each([
  [["search", "x"]],
  [["list"]],
  [["show", "a1"]],
  [["history", "a1"]],
  [["diff", "a1"]],
  [["stats"]],
  [["sql", "select 1"]],
  [["export", "-o", "x.jsonl"]],
  [["recheck"]],
  [["sites", "remove", "almarsad"]],
])("%j names the archive that is missing, exit 2", async (words) => {
  const cwd = temporaryFolder();
  expectOneLine(await warraq([...words, "--archive", "none.db"], { cwd }), 2, "none.db");
  expect(existsSync(`${cwd}/none.db`)).toBe(false);
  expect(existsSync(`${cwd}/x.jsonl`)).toBe(false);
});

const GOOD_RULE: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL("../../data/sites/almarsad.json", import.meta.url), "utf8"),
);

test.each<[string, string | null, ...string[]]>([
  ["is missing", null, "rule.json", "no such file"],
  ["is not JSON", '{"id": "x",', "rule.json", "JSON"],
  ["is a list", "[]", "rule.json"],
  ["is empty", "", "rule.json"],
  ["has a field nobody knows", JSON.stringify({ ...GOOD_RULE, colour: 1 }), "rule.json", "colour"],
  ["has a wrong field", JSON.stringify({ ...GOOD_RULE, home: 7 }), "rule.json", "home"],
  [
    "has a home that is no URL",
    JSON.stringify({ ...GOOD_RULE, home: "example" }),
    "rule.json",
    "home",
  ],
  [
    "has a selector that does not parse",
    JSON.stringify({ ...GOOD_RULE, article: { title: ["h1["] } }),
    "rule.json",
    "title",
  ],
  ["is binary", "\0\x01\xff\xfe", "rule.json"],
])("a rule file that %s: check and add name it, exit 2", async (_, text, ...named) => {
  const cwd = temporaryFolder();
  if (text !== null) writeFileSync(`${cwd}/rule.json`, text, "latin1");
  const checked = await warraq(["sites", "check", "rule.json", "--jsonl"], { cwd });
  expect({ code: checked.code, err: checked.err }).toEqual({ code: 2, err: "" });
  for (const text of named) expect(JSON.parse(checked.out).message).toContain(text);
  expectOneLine(await warraq(["sites", "add", "rule.json"], { cwd }), 2, ...named);
  expect(existsSync(`${cwd}/warraq.db`)).toBe(false);
});

test("a folder is no rule, no page and no list", async () => {
  const cwd = temporaryFolder();
  mkdirSync(`${cwd}/folder`);
  for (const words of [
    ["sites", "add", "folder"],
    ["extract", "folder"],
    ["extract", "--files-from", "folder"],
    ["export", "-o", "folder.jsonl", "--archive", "folder"],
  ]) {
    const ended = await warraq(words, { cwd });
    expect(ended.err).toMatch(/^warraq: [^\n]*folder[^\n]*\n$/u);
    expect([2, 6]).toContain(ended.code);
    expect(ended.out).toBe("");
  }
});

test.each<[string, string | Uint8Array, readonly string[]]>([
  ["nothing on stdin", "", ["extract", "-"]],
  [
    "binary noise on stdin",
    Uint8Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 256),
    ["extract", "-"],
  ],
  ["a PDF on stdin", "%PDF-1.7\n1 0 obj", ["extract", "-"]],
  ["half a gzip on stdin", Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0), ["extract", "-"]],
  ["a list that is not JSON", "{page.html\n", ["extract", "--files-from", "-"]],
  ["a rule that is not JSON", "<html>", ["sites", "add", "-"]],
  ["no statement on stdin", "", ["sql", "-", "--archive", "none.db"]],
])("%s ends with a code of ours and no stack", async (_, input, words) => {
  const { code, err } = await warraq(words, { cwd: temporaryFolder(), input });
  expect([2, 3]).toContain(code);
  expect(err).toMatch(/^(?:warraq: [^\n]+\n)?$/u);
});
