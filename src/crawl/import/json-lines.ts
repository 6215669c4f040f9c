/**
 * JSON records as items: lines, or one array of objects. Each is kept as it is, as the raw body of what
 * was read from it.
 */
import type { Capture } from "../../model.ts";
import { readForeign } from "./foreign-article.ts";
import { jsonObjects } from "./json-objects.ts";
import { profileOf } from "./record-profiles.ts";
import type { ImportItem, ImportProfile } from "./source.ts";

/** A record longer than this is no article. */
const MOST_LINE_BYTES = 10 * 2 ** 20;
const LF = 10;
const RECORD_TYPE = "application/json; profile=";
const ARRAY = /^(?:\xef\xbb\xbf)?\s*\[/u;

export interface JsonLinesOptions {
  /** Null: seen by the fields, line by line. */
  readonly profile: ImportProfile | null;
  readonly timeZone: string;
  /** For records that do not say when they were downloaded, UTC ms. */
  readonly fileAt: number;
}

/** Whether it is no page but the record of one. */
export function isRecord({ headers }: Capture): boolean {
  return headers.some(([name, value]) => name === "content-type" && value.startsWith(RECORD_TYPE));
}

/** @param chunks - the file from its beginning, unpacked; records before `startAt` are passed over */
export async function* jsonLines(
  chunks: AsyncIterable<Uint8Array>,
  startAt: number,
  options: JsonLinesOptions,
): AsyncGenerator<ImportItem> {
  for await (const { offset, line } of recordsOf(chunks)) {
    if (offset < startAt || line.length === 0) continue;
    yield { offset, ...itemOf(line, options) };
  }
}

function itemOf(line: Buffer, { profile, timeZone, fileAt }: JsonLinesOptions) {
  const record = parse(line);
  if (record === null) return { kind: "damage", detail: "this is no JSON object" } as const;
  const known = profile ?? profileOf(record);
  if (known === null) return { kind: "passed", what: "record of no known program" } as const;
  const read = readForeign(record, known, timeZone);
  if (read === null) return { kind: "passed", what: "record without address or text" } as const;
  const { url, downloaded, article } = read;
  const fetchedAt = downloaded?.at ?? fileAt;
  const capture: Capture = {
    ...{ url, finalUrl: url, redirects: [], fetchedAt, status: 200 },
    headers: [["content-type", `${RECORD_TYPE}"${known}"`]],
    ...{ body: new Uint8Array(line), via: "file" },
  };
  return { kind: "article", capture, article, told: downloaded ?? "untold" } as const;
}

function parse(line: Buffer): Readonly<Record<string, unknown>> | null {
  if (line.length > MOST_LINE_BYTES) return null;
  try {
    const value: unknown = JSON.parse(line.toString("utf8").replace(/^\uFEFF/u, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

/** By the first byte that is no space: an array's objects, or lines. */
async function* recordsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const source = chunks[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done === true) return;
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value as Uint8Array;
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      yield next.value;
    }
  }
  const start = Buffer.from(first.value.subarray(0, 64)).toString("latin1");
  yield* ARRAY.test(start) ? jsonObjects(all(), MOST_LINE_BYTES) : linesOf(all());
}

interface Line {
  readonly offset: number;
  readonly line: Buffer;
}

/** Lines without their ends; of one that is too long, the end is not kept. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let offset = 0;
  let pieces: Buffer[] = [];
  let held = 0;
  const take = (piece: Buffer): void => {
    if (held <= MOST_LINE_BYTES) pieces.push(piece);
    held += piece.length;
  };
  const whole = (): Line => {
    const line = trimmed(Buffer.concat(pieces));
    const one = { offset, line };
    offset += held;
    pieces = [];
    held = 0;
    return one;
  };
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
      take(bytes.subarray(from, end + 1));
      from = end + 1;
      yield whole();
    }
    if (from < bytes.length) take(bytes.subarray(from));
  }
  if (held > 0) yield whole();
}

function trimmed(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && (line[end - 1] ?? 0) <= 32) end--;
  return line.subarray(0, end);
}
