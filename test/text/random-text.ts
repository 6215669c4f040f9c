/** Random text for property tests: reproducible, and unfair (marks, controls, surrogates, every block of Unicode). */

/** A generator of numbers in [0, 1): mulberry32, so a failure can be repeated from its seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ranges where letters combine, change shape, vanish or turn the line round. */
const UNFAIR: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x7f],
  [0x80, 0x24f],
  [0x300, 0x36f],
  [0x370, 0x4ff],
  [0x5b0, 0x6ff],
  [0x8a0, 0x8ff],
  [0x900, 0x97f],
  [0xe00, 0xeff],
  [0x1100, 0x11ff],
  [0x1e00, 0x1fff],
  [0x2000, 0x206f],
  [0x2100, 0x218f],
  [0x3040, 0x318f],
  [0xac00, 0xac80],
  [0xd800, 0xdfff],
  [0xfb00, 0xfdff],
  [0xfe00, 0xffff],
  [0x1d400, 0x1d7ff],
  [0x1f300, 0x1f6ff],
  [0xe0000, 0xe01ef],
];

/** A string of up to `length` characters, a mix of a few ranges with words of dates strewn in. */
export function randomText(random: () => number, length: number, words: readonly string[]): string {
  const pick = (count: number) => Math.floor(random() * count);
  const ranges = Array.from({ length: 3 }, () => UNFAIR[pick(UNFAIR.length)] ?? [0x20, 0x7e]);
  let text = "";
  for (let count = pick(length); count > 0; count--) {
    const [first, last] = ranges[pick(3)] ?? [0x20, 0x7e];
    const point = random() < 0.05 ? pick(0x110000) : first + pick(last - first + 1);
    text += random() < 0.15 ? (words[pick(words.length)] ?? "") : String.fromCodePoint(point);
  }
  return text;
}
