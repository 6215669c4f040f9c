/** A text as numbers: its units and a zero, whatever was written there before. */
import { expect, test } from "vitest";
import { createUnits } from "../../src/text/index.ts";

const unitsOf = createUnits(4);

test.each([
  ["nothing", ""],
  ["a letter", "a"],
  ["Arabic", "ورّاق"],
  ["beyond the first plane", "a😀b"],
  ["half a pair", "\ud83dx"],
  ["a zero", "a\u0000b"],
  ["one less than is written at once", "ن".repeat(47)],
  ["as much as is written at once", "ن".repeat(48)],
  ["more than was there", "xن".repeat(5_000)],
  ["less than was there", "abc"],
  ["as much as is kept", "ab".repeat(2 ** 19)],
  ["more than is kept", "abن".repeat(2 ** 19)],
])("%s", (_, text) => {
  const units = unitsOf(text);
  expect(units.length).toBeGreaterThan(text.length);
  expect(units[text.length]).toBe(0);
  let differing = 0;
  for (let at = 0; at < text.length; at++) if (units[at] !== text.charCodeAt(at)) differing++;
  expect(differing).toBe(0);
});
