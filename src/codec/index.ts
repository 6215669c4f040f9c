/**
 * The door to keeping bytes small: pages packed for the archive, and given back exactly.
 *
 * A body's digest is taken over its unpacked bytes, so the same page is the same body whatever the
 * codec of its day; unpacking checks it, so what is handed out is what was received. Pure.
 */
import { hash } from "node:crypto";
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from "node:zlib";
import { WarraqError } from "../errors.ts";
import type { PackedBody } from "../model.ts";

/**
 * Brotli's quality. CPU of packing and bytes kept, on 108 real news pages (mean 163 KB) and on
 * generated ones (106 KB):
 *
 *   gzip -6    2.58 ms 33.4 KB | 0.91 ms 11.0 KB      brotli q1  0.58 ms 35.3 KB | 0.21 ms 11.8 KB
 *   gzip -1    1.12 ms 38.0 KB | 0.37 ms 12.3 KB      brotli q3  1.33 ms 32.1 KB | 0.51 ms 10.9 KB
 *   brotli q0  0.35 ms 37.0 KB | 0.16 ms 13.4 KB      brotli q5  3.50 ms 28.8 KB | 1.29 ms  9.7 KB
 *
 * Quality 1 costs under a quarter of gzip -6 for 7 % more bytes. A page has 3.3 ms for everything;
 * packing again, smaller, can wait until the crawl has gone home.
 */
const QUALITY = 1;

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

/**
 * Gives the bytes back, checked.
 *
 * @throws {WarraqError} E_ARCHIVE_CORRUPT when they are not the bytes that were packed
 */
export function unpack(packed: PackedBody): Uint8Array {
  const bytes = decompress(packed);
  if (bytes.byteLength !== packed.unpackedBytes || hash("sha256", bytes, "hex") !== packed.digest) {
    throw damaged(packed, "its bytes do not match the digest");
  }
  return bytes;
}

function decompress(packed: PackedBody): Uint8Array {
  // A damaged frame must not grow past what was promised.
  const limit = { maxOutputLength: Math.max(1, packed.unpackedBytes) };
  try {
    switch (packed.codec) {
      case "identity":
        return packed.bytes;
      case "gzip":
        return gunzipSync(packed.bytes, limit);
      case "brotli":
        return brotliDecompressSync(packed.bytes, limit);
      default:
        throw new Error("no such codec"); // a damaged row may name any
    }
  } catch (error) {
    throw damaged(packed, error instanceof Error ? error.message : String(error));
  }
}

function damaged({ codec, digest }: PackedBody, why: string): WarraqError {
  return new WarraqError(
    "E_ARCHIVE_CORRUPT",
    `the stored body sha256:${digest} (${codec}) is damaged: ${why}`,
  );
}
