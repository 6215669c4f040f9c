/**
 * Whether bytes that are not UTF-8 make sense in the encoding that a label or a guess names. Labels
 * on old Arabic sites are often the server's default, so each is held against the bytes:
 * - a wrong Arabic code page betrays itself: iso-8859-6 leaves 45 bytes undefined, and its words
 *   read as windows-1256 come out half Arabic, half French ("اçل"), both scripts in one word;
 * - a Latin label cannot be right where non-ASCII letters come in whole words: Latin languages have
 *   theirs one by one between ASCII letters.
 */

/** Looked at from the first non-ASCII byte on; a few hundred words settle it. */
const SAMPLE_BYTES = 8192;

/** Share of undefined bytes or of script changes inside words that an honest page stays below. */
const MAX_ODD_SHARE = 0.02;

/** Share of non-ASCII bytes standing next to another: Arabic above 0.9, French and Turkish below 0.1. */
const MAX_LATIN_NEIGHBOURS = 0.5;

const LATIN = /^(?:windows-125[0247]|iso-8859-(?:1|2|3|4|9|10|13|14|15|16)|macintosh)$/;

const UNDEFINED = /\ufffd/g;
const NON_ASCII = /[^\p{ASCII}]/gu;
const MIXED_WORD = /\p{Script=Arabic}[\u00c0-\u00ff]|[\u00c0-\u00ff]\p{Script=Arabic}/gu;

/** False for every UTF-8 and UTF-16 label: by now the bytes are known to be neither. */
export function isBorneOut(bytes: Buffer, encoding: string): boolean {
  if (encoding.startsWith("utf-")) return false;
  const sample = sampleOf(bytes);
  if (LATIN.test(encoding)) return neighbourShare(sample) <= MAX_LATIN_NEIGHBOURS;
  const text = new TextDecoder(encoding).decode(sample);
  const letters = count(text, NON_ASCII);
  return (
    letters === 0 || (count(text, UNDEFINED) + count(text, MIXED_WORD)) / letters <= MAX_ODD_SHARE
  );
}

function sampleOf(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length && (bytes[start] as number) < 0x80) start++;
  return bytes.subarray(start, start + SAMPLE_BYTES);
}

function neighbourShare(sample: Buffer): number {
  let high = 0;
  let beside = 0;
  for (let at = 0; at < sample.length; at++) {
    if ((sample[at] as number) < 0x80) continue;
    high++;
    if ((sample[at - 1] ?? 0) >= 0x80 || (sample[at + 1] ?? 0) >= 0x80) beside++;
  }
  return high === 0 ? 0 : beside / high;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
