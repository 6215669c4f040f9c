/**
 * The door to keeping bytes small: pages packed for the archive, and given back exactly.
 *
 * Two forms. While a crawl runs each body is packed by itself, at once and cheaply (`pack`). Later
 * bodies that are alike go together into blocks (block.ts), where the second page of a template
 * costs little more than its own text.
 *
 * A body's digest is taken over its unpacked bytes, so the same page is the same body whatever the
 * codec of its day; unpacking checks it, so what is handed out is what was received. Pure.
 */
import { hash } from "node:crypto";
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from "node:zlib";
import { WarraqError } from "../errors.ts";
import type { PackedBody } from "../model.ts";
import { outputChunk } from "./block.ts";
import { SKETCHED_BYTES } from "./sketch.ts";

export { bodyInBlock, type PackedBlock, packBlock, unpackBlock } from "./block.ts";
export { type Packable, planBlocks } from "./plan.ts";
export { type Sketch, sketchOf } from "./sketch.ts";

/**
 * Brotli's quality for a body by itself. CPU of packing and bytes kept, on 396 real news pages (mean
 * 139 KB) and on generated ones (104 KB), as shares of gzip -6 per page (1.30 ms and 0.50 ms):
 *
 *   brotli q0  .17 and 1.12 of the bytes | .16 and 1.22       unpacking  .17 | .19
 *   brotli q1  .23 and 1.06              | .23 and 1.07                  .17 | .19
 *   deflate 1  .44 and 1.15                                              .12
 *
 * What is stored this way waits only for its block, so the cheapest is best: storing, unpacking again
 * and packing into a block together must not cost more than gzip -6 would have (block.ts).
 */
const QUALITY = 0;

/** Below this a codec's own frame eats the gain (a brotli frame is about 10 bytes, a page 100 KB). */
const MIN_BYTES_TO_PACK = 64;

/** Packs a body; whatever does not shrink is kept as it is. The same bytes give the same result. */
export function pack(bytes: Uint8Array): PackedBody {
  const unpackedBytes = bytes.byteLength;
  const digest = hash("sha256", bytes, "hex");
  if (unpackedBytes >= MIN_BYTES_TO_PACK) {
    const packed = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: unpackedBytes,
      },
    });
    if (packed.byteLength < unpackedBytes) {
      return { codec: "brotli", bytes: packed, digest, unpackedBytes };
    }
  }
  return { codec: "identity", bytes, digest, unpackedBytes };
}

/** A body as it is, with its digest: for whoever packs it with others before it is stored. */
export function unpacked(bytes: Uint8Array): PackedBody {
  const digest = hash("sha256", bytes, "hex");
  return { codec: "identity", bytes, digest, unpackedBytes: bytes.byteLength };
}

/**
 * Gives the bytes back, checked.
 *
 * @throws {WarraqError} E_ARCHIVE_CORRUPT when they are not the bytes that were packed
 */
export function unpack(packed: PackedBody): Uint8Array {
  return checked(decompress(packed), packed);
}

/**
 * Bytes that are said to be a body, whatever form they were kept in, checked against its digest.
 *
 * @throws {WarraqError} E_ARCHIVE_CORRUPT when they are not
 */
export function checked(bytes: Uint8Array, body: Omit<PackedBody, "bytes">): Uint8Array {
  if (bytes.byteLength !== body.unpackedBytes || hash("sha256", bytes, "hex") !== body.digest) {
    throw damaged(body, "its bytes do not match the digest");
  }
  return bytes;
}

/**
 * The bytes without the check, for packing them again: the digest goes with them, and whoever reads
 * them next checks it.
 *
 * @throws {WarraqError} E_ARCHIVE_CORRUPT when there is nothing to be had
 */
export function decompress(packed: PackedBody): Uint8Array {
  // A damaged frame must not grow past what was promised.
  const maxOutputLength = Math.max(1, packed.unpackedBytes);
  const options = { maxOutputLength, chunkSize: outputChunk(packed.unpackedBytes) };
  try {
    switch (packed.codec) {
      case "identity":
        return packed.bytes;
      case "gzip":
        return gunzipSync(packed.bytes, options);
      case "brotli":
        return brotliDecompressSync(packed.bytes, options);
      default:
        throw new Error("no such codec"); // a damaged row may name any
    }
  } catch (error) {
    throw damaged(packed, error instanceof Error ? error.message : String(error));
  }
}

/** Of a packed body this much more than its share is unpacked: pages pack better at their beginning. */
const BEGINNING_MARGIN = 1.2;

/**
 * About as many bytes of a body's beginning as a sketch looks at, for a third of what unpacking all of
 * it costs. Unchecked, and empty when it cannot be had.
 */
export function beginningOf({ codec, bytes, unpackedBytes }: PackedBody): Uint8Array {
  if (codec === "identity") return bytes;
  const share = (SKETCHED_BYTES / Math.max(1, unpackedBytes)) * BEGINNING_MARGIN;
  const beginning = bytes.subarray(0, Math.ceil(bytes.byteLength * share));
  const maxOutputLength = Math.max(1, unpackedBytes);
  const options = { maxOutputLength, chunkSize: outputChunk(2 * SKETCHED_BYTES) };
  try {
    return codec === "gzip"
      ? gunzipSync(beginning, { ...options, finishFlush: constants.Z_SYNC_FLUSH })
      : brotliDecompressSync(beginning, {
          ...options,
          finishFlush: constants.BROTLI_OPERATION_FLUSH,
        });
  } catch {
    return bytes.subarray(0, 0);
  }
}

function damaged({ codec, digest }: Omit<PackedBody, "bytes">, why: string): WarraqError {
  return new WarraqError(
    "E_ARCHIVE_CORRUPT",
    `the stored body sha256:${digest} (${codec}) is damaged: ${why}`,
  );
}
