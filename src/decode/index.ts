/**
 * The door from bytes to text: decides a page's encoding from evidence, strongest first, and says
 * which evidence it was. Never throws: any bytes give some text.
 *
 * 1. a byte order mark;
 * 2. strictly valid UTF-8, whatever the labels say (old sites lie about it in both directions);
 * 3. nearly valid UTF-8, with U+FFFD for the broken bytes;
 * 4. the `<meta>`, then the header, cleaned, if the bytes bear it out; a utf-8 label that failed 2
 *    and 3 is never believed, a Latin one only when the bytes do not look Arabic;
 * 5. the letters' own statistics; 6. windows-1256, the encoding of the Arabic web before UTF-8.
 */
import type { Capture, EncodingSource, Html } from "../model.ts";
import { guessEncoding } from "./guess.ts";
import { cleanLabel, headerLabel, metaLabel } from "./labels.ts";
import { undoMojibake } from "./mojibake.ts";
import { isBorneOut } from "./plausible.ts";
import { readAs } from "./single-byte.ts";
import { judgeUtf8 } from "./utf8.ts";

export { isOtherKind } from "./other-kind.ts";

/** Text of a body, with the evidence. Header names must be lower-case. */
export function decode({ body, headers }: Pick<Capture, "body" | "headers">): Html {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const claims = [metaLabel(bytes), headerLabel(headers)] as const;
  const marked = bomOf(bytes);
  if (marked !== null) return read(bytes, marked, "bom", claims);
  const sixteen = looksUtf16(bytes);
  if (sixteen !== null) return read(bytes, sixteen, "guess", claims);
  if (judgeUtf8(bytes) !== "no") return utf8(bytes, claims);

  const believed = claims.findIndex((claim) => claim !== null && isBorneOut(bytes, claim));
  const claim = claims[believed];
  if (claim) return read(bytes, claim, believed === 0 ? "meta" : "header", claims);
  const guess = cleanLabel(guessEncoding(bytes) ?? "");
  if (guess !== null && isBorneOut(bytes, guess)) return read(bytes, guess, "guess", claims);
  return read(bytes, "windows-1256", "fallback", claims);
}

type Claims = readonly [meta: string | null, header: string | null];

function utf8(bytes: Buffer, claims: Claims): Html {
  const text = bytes.toString("utf8");
  const labelled = disagreeing(claims, "utf-8");
  const repaired = undoMojibake(text) ?? text;
  return { text: repaired, encoding: "utf-8", encodingFrom: "utf-8-valid", labelled };
}

function read(bytes: Buffer, encoding: string, encodingFrom: EncodingSource, claims: Claims): Html {
  const text = readAs(encoding, bytes);
  return { text, encoding, encodingFrom, labelled: disagreeing(claims, encoding) };
}

/** The first label that says something else than what the bytes were. */
function disagreeing(claims: Claims, encoding: string): string | null {
  return claims.find((claim) => claim !== null && claim !== encoding) ?? null;
}

function bomOf(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

/** UTF-16 without a mark: markup begins with `<` beside a zero byte. */
function looksUtf16(bytes: Buffer): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0x3c && bytes[1] === 0 && bytes[2] !== 0 && bytes[3] === 0) return "utf-16le";
  if (bytes[0] === 0 && bytes[1] === 0x3c && bytes[2] === 0 && bytes[3] !== 0) return "utf-16be";
  return null;
}
