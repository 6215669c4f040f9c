/** Folding: spellings that readers treat as equal become equal, and highlighting finds its way back. */
import { expect, test } from "vitest";
import { fold, foldWithMap, stem, tokens, wordCount } from "../../src/text/index.ts";

test.each([
  ["harakat", "الإعلاميُّ", "الاعلامي"],
  ["hamza on alef", "أخبار إلى آخر ٱلخبر", "اخبار الي اخر الخبر"],
  ["hamza on waw and yeh", "مسؤول رئيس", "مسوول رييس"],
  ["teh marbuta", "مصراتة", "مصراته"],
  ["alef maqsura", "بنغازى", "بنغازي"],
  ["tatweel", "ســـاعة", "ساعه"],
  ["Persian yeh and kaf", "یک", "يك"],
  ["heh of other keyboards", "ہۀھە", "هههه"],
  ["both digit sets", "٢٠١٩ ۲۰۱۹", "2019 2019"],
  [
    "Latin case and accents",
    "Élysée ÇA ŁÓDŹ Straße İstanbul ısı",
    "elysee ca lodz strasse istanbul isi",
  ],
  ["Greek accents and final sigma", "Οκτώβριος", "οκτωβριοσ"],
  ["presentation forms", "ﻟﻴﺒﻴﺎ ﻻ", "ليبيا لا"],
  ["harakat drawn alone inside a word", "ليﹶبياﱠ", "ليبيا"],
  ["a currency sign that spells a word", "﷼", "ريال"],
  ["punctuation of every kind", "«الطير/أبريل»، 4؟", "الطير ابريل 4"],
  ["joiners inside a word", "می\u200cخواهم", "ميخواهم"],
  ["letters of neighbours' names", "گرادة ڤيروس ڨفصة", "كراده فيروس قفصه"],
  ["nothing but signs", "،؛!", ""],
])("folds %s", (_what, text, expected) => {
  expect(fold(text)).toBe(expected);
});

test.each([
  ["مصراتة", "مصراته"],
  ["إلى", "الى"],
  ["الأربعاء", "الاربعاء"],
  ["الاثنين", "الإثنين"],
  ["في", "فى"],
  ["بنغازي", "بنغازى"],
  ["مُحَمَّد", "محمد"],
  ["محـــمد", "محمد"],
  ["٧٢", "72"],
  ["أوباري", "اوباري"],
  ["شؤون", "شوون"],
  ["هيئة", "هييه"],
])("finds %s when %s is typed", (printed, typed) => {
  expect(fold(typed)).toBe(fold(printed));
});

test("leads back from a folded word to its letters and harakat", () => {
  const text = "قال: «الإعلاميُّون» هنا";
  const { folded, starts, ends } = foldWithMap(text);
  const at = folded.indexOf("الاعلاميون");
  expect(text.slice(starts[at], ends[at + "الاعلاميون".length - 1])).toBe("الإعلاميُّون");
});

test("leads back from letters that fold to more or fewer", () => {
  const text = "x ﻻ Straße e\u0301!";
  const { folded, starts, ends } = foldWithMap(text);
  expect(folded).toBe("x لا strasse e");
  expect(text.slice(starts[2], ends[3])).toBe("ﻻ");
  expect(text.slice(starts[9], ends[10])).toBe("ß");
  expect(text.slice(starts[13], ends[13])).toBe("e\u0301");
});

test("words keep their harakat and stop at signs", () => {
  expect(tokens("الطير/أبريل أكَّدَ 2019!").map((token) => token.text)).toEqual([
    "الطير",
    "أبريل",
    "أكَّدَ",
    "2019",
  ]);
  expect(wordCount("قال إنّ «ليبيا» بخير.")).toBe(4);
  expect(wordCount("")).toBe(0);
});

test.each([
  ["المدينة", "مدين"],
  ["والمدينة", "مدين"],
  ["بالمدينة", "مدين"],
  ["للمدينة", "مدين"],
  ["وبالمدينة", "مدين"],
  ["المدن", "مدن"],
  ["ليبيون", "ليب"],
  ["الليبيين", "ليب"],
  ["وزير", "زير"],
  ["ولد", "ولد"],
  ["الله", "له"],
  ["في", "في"],
  ["ال", "ال"],
  ["news", "news"],
  ["elections", "election"],
  ["paris", "paris"],
  ["2019", "2019"],
])("%s has the stem %s", (word, expected) => {
  expect(stem(fold(word))).toBe(expected);
});
