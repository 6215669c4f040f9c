/**
 * What a record says of its own bytes, compared with them. Pure.
 *
 * Digests are written by all sorts of tools: over payloads with their chunks or without, packed or not, over
 * heads that were written anew afterwards, and beside lengths that count the line ends behind the block. So
 * bytes are doubted only when none of a record's digests fits, in none of these forms, and they are of these
 * bytes for certain: not of a whole that this is a part of, nor of one that was packed.
 */
import { hash } from "node:crypto";
import { headerOf, isUndone, readHttpBody, readHttpHead, unchunk } from "./http.ts";
import { CR, LF, type WarcHead } from "./record.ts";

/** `sha1:` and the digest in base 32 (most) or in hexadecimal digits. */
const DIGEST = /^(sha-?1|sha-?256|sha-?512|md5):\s*([a-z2-7]+=*|[0-9a-f]+)$/iu;
const DIGEST_BYTES: Readonly<Record<string, number>> = {
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha512: 64,
};
const BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
/** Records whose digests are of what they hold: those of a revisit are of another record's page. */
const HOLDING: ReadonlySet<string> = new Set(["response", "resource"]);
/** Fields of what holds only a part of what its digests may be of. */
const PARTS = ["warc-truncated", "warc-segment-number"];
const MOST_UNPACKED_BYTES = 16 * 2 ** 20;
/** Two line ends are behind every record: lengths that count them are four too long at most. */
const MOST_LINE_END_BYTES = 4;

export type Digests =
  /** One is of these bytes without so many of line ends that the record's length counts. */
  | { readonly kind: "fit"; readonly lineEndBytes: number }
  | { readonly kind: "differ" }
  /** None is of these bytes for certain. */
  | { readonly kind: "silent" };

/** What the digests of a record say of its block. */
export function digestsOf(head: WarcHead, block: Buffer): Digests {
  const { type, fields } = head;
  const told = [fields.get("warc-block-digest"), fields.get("warc-payload-digest")]
    .map(digestOf)
    .filter((digest) => digest !== null);
  if (!HOLDING.has(type) || told.length === 0) return { kind: "silent" };
  const http = type === "response" ? readHttpHead(block) : null;
  for (const [lineEndBytes, form] of formsOf(block, http)) {
    if (told.some((digest) => isOf(digest, form))) return { kind: "fit", lineEndBytes };
  }
  const isPart = PARTS.some((name) => fields.has(name));
  return { kind: isPart || (http !== null && isUndone(http)) ? "silent" : "differ" };
}

/** How long the block is by the `Content-Length` of the HTTP answer it begins with; null without. */
export function promisedLength({ type }: WarcHead, start: Buffer): number | null {
  const http = type === "response" ? readHttpHead(start) : null;
  if (http === null) return null;
  const length = headerOf(http.headers, "content-length");
  return /^\d{1,15}$/u.test(length) ? start.length - http.raw.length + Number(length) : null;
}

/** Whether this is the block for certain: by its digest, or by its length in letters (some writers count them). */
export function isProvenBy(head: WarcHead, block: Buffer): boolean {
  if (head.length !== null && head.length < block.length) {
    const text = block.toString("utf8");
    if (text.length === head.length || [...text].length === head.length) return true;
  }
  return digestsOf(head, block).kind === "fit";
}

/**
 * Whether the block ends where its length says, and what follows is rubbish.
 *
 * @param bytes - up to the next record
 */
export function isDelimitedBy(head: WarcHead, bytes: Buffer): boolean {
  const { type, length } = head;
  if (length === null || length > bytes.length) return false;
  const block = bytes.subarray(0, length);
  if (digestsOf(head, block).kind === "fit") return true;
  const behind = bytes.subarray(length);
  if (!/^(?:\r\n\r\n|\n\n)/u.test(behind.toString("latin1", 0, 4))) return false;
  // What ends in a blank line itself is the rest of a block that is longer than it says.
  if (/(?:\r\n\r\n|\n\n)$/u.test(behind.toString("latin1", Math.max(4, behind.length - 4))))
    return false;
  if (type !== "response") return true;
  const http = readHttpHead(block);
  if (http === null) return false;
  const promised = promisedLength(head, block);
  return promised === null || promised === length || isUndone(http);
}

/** The bytes that a digest may have been taken over, the likeliest first. */
function* formsOf(
  block: Buffer,
  http: ReturnType<typeof readHttpHead>,
): Generator<readonly [lineEndBytes: number, form: Uint8Array]> {
  yield [0, block];
  if (http !== null) {
    yield [0, http.raw];
    const unchunked = unchunk(http.raw);
    if (unchunked !== null) yield [0, unchunked];
    const decoded = readHttpBody(http, MOST_UNPACKED_BYTES);
    if (decoded.kind === "body") yield [0, decoded.body];
  }
  for (let less = 1; less <= MOST_LINE_END_BYTES; less++) {
    const last = block[block.length - less];
    if (last !== CR && last !== LF) return;
    yield [less, block.subarray(0, -less)];
    if (http !== null && less <= http.raw.length) yield [less, http.raw.subarray(0, -less)];
  }
}

interface Digest {
  readonly algorithm: string;
  /** Lower case, without padding. */
  readonly value: string;
}

/** @returns null when there is no digest, or one of an unknown form or length */
function digestOf(told: string | undefined): Digest | null {
  const [, name = "", digits = ""] = DIGEST.exec(told?.trim() ?? "") ?? [];
  const algorithm = name.toLowerCase().replace("-", "");
  const value = digits.toLowerCase().replace(/[=]+$/u, "");
  const bytes = DIGEST_BYTES[algorithm];
  if (bytes === undefined) return null;
  const lengths = [bytes * 2, Math.ceil((bytes * 8) / 5)];
  return lengths.includes(value.length) ? { algorithm, value } : null;
}

function isOf({ algorithm, value }: Digest, bytes: Uint8Array): boolean {
  const digest = hash(algorithm, bytes, "buffer");
  return value === (value.length === digest.length * 2 ? digest.toString("hex") : base32(digest));
}

/** RFC 4648 §6, in lower case and without padding. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const fives = bits.match(/.{1,5}/gu) ?? [];
  return fives.map((five) => BASE_32[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}
