/**
 * A block: bodies that are alike, laid end to end and packed as one, so that what pages of a site
 * share is kept once. Read by unpacking the block and cutting one body out.
 *
 * What was weighed, on 1,134 real news pages of 994 sites (mean 139 KB) and 256 generated pages of
 * four templates (104 KB); bytes and CPU of packing as shares of gzip -6 per page, reading one page:
 *
 *                                            real                     generated
 *   brotli q4, 1 MB, by site                 .88   .70   1.3 ms       .20   .29   0.2 ms
 *   brotli q4, 2 MB, by site                 .87   .65   2.8 ms       .15   .25   0.5 ms
 *   brotli q5, 1 MB, by site                 .82  1.24   1.3 ms       .19   .48   0.2 ms
 *   brotli q4, 1.5 MB, alike by sketch       .846  .63   1.7 ms       .169  .26   0.4 ms
 *   brotli q4, 3 MB, alike by sketch         .825  .72   5.1 ms       .134  .24   0.8 ms
 *   what is used: q4, as plan.ts cuts        .846  .65   about 2 ms   .134  .26   0.5 ms
 *
 * With storing it singly (.18), unpacking that again (.17) and sketching (.05) a page costs .65 to .75
 * of gzip -6 on generated pages and 1.05 on real ones, where nothing is shared; on a machine whose caches
 * others fill, up to .9 and 1.3, as brotli's tables are larger than gzip's.
 *
 * A delta against an anchor page and then brotli q5 does as well where a site has one template (.13)
 * and nothing where it has one page (.90). Quality 5 is over gzip's CPU before storing and unpacking
 * are counted (.17 each). Zstandard would be better still; Node 20 has none. So: brotli q4 alone, no
 * native part, no dictionary to lose; likeness comes from the order (sketch.ts, plan.ts).
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
/** A window over the whole block, but for single huge bodies. No larger: 2^21 costs .15 of gzip -6 less than 2^22. */
const WINDOW_BITS = { usual: 21, most: 22 } as const;
const USUAL_WINDOW_BYTES = 2 ** WINDOW_BITS.usual - 16; // RFC 7932 §9.1
/** Output is collected in pieces of this size; a block packs to 50 to 350 KB. */
const CHUNK_BYTES = 64 * 1024;

/** Packs bodies into one block, in their order; where each begins is the sum of those before it. */
export function packBlock(bodies: readonly Uint8Array[]): PackedBlock {
  const whole = Buffer.concat(bodies);
  const bytes = brotliCompressSync(whole, {
    chunkSize: CHUNK_BYTES,
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]:
        whole.byteLength > USUAL_WINDOW_BYTES ? WINDOW_BITS.most : WINDOW_BITS.usual,
      [constants.BROTLI_PARAM_SIZE_HINT]: whole.byteLength,
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
