/**
 * One record of a WARC file, as Common Crawl's index points to it: a gzip member with a `response`
 * record (WARC 1.1, §5 and §6.3) that holds an HTTP answer. Pure; never throws.
 *
 * Crawlers store what they got in two ways, and not all say which: with transfer and content codings
 * as sent, or undone with the headers left standing (Common Crawl renames those to `X-Crawler-…`). A
 * coding is taken off only where the bytes show it.
 */
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Headers } from "../../model.ts";

export type WarcResponse =
  | {
      readonly kind: "response";
      readonly url: string;
      readonly at: number;
      readonly status: number;
      /** Lower-case names, in the order sent. */
      readonly headers: Headers;
      readonly body: Uint8Array;
      /** The crawler stopped before the end (`WARC-Truncated`). */
      readonly isTruncated: boolean;
    }
  | { readonly kind: "unreadable"; readonly detail: string };

const GZIP = [0x1f, 0x8b] as const;
const HEAD_END = Buffer.from("\r\n\r\n");
const LINE_END = Buffer.from("\r\n");

/** @param maxBytes - of the record unpacked, and again of the body decoded */
export function readWarcResponse(member: Uint8Array, maxBytes: number): WarcResponse {
  let record: Buffer;
  try {
    record = isGzip(member)
      ? gunzipSync(member, { maxOutputLength: maxBytes })
      : Buffer.from(member);
  } catch (error) {
    return unreadable(
      `the gzip member is damaged (${error instanceof Error ? error.message : ""})`,
    );
  }
  const head = record.indexOf(HEAD_END);
  if (head < 0) return unreadable("the record has no head");
  const [version = "", ...lines] = record.toString("utf8", 0, head).split("\r\n");
  if (!/^WARC\/\d/u.test(version)) return unreadable("not a WARC record");
  const fields = new Map(headersOf(lines));
  const type = fields.get("warc-type");
  if (type !== "response") return unreadable(`a record of type ${type ?? "unknown"}`);
  const length = Number(fields.get("content-length"));
  const start = head + HEAD_END.length;
  if (!Number.isSafeInteger(length) || start + length > record.length) {
    return unreadable("the record is cut short");
  }
  const at = Date.parse(fields.get("warc-date") ?? "");
  // WARC 1.0 wrote the address in angle brackets, as its grammar (not its examples) had it.
  const url = (fields.get("warc-target-uri") ?? "").replace(/^<(.*)>$/u, "$1");
  if (Number.isNaN(at) || url === "") return unreadable("the record has no date or no address");
  const http = readHttp(record.subarray(start, start + length), maxBytes);
  if (http === null) return unreadable("no HTTP answer in the record");
  return { kind: "response", url, at, ...http, isTruncated: fields.has("warc-truncated") };
}

function readHttp(block: Buffer, maxBytes: number) {
  const head = block.indexOf(HEAD_END);
  if (head < 0) return null;
  const [statusLine = "", ...lines] = block.toString("utf8", 0, head).split("\r\n");
  const status = Number(/^HTTP\/\d(?:\.\d)? (\d{3})/u.exec(statusLine)?.[1] ?? Number.NaN);
  if (Number.isNaN(status)) return null;
  const headers = headersOf(lines);
  const raw = block.subarray(head + HEAD_END.length);
  const isChunked = headerOf(headers, "transfer-encoding").includes("chunked");
  const wire = (isChunked ? unchunk(raw) : null) ?? raw;
  const codings = headerOf(headers, "content-encoding")
    .split(/[\s,]+/u)
    .filter(Boolean);
  const body = codings.reduceRight<Buffer>((bytes, coding) => undo(coding, bytes, maxBytes), wire);
  return { status, headers, body: Uint8Array.from(body) };
}

function headersOf(lines: readonly string[]): (readonly [name: string, value: string])[] {
  return lines.flatMap((line) => {
    const colon = line.indexOf(":");
    return colon <= 0
      ? []
      : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const];
  });
}

function headerOf(headers: Headers, wanted: string): string {
  return headers
    .filter(([name]) => name === wanted)
    .map(([, value]) => value.toLowerCase())
    .join(",");
}

/** RFC 9112 §7.1; null when these are not chunks, whatever the header says. */
function unchunk(bytes: Buffer): Buffer | null {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(LINE_END, at);
    const size =
      end < 0
        ? ""
        : (/^([0-9a-f]{1,8})\s*(?:;.*)?$/iu.exec(bytes.toString("latin1", at, end))?.[1] ?? "");
    if (size === "") return null;
    const length = Number.parseInt(size, 16);
    if (length === 0) return Buffer.concat(chunks);
    const start = end + LINE_END.length;
    if (start + length > bytes.length) return null;
    chunks.push(bytes.subarray(start, start + length));
    at = start + length + LINE_END.length;
  }
  return null;
}

/** Bytes that are not in the coding are the page itself. */
function undo(coding: string, bytes: Buffer, maxBytes: number): Buffer {
  const bound = { maxOutputLength: maxBytes };
  try {
    if (coding === "gzip" || coding === "x-gzip")
      return isGzip(bytes) ? gunzipSync(bytes, bound) : bytes;
    if (coding === "br") return brotliDecompressSync(bytes, bound);
    if (coding === "deflate") return inflateSync(bytes, bound);
  } catch {
    // undone already by the crawler
  }
  return bytes;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === GZIP[0] && bytes[1] === GZIP[1];
}

function unreadable(detail: string): WarcResponse {
  return { kind: "unreadable", detail };
}
