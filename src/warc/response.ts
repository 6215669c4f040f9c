/**
 * One record of a WARC file, as an index points to it: a gzip member with a `response` record (WARC
 * 1.1, §6.3) that holds an HTTP answer. Pure; never throws.
 */
import { gunzipSync } from "node:zlib";
import type { Headers } from "../model.ts";
import { isGzip } from "./gzip-members.ts";
import { readHttpBody, readHttpHead } from "./http.ts";
import { headEnd, parseWarcHead } from "./record.ts";

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
  const start = headEnd(record);
  if (start === null) return unreadable("the record has no head");
  const head = parseWarcHead(record.toString("utf8", 0, start));
  if (head === null) return unreadable("not a WARC record");
  const { type, fields, url, at, length } = head;
  if (type !== "response") return unreadable(`a record of type ${type || "unknown"}`);
  if (length === null || start + length > record.length) {
    return unreadable("the record is cut short");
  }
  if (at === null || url === null) return unreadable("the record has no date or no address");
  const http = readHttpHead(record.subarray(start, start + length));
  if (http === null) return unreadable("no HTTP answer in the record");
  const body = readHttpBody(http, maxBytes);
  if (body.kind === "too-large") return unreadable(`more than ${maxBytes} bytes after decoding`);
  const { status, headers } = http;
  const isTruncated = fields.has("warc-truncated");
  return { kind: "response", url, at, status, headers, body: body.body, isTruncated };
}

function unreadable(detail: string): WarcResponse {
  return { kind: "unreadable", detail };
}
