/**
 * What a file is, by its first bytes. A WARC whose first bytes are damaged is one by its name: the rest of it
 * may be whole.
 */
import { open } from "node:fs/promises";
import { constants, createGunzip } from "node:zlib";
import type { ImportKind } from "./source.ts";

const GLANCE_BYTES = 4096;
const WARC_NAME = /\.warc(?:\.gz)?$/iu;
const NOTHING_KNOWN = "no WARC, WACZ, HTML page, JSON, OPML or list of URLs";
/** What people have beside those, by its first bytes, and how it becomes one of them. */
const OTHERS: readonly (readonly [start: string, why: string])[] = [
  ["SQLite format 3\0", "a database; warraq archive merge takes over another archive's articles"],
  ["\x28\xb5\x2f\xfd", "packed by Zstandard; unpack it first"],
  // The frame with a dictionary that a .warc.zst begins with.
  ["\x5d\x2a\x4d\x18", "packed by Zstandard; unpack it first"],
  ["BZh", "packed by bzip2; unpack it first"],
  ["\xfd7zXZ\0", "packed by xz; unpack it first"],
  ["7z\xbc\xaf\x27\x1c", "packed by 7-Zip; unpack it first"],
  ["Rar!\x1a\x07", "packed by RAR; unpack it first"],
  ["filedesc://", "an ARC, the form before WARC; turn it into a WARC first"],
];

export type Glance =
  | { readonly kind: ImportKind; readonly isGzip: boolean }
  | { readonly kind: null; readonly why: string };

/** @param path - of a plain file */
export async function glanceAt(path: string): Promise<Glance> {
  const packed = await firstBytes(path);
  const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
  const bytes = isGzip ? await unpackedStart(packed) : packed;
  const start = bytes.toString("latin1");
  const [, why] = OTHERS.find(([first]) => start.startsWith(first)) ?? [];
  if (why !== undefined) return { kind: null, why };
  const kind = kindOf(bytes) ?? (WARC_NAME.test(path) ? "warc" : null);
  return kind === null ? { kind, why: NOTHING_KNOWN } : { kind, isGzip };
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GLANCE_BYTES), 0, GLANCE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** As far as it can be unpacked: what follows the first member may be damaged. */
function unpackedStart(bytes: Buffer): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  gunzip.on("data", (piece: Buffer) => pieces.push(piece));
  return new Promise((resolve) => {
    gunzip.once("close", () => resolve(Buffer.concat(pieces)));
    gunzip.on("error", () => {});
    gunzip.end(bytes);
  });
}

function kindOf(bytes: Buffer): ImportKind | null {
  const text = bytes
    .toString("utf8")
    .replace(/^\uFEFF/u, "")
    .trimStart();
  if (text.startsWith("WARC/")) return "warc";
  if (text.startsWith("PK\u0003\u0004")) return "wacz";
  if (/^(?:\{|\[\s*(?:\{|\]|$))/u.test(text)) return "jsonl";
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<opml\b/iu.test(text)) return "opml";
  if (/^<(?:!doctype|!--|html|head|\?xml|body|meta|title)/iu.test(text)) return "html";
  return isList(text) ? "urls" : null;
}

/** At least half of the lines begin with a web address; the others are counted when it is read. */
function isList(text: string): boolean {
  const lines = text.split("\n").filter((line) => !/^\s*(?:#|$)/u.test(line));
  const addresses = lines.filter((line) => /^\s*https?:\/\/\S/iu.test(line));
  return addresses.length > 0 && addresses.length * 2 >= lines.length;
}
