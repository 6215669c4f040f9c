/**
 * Whether bytes make sense in a code page. Wrong Arabic code pages betray themselves: iso-8859-6
 * leaves 45 bytes undefined, and its words read as windows-1256 come out half Arabic, half French
 * ("اáçلàé"), with letters of both scripts inside one word.
 */

/** Looked at from the first non-ASCII byte on; a few hundred words settle it. */
const SAMPLE_BYTES = 8192;

/** Share of undefined bytes or of script changes inside words that an honest page stays below. */
const MAX_ODD_SHARE = 0.02;

const UNDEFINED = /\ufffd/g;
const NON_ASCII = /[^\p{ASCII}]/gu;
const MIXED_WORD = /\p{Script=Arabic}[\u00c0-\u00ff]|[\u00c0-\u00ff]\p{Script=Arabic}/gu;

export function looksRight(bytes: Buffer, encoding: string): boolean {
  let start = 0;
  while (start < bytes.length && (bytes[start] as number) < 0x80) start++;
  const text = new TextDecoder(encoding).decode(bytes.subarray(start, start + SAMPLE_BYTES));
  const letters = count(text, NON_ASCII);
  if (letters === 0) return true;
  return (count(text, UNDEFINED) + count(text, MIXED_WORD)) / letters <= MAX_ODD_SHARE;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
