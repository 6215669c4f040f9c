/**
 * The index of a web archive: CDXJ lines, sorted by SURT and time, in gzip blocks that a second, small
 * index points to (ZipNum): a replay tool finds an address by reading two short stretches.
 */
import { hash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { IndexEntry } from "./entry.ts";
import { surtOf } from "./surt.ts";

/** As pywb's tools and those after them do. */
const LINES_PER_BLOCK = 3_000;

/** `ly,example)/news 20240501120000 {"url": …}` */
export function cdxLine({
  url,
  at,
  mime,
  status,
  digest,
  length,
  offset,
  file,
}: IndexEntry): string {
  const facts = {
    ...{ url, mime, status: String(status), digest },
    ...{ length: String(length), offset: String(offset), filename: file },
  };
  return `${surtOf(url)} ${timestampOf(at)} ${JSON.stringify(facts)}`;
}

/** `20240501120000`, UTC. */
export function timestampOf(at: number): string {
  return new Date(at).toISOString().replace(/\D/gu, "").slice(0, 14);
}

export interface IndexFiles {
  /** Blocks of `index.cdx.gz`, in order. */
  readonly block: Buffer;
  /** The line of `index.idx` that points to it. */
  readonly pointer: string;
}

/** @param lines - sorted */
export async function* indexBlocks(
  lines: AsyncIterable<string>,
  filename: string,
): AsyncGenerator<IndexFiles> {
  let offset = 0;
  let block: string[] = [];
  const pack = (): IndexFiles => {
    const bytes = gzipSync(`${block.join("\n")}\n`);
    const [surt = "", time = ""] = (block[0] ?? "").split(" ");
    const digest = `sha256:${hash("sha256", bytes, "hex")}`;
    const facts = { offset, length: bytes.length, digest, filename };
    offset += bytes.length;
    block = [];
    return { block: bytes, pointer: `${surt} ${time} ${JSON.stringify(facts)}\n` };
  };
  for await (const line of lines) {
    block.push(line);
    if (block.length >= LINES_PER_BLOCK) yield pack();
  }
  if (block.length > 0) yield pack();
}

/** First line of `index.idx`: how the blocks are to be read. */
export function pointerHeader(filename: string): string {
  return `!meta 0 ${JSON.stringify({ format: "cdxj-gzip-1.0", filename })}\n`;
}
