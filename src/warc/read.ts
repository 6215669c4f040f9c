/**
 * Reading a WARC file as a stream: records in the file's order, in the memory of one record (of a block over
 * 16 MB its beginning), whatever the file's size. Plain files, one gzip member a record, or the whole file in
 * one. What is damaged is named by its offset and stepped over: everything whole is read.
 */
import { type ByteWindow, openWindow } from "./bytes.ts";
import { Damage, gzipMembers, isGzip, type Segment, type Trust } from "./gzip-members.ts";
import { blockLength, endsWell, GLANCE_BYTES, MOST_BLOCK_BYTES, skipBlock } from "./length.ts";
import { digestsOf } from "./proof.ts";
import {
  CR,
  headEnd,
  LF,
  parseWarcHead,
  RECORD_START,
  recordStart,
  secondStart,
  VERSION_BYTES,
  type WarcHead,
  type WarcItem,
} from "./record.ts";

/** Fields of a record take a few hundred bytes; a URL may take 2,083 and is seldom alone. */
const MOST_HEAD_BYTES = 64 * 2 ** 10;
const BYTE_ORDER_MARK = Buffer.from("\uFEFF");

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
  if (!isGzip(window.held) && (!isPacked || (await beginsPlain(window)))) {
    dropMark(window);
    yield* readRecords(window, (at) => at, { isWanted, trust: "unproven", brokenBy: () => null });
    return;
  }
  for await (const segment of gzipMembers(window)) yield* readSegment(segment, isWanted);
}

/** Whether a file that should be packed is plain: a mark and blank lines may stand before its first record. */
async function beginsPlain(window: ByteWindow): Promise<boolean> {
  dropMark(window);
  return (await skipBlankLines(window)) && (await hasRecordStart(window));
}

function dropMark(window: ByteWindow): void {
  if (window.held.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)) {
    window.drop(BYTE_ORDER_MARK.length);
  }
}

/** The records of a gzip member; where it is damaged, that is named behind those before. */
function readSegment(
  { offset, pull, trust }: Segment,
  isWanted: (head: WarcHead) => boolean,
): AsyncGenerator<WarcItem> {
  let damage: Damage | null = null;
  async function* pieces(): AsyncGenerator<Buffer> {
    try {
      for (let piece = await pull(); piece !== null; piece = await pull()) yield piece;
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      damage = error;
    }
  }
  const brokenBy = (): Damage | null => damage;
  return readRecords(openWindow(pieces()), () => offset, { isWanted, trust, brokenBy });
}

interface Reading {
  readonly isWanted: (head: WarcHead) => boolean;
  readonly trust: Trust;
  /** Why bytes are missing where they ended. */
  readonly brokenBy: () => Damage | null;
}

/** The records of one stretch of unpacked bytes. */
async function* readRecords(
  bytes: ByteWindow,
  offsetOf: (at: number) => number,
  reading: Reading,
): AsyncGenerator<WarcItem> {
  while (await skipBlankLines(bytes)) {
    const offset = offsetOf(bytes.offset);
    const found = await readRecord(bytes, reading);
    if (found.kind === "record") {
      yield { offset, ...found };
      continue;
    }
    await seekRecord(bytes);
    // The last is cut short because the bytes are: that is named once.
    if (bytes.held.length > 0 || reading.brokenBy() === null) yield { offset, ...found };
  }
  const damage = reading.brokenBy();
  if (damage !== null) {
    yield { kind: "damage", offset: offsetOf(bytes.offset), detail: damage.message };
  }
}

/** An item without its place. */
type Found =
  | Omit<Extract<WarcItem, { kind: "record" }>, "offset">
  | Omit<Extract<WarcItem, { kind: "damage" }>, "offset">;

/** The record that begins here; of damage so much is dropped that the next may be looked for. */
async function readRecord(
  bytes: ByteWindow,
  { isWanted, trust, brokenBy }: Reading,
): Promise<Found> {
  const headBytes = await endOfHead(bytes);
  const head = headBytes === null ? null : parseWarcHead(textOf(bytes, headBytes));
  if (head === null || headBytes === null) {
    bytes.drop(1);
    return damage("no WARC record begins here");
  }
  const another = secondStart(bytes.held.subarray(0, headBytes));
  if (another >= 0) {
    bytes.drop(another);
    return damage("the head of the record is cut short");
  }
  bytes.drop(headBytes);
  const length = await blockLength(bytes, head, () => brokenBy() !== null);
  if (length === null) {
    const isCut = head.length === null || bytes.held.length < head.length;
    return damage(isCut ? cutShort(head) : wrongLength(head));
  }
  const isWhole = length <= MOST_BLOCK_BYTES;
  const hasBlock = isWanted(head);
  const kept = hasBlock ? Math.min(length, isWhole ? length : GLANCE_BYTES) : 0;
  if (kept > bytes.held.length) await bytes.grow(kept);
  const block = bytes.held.subarray(0, kept);
  if (!isWhole) {
    const skipped = await skipBlock(bytes, length);
    if (skipped === "cut short") return damage(cutShort(head));
    const isRight = skipped === "skipped" && (await endsWell(bytes, 0));
    return isRight ? { kind: "record", head, block, isWhole } : damage(wrongLength(head));
  }
  const digests = hasBlock && trust !== "proven" ? digestsOf(head, block) : null;
  if (digests?.kind === "differ") return damage(`${nameOf(head)} does not match its digests`);
  if (digests?.kind === "silent" && trust === "doubted") {
    return damage(`${nameOf(head)} has no digest`);
  }
  bytes.drop(length);
  const more = digests?.kind === "fit" ? digests.lineEndBytes : 0;
  return { kind: "record", head, block: block.subarray(0, kept - more), isWhole };
}

function damage(detail: string): Found {
  return { kind: "damage", detail };
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
  if (!(await hasRecordStart(bytes))) return null;
  for (;;) {
    const end = headEnd(bytes.held.subarray(0, MOST_HEAD_BYTES));
    if (end !== null) return end;
    if (bytes.held.length >= MOST_HEAD_BYTES || !(await bytes.grow(bytes.held.length * 2)))
      return null;
  }
}

async function hasRecordStart(bytes: ByteWindow): Promise<boolean> {
  if (bytes.held.length < RECORD_START.length) await bytes.grow(RECORD_START.length);
  return bytes.held.subarray(0, RECORD_START.length).equals(RECORD_START);
}

function textOf(bytes: ByteWindow, length: number): string {
  return bytes.held.toString("utf8", 0, length);
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

function nameOf({ type, url }: WarcHead): string {
  return `the ${type} record${url === null ? "" : ` of ${url}`}`;
}

function wrongLength(head: WarcHead): string {
  return `${nameOf(head)}: its length is wrong`;
}

function cutShort(head: WarcHead): string {
  return `${nameOf(head)} is cut short`;
}
