/** Which way a text reads: by its letters, not by its label. */

const RIGHT_TO_LEFT_LETTERS =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu;
const LETTERS = /\p{L}/gu;
// Enough to know; a whole body would say nothing else.
const SAMPLE_CHARS = 4_000;

/** `rtl` when at least half of the letters belong to a right-to-left script; without letters `ltr`. */
export function direction(text: string): "rtl" | "ltr" {
  const sample = text.slice(0, SAMPLE_CHARS);
  const letters = sample.match(LETTERS)?.length ?? 0;
  const rightToLeft = sample.match(RIGHT_TO_LEFT_LETTERS)?.length ?? 0;
  return letters > 0 && rightToLeft * 2 >= letters ? "rtl" : "ltr";
}
