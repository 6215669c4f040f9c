/** Looking after the archive itself: its size, its copies, its soundness. Types only. */

export interface PackOptions {
  /**
   * False at the end of a run: only what fills whole blocks, the rest waits for its like. True: all,
   * and blocks that were left half empty are packed again with what has come since.
   */
  readonly everything: boolean;
  /** Looked at between blocks, each of which is a transaction of its own. */
  readonly signal: AbortSignal;
  readonly onProgress?: (done: PackProgress) => void;
}

/** Unpacked bytes of the bodies that are looked at. */
export interface PackProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface PackReport {
  readonly bodies: number;
  readonly blocks: number;
  /** What the packed bodies took before and take now. */
  readonly beforeBytes: number;
  readonly afterBytes: number;
  /** Bodies that still stand by themselves. */
  readonly waiting: number;
  /** Digests of bodies that could not be unpacked; they were left as they are. */
  readonly damaged: readonly string[];
  /** Given back to the disk. */
  readonly freedBytes: number;
}

export interface UpkeepStore {
  /** Packs bodies into blocks. May be killed at any time, and goes on where it was. */
  packBodies(options: PackOptions): Promise<PackReport>;
  /** Writes the file anew without its free space: needs as much room again. @returns bytes freed */
  vacuum(): Promise<number>;
}
