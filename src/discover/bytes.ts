/**
 * From a capture's bytes to text, for files read by machines: feeds, sitemaps, JSON. (Pages that
 * people read go through decode/, which weighs more evidence; a link list needs only the links.)
 *
 * Order of trust: byte order mark, valid UTF-8, the label (XML declaration, header, meta), then
 * windows-1256, the one legacy encoding Arabic sites still send. Never throws.
 */
import { TextDecoder } from "node:util";
import { constants, gunzipSync } from "node:zlib";
import type { Capture } from "../model.ts";

export interface OpenedText {
  readonly text: string;
  readonly problems: readonly string[];
}

// A sitemap may be 50 MB unpacked (sitemaps.org); twice that is a mistake, far more an attack.
const MAX_UNPACKED_BYTES = 100 * 1024 * 1024;
// A declaration stands in the first line; some sites put warnings or comments before it.
const LABEL_WINDOW_BYTES = 1_024;
const LABEL = /(?:encoding|charset)\s*=\s*["']?\s*([\w-]+)/iu;
const FALLBACK_ENCODING = "windows-1256";
const UTF16_MARKS = [
  [0xff, 0xfe, "utf-16le"],
  [0xfe, 0xff, "utf-16be"],
] as const;
// At least this many good non-ASCII characters for each lost one: windows-1256 read as UTF-8 loses all.
const MAX_LOST_SHARE = 4;

/** Unpacks gzip (a `.gz` file, also one cut short) and decodes. */
export function openText(capture: Pick<Capture, "body" | "headers">): OpenedText {
  const problems: string[] = [];
  const bytes = isGzip(capture.body) ? unpack(capture.body, problems) : capture.body;
  const text = decode(bytes, capture.headers, problems);
  return { text, problems };
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpack(bytes: Uint8Array, problems: string[]): Uint8Array {
  const limit = { maxOutputLength: MAX_UNPACKED_BYTES };
  try {
    return gunzipSync(bytes, limit);
  } catch {
    problems.push("gzip is cut short or damaged");
  }
  try {
    return gunzipSync(bytes, { ...limit, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array(0);
  }
}

function decode(bytes: Uint8Array, headers: Capture["headers"], problems: string[]): string {
  const utf16 = UTF16_MARKS.find(
    ([first, second]) => bytes[0] === first && bytes[1] === second,
  )?.[2];
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // not all of it is UTF-8
  }
  const lenient = new TextDecoder("utf-8").decode(bytes);
  if (isMostlyUtf8(lenient)) {
    problems.push("a few bytes are not UTF-8");
    return lenient;
  }
  const label = labelOf(bytes, headers);
  const decoder = legacyDecoder(label);
  const labelled = label === null ? "" : ` (labelled ${label})`;
  problems.push(`not UTF-8${labelled}; read as ${decoder.encoding}`);
  return decoder.decode(bytes);
}

/** One cut character or pasted byte spoils a file for strict decoders; legacy text spoils every word. */
function isMostlyUtf8(lenient: string): boolean {
  const lost = lenient.match(/\uFFFD/gu)?.length ?? 0;
  const kept = lenient.match(/[^\0-\x7F\uFFFD]/gu)?.length ?? 0;
  return lost * MAX_LOST_SHARE < kept;
}

function labelOf(bytes: Uint8Array, headers: Capture["headers"]): string | null {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, LABEL_WINDOW_BYTES));
  const header = headers.find(([name]) => name === "content-type")?.[1] ?? "";
  return LABEL.exec(start)?.[1] ?? LABEL.exec(header)?.[1] ?? null;
}

/** Labels nobody knows, and the Latin ones (which servers put on everything), mean Arabic here. */
function legacyDecoder(label: string | null): TextDecoder {
  try {
    const decoder = new TextDecoder(label ?? FALLBACK_ENCODING);
    if (decoder.encoding !== "utf-8" && decoder.encoding !== "windows-1252") return decoder;
  } catch {
    // a label nobody knows
  }
  return new TextDecoder(FALLBACK_ENCODING);
}
