/**
 * A gzip file as its members (RFC 1952), each with its place in the file: how a `.warc.gz` keeps one
 * record findable. Members that fit into memory are unpacked in one call, which costs a tenth of a
 * stream; larger ones (a whole WARC packed at once, a film, a bomb) flow through piece by piece.
 */
import { Readable } from "node:stream";
import { constants, crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import type { ByteWindow } from "./bytes.ts";
import { RECORD_START, recordStart } from "./record.ts";

/** What lies between two boundaries of a file: a gzip member, or the whole of a plain file. */
export interface Segment {
  /** Where it begins in the file. */
  readonly offset: number;
  /** Its next bytes, or null at its end. @throws {Damage} */
  readonly pull: () => Promise<Buffer | null>;
  readonly trust: Trust;
}

/**
 * What is known of the bytes before the first is given: that they match their checksum; nothing; or that some
 * are damaged: then only a digest of its own says that a record is whole.
 */
export type Trust = "proven" | "unproven" | "doubted";

/** Bytes that are not what they should be. Caught within this room. */
export class Damage extends Error {}

/** Unpacked in one call up to this; a page's record is at most a few megabytes. */
const MOST_UNPACKED_BYTES = 16 * 2 ** 20;
/** Looked for the end of a member in one piece up to this. */
const MOST_PACKED_BYTES = 8 * 2 ** 20;
/** A page fits into one piece (as in fetch/body.ts). */
const CHUNK_BYTES = 128 * 2 ** 10;
const FEED_BYTES = 64 * 2 ** 10;

const MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
/** Enough of a member to see what it begins with. */
const GLANCE_BYTES = 4096;
const CUT_SHORT = "the gzip member is cut short";
const NO_MATCH = "the gzip member does not match its checksum";
const TRAILER_BYTES = 8;
const HEADER_BYTES = 10;
const FLAGS = { crc: 0x02, extra: 0x04, name: 0x08, comment: 0x10 } as const;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === MAGIC[0] && bytes[1] === MAGIC[1];
}

/**
 * The members in order. One that cannot be unpacked is a segment whose `pull` throws; the next begins
 * where the next gzip header is found. Each segment must be read to its end or given up by `pull`
 * having thrown before the next is asked for.
 */
export async function* gzipMembers(window: ByteWindow): AsyncGenerator<Segment> {
  for (;;) {
    if (window.held.length < HEADER_BYTES && !(await window.grow(HEADER_BYTES))) {
      if (window.held.length > 0) yield broken(window.offset, "bytes after the last member");
      return;
    }
    const { offset } = window;
    const member = await wholeMember(window);
    if (member.kind === "large") {
      let isRead = false;
      const pieces = flow(window, member.headerBytes);
      yield {
        offset,
        trust: "unproven",
        async pull() {
          const next = await pieces.next();
          isRead = next.done === true;
          return next.done === true ? null : next.value;
        },
      };
      if (isRead) continue;
      await pieces.return(undefined);
      if (offset === window.offset) window.drop(1);
      await seekMember(window);
      continue;
    }
    if (member.kind === "damage") {
      yield broken(offset, member.detail);
      if (offset === window.offset) window.drop(1);
      await seekMember(window);
      continue;
    }
    const { trust } = member;
    const detail = member.kind === "part" ? member.detail : null;
    let bytes: Buffer | null = member.bytes;
    yield {
      offset,
      trust,
      pull: async () => {
        const once = bytes;
        bytes = null;
        if (once === null && detail !== null) throw new Damage(detail);
        return once;
      },
    };
    if (detail === null) continue;
    window.drop(1);
    await seekMember(window);
  }
}

function broken(offset: number, detail: string): Segment {
  return {
    offset,
    trust: "unproven",
    pull: async () => {
      throw new Damage(detail);
    },
  };
}

type Member =
  | { readonly kind: "whole"; readonly bytes: Buffer; readonly trust: "proven" }
  /** What could be unpacked of one that was cut short, or of whose records some are damaged. */
  | {
      readonly kind: "part";
      readonly bytes: Buffer;
      readonly detail: string;
      readonly trust: Trust;
    }
  | { readonly kind: "large"; readonly headerBytes: number }
  | { readonly kind: "damage"; readonly detail: string };

/** Unpacks the member the window begins with and drops it from there. */
async function wholeMember(window: ByteWindow): Promise<Member> {
  for (;;) {
    const header = headerLength(window.held);
    if (header === "none") return { kind: "damage", detail: "no gzip member begins here" };
    try {
      if (header !== "short") {
        const { buffer, engine } = inflateRawSync(window.held.subarray(header), {
          ...{ info: true, maxOutputLength: MOST_UNPACKED_BYTES, chunkSize: CHUNK_BYTES },
        }) as unknown as { readonly buffer: Buffer; readonly engine: { bytesWritten: number } };
        const end = header + engine.bytesWritten;
        if (window.held.length < end + TRAILER_BYTES) await window.grow(end + TRAILER_BYTES);
        const trailer = window.held.subarray(end, end + TRAILER_BYTES);
        const isProven = trailer.length >= 4 && trailer.readUInt32LE(0) === crc32(buffer);
        if (trailer.length < TRAILER_BYTES) {
          const trust = isProven ? "proven" : "unproven";
          return { kind: "part", bytes: buffer, detail: CUT_SHORT, trust };
        }
        if (!isProven || trailer.readUInt32LE(4) !== buffer.length % 2 ** 32) {
          // Where it ends is not certain either: the next is looked for from its beginning. One of its records
          // is damaged, nobody knows which; of one alone it is this.
          const trust = isProven ? "proven" : "doubted";
          return isProven || recordStart(buffer, 1) >= 0
            ? { kind: "part", bytes: buffer, detail: NO_MATCH, trust }
            : { kind: "damage", detail: NO_MATCH };
        }
        window.drop(end + TRAILER_BYTES);
        return { kind: "whole", bytes: buffer, trust: "proven" };
      }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const isLarge = code === "ERR_BUFFER_TOO_LARGE" || window.held.length >= MOST_PACKED_BYTES;
      if (isLarge && header !== "short") return { kind: "large", headerBytes: header };
      if (code !== "Z_BUF_ERROR") {
        // Of several records in one member those before the damage may be whole.
        return typeof header === "number"
          ? { kind: "large", headerBytes: header }
          : { kind: "damage", detail: `the gzip member is damaged (${message})` };
      }
    }
    if (!(await window.grow(window.held.length * 2))) {
      return typeof header === "number"
        ? {
            kind: "part",
            bytes: unpackedBefore(window.held.subarray(header)),
            detail: CUT_SHORT,
            trust: "unproven",
          }
        : { kind: "damage", detail: CUT_SHORT };
    }
  }
}

/** What there is of a member before the end of the file. */
function unpackedBefore(packed: Buffer): Buffer {
  try {
    return inflateRawSync(packed, {
      ...{ finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED_BYTES },
    });
  } catch {
    return Buffer.alloc(0);
  }
}

/** The pieces of a member too large for memory; leaves the window behind its end. */
async function* flow(window: ByteWindow, headerBytes: number): AsyncGenerator<Buffer> {
  window.drop(headerBytes);
  const start = window.offset;
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  let sum = 0;
  /** What was handed over stays in the window until it is known that the member goes on behind it. */
  async function* feed(): AsyncGenerator<Buffer> {
    for (let fed = 0; ; ) {
      window.drop(start + inflate.bytesWritten - window.offset);
      const ahead = start + fed - window.offset;
      if (ahead >= window.held.length && !(await window.grow())) return;
      const piece = window.held.subarray(ahead, ahead + FEED_BYTES);
      fed += piece.length;
      yield piece;
    }
  }
  const source = Readable.from(feed(), { objectMode: false, highWaterMark: FEED_BYTES });
  source.on("error", (error) => inflate.destroy(error)).pipe(inflate);
  try {
    for await (const piece of inflate) {
      sum = crc32(piece as Buffer, sum);
      yield piece as Buffer;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith("Z_") !== true) throw error;
    throw new Damage(
      code === "Z_BUF_ERROR" ? CUT_SHORT : `the gzip member is damaged (${message})`,
    );
  } finally {
    source.destroy();
    inflate.destroy();
    window.drop(start + inflate.bytesWritten - window.offset);
  }
  if (window.held.length < TRAILER_BYTES) await window.grow(TRAILER_BYTES);
  if (window.held.length < TRAILER_BYTES) throw new Damage(CUT_SHORT);
  const told = window.held.readUInt32LE(0);
  window.drop(TRAILER_BYTES);
  if (told !== sum) throw new Damage(`${NO_MATCH}: something in it is not as it was written`);
}

/** Moves the window to the next member that begins a record, or to the end. */
async function seekMember(window: ByteWindow): Promise<void> {
  for (;;) {
    const found = window.held.indexOf(MAGIC);
    window.drop(found < 0 ? Math.max(0, window.held.length - MAGIC.length) : found);
    if (found < 0) {
      if (await window.grow()) continue;
      window.drop(window.held.length);
      return;
    }
    if (window.held.length < GLANCE_BYTES) await window.grow(GLANCE_BYTES);
    if (beginsRecord(window.held.subarray(0, GLANCE_BYTES))) return;
    window.drop(1);
  }
}

/** Three bytes that look like a header turn up in packed data, too. */
function beginsRecord(bytes: Buffer): boolean {
  const header = headerLength(bytes);
  if (typeof header !== "number") return false;
  try {
    const start = inflateRawSync(bytes.subarray(header), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: MOST_UNPACKED_BYTES,
    });
    return start.subarray(0, RECORD_START.length).equals(RECORD_START);
  } catch {
    return false;
  }
}

/** Bytes of a member's header; `short` when more must be read to know, `none` when it is none. */
function headerLength(bytes: Buffer): number | "short" | "none" {
  if (bytes.length < HEADER_BYTES) return "short";
  const flags = bytes[3] ?? 0;
  if (bytes.indexOf(MAGIC) !== 0 || (flags & 0xe0) !== 0) return "none";
  let length = HEADER_BYTES;
  if ((flags & FLAGS.extra) !== 0) {
    if (bytes.length < length + 2) return "short";
    length += 2 + bytes.readUInt16LE(length);
  }
  for (const flag of [FLAGS.name, FLAGS.comment]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, length);
    if (end < 0) return "short";
    length = end + 1;
  }
  return length + ((flags & FLAGS.crc) !== 0 ? 2 : 0);
}
