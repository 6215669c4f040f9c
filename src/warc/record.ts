/** One WARC record as it is read (WARC 1.1, §5): its named fields, and where in the file it begins. */

export const RECORD_START = Buffer.from("WARC/");
/** 0.17 and 0.18 were drafts that crawls of 2008 are in. */
const VERSION = /^WARC\/\d\.\d\d?[ \t]*\r?\n/u;
export const VERSION_BYTES = 14;
/** What no record says twice (§5.1, §5.18). */
const SINGLE: ReadonlySet<string> = new Set([
  ...["warc-type", "warc-record-id", "warc-date", "warc-target-uri", "content-length"],
]);
export const CR = 13;
export const LF = 10;

export interface WarcHead {
  /** Lower case: `response`, `revisit`, `request` … */
  readonly type: string;
  /** Lower-case names; of a repeated field the first value. */
  readonly fields: ReadonlyMap<string, string>;
  readonly url: string | null;
  /** UTC ms. */
  readonly at: number | null;
  /** Bytes of the block, or null when the record does not say. */
  readonly length: number | null;
}

/**
 * What reading a file brings, in the file's order. `offset` is where the record begins in the file as
 * it lies on disk; in a gzip member that holds several records, where the member begins.
 */
export type WarcItem =
  | {
      readonly kind: "record";
      readonly offset: number;
      readonly head: WarcHead;
      readonly block: Buffer;
      /** False when the block is longer than is kept in memory: then `block` is its beginning. */
      readonly isWhole: boolean;
    }
  /** Bytes that are no whole record; reading goes on at the next one that is. */
  | { readonly kind: "damage"; readonly offset: number; readonly detail: string };

/** @returns null when the lines do not begin a WARC record */
export function parseWarcHead(text: string): WarcHead | null {
  const [version = "", ...lines] = text.split(/\r?\n/u);
  if (!/^WARC\/\d/u.test(version)) return null;
  const fields = new Map<string, string>();
  for (const [name, value] of headerLines(lines)) if (!fields.has(name)) fields.set(name, value);
  const length = fields.get("content-length") ?? "";
  return {
    type: (fields.get("warc-type") ?? "").toLowerCase(),
    fields,
    url: withoutBrackets(fields.get("warc-target-uri") ?? "") || null,
    at: instantOf(fields.get("warc-date") ?? ""),
    length: /^\d{1,15}$/u.test(length) ? Number(length) : null,
  };
}

/**
 * WARC 1.1 §5.4: a W3C date in UTC, as precise as is known. Some writers leave the `Z` away and mean it, older
 * ones wrote the 14 digits of an ARC file. Null for anything else: what the machine's own clock and zone
 * would make of it is no time of capture.
 */
export function instantOf(told: string): number | null {
  const [, ...digits] = FOURTEEN_DIGITS.exec(told) ?? [];
  const [year, month, day, hour, minute, second] = digits;
  const text = year === undefined ? told : `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  if (!W3C_DATE.test(text) && !HTTP_DATE.test(text)) return null;
  const isLocal = text.includes(":") && !ZONE.test(text);
  const at = Date.parse(`${text.replace(/^(\S{10}) /u, "$1T")}${isLocal ? "Z" : ""}`);
  return Number.isNaN(at) ? null : at;
}

const FOURTEEN_DIGITS = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/u;
const W3C_DATE =
  /^\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?$/iu;
const HTTP_DATE = /^[a-z]{3}, .* GMT$/iu;
const ZONE = /(?:Z|[+-]\d\d:?\d\d|GMT)$/iu;

/** `Name: value` lines; a line that begins with a blank continues the one before (RFC 9112 §5.2). */
export function headerLines(lines: readonly string[]): (readonly [name: string, value: string])[] {
  const headers: [name: string, value: string][] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    if (/^[ \t]/u.test(line) && last !== undefined) {
      last[1] = `${last[1]} ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    headers.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return headers;
}

/** WARC 1.0 wrote addresses in angle brackets, as its grammar (not its examples) had it. */
export function withoutBrackets(uri: string): string {
  return uri.replace(/^<(.*)>$/u, "$1");
}

/**
 * End of the first blank line, with or without carriage returns; null when there is none, or none before a line
 * that begins a record (of heads that were cut short each would else be looked through to the last).
 */
export function headEnd(bytes: Buffer): number | null {
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
    if (bytes[at + 1] === RECORD_START[0] && isRecordStart(bytes, at + 1)) return null;
  }
  return null;
}

/** Where the first line of a record stands; not at a line's beginning where another was cut short before it. */
export function recordStart(bytes: Buffer, from: number): number {
  for (let at = from; ; at++) {
    at = bytes.indexOf(RECORD_START, at);
    if (at < 0 || isRecordStart(bytes, at)) return at;
  }
}

export function isRecordStart(bytes: Buffer, at: number): boolean {
  return VERSION.test(bytes.toString("latin1", at, at + VERSION_BYTES));
}

/**
 * A head that was cut short before another: fields that a record has once are named again behind the first line
 * of a record, or that line is none of a field. Addresses end in such a line, too.
 *
 * @returns where the other begins, or -1
 */
export function secondStart(head: Buffer): number {
  for (let at = recordStart(head, 1), next = at; at >= 0; at = next) {
    next = recordStart(head, at + 1);
    const before = head.toString("utf8", 0, at).split(/\r?\n/u);
    const isOfField = before.length > 1 && before.at(-1)?.includes(":") === true;
    if (!isOfField) return at;
    const behind = head.toString("utf8", at, next < 0 ? head.length : next).split(/\r?\n/u);
    const again = new Set(headerLines(behind).map(first));
    if (
      headerLines(before)
        .map(first)
        .some((name) => SINGLE.has(name) && again.has(name))
    )
      return at;
  }
  return -1;
}

function first([name]: readonly [string, string]): string {
  return name;
}
