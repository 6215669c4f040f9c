/**
 * The longer words of lines as numbers: lines are held against each other and against titles word by word,
 * which needs no strings. Two words of the same number (one pair in four thousand million) count as one.
 */

/** Shorter words are grammar more often than topic. */
const LEAST_WORD_CHARS = 4;
const SPACE = 32;
/** FNV-1a, 32 bits. */
const [BASIS, PRIME] = [0x811c9dc5, 0x01000193];

/** @param folded - as `fold` gives it: words one space apart */
export function longWords(folded: string): readonly number[] {
  const words: number[] = [];
  const { length } = folded;
  let hash = BASIS;
  let chars = 0;
  for (let at = 0; at < length; at++) {
    const code = folded.charCodeAt(at);
    if (code !== SPACE) {
      hash = Math.imul(hash ^ code, PRIME);
      chars++;
      continue;
    }
    if (chars >= LEAST_WORD_CHARS) words.push(hash);
    hash = BASIS;
    chars = 0;
  }
  if (chars >= LEAST_WORD_CHARS) words.push(hash);
  return words;
}
