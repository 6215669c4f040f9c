/** One file of a dataset: text or bytes in, bytes out, counted and hashed on their way. */
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { writeAtomically } from "./atomic-file.ts";

export interface FileOptions {
  readonly isGzip: boolean;
  readonly isForced: boolean;
  /** Whether anybody wants to know the file's digest: it costs as much as a third of the records. */
  readonly isHashed: boolean;
  readonly stdout?: (bytes: Uint8Array) => Promise<void> | void;
}

export interface WrittenFile {
  readonly target: string;
  readonly records: number;
  /** Written, after compression. */
  readonly bytes: number;
  /** SHA-256 of those bytes, hex; empty when nobody wanted to know. */
  readonly sha256: string;
}

/** Small enough to stay in a CPU cache, large enough that a system call per batch costs nothing. */
const BATCH_CHARS = 64 * 1024;

/** @param target - a path, or `-` for stdout */
export async function writeFile(
  target: string,
  content: AsyncIterable<string | Uint8Array>,
  { isGzip, isForced, isHashed, stdout }: FileOptions,
): Promise<Omit<WrittenFile, "records">> {
  const digest = isHashed ? createHash("sha256") : null;
  let bytes = 0;
  const send = async (write: (chunk: Uint8Array) => Promise<void> | void): Promise<void> => {
    const take = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        digest?.update(chunk);
        await write(chunk);
      }
    };
    if (isGzip) await pipeline(batched(content), createGzip(), take);
    else await take(batched(content));
  };

  if (target === "-") await send(async (chunk) => stdout?.(chunk));
  else await writeAtomically(target, isForced, send);
  return { target, bytes, sha256: digest?.digest("hex") ?? "" };
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
