/**
 * Reading a WARC file as a stream: records in the file's order, in the memory of one record, whatever
 * the file's size. Plain files, one gzip member a record, or the whole file in one. What is damaged is
 * named by its offset and stepped over: everything whole is read.
 */
import { type ByteWindow, openWindow } from "./bytes.ts";
import { Damage, gzipMembers, isGzip, type Segment } from "./gzip-members.ts";
import { isDigestOf, isFilledBy } from "./proof.ts";
import { headEnd, parseWarcHead, type WarcHead, type WarcItem } from "./record.ts";

/** Longer blocks are films and archives; a page is refused at 10 MB. */
const MOST_BLOCK_BYTES = 16 * 2 ** 20;
/** Of such a block this much is kept: it says what it is. */
const GLANCE_BYTES = 64 * 2 ** 10;
/** Fields of a record take a few hundred bytes; a URL may take 2,083 and is seldom alone. */
const MOST_HEAD_BYTES = 64 * 2 ** 10;

const RECORD_START = Buffer.from("WARC/");
/** 0.17 and 0.18 were drafts that crawls of 2008 are in. */
const VERSION = /^WARC\/[01]\.\d\d?\r?\n/u;
const VERSION_BYTES = 12;
const CR = 13;
const LF = 10;

export interface ReadOptions {
  readonly startAt?: number;
  readonly isWanted?: (head: WarcHead) => boolean;
  /** That it should be gzip: for a file whose first bytes are neither that nor a record. */
  readonly isPacked?: boolean;
}

/**
 * @param chunks - the file's bytes from `startAt` on, which must be the beginning of a record (of a
 *   gzip member); some 1 MB at once cost least
 * @param isWanted - records of which it says no come without their block
 */
export async function* readWarc(
  chunks: AsyncIterable<Uint8Array>,
  { startAt = 0, isWanted = () => true, isPacked = false }: ReadOptions = {},
): AsyncGenerator<WarcItem> {
  const window = openWindow(chunks, startAt);
  if (!(await window.grow(RECORD_START.length))) return;
  const isPlain = window.held.subarray(0, RECORD_START.length).equals(RECORD_START);
  if (!isGzip(window.held) && (isPlain || !isPacked)) {
    yield* readRecords(window, (at) => at, { isWanted, isProven: false });
    return;
  }
  for await (const segment of gzipMembers(window)) {
    const unpacked = openWindow(piecesOf(segment));
    yield* readRecords(unpacked, () => segment.offset, { isWanted, isProven: segment.isProven });
  }
}

async function* piecesOf(segment: Segment): AsyncGenerator<Buffer> {
  for (let piece = await segment.pull(); piece !== null; piece = await segment.pull()) yield piece;
}

interface Reading {
  readonly isWanted: (head: WarcHead) => boolean;
  /** Whether the bytes have a checksum of their own, as those of gzip. */
  readonly isProven: boolean;
}

/** The records of one stretch of unpacked bytes. */
async function* readRecords(
  bytes: ByteWindow,
  offsetOf: (at: number) => number,
  { isWanted, isProven }: Reading,
): AsyncGenerator<WarcItem> {
  let begin = offsetOf(bytes.offset);
  try {
    while (await skipBlankLines(bytes)) {
      begin = offsetOf(bytes.offset);
      const headBytes = await endOfHead(bytes);
      const head = headBytes === null ? null : parseWarcHead(textOf(bytes, headBytes));
      if (head === null || headBytes === null) {
        yield { kind: "damage", offset: begin, detail: "no WARC record begins here" };
        bytes.drop(1);
        await seekRecord(bytes);
        continue;
      }
      const another = recordStart(bytes.held.subarray(0, headBytes), 1);
      if (another >= 0) {
        yield { kind: "damage", offset: begin, detail: "the head of the record is cut short" };
        bytes.drop(another);
        continue;
      }
      bytes.drop(headBytes);
      const told = head.length ?? (await lengthToNext(bytes));
      const isWhole = told <= MOST_BLOCK_BYTES;
      const length = isWhole ? await trueLength(bytes, head, told) : told;
      if (typeof length !== "number") {
        yield { kind: "damage", offset: begin, detail: length.detail };
        await seekRecord(bytes);
        continue;
      }
      const kept = !isWanted(head) ? 0 : isWhole ? length : GLANCE_BYTES;
      if (kept > bytes.held.length) await bytes.grow(kept);
      const block = bytes.held.subarray(0, kept);
      if (!isProven && isWhole && kept > 0 && !isDigestOf(head, block)) {
        yield {
          ...{ kind: "damage", offset: begin },
          detail: `${nameOf(head)} does not match its digests`,
        };
        await seekRecord(bytes);
        continue;
      }
      if (!(await skip(bytes, length))) {
        yield { kind: "damage", offset: begin, detail: cutShort(head) };
        return;
      }
      if (!isWhole && !(await endsWell(bytes, 0))) {
        yield { kind: "damage", offset: begin, detail: wrongLength(head) };
        await seekRecord(bytes);
        continue;
      }
      yield { kind: "record", offset: begin, head, block, isWhole };
    }
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    yield { kind: "damage", offset: begin, detail: error.message };
  }
}

/**
 * How long a block is that is said to be so long. Nothing of it is dropped before it is seen to end well:
 * a length that is wrong, or of a record that was cut short before others were added, would take the next
 * records with it. Some writers count letters for bytes; what HTTP itself says of the page overrules them.
 */
async function trueLength(
  bytes: ByteWindow,
  head: WarcHead,
  told: number,
): Promise<number | { readonly detail: string }> {
  if (await endsWell(bytes, told)) return told;
  const detail = bytes.held.length < told ? cutShort(head) : wrongLength(head);
  const length = await lengthToNext(bytes);
  return isFilledBy(head, bytes.held.subarray(0, length)) ? length : { detail };
}

/** @returns false at the end */
async function skipBlankLines(bytes: ByteWindow): Promise<boolean> {
  for (;;) {
    let blank = 0;
    while (bytes.held[blank] === CR || bytes.held[blank] === LF) blank++;
    bytes.drop(blank);
    if (bytes.held.length > 0) return true;
    if (!(await bytes.grow())) return false;
  }
}

/** Bytes up to and including the blank line that ends the fields; null when there is none. */
async function endOfHead(bytes: ByteWindow): Promise<number | null> {
  if (bytes.held.length < RECORD_START.length) await bytes.grow(RECORD_START.length);
  if (!bytes.held.subarray(0, RECORD_START.length).equals(RECORD_START)) return null;
  for (;;) {
    const end = headEnd(bytes.held);
    if (end !== null) return end;
    if (bytes.held.length > MOST_HEAD_BYTES || !(await bytes.grow())) return null;
  }
}

function textOf(bytes: ByteWindow, length: number): string {
  return bytes.held.toString("utf8", 0, length);
}

/** For records that do not give their length: up to the next record, or to the end. */
async function lengthToNext(bytes: ByteWindow): Promise<number> {
  for (;;) {
    const next = bytes.held.indexOf("\r\n\r\nWARC/");
    if (next >= 0) return next;
    if (bytes.held.length > MOST_BLOCK_BYTES || !(await bytes.grow(bytes.held.length * 2))) break;
  }
  const end = bytes.held.length;
  return bytes.held.subarray(end - 4).toString("latin1") === "\r\n\r\n" ? end - 4 : end;
}

/** Drops so many bytes. @returns false when the bytes end before */
async function skip(bytes: ByteWindow, length: number): Promise<boolean> {
  for (let left = length; ; ) {
    const here = Math.min(left, bytes.held.length);
    bytes.drop(here);
    left -= here;
    if (left === 0) return true;
    if (!(await bytes.grow())) return false;
  }
}

/** Whether a block of this length is followed by a blank line, the next record or nothing. */
async function endsWell(bytes: ByteWindow, length: number): Promise<boolean> {
  const end = length + RECORD_START.length;
  if (bytes.held.length < end) await bytes.grow(end);
  if (bytes.held.length < length) return false;
  const next = bytes.held[length];
  if (next === undefined || next === CR || next === LF) return true;
  return bytes.held.subarray(length, end).equals(RECORD_START);
}

/** Moves to the next first line of a record, or to the end. */
async function seekRecord(bytes: ByteWindow): Promise<void> {
  for (;;) {
    const next = recordStart(bytes.held, 0);
    if (next >= 0) {
      bytes.drop(next);
      return;
    }
    bytes.drop(Math.max(0, bytes.held.length - VERSION_BYTES));
    if (!(await bytes.grow())) {
      bytes.drop(bytes.held.length);
      return;
    }
  }
}

/** Where the first line of a record stands; not at a line's beginning where another was cut short before it. */
function recordStart(bytes: Buffer, from: number): number {
  for (let at = from; ; at++) {
    at = bytes.indexOf(RECORD_START, at);
    if (at < 0 || VERSION.test(bytes.toString("latin1", at, at + VERSION_BYTES))) return at;
  }
}

function nameOf({ type, url }: WarcHead): string {
  return `the ${type} record${url === null ? "" : ` of ${url}`}`;
}

function wrongLength(head: WarcHead): string {
  return `${nameOf(head)}: its length is wrong`;
}

function cutShort(head: WarcHead): string {
  return `${nameOf(head)} is cut short`;
}
