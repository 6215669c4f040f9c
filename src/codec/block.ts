/**
 * A block: bodies that are alike, laid end to end and packed as one, so that what pages of a site
 * share is kept once. Read by unpacking the block and cutting one body out.
 *
 * What was weighed, on 1,157 real news pages of 994 sites (mean 139 KB) and 300 generated pages of ten
 * templates (104 KB), in blocks as plan.ts cuts them, block by block turn about on a busy machine:
 * bytes and CPU of packing as shares of gzip -6 per page, and the CPU of unpacking (p50, p95):
 *
 *                                         real                       generated
 *   brotli q3, 1 MB window                .880   .51   2.5  3.4 ms   .155   .22
 *   brotli q4, 512 KB window              .849   .78   2.5  3.5 ms   .151   .27
 *   brotli q4, 1 MB window  (used)        .843   .78   2.5  3.7 ms   .151   .26   0.6 ms
 *   brotli q4, 2 MB window                .842   .79   2.6  4.7 ms   .150   .30   0.6 ms
 *   brotli q4, 2 MB window, large table   .844   .88   2.5  4.8 ms   .150   .40   0.7 ms
 *   brotli q5, 1 MB window                .786  1.47   2.5  3.8 ms   .138   .47
 *
 * With storing it singly (.23, its digest too), a look at its beginning (.06), planning (.04) and
 * unpacking it again (.18) a page costs .85 of gzip -6 on generated pages and 1.3 on real ones, where
 * nothing is shared. That is beside Node's own gzip, one of the fastest there are: the program
 * `gzip -6` takes 1.6 times as long as that, Python's 1.3 times (test/bench, part storage).
 *
 * A delta against an anchor page and then brotli q5 does as well where a site has one template (.13)
 * and nothing where it has one page (.90). Zstandard would be better still; Node 20 has none. So:
 * brotli q4 alone, no native part, no dictionary to lose; likeness comes from the order (sketch.ts,
 * plan.ts).
 */
import { hash } from "node:crypto";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { WarraqError } from "../errors.ts";

/** A block as the archive keeps it. `digest` is the SHA-256 (hex) of `bytes`, as packed. */
export interface PackedBlock {
  readonly codec: "brotli";
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly unpackedBytes: number;
}

const QUALITY = 4;
/** Alike bodies stand within a megabyte of each other; larger windows are memory that has to be got first. */
const WINDOW_BITS = 20;
/**
 * What the encoder is told to expect. From a megabyte on it takes a table of 4 MB, which falls out of
 * the caches of a machine that does something else as well; below, one of 512 KB that finds as much.
 */
const SIZE_HINT_BYTES = 2 ** 20 - 1;
/** Output is collected in pieces of this size; a block packs to 50 to 350 KB. */
const CHUNK_BYTES = 64 * 1024;

/** Packs bodies into one block, in their order; where each begins is the sum of those before it. */
export function packBlock(bodies: readonly Uint8Array[]): PackedBlock {
  const whole = Buffer.concat(bodies);
  const bytes = brotliCompressSync(whole, {
    chunkSize: CHUNK_BYTES,
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: Math.min(whole.byteLength, SIZE_HINT_BYTES),
    },
  });
  return {
    codec: "brotli",
    bytes,
    digest: hash("sha256", bytes, "hex"),
    unpackedBytes: whole.byteLength,
  };
}

/**
 * All bodies of a block, end to end. Bodies are checked one by one when they are read (`checked`),
 * and the packed bytes by `verify`.
 *
 * @throws {WarraqError} E_ARCHIVE_CORRUPT
 */
export function unpackBlock(block: Omit<PackedBlock, "digest">): Buffer {
  const { codec, bytes, unpackedBytes } = block;
  try {
    // A damaged row may name any codec, and a damaged frame must not grow past what was promised.
    if ((codec as string) !== "brotli") throw new Error(`no such codec: ${codec}`);
    const whole = brotliDecompressSync(bytes, {
      chunkSize: outputChunk(unpackedBytes),
      maxOutputLength: Math.max(1, unpackedBytes),
    });
    if (whole.byteLength !== unpackedBytes) throw new Error(`${whole.byteLength} bytes came out`);
    return whole;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new WarraqError(
      "E_ARCHIVE_CORRUPT",
      `a stored block of ${unpackedBytes} bytes (${codec}) is damaged: ${why}`,
    );
  }
}

const LEAST_CHUNK_BYTES = 64; // zlib's own limit
/** More than a page may have; a damaged row may promise any number. */
const MOST_CHUNK_BYTES = 16 * 2 ** 20;

/** Output in one piece needs no copying: .02 of gzip -6 less than the usual 16 KB. */
export function outputChunk(unpackedBytes: number): number {
  return Math.min(MOST_CHUNK_BYTES, Math.max(LEAST_CHUNK_BYTES, unpackedBytes + 1));
}

/** One body of an unpacked block, a view; shorter than asked for when the block does not reach so far. */
export function bodyInBlock(whole: Buffer, at: number, unpackedBytes: number): Uint8Array {
  return whole.subarray(at, at + unpackedBytes);
}
