/**
 * The objects of a JSON array, cut out of its bytes one by one without reading the array as a whole:
 * an object ends where its braces close, whatever it holds; strings are stepped over. What stands
 * between two objects is not looked at: if an object is no JSON, its reader will say so.
 */
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

export interface JsonObject {
  readonly offset: number;
  readonly line: Buffer;
}

/** @param mostBytes - of an object; one that is longer comes without its end */
export async function* jsonObjects(
  chunks: AsyncIterable<Uint8Array>,
  mostBytes: number,
): AsyncGenerator<JsonObject> {
  let pieces: Buffer[] = [];
  let held = 0;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let begin = 0;
  let chunkAt = 0;

  const take = (piece: Buffer): void => {
    if (held <= mostBytes) pieces.push(piece);
    held += piece.length;
  };
  const whole = (): JsonObject => {
    const one = { offset: begin, line: Buffer.concat(pieces) };
    pieces = [];
    held = 0;
    return one;
  };

  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (isEscaped) isEscaped = false;
      else if (isInString) {
        if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isInString = false;
      } else if (byte === QUOTE) isInString = depth > 0;
      else if (byte === OPEN && depth++ === 0) {
        from = at;
        begin = chunkAt + at;
      } else if (byte === CLOSE && depth > 0 && --depth === 0) {
        take(bytes.subarray(from, at + 1));
        yield whole();
      }
    }
    if (depth > 0) take(bytes.subarray(from));
    chunkAt += bytes.length;
  }
  // Cut short: named as damage by whoever reads it.
  if (depth > 0) yield whole();
}
