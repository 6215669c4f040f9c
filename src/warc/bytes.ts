/** The bytes of a file as they come, with a window over those not yet dealt with. */

export interface ByteWindow {
  /** Offset in the file of the first byte held. */
  readonly offset: number;
  /** The bytes held, in one piece. */
  readonly held: Buffer;
  /** Gets more bytes, until at least so many are held. @returns false when none came */
  grow(atLeast?: number): Promise<boolean>;
  drop(bytes: number): void;
}

export function openWindow(chunks: AsyncIterable<Uint8Array>, startAt = 0): ByteWindow {
  const source = chunks[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let offset = startAt;
  return {
    get offset() {
      return offset;
    },
    get held() {
      return held;
    },
    async grow(atLeast = 0) {
      const wanted = Math.max(atLeast, held.length + 1);
      const pieces: Uint8Array[] = [held];
      let total = held.length;
      while (total < wanted) {
        const next = await source.next();
        if (next.done === true) break;
        pieces.push(next.value);
        total += next.value.length;
      }
      if (total === held.length) return false;
      held =
        held.length === 0 && pieces.length === 2
          ? asBuffer(pieces[1] ?? held)
          : Buffer.concat(pieces, total);
      return true;
    },
    drop(bytes) {
      held = held.subarray(bytes);
      offset += bytes;
    },
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
