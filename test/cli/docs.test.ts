/**
 * The README and the program must say the same, both ways. What this test reads (headings of any
 * level, matched without case; the first table below them):
 *
 *   "Commands"       first cells: `warraq crawl [site|url…]`, `warraq sites list|show|…`
 *   anywhere         every flag of the program, and no flag it does not have (lines about npm, jq and
 *                    their like are left out)
 *   "Exit codes"     first cells: numbers
 *   "Error codes"    first cells `E_USAGE` …, second cells the exit code
 *   "Why a page is not there"   first cells the reason, second cells `skipped` or `failed`
 *   "What comes out" first cells: the fields of an export, in order
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { leavesOf } from "../../src/cli/main.ts";
import { ERROR_EXIT, ExitCode } from "../../src/errors.ts";
import { EXPORT_FIELDS } from "../../src/export/index.ts";
import type { FailureCode, PageKind, RefusalReason } from "../../src/model.ts";
import { describedProgram } from "./harness.ts";

const README = new URL("../../README.md", import.meta.url);

// Records, so that the compiler complains here when the closed lists of model.ts grow.
const REFUSALS: Readonly<Record<RefusalReason, true>> = {
  robots: true,
  "robots-unreachable": true,
  "off-site": true,
  "private-address": true,
  "too-large": true,
  "not-html": true,
  "too-many-redirects": true,
  "redirect-loop": true,
  "bad-url": true,
  "encoding-bomb": true,
  unreadable: true,
  filtered: true,
};
const FAILURES: Readonly<Record<FailureCode, true>> = {
  E_DNS: true,
  E_CONNECT: true,
  E_TLS: true,
  E_TIMEOUT: true,
  E_ABORTED: true,
  E_PROTOCOL: true,
  E_HTTP_FORBIDDEN: true,
  E_HTTP_RATE_LIMITED: true,
  E_HTTP_CLIENT: true,
  E_HTTP_SERVER: true,
  E_BAD_ENCODING: true,
};

/** Kinds of page that are never stored. */
const NOT_KEPT: Readonly<
  Record<Exclude<PageKind, "article" | "live-blog" | "gallery" | "video">, true>
> = {
  listing: true,
  "block-page": true,
  "empty-shell": true,
  "soft-404": true,
  parked: true,
  maintenance: true,
  spam: true,
  empty: true,
};

const text = readFileSync(README, "utf8");
const leaves = leavesOf(await describedProgram());
const nameOf = (command: (typeof leaves)[number]): string =>
  command.parent?.parent ? `${command.parent.name()} ${command.name()}` : command.name();

describe("README.md", () => {
  const sections = sectionsOf(text);

  test("names every command, and no other", () => {
    const documented = firstCells("command").map(({ word }) => word.replace(/^warraq /u, ""));
    const named = documented.flatMap((cell) => expandCommands(cell));
    expect(sorted(named)).toEqual(sorted(leaves.map(nameOf)));
  });

  test("names every flag of every command", () => {
    const flags = leaves.flatMap((command) => command.options.map(({ long }) => long ?? ""));
    const missing = [...new Set(flags)].filter((flag) => !flagsIn(text).includes(flag));
    expect(missing).toEqual([]);
  });

  test("names no flag the program does not have", () => {
    const known = new Set(["--help", "--version"]);
    for (const { options } of leaves) for (const { long } of options) known.add(long ?? "");
    const foreign = /\b(?:npm|npx vitest|node|git|docker|jq|systemctl|sqlite3)\b/u;
    const ours = text.split("\n").filter((line) => !foreign.test(line.replace(/npx warraq/gu, "")));
    expect(flagsIn(ours.join("\n")).filter((flag) => !known.has(flag))).toEqual([]);
  });

  test("lists the exit codes", () => {
    const listed = firstCells("exit code").flatMap(({ word }) =>
      word.split(/[^\d]+/u).filter(Boolean),
    );
    expect(sorted(listed.map(Number))).toEqual(sorted(Object.values(ExitCode)));
  });

  test("lists the error codes with their exit codes", () => {
    const listed = firstCells("error code").map(({ word, rest }) => [word, Number(rest[0])]);
    expect(Object.fromEntries(listed)).toEqual(ERROR_EXIT);
  });

  test("lists why a page is not there", () => {
    const listed = firstCells("why a page is not there").map(({ word, rest }) => [word, rest[0]]);
    const skipped = Object.keys({ ...REFUSALS, ...NOT_KEPT }).map((reason) => [reason, "skipped"]);
    const failed = Object.keys(FAILURES).map((code) => [code, "failed"]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries([...skipped, ...failed]));
    expect(listed).toHaveLength(skipped.length + failed.length);
  });

  test("lists the export's fields in order", () => {
    const listed = firstCells("what comes out").flatMap(({ cell }) =>
      [...cell.matchAll(/`([a-z_]+)`/gu)].map(([, field]) => field),
    );
    expect(listed).toEqual(EXPORT_FIELDS);
  });

  /** The first cells of the table under the heading that matches, without their backquotes. */
  function firstCells(heading: string) {
    const pattern = new RegExp(heading, "iu");
    const section = sections.find(({ title, body }) => pattern.test(title) && /^\|/mu.test(body));
    expect(section, `README.md has a heading like "${heading}" with a table`).toBeDefined();
    const rows = (section?.body ?? "").split("\n").filter((line) => line.startsWith("|"));
    return rows.slice(2).map((row) => {
      const cells = row
        .split(/(?<!\\)\|/u)
        .slice(1, -1)
        .map((cell) => cell.replaceAll("\\|", "|").trim());
      const [cell = "", ...rest] = cells;
      return { cell, word: /`([^`]+)`/u.exec(cell)?.[1] ?? cell, rest };
    });
  }
});

/** `sites list|show` → `sites list`, `sites show`; arguments and flags are left out. */
function expandCommands(cell: string): readonly string[] {
  const [first = "", second = ""] = cell.split(" ");
  const isGroup = leaves.some(({ parent }) => parent?.parent && parent.name() === first);
  if (!isGroup) return first.split("|");
  return second.split("|").map((name) => `${first} ${name}`);
}

function sectionsOf(markdown: string) {
  const parts = markdown
    .replace(/^```[\s\S]*?^```/gmu, "")
    .split(/^#+ +(.*)$/mu)
    .slice(1);
  return parts.flatMap((title, index) =>
    index % 2 === 0 ? [{ title, body: parts[index + 1] ?? "" }] : [],
  );
}

function flagsIn(markdown: string): readonly string[] {
  return [...new Set([...markdown.matchAll(/(?<![\w-])--[a-z][a-z-]+/gu)].map(([flag]) => flag))];
}

function sorted<T extends string | number>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => (a < b ? -1 : 1));
}
