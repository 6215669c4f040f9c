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

/** One thing that is not as it must be. */
export interface Fault {
  readonly table: string;
  /** The row, where one can be named. */
  readonly id: number | null;
  /** The digest that does not hold, or that of the bytes concerned. */
  readonly digest: string | null;
  readonly what: string;
}

export interface VerifyOptions {
  /** The running program's stamp: what makes a fingerprint is known of its own versions only. */
  readonly program: string;
  readonly signal: AbortSignal;
  readonly onFault: (fault: Fault) => void;
  /** Unpacked bytes of pages looked at so far. */
  readonly onProgress?: (rawBytes: number) => void;
  /** Let a second thread do half of it. @default in an archive that is worth it */
  readonly isThreaded?: boolean;
}

export interface VerifyReport {
  readonly faults: number;
  readonly bodies: number;
  /** Bodies of which only the digest is left: there is nothing to look at. */
  readonly pruned: number;
  readonly blocks: number;
  readonly versions: number;
  readonly rawBytes: number;
  /** False when it was stopped before all was looked at. */
  readonly isWhole: boolean;
}

export interface BackupOptions {
  readonly target: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: { readonly doneBytes: number; readonly totalBytes: number }) => void;
}

export interface PruneOptions {
  /** Only bodies all of whose captures are older than this. */
  readonly before: number;
  readonly siteIds?: readonly string[];
  readonly now: number;
  /** False: only counts. */
  readonly isApplied: boolean;
  readonly signal: AbortSignal;
}

/** What pruning takes away, or would. */
export interface PruneReport {
  readonly bodies: number;
  readonly captures: number;
  readonly rawBytes: number;
  /** Share of the archive they take. */
  readonly packedBytes: number;
  /** Versions that can no longer be read again from their page. */
  readonly versions: number;
  readonly articles: number;
  readonly isApplied: boolean;
}

export interface MergeOptions {
  /** Path of the other archive, which is only read. */
  readonly source: string;
  readonly now: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (captures: { readonly done: number; readonly total: number }) => void;
}

export interface MergeReport {
  /** Captures that were not here. */
  readonly captures: number;
  /** Of those: articles and versions that are new here. */
  readonly articles: number;
  readonly versions: number;
  /** Captures that were here already. */
  readonly known: number;
  /** Captures whose bytes the other archive has pruned: they cannot be taken over. */
  readonly pruned: number;
  readonly runs: number;
  readonly isWhole: boolean;
}

export interface UpkeepStore {
  /** Packs bodies into blocks. May be killed at any time, and goes on where it was. */
  packBodies(options: PackOptions): Promise<PackReport>;
  /** Writes the file anew without its free space: needs as much room again. @returns bytes freed */
  vacuum(): Promise<number>;
  /** Works out every digest again and looks at every relation. Changes nothing. */
  verify(options: VerifyOptions): Promise<VerifyReport>;
  /**
   * Copies the archive as it is at this moment into a new file, while others go on writing. The copy
   * is made beside the target and takes its place when it is whole.
   * @throws {WarraqError} E_INPUT (no such folder, or a folder), E_DISK_FULL, E_IO naming the target
   */
  backup(options: BackupOptions): Promise<{ readonly bytes: number }>;
  /**
   * Takes over what another archive has of articles: captures with their versions, by their own time.
   * Merging again, or going on after a stop, adds only what is not here.
   * @throws {WarraqError} of openStore for the other archive; E_INPUT when it is of an older version
   */
  merge(options: MergeOptions): Promise<MergeReport>;
  /** Takes bytes of old pages away; digests, articles and versions stay. */
  prune(options: PruneOptions): Promise<PruneReport>;
}
