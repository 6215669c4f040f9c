/**
 * The HTTP answer in a record's block. Crawlers store what they got in two ways, and not all say
 * which: with transfer and content codings as sent, or undone with the headers left standing (Common
 * Crawl renames those to `X-Crawler-…`). A coding is taken off only where the bytes show it. Pure.
 */
import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
} from "node:zlib";
import type { Headers } from "../model.ts";
import { isGzip } from "./gzip-members.ts";
import { headEnd, headerLines } from "./record.ts";

export interface HttpHead {
  readonly status: number;
  /** Lower-case names, in the order sent. */
  readonly headers: Headers;
  /** What follows the head, as stored. */
  readonly raw: Buffer;
}

export type HttpBody =
  | { readonly kind: "body"; readonly body: Uint8Array<ArrayBuffer> }
  /** More bytes than were allowed; `isBomb`: a few bytes that would become as many. */
  | { readonly kind: "too-large"; readonly isBomb: boolean };

/** Unpacked ÷ packed; as in fetch/limits.ts: markup reaches 30, beyond 40 a body was made to explode. */
const BOMB_RATIO = 40;
/** More codings than a cache in front of gzip makes. */
const MOST_CODINGS = 2;
const LINE_END = Buffer.from("\r\n");
const CHUNK_SIZE = /^([0-9a-f]{1,8})\s*(?:;.*)?$/iu;
/** A size, and what servers write behind it. */
const MOST_SIZE_BYTES = 64;
const MORE = { chunkSize: 128 * 2 ** 10 };

/** @returns null when the block holds no HTTP answer */
export function readHttpHead(block: Buffer): HttpHead | null {
  const end = headEnd(block);
  if (end === null) return null;
  const [statusLine = "", ...lines] = block.toString("utf8", 0, end).split(/\r?\n/u);
  const status = Number(/^HTTP\/\d(?:\.\d)? (\d{3})/u.exec(statusLine)?.[1] ?? Number.NaN);
  if (Number.isNaN(status)) return null;
  return { status, headers: headerLines(lines), raw: block.subarray(end) };
}

export function headerOf(headers: Headers, wanted: string): string {
  return headers
    .filter(([name]) => name === wanted)
    .map(([, value]) => value.toLowerCase())
    .join(",");
}

/** The body without codings, in bytes of its own. */
export function readHttpBody({ headers, raw }: HttpHead, maxBytes: number): HttpBody {
  const isChunked = headerOf(headers, "transfer-encoding").includes("chunked");
  let body = (isChunked ? unchunk(raw) : null) ?? raw;
  const codings = headerOf(headers, "content-encoding").split(/[\s,]+/u);
  for (const coding of codings.filter(Boolean).slice(-MOST_CODINGS).reverse()) {
    try {
      body = undo(coding, body, maxBytes);
    } catch (error) {
      // Anything else: undone already by the crawler.
      if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") continue;
      return { kind: "too-large", isBomb: maxBytes / body.length >= BOMB_RATIO };
    }
  }
  if (body.length > maxBytes) return { kind: "too-large", isBomb: false };
  return { kind: "body", body: new Uint8Array(body) };
}

/**
 * RFC 9112 §7.1; null when these are not chunks, whatever the header says, or a size among them is wrong: what
 * it would cut off is the page. Of chunks that end before their last, as of a connection that broke, what came.
 */
export function unchunk(bytes: Buffer): Buffer | null {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(LINE_END, at);
    const line = bytes.toString("latin1", at, end < 0 ? at + MOST_SIZE_BYTES : end);
    const size = CHUNK_SIZE.exec(line)?.[1];
    if (end < 0 || size === undefined) {
      const isBroken = end < 0 && size !== undefined && bytes.length - at <= MOST_SIZE_BYTES;
      const isOver = isBroken || /^[\r\n]*$/u.test(bytes.toString("latin1", at));
      return chunks.length > 0 && isOver ? Buffer.concat(chunks) : null;
    }
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    const start = end + LINE_END.length;
    chunks.push(bytes.subarray(start, start + length));
    at = start + length + LINE_END.length;
    const behind = bytes.subarray(start + length, at);
    if (!LINE_END.subarray(0, behind.length).equals(behind)) return null;
  }
  return Buffer.concat(chunks);
}

/** Whether the head names a coding that the bytes are not in (any more). */
export function isUndone({ headers, raw }: HttpHead): boolean {
  const isChunked = headerOf(headers, "transfer-encoding").includes("chunked");
  const [line = ""] = raw.toString("latin1", 0, MOST_SIZE_BYTES).split("\r\n");
  if (isChunked && !CHUNK_SIZE.test(line)) return true;
  const packed = (isChunked ? unchunk(raw) : null) ?? raw;
  return /[a-z]/u.test(headerOf(headers, "content-encoding")) && isText(packed);
}

/** Packed bytes have control characters among their first. */
function isText(bytes: Buffer): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return !/[\0-\x08\x0b\x0e-\x1f]/u.test(bytes.toString("latin1", 0, 64));
}

/** Bytes that are not in the coding are the page itself. */
function undo(coding: string, bytes: Buffer, maxBytes: number): Buffer {
  if (bytes.length === 0) return bytes;
  const bound = { ...MORE, maxOutputLength: maxBytes };
  switch (coding) {
    case "gzip":
    case "x-gzip":
      // Servers leave the trailer off; what came is the page.
      return isGzip(bytes)
        ? gunzipSync(bytes, { ...bound, finishFlush: constants.Z_SYNC_FLUSH })
        : bytes;
    case "br":
      return brotliDecompressSync(bytes, bound);
    case "deflate":
      return ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.length > 1 && bytes.readUInt16BE(0) % 31 === 0
        ? inflateSync(bytes, bound)
        : inflateRawSync(bytes, bound);
    default:
      return bytes;
  }
}
