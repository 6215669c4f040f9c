/**
 * How long a record's block is. What the record says counts where the next record or the end follows. A length
 * that is wrong, or of a record that was cut short before others were added, would take the next records with
 * it, or give a page without its end: then what HTTP says of the page counts, then what the record's digest or
 * its number of letters proves. Nothing is dropped before it is known.
 */
import type { ByteWindow } from "./bytes.ts";
import { isDelimitedBy, isProvenBy, promisedLength } from "./proof.ts";
import { CR, isRecordStart, LF, recordStart, VERSION_BYTES, type WarcHead } from "./record.ts";

/** Longer blocks are films and archives; a page is refused at 10 MB. */
export const MOST_BLOCK_BYTES = 16 * 2 ** 20;
/** Of such a block this much is kept: it says what it is. */
export const GLANCE_BYTES = 64 * 2 ** 10;
/** Writers leave two line ends behind a record; nobody leaves thousands. */
const MOST_BLANK_BYTES = 4096;
/** A blank line before a record, and its first line, may come in two pieces. */
const OVERLAP_BYTES = 4 + VERSION_BYTES;
/** What a file may end in that was cut short in the first line of a record. */
const BEGUN = /^(?:W|WA|WAR|WARC|WARC\/[\d.]*[ \t]*\r?)$/u;

/**
 * @param bytes - from the block's first on
 * @param isBroken - whether bytes are missing where these end
 * @returns null when it is not known; above MOST_BLOCK_BYTES what the record says, not looked at
 */
export async function blockLength(
  bytes: ByteWindow,
  head: WarcHead,
  isBroken: () => boolean,
): Promise<number | null> {
  const { length: told } = head;
  const isLong = told !== null && told > MOST_BLOCK_BYTES;
  if (told !== null && !isLong && (await endsWell(bytes, told))) return told;
  if (bytes.held.length < GLANCE_BYTES) await bytes.grow(GLANCE_BYTES);
  const promised = promisedLength(head, bytes.held.subarray(0, GLANCE_BYTES));
  const isOther = promised !== null && promised !== told && promised <= MOST_BLOCK_BYTES;
  if (isOther && (await endsWell(bytes, promised))) return promised;
  if (isLong) return told;
  const next = await nextStart(bytes);
  if (next === null) return null;
  const toNext = withoutLineEnds(bytes.held, next);
  if (told === null) return next === bytes.held.length && isBroken() ? null : toNext;
  if (isProvenBy(head, bytes.held.subarray(0, toNext))) return toNext;
  return isDelimitedBy(head, bytes.held.subarray(0, next)) ? told : null;
}

/** Whether behind so many bytes the next record or the end follows, with any line ends before it. */
export async function endsWell(bytes: ByteWindow, length: number): Promise<boolean> {
  for (let end = length; end - length <= MOST_BLANK_BYTES; ) {
    const wanted = end + VERSION_BYTES;
    if (bytes.held.length < wanted) await bytes.grow(wanted);
    const { held } = bytes;
    if (held.length < length) return false;
    const from = end;
    while (held[end] === CR || held[end] === LF) end++;
    const isAll = held.length < wanted;
    if (end === held.length ? isAll : isRecordStart(held, end)) return true;
    if (isAll) return BEGUN.test(held.toString("latin1", end));
    if (end === from) return false;
  }
  return false;
}

/**
 * Drops a block that is too long for memory, up to its end or to the next record in it: a film does not hold
 * the blank line and the first line of one, and a length that is wrong would take the rest of the file.
 */
export async function skipBlock(
  bytes: ByteWindow,
  length: number,
): Promise<"skipped" | "another record" | "cut short"> {
  for (let left = length; ; ) {
    const another = startBehindBlank(bytes.held);
    if (another >= 0 && another < left) {
      bytes.drop(another);
      return "another record";
    }
    if (left <= bytes.held.length) {
      bytes.drop(left);
      return "skipped";
    }
    const done = Math.max(0, bytes.held.length - OVERLAP_BYTES);
    bytes.drop(done);
    left -= done;
    if (!(await bytes.grow())) return "cut short";
  }
}

function startBehindBlank(bytes: Buffer): number {
  for (let at = 0; ; at++) {
    at = recordStart(bytes, at);
    if (at < 0) return at;
    const before = bytes.toString("latin1", Math.max(0, at - 3), at);
    if (before.endsWith("\n\n") || before.endsWith("\n\r\n")) return at;
  }
}

/** Where the next record begins, or the bytes end; null when neither is near. */
async function nextStart(bytes: ByteWindow): Promise<number | null> {
  for (let seen = 0; ; ) {
    const next = recordStart(bytes.held, seen);
    if (next >= 0) return next;
    seen = Math.max(0, bytes.held.length - VERSION_BYTES);
    if (bytes.held.length > MOST_BLOCK_BYTES) return null;
    if (!(await bytes.grow(Math.min(bytes.held.length * 2, MOST_BLOCK_BYTES + 1)))) break;
  }
  return bytes.held.length;
}

/** Without the two line ends behind a record, or what there is of them. */
function withoutLineEnds(bytes: Buffer, end: number): number {
  const last = bytes.toString("latin1", Math.max(0, end - 4), end);
  return end - (/(?:\r\n){1,2}$|\n{1,2}$/u.exec(last)?.[0].length ?? 0);
}
