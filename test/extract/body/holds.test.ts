/** The sieve before a search changes no answer. */
import { expect, test } from "vitest";
import { createHolds } from "../../../src/extract/body/holds.ts";

const TEXT =
  "قال المتحدث ان الاجتماع انتهى امس في طرابلس بعد ان ناقش المجتمعون الميزانيه the budget of 2020 was agreed";
const CASES: readonly [what: string, part: string, isHeld: boolean][] = [
  ["the beginning", TEXT.slice(0, 48), true],
  ["the end", TEXT.slice(-48), true],
  ["the middle of words", TEXT.slice(13, 50), true],
  ["all of it", TEXT, true],
  ["nothing", "", true],
  ["one letter", "ق", true],
  ["three letters", "202", true],
  ["four letters", "2020", true],
  ["three letters that are not there", "xyz", false],
  ["more than all of it", `${TEXT} `, false],
  ["its parts in another order", `${TEXT.slice(40, 60)}${TEXT.slice(0, 20)}`, false],
  ["one letter changed in the middle", TEXT.replace("انتهى", "انتها").slice(0, 48), false],
];

test.each(CASES)("%s", (_, part, isHeld) => {
  expect(createHolds(TEXT)(part)).toBe(isHeld);
});

test("every part of a text is held, and what is changed in it is not", () => {
  const holds = createHolds(TEXT);
  for (let from = 0; from < TEXT.length; from++) {
    for (const length of [1, 3, 4, 5, 9, 30]) {
      const part = TEXT.slice(from, from + length);
      expect(holds(part)).toBe(true);
      expect(holds(`${part}§`)).toBe(false);
    }
  }
});
