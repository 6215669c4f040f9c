/**
 * What a record says of its own bytes, compared with them. Pure.
 *
 * Digests are written by all sorts of tools: over payloads with their chunks or without, over heads that
 * were written anew afterwards. So bytes are doubted only when none of a record's digests fits.
 */
import { hash } from "node:crypto";
import { headerOf, readHttpHead, unchunk } from "./http.ts";
import type { WarcHead } from "./record.ts";

/** `sha1:` and the digest in base 32 (most) or in hexadecimal digits. */
const DIGEST = /^(sha-?1|sha-?256|sha-?512|md5):\s*([a-z2-7]+=*|[0-9a-f]+)$/iu;
const BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
/** Records whose digests are of what they hold: those of a revisit are of another record's page. */
const HOLDING: ReadonlySet<string> = new Set(["response", "resource"]);

/** Whether any digest of the record fits its block; true where it has none that can be read. */
export function isDigestOf({ type, fields }: WarcHead, block: Buffer): boolean {
  if (!HOLDING.has(type)) return true;
  const wholes = [() => block];
  const payloads = type === "response" ? payloadsOf(block) : wholes;
  const answers = [
    fits(fields.get("warc-block-digest"), wholes),
    fits(fields.get("warc-payload-digest"), payloads),
  ];
  return answers.includes(true) || !answers.includes(false);
}

/** Whether the HTTP answer in the block has just the bytes that its own `Content-Length` promises. */
export function isFilledBy({ type }: WarcHead, block: Buffer): boolean {
  const http = type === "response" ? readHttpHead(block) : null;
  if (http === null) return false;
  return headerOf(http.headers, "content-length") === String(http.raw.length);
}

/** What a payload digest may have been taken over. */
function payloadsOf(block: Buffer): readonly (() => Buffer)[] {
  const http = readHttpHead(block);
  if (http === null) return [() => block];
  const { raw } = http;
  return [() => raw, () => unchunk(raw) ?? raw];
}

/** @returns null when there is no digest, or one of an unknown form */
function fits(told: string | undefined, payloads: readonly (() => Buffer)[]): boolean | null {
  const [, name, value] = DIGEST.exec(told?.trim() ?? "") ?? [];
  if (name === undefined || value === undefined) return null;
  const algorithm = name.toLowerCase().replace("-", "");
  return payloads.some((payload) => {
    const digest = hash(algorithm, payload(), "buffer");
    return [digest.toString("hex"), base32(digest)].includes(
      value.toLowerCase().replace(/[=]+$/u, ""),
    );
  });
}

/** RFC 4648 §6, in lower case and without padding. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const fives = bits.match(/.{1,5}/gu) ?? [];
  return fives.map((five) => BASE_32[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}
