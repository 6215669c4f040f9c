/** Telling normal form C from bytes: held against String.normalize over every character there is. */
import { expect, test } from "vitest";
import { isNfc } from "../../src/text/index.ts";

const LAST = 0x10ffff;

function* characters(): Generator<string> {
  for (let code = 0; code <= LAST; code++) {
    if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code);
  }
}

test.each<[string, (one: string) => string]>([
  ["alone", (one) => one],
  ["after a letter", (one) => `ا${one}`],
  ["before a letter", (one) => `${one}ا`],
  ["after a vowel sign", (one) => `ب\u064e${one}`],
  ["after shadda", (one) => `ب\u0651${one}`],
  ["before a vowel sign", (one) => `${one}\u064e`],
  ["before a hamza that combines", (one) => `${one}\u0654`],
  ["before an accent", (one) => `${one}\u0301`],
  ["twice", (one) => `${one}${one}`],
])("every character %s", (_, within) => {
  const wrong: string[] = [];
  for (const one of characters()) {
    const text = within(one);
    if (isNfc(Buffer.from(text)) !== (text.normalize("NFC") === text)) {
      wrong.push(`U+${one.codePointAt(0)?.toString(16)}`);
    }
  }
  expect(wrong).toEqual([]);
});

test.each([
  ["news without vowel signs", "قال رئيس المجلس البلدي، إن «الأعمال» مستمرة – 100% 😀."],
  ["news with some", "وأعلن أيضاً أنّ الموقف جداً مُهم"],
  ["English and French", "Déjà vu: naïve café"],
  ["nothing", ""],
])("%s is normal", (_, text) => expect(isNfc(Buffer.from(text))).toBe(true));

test.each([
  ["alef and a madda of its own", "ا\u0653ب"],
  ["shadda before fatha", "ب\u0651\u064e"],
  ["e and an accent of its own", "e\u0301"],
])("%s is not", (_, text) => expect(isNfc(Buffer.from(text))).toBe(false));

test("half a surrogate pair is not", () => {
  expect(isNfc(Buffer.from([0x61, 0xed, 0xa0, 0x80, 0x62]))).toBe(false);
});
