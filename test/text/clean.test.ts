/** Cleaning: what a reader cannot see goes, what they can see stays as it was written. */
import { expect, test } from "vitest";
import { clean, cleanParagraphs } from "../../src/text/index.ts";

test.each([
  ["bidi marks and overrides", "\u200fأخبار\u200e \u202bليبيا\u202c", "أخبار ليبيا"],
  ["isolates and the Arabic letter mark", "\u2068طرابلس\u2069\u061c", "طرابلس"],
  ["a byte order mark", "\ufeffعاجل", "عاجل"],
  ["zero-width spaces and word joiners", "بن\u200bغا\u2060زي", "بنغازي"],
  ["soft hyphens", "Re\u00adgie\u00adrung", "Regierung"],
  ["control characters", "a\u0000b\u0007c\u009fd", "abcd"],
  ["a ZWJ that only shapes a letter", "1440ه\u200d", "1440ه"],
  ["a ZWNJ that separates nothing", "\u200cخبر\u200c ", "خبر"],
  ["tags that smuggle text", "خبر\u{E0041}\u{E0042}", "خبر"],
])("removes %s", (_what, raw, expected) => {
  expect(clean(raw)).toBe(expected);
});

test.each([
  ["harakat", "أكَّدَ"],
  ["tatweel", "الأحــد"],
  ["hamza and teh marbuta", "المؤسسة الوطنية للنفط إلى الآن"],
  ["Arabic-Indic digits", "٢٥ سبتمبر"],
  ["a ZWNJ inside a Persian word", "می\u200cخواهم"],
  ["an emoji of several parts", "👨\u200d👩\u200d👧"],
  ["honorific signs", "محمد ﷺ"],
  ["quotation marks and dashes", "«قال» – “نعم” …"],
])("keeps %s", (_what, text) => {
  expect(clean(text)).toBe(text.normalize("NFC"));
});

test.each([
  ["letters frozen into shapes", "ﻟﻴﺒﻴﺎ", "ليبيا"],
  ["a lam-alef ligature", "ﻻ", "لا"],
  ["a Latin ligature", "oﬃcial", "official"],
  ["a letter and its accent apart", "Tune\u0301sie", "Tunésie"],
  ["an alef and its hamza apart", "ا\u0654خبار", "أخبار"],
  ["spaces of every kind", " a\u00a0\u2003 b\t\n\u3000c ", "a b c"],
  ["half a surrogate pair", "a\ud800b", "a\ufffdb"],
])("puts right %s", (_what, raw, expected) => {
  expect(clean(raw)).toBe(expected);
});

test("keeps no more than thirty marks on one letter", () => {
  expect(clean(`a${"\u0316".repeat(500)}`).length).toBeLessThanOrEqual(31);
});

test("cuts paragraphs at every kind of line break and drops the empty ones", () => {
  expect(cleanParagraphs("a\r\n\r\n b \u2029c\u2028\u200f\n\u00a0\nd")).toEqual([
    "a",
    "b",
    "c",
    "d",
  ]);
});
