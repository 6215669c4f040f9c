/** One file of a dataset: records in, bytes out, counted and hashed on their way. */
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { writeAtomically } from "./atomic-file.ts";
import type { Column, Row } from "./columns.ts";
import type { Encode } from "./formats.ts";

export interface FileOptions {
  readonly encode: Encode;
  readonly columns: readonly Column[];
  readonly isGzip: boolean;
  readonly hasBom: boolean;
  readonly isForced: boolean;
  readonly stdout?: (bytes: Uint8Array) => Promise<void> | void;
}

export interface WrittenFile {
  readonly target: string;
  readonly records: number;
  /** Written, after compression. */
  readonly bytes: number;
  /** SHA-256 of those bytes, hex. */
  readonly sha256: string;
}

/** Small enough to stay in a CPU cache, large enough that a system call per batch costs nothing. */
const BATCH_CHARS = 64 * 1024;

/** @param target - a path, or `-` for stdout */
export async function writeFile(
  target: string,
  rows: AsyncIterable<Row>,
  options: FileOptions,
): Promise<WrittenFile> {
  const { encode, columns, isGzip, hasBom } = options;
  const digest = createHash("sha256");
  let records = 0;
  let bytes = 0;

  async function* counted(): AsyncGenerator<Row> {
    for await (const row of rows) {
      yield row;
      records++;
    }
  }
  const text = batched(encode(counted(), { columns, hasBom, target }));
  const send = async (write: (chunk: Uint8Array) => Promise<void> | void): Promise<void> => {
    const take = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        digest.update(chunk);
        await write(chunk);
      }
    };
    if (isGzip) await pipeline(text, createGzip(), take);
    else await take(text);
  };

  if (target === "-") await send(async (chunk) => options.stdout?.(chunk));
  else await writeAtomically(target, options.isForced, send);
  return { target, records, bytes, sha256: digest.digest("hex") };
}

async function* batched(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let batch = "";
  for await (const piece of pieces) {
    if (typeof piece !== "string") {
      yield piece;
      continue;
    }
    batch += piece;
    if (batch.length >= BATCH_CHARS) {
      yield Buffer.from(batch);
      batch = "";
    }
  }
  if (batch !== "") yield Buffer.from(batch);
}
