import { expect, test } from "vitest";
import { type Change, diffWords } from "../../src/text/diff-words.ts";

/** `same [-removed-] {+added+}`: the notation of git's word diff. */
function inWords(changes: readonly Change[]): string {
  const wrap = { same: "%", removed: "[-%-]", added: "{+%+}" };
  return changes.map(({ kind, text }) => wrap[kind].replace("%", () => text)).join("");
}

test.each([
  ["equal texts have no changes", "قال الوزير", "قال الوزير", "قال الوزير"],
  ["one word replaced", "قال الوزير اليوم", "قال الرئيس اليوم", "قال [-الوزير-]{+الرئيس+} اليوم"],
  [
    "a hamza is a changed word",
    "ارتفاع اسعار الوقود",
    "ارتفاع أسعار الوقود",
    "ارتفاع [-اسعار-]{+أسعار+} الوقود",
  ],
  ["tashkeel belongs to its word", "كتب محمد", "كَتَبَ محمد", "[-كتب-]{+كَتَبَ+} محمد"],
  ["a word added at the end", "عاجل", "عاجل جدا", "عاجل{+ جدا+}"],
  ["changes parted by a space alone are one", "a b c d", "a x y d", "a [-b c-]{+x y+} d"],
  ["a new paragraph", "one\n\ntwo", "one\n\nnew\n\ntwo", "one\n\n{+new\n\n+}two"],
  ["a paragraph that ends alike", "one.\n\ntwo", "one.\n\nnew.\n\ntwo", "one.\n\n{+new.\n\n+}two"],
  ["a last paragraph that ends alike", "one.", "one.\n\nnew.", "one.{+\n\nnew.+}"],
  ["a last paragraph gone", "one.\n\nold.", "one.", "one.[-\n\nold.-]"],
  ["everything new", "", "خبر", "{+خبر+}"],
  ["everything gone", "خبر", "", "[-خبر-]"],
  ["a comma", "نعم لا", "نعم، لا", "نعم{+،+} لا"],
  ["repeated words", "a a a b", "a a b", "a a [-a -]b"],
])("%s", (_, before, after, expected) => {
  expect(inWords(diffWords(before, after))).toBe(expected);
});

test("whatever the texts, the pieces give back both of them", () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const words = ["في", "طرابلس", "قال", "،", "\n\n", "2024", "خبر", "new", "—", "أ"];
  const text = (): string =>
    Array.from({ length: random(60) }, () => words[random(words.length)]).join(
      random(2) ? " " : "",
    );
  for (let round = 0; round < 2_000; round++) {
    const [before, after] = [text(), text()];
    const changes = diffWords(before, after);
    const without = (kind: Change["kind"]): string =>
      changes.flatMap((change) => (change.kind === kind ? [] : change.text)).join("");
    expect(without("added")).toBe(before);
    expect(without("removed")).toBe(after);
    expect(changes.every(({ kind }, index) => kind !== changes[index + 1]?.kind)).toBe(true);
  }
});

test("texts of 50,000 words with nothing in common are told apart without hanging", () => {
  const many = (word: string): string => Array.from({ length: 50_000 }, () => word).join(" ");
  const changes = diffWords(many("a"), many("b"));
  expect(changes.map(({ kind }) => kind)).toEqual(["removed", "added"]);
});
