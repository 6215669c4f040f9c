/** Which way a text reads: by its letters, not by its label. */

const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /\p{L}/u;
// Enough to know; a whole body would say nothing else.
const SAMPLE_CHARS = 4_000;

/** What has been found out about each UTF-16 unit: bits of IS. */
const known = new Uint8Array(65_536);
const IS = { met: 1, letter: 2, rightToLeft: 4 } as const;

/** `rtl` when at least half of the letters belong to a right-to-left script; without letters `ltr`. */
export function direction(text: string): "rtl" | "ltr" {
  const sample = text.slice(0, SAMPLE_CHARS);
  let letters = 0;
  let rightToLeft = 0;
  for (let at = 0; at < sample.length; at++) {
    const codePoint = sample.codePointAt(at) as number;
    if (codePoint > 0xffff) at++;
    const bits = bitsOf(codePoint);
    if (bits & IS.letter) letters++;
    if (bits & IS.rightToLeft) rightToLeft++;
  }
  return letters > 0 && rightToLeft * 2 >= letters ? "rtl" : "ltr";
}

function bitsOf(codePoint: number): number {
  const met = codePoint > 0xffff ? 0 : (known[codePoint] as number);
  if (met !== 0) return met;
  const character = String.fromCodePoint(codePoint);
  const bits =
    IS.met |
    (LETTER.test(character) ? IS.letter : 0) |
    (RIGHT_TO_LEFT.test(character) ? IS.rightToLeft : 0);
  if (codePoint <= 0xffff) known[codePoint] = bits;
  return bits;
}
