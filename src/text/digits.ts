/** Whether a text holds a decimal digit of any script. */
import { createCharTable, isSurrogate } from "./char-table.ts";

const DIGIT = /\p{Nd}/u;
const isDigit = createCharTable((unit) => (DIGIT.test(unit) ? 1 : 0));

/** Most short texts of a page have none: a look into a table for each letter is cheaper than a pattern. */
export function hasDigit(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isSurrogate(code)) return DIGIT.test(text);
    if (isDigit(code) === 1) return true;
  }
  return false;
}
