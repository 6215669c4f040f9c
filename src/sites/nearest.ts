/** Which site was meant by a word that names none: the nearest by slips of the finger, or none. */

/** One slip in three letters, three at most: beyond that nearly every short name is near another. */
const LETTERS_A_SLIP = 3;
const MOST_SLIPS = 3;
/** Shorter pieces are part of too many names. */
const LEAST_PIECE = 4;

/** @returns the id that the word is a piece of, or that fewest slips lead to; null for none */
export function nearestId(word: string, ids: readonly string[]): string | null {
  const typed = word.toLowerCase();
  const whole = ids.filter((id) => typed.length >= LEAST_PIECE && id.includes(typed));
  if (whole.length === 1) return whole[0] ?? null;
  const most = Math.min(MOST_SLIPS, Math.floor(typed.length / LETTERS_A_SLIP));
  let [best, fewest]: [string | null, number] = [null, most + 1];
  for (const id of ids) {
    if (Math.abs(id.length - typed.length) > most) continue;
    const slips = slipsBetween(typed, id);
    if (slips < fewest) [best, fewest] = [id, slips];
  }
  return best;
}

/** Letters changed, left out, put in, or changed with their neighbour (optimal string alignment). */
function slipsBetween(one: string, other: string): number {
  let [before, row]: [number[], number[]] = [[], [...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped =
        i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
}
