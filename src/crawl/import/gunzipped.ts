/** A packed text as a stream of which nothing is lost where it is cut short or damaged. */
import { createGunzip } from "node:zlib";
import { WarraqError } from "../../errors.ts";

/** Unpacked at once, and lost with the damaged byte among it: some 40 KB of text; of a bomb 4 MB. */
const FEED_BYTES = 4 * 2 ** 10;
const OUT_BYTES = 2 ** 20;
const NO_MEMBER = "what follows the zeros at its end is not packed";

/**
 * @param path - for the message
 * @throws {WarraqError} E_INPUT where it cannot be unpacked further, after everything that came before
 */
export async function* gunzipped(
  chunks: AsyncIterable<Uint8Array>,
  path: string,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: OUT_BYTES });
  const pieces: Uint8Array[] = [];
  gunzip.on("data", (piece: Uint8Array) => pieces.push(piece));
  // A stream hands over nothing more once it has failed: each step is waited for, and what it gave is taken. It
  // is over before its input is where zeros follow the last member: padding, as of tapes and blocks.
  let isOver = false;
  const over = new Promise<void>((resolve, reject) => {
    gunzip.on("end", resolve).on("close", resolve).on("error", reject);
  });
  over.then(
    () => {
      isOver = true;
    },
    () => {},
  );
  const step = (feed: (done: () => void) => void): Promise<void> =>
    Promise.race([over, new Promise<void>(feed)]);
  let fedBytes = 0;
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += FEED_BYTES) {
        const piece = chunk.subarray(at, at + FEED_BYTES);
        if (!isOver) await step((done) => gunzip.write(piece, done));
        yield* pieces.splice(0);
        const behind = piece.subarray(Math.max(0, gunzip.bytesWritten - fedBytes));
        if (isOver && behind.some((byte) => byte !== 0)) {
          throw new WarraqError("E_INPUT", `${path} cannot be unpacked further: ${NO_MEMBER}`);
        }
        fedBytes += piece.length;
      }
    }
    if (!isOver) await step(() => gunzip.end());
    yield* pieces.splice(0);
  } catch (error) {
    yield* pieces.splice(0);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith("Z_") !== true) throw error;
    throw new WarraqError("E_INPUT", `${path} cannot be unpacked further: ${message}`, {
      cause: error,
    });
  } finally {
    gunzip.destroy();
  }
}
