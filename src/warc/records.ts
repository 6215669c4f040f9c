/**
 * Records as bytes (WARC 1.1). Everything in them follows from what is archived: ids from types,
 * addresses, times and digests, dates from the captures. So the same archive gives the same file.
 *
 * We keep bodies as they were after content coding; their headers say so: `Content-Encoding`,
 * `Transfer-Encoding` and `Content-Length` are set aside as `X-Archive-Orig-…`, as replay tools know
 * them, and the length is that of the bytes that follow.
 */
import { hash } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Capture, Headers, RedirectHop } from "../model.ts";

export const PROFILES = {
  identical: "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
  notModified: "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
} as const;

/** A capture that was written, for records that refer to it. */
export interface Written {
  readonly id: string;
  readonly url: string;
  readonly at: number;
  readonly digest: string;
}

type Fields = readonly (readonly [name: string, value: string])[];

const SET_ASIDE: ReadonlySet<string> = new Set([
  "content-encoding",
  "transfer-encoding",
  "content-length",
]);
const NOTHING = Buffer.alloc(0);
const HTTP_RESPONSE = "application/http;msgtype=response";
const HTTP_REQUEST = "application/http;msgtype=request";

/** @param filename - null for a stream, which has none */
export function warcinfo(filename: string | null, at: number, software: string): Buffer {
  const block = fieldLines([
    ["software", software],
    ["format", "WARC File Format 1.1"],
    [
      "conformsTo",
      "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    ],
    ["description", "articles of an archive: every capture, with what was extracted from it"],
  ]);
  const head = headOf("warcinfo", idOf("warcinfo", filename ?? "", at, ""), at, null);
  const fields: Fields = [
    ...(filename === null ? [] : [["WARC-Filename", filename] as const]),
    ["Content-Type", "application/warc-fields"],
  ];
  return recordOf([...head, ...fields], Buffer.from(block));
}

/** A hop of a redirect; only its status and target are kept. */
export function redirect({ url, status, location }: RedirectHop, at: number): Buffer {
  const block = httpBlock(
    statusLine(status),
    [
      ["location", location],
      ["content-length", "0"],
    ],
    NOTHING,
  );
  const head = headOf("response", idOf("response", url, at, location), at, url);
  const digest = payloadDigest(hash("sha256", NOTHING, "hex"));
  return recordOf(
    [...head, ["WARC-Payload-Digest", digest], ["Content-Type", HTTP_RESPONSE]],
    block,
  );
}

/** What we asked. Of its headers only the host is certain: they are not kept. */
export function request({ finalUrl, fetchedAt }: Capture, concurrentTo: string): Buffer {
  const { pathname, search, host } = new URL(finalUrl);
  const block = httpBlock(`GET ${pathname}${search} HTTP/1.1`, [["host", host]], NOTHING);
  const head = headOf("request", idOf("request", finalUrl, fetchedAt, ""), fetchedAt, finalUrl);
  const fields: Fields = [
    ["WARC-Concurrent-To", concurrentTo],
    ["Content-Type", HTTP_REQUEST],
  ];
  return recordOf([...head, ...fields], block);
}

export function response(
  { finalUrl: url, fetchedAt: at, ...rest }: Capture,
  written: Written,
): Buffer {
  const { status, headers, body } = rest;
  const fields: Fields = [
    ["WARC-Payload-Digest", payloadDigest(written.digest)],
    ["Content-Type", HTTP_RESPONSE],
  ];
  const block = httpBlock(statusLine(status), honest(headers, body.length), body);
  return recordOf([...headOf("response", written.id, at, url), ...fields], block);
}

/** A page that did not come by HTTP, or not to us: a saved file, an article another program gave. */
export function resource(
  { finalUrl: url, fetchedAt: at, headers, body }: Capture,
  written: Written,
): Buffer {
  const fields: Fields = [
    ["WARC-Payload-Digest", payloadDigest(written.digest)],
    ["Content-Type", headers.find(([name]) => name === "content-type")?.[1] ?? "text/html"],
  ];
  return recordOf([...headOf("resource", written.id, at, url), ...fields], body);
}

/** The same bytes again: the headers of this answer (`revisit`), and where the bytes are (`to`). */
export function identical(
  { finalUrl: url, fetchedAt: at, status, headers }: Capture,
  { id }: Written,
  to: Written,
): Buffer {
  const block = httpBlock(statusLine(status), honest(headers, null), NOTHING);
  const head = headOf("revisit", id, at, url);
  return recordOf(
    [...head, ["WARC-Profile", PROFILES.identical], ...refersTo(to), ["WARC-Truncated", "length"]],
    block,
  );
}

/** The server's word that nothing had changed; its headers are not kept. */
export function notModified(url: string, at: number, to: Written): Buffer {
  const block = httpBlock("HTTP/1.1 304 Not Modified", [], NOTHING);
  const head = headOf("revisit", idOf("revisit", url, at, "304"), at, url);
  return recordOf([...head, ["WARC-Profile", PROFILES.notModified], ...refersTo(to)], block);
}

/** What was extracted, as JSON; `id` of what from, or null when that is not here. */
export function metadata(
  of: { readonly id: string | null; readonly url: string; readonly at: number },
  values: Readonly<Record<string, unknown>>,
): Buffer {
  const block = Buffer.from(JSON.stringify(values));
  const id = idOf("metadata", of.url, of.at, hash("sha256", block, "hex"));
  const from: Fields = of.id === null ? [] : [["WARC-Concurrent-To", of.id]];
  const fields: Fields = [...from, ["Content-Type", "application/json"]];
  return recordOf([...headOf("metadata", id, of.at, of.url), ...fields], block);
}

/** A UUID (version 8, RFC 9562 §5.8) made of what the record is. */
export function idOf(type: string, url: string, at: number, digest: string): string {
  const hex = hash("sha256", `${type} ${url} ${at} ${digest}`, "hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return `<urn:uuid:${[...parts, hex.slice(20, 32)].join("-")}>`;
}

export function payloadDigest(hex: string): string {
  return `sha256:${hex}`;
}

function refersTo({ id, url, at, digest }: Written): Fields {
  return [
    ["WARC-Payload-Digest", payloadDigest(digest)],
    ["WARC-Refers-To", id],
    ["WARC-Refers-To-Target-URI", url],
    ["WARC-Refers-To-Date", new Date(at).toISOString()],
    ["Content-Type", HTTP_RESPONSE],
  ];
}

function headOf(type: string, id: string, at: number, url: string | null): Fields {
  return [
    ["WARC-Type", type],
    ["WARC-Record-ID", id],
    ["WARC-Date", new Date(at).toISOString()],
    ...(url === null ? [] : [["WARC-Target-URI", url] as const]),
  ];
}

function recordOf(fields: Fields, block: Uint8Array): Buffer {
  const head = fieldLines([
    ...fields,
    ["WARC-Block-Digest", payloadDigest(hash("sha256", block, "hex"))],
    ["Content-Length", String(block.length)],
  ]);
  return Buffer.concat([Buffer.from(`WARC/1.1\r\n${head}\r\n`), block, Buffer.from("\r\n\r\n")]);
}

/** @param length - of the body that follows; null when none does */
function honest(headers: Headers, length: number | null): Fields {
  const kept = headers.map(([name, value]) => {
    const isSetAside = SET_ASIDE.has(name.toLowerCase());
    return [isSetAside ? `x-archive-orig-${name}` : name, value] as const;
  });
  return length === null ? kept : [...kept, ["content-length", String(length)]];
}

function httpBlock(first: string, headers: Fields, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${first}\r\n${fieldLines(headers)}\r\n`), body]);
}

function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Unknown"}`;
}

/** A line break in a value would begin another field. */
function fieldLines(fields: Fields): string {
  return fields.map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/gu, " ")}\r\n`).join("");
}
