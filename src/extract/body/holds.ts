/**
 * Whether a long text holds a short one, asked for every line of a page: where the answer is no, a look at
 * three places tells. Exact: what passes the sieve is searched for.
 */

/** Letters looked at together; shorter lines are searched for at once. */
const GRAM = 4;
/** Bits of the sieve, a power of two: an article's several thousand letters leave most of it empty. */
const BITS = 65_536;

export function createHolds(text: string): (part: string) => boolean {
  const sieve = new Uint8Array(BITS >> 3);
  for (let at = 0; at + GRAM <= text.length; at++) {
    const bit = gramAt(text, at);
    sieve[bit >> 3] = (sieve[bit >> 3] as number) | (1 << (bit & 7));
  }
  const mayHold = (part: string, at: number): boolean => {
    const bit = gramAt(part, at);
    return ((sieve[bit >> 3] as number) & (1 << (bit & 7))) !== 0;
  };
  return (part) => {
    const last = part.length - GRAM;
    const mayBeThere =
      last < 0 || (mayHold(part, last) && mayHold(part, 0) && mayHold(part, last >> 1));
    return mayBeThere && text.includes(part);
  };
}

function gramAt(text: string, at: number): number {
  const start = text.charCodeAt(at) * 31 + text.charCodeAt(at + 1);
  const end = text.charCodeAt(at + 2) * 31 + text.charCodeAt(at + 3);
  return (start * 1_021 + end) & (BITS - 1);
}
