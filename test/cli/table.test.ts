import { expect, test } from "vitest";
import { layOut, styledText, type TableColumn } from "../../src/cli/table.ts";
import { displayWidth } from "../../src/text/index.ts";

interface Row {
  readonly id: string;
  readonly count: number;
  readonly title: string;
}

const COLUMNS: readonly TableColumn<Row>[] = [
  { title: "id", cell: ({ id }) => id },
  { title: "count", cell: ({ count }) => count, align: "right", isOptional: true },
  { title: "title", cell: ({ title }) => title, shrinkTo: 8 },
];
const ROWS: readonly Row[] = [
  { id: "a", count: 5, title: "افتتاح مكتبة عامة في مصراتة تضم عشرين ألف كتاب" },
  { id: "bcd", count: 1_234, title: "Harbour dredging resumes in Misrata after spring storms" },
  { id: "e", count: 7, title: "مُحَمَّدٌ — 新闻 🗞" },
];

test.each([20, 30, 40, 80, 200])("columns line up and lines fit at %d columns", (width) => {
  const table = layOut(COLUMNS, ROWS, { width, color: false });
  const lines = ROWS.map(table.line);
  for (const line of [table.header, ...lines])
    expect(displayWidth(line)).toBeLessThanOrEqual(width);
  // What stands before the title takes the same cells on every line.
  const starts = lines.map((line) => displayWidth(line.slice(0, line.search(/[\u2068H]/u))));
  expect(new Set(starts).size).toBe(1);
});

test("a wide column is cut with an ellipsis, and only as far as needed", () => {
  const table = layOut(COLUMNS, ROWS, { width: 40, color: false });
  const line = table.line(ROWS[1] as Row);
  expect(line).toMatch(/…$/u);
  expect(displayWidth(line)).toBe(40);
});

test("without a width nothing is cut", () => {
  const table = layOut(COLUMNS, ROWS, { width: null, color: false });
  expect(ROWS.every((row) => table.line(row).includes(row.title))).toBe(true);
});

test("on a screen too narrow for all columns the optional ones go", () => {
  const table = layOut(COLUMNS, ROWS, { width: 14, color: false });
  expect(table.header).not.toContain("count");
  expect(table.header).toContain("id");
});

const WITH_WHAT: readonly TableColumn<Row>[] = [
  ...COLUMNS.slice(0, 2),
  { title: "what", cell: ({ title }) => title, isBelow: true },
];

test.each([12, 20, 40])("what does not fit stands under its row, whole, at %d columns", (width) => {
  const table = layOut(WITH_WHAT, ROWS, { width, color: false });
  expect(table.header).not.toContain("what");
  const plain = (text: string): string => text.replace(/[\u2068\u2069]/gu, "");
  for (const row of ROWS) {
    const [first = "", ...under] = table.line(row).split("\n");
    for (const line of [first, ...under]) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(under.every((line) => line.startsWith("    "))).toBe(true);
    // A word that is wider than the screen is cut, no other.
    if (width > 12) expect(under.map((line) => plain(line.trim())).join(" ")).toBe(row.title);
    const opened = under.map((line) => line.split("\u2068").length - line.split("\u2069").length);
    expect(new Set(opened)).toEqual(new Set([0]));
  }
});

test.each([200, null])("what fits stays in the row at %s columns", (width) => {
  const table = layOut(WITH_WHAT, ROWS, { width, color: false });
  expect(table.header).toContain("what");
  expect(ROWS.every((row) => table.line(row).includes(row.title))).toBe(true);
});

test("right-to-left cells are isolated, left-to-right ones are not", () => {
  const table = layOut(COLUMNS, ROWS, { width: null, color: false });
  expect(table.line(ROWS[0] as Row)).toBe(`a        5  \u2068${ROWS[0]?.title}\u2069`);
  expect(table.line(ROWS[1] as Row)).not.toContain("\u2068");
});

test.each([
  ["a colour", "\x1b[31mred\x1b[0m", "red"],
  ["a window title", "\x1b]0;pwned\x07ok", "ok"],
  ["an eight-bit CSI", "\x9b2Jok", "ok"],
  ["a right-to-left override", "abc\u202Edcba", "abcdcba"],
  ["an isolate left open", "\u2067abc", "abc"],
  ["a line break", "one\r\ntwo", "one two"],
])("%s in a page's text does nothing", (_, text, shown) => {
  expect(styledText({ text }, null, false).styled).toBe(shown);
});

test.each([
  ["in colour", true, 40, "كتب \x1b[1;33mليبيا\x1b[0m اليوم"],
  ["in quotes without colour", false, 40, "كتب «ليبيا» اليوم"],
  ["cut inside a mark", true, 7, "كتب \x1b[1;33mلي…\x1b[0m"],
  ["cut before a mark", true, 4, "كتب…"],
])("marks are shown %s", (_, color, width, expected) => {
  const cell = { text: "كتب ليبيا اليوم", marks: [[4, 9]] as const };
  expect(styledText(cell, width, color).styled).toBe(`\u2068${expected}\u2069`);
});
