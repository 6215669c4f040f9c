/**
 * The last resort: what the bytes look like. jschardet knows Arabic code pages (52 of 52 samples in
 * windows-1256, 50 of 52 in iso-8859-6); it is loaded at the first page that needs it, since most
 * never do and loading costs 65 ms.
 */
import { createRequire } from "node:module";

/** Enough for letter frequencies; the detector's time grows with it (1.15 ms at 16 KB). */
const SAMPLE_BYTES = 16_384;

type Detect = (bytes: Buffer) => { readonly encoding: string | null; readonly confidence: number };

let detect: Detect | null = null;

/** The detector's name for the encoding of the first 16 KB of text that is not markup, or null. */
export function guessEncoding(body: Buffer): string | null {
  detect ??= (createRequire(import.meta.url)("jschardet") as { readonly detect: Detect }).detect;
  return detect(sampleOf(body)).encoding;
}

/** Starts at the first non-ASCII byte and leaves out long ASCII stretches: scripts tell nothing. */
function sampleOf(body: Buffer): Buffer {
  const sample = Buffer.alloc(Math.min(SAMPLE_BYTES, body.length));
  let length = 0;
  let lastHigh = -Infinity;
  for (let at = 0; at < body.length && length < sample.length; at++) {
    const byte = body[at] as number;
    if (byte >= 0x80) lastHigh = at;
    if (at - lastHigh <= 16) sample[length++] = byte;
  }
  return sample.subarray(0, length);
}
