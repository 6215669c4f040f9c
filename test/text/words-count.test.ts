/** Counting by a table must give what finding the words gives. */
import { expect, test } from "vitest";
import { tokens, wordCount } from "../../src/text/index.ts";

test.each([
  ["nothing", ""],
  ["spaces and marks only", " … — !"],
  ["Arabic with its vowel marks", "الإعلاميُّ: ٧٢ ساعـــة، وأَكثَر"],
  ["an apostrophe and a hyphen, which part words", "l'État — vice-président"],
  ["words of characters beyond the basic plane", "𐤀𐤁 𐤂 and 👍 𝒳"],
  ["half a character", "a\ud800b \udc00"],
  ["dense scripts", "自由。한국어 ひらがな"],
])("%s", (_name, text) => {
  expect(wordCount(text)).toBe(tokens(text).length);
});
