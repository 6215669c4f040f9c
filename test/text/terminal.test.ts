/** Strangers' text on our terminal. */
import { expect, test } from "vitest";
import {
  direction,
  displayWidth,
  forTerminal,
  isolate,
  truncateToWidth,
} from "../../src/text/index.ts";

test.each([
  ["colours", "\x1b[31mred\x1b[0m", "red"],
  ["cursor moves", "a\x1b[2J\x1b[1;1Hb", "ab"],
  ["a new window title", "a\x1b]0;title\x07b", "ab"],
  ["a link", "\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\", "text"],
  ["a device string", "a\x1bPq#0\x1b\\b", "ab"],
  ["a reset", "a\x1bcb", "ab"],
  ["eight-bit controls", "a\x9b31mb\x9d0;t\x9cc\x85d", "abc d"],
  ["an escape that never ends", "a\x1b]0;title", "a"],
  ["a lone escape", "a\x1b", "a"],
  ["bells, backspaces and deletes", "a\x07\x08\x7fb", "ab"],
  ["carriage returns", "good\rbad", "good bad"],
  ["right-to-left override", "abc\u202egpj.exe", "abcgpj.exe"],
  ["embeddings and isolates", "\u202aa\u202bb\u202dc\u2066d\u2067e\u2068f\u2069\u202c", "abcdef"],
  ["direction marks", "\u200ea\u200fb\u061c", "ab"],
  ["invisible tags", "a\u{E0041}b", "ab"],
])("takes out %s", (_what, text, expected) => {
  expect(forTerminal(text)).toBe(expected);
});

test("leaves ordinary text of any script alone", () => {
  const text = "قال: «ليبيا» – café 日本 👍 می\u200cخواهم";
  expect(forTerminal(text)).toBe(text);
});

test.each([
  ["", 0],
  ["abc", 3],
  ["ليبيا", 5],
  ["أكَّدَ", 3],
  ["لا\u200f", 2],
  ["日本", 4],
  ["한국", 4],
  ["e\u0301", 1],
  ["👍", 2],
  ["\u2068abc\u2069", 3],
])("‹%s› takes %i columns", (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

test.each([
  ["abcdef", 6, "abcdef"],
  ["abcdef", 4, "abc…"],
  ["abc def", 5, "abc…"],
  ["日本語", 4, "日…"],
  ["أكَّدَ الوزير", 4, "أكَّدَ…"],
  ["abc", 1, "…"],
  ["abc", 0, ""],
])("‹%s› cut to %i columns is ‹%s›", (text, width, expected) => {
  expect(truncateToWidth(text, width)).toBe(expected);
});

test("an isolated column costs no width", () => {
  expect(isolate("خبر")).toBe("\u2068خبر\u2069");
  expect(displayWidth(isolate("خبر"))).toBe(3);
});

test.each([
  ["قال الوزير", "rtl"],
  ["The minister said", "ltr"],
  ["شركة Apple تعلن عن هاتف", "rtl"],
  ["Apple announces هاتف", "ltr"],
  ["ידיעות", "rtl"],
  ["ⵜⴰⵎⴰⵣⵉⵖⵜ", "ltr"],
  ["2019", "ltr"],
  ["", "ltr"],
])("‹%s› reads %s", (text, expected) => {
  expect(direction(text)).toBe(expected);
});
