/** The hash chain: what makes later changes to the archive evident. Types only. */

/** Tables whose rows the chain binds. */
export type BoundTable = "capture" | "version" | "change" | "extraction" | "run";

/** The first thing that is not as the chain says. */
export interface BrokenLink {
  /** Place in the chain, from 1; null when it is not one link that is broken. */
  readonly link: number | null;
  readonly runId: number | null;
  /** The link's number within its run, from 1. */
  readonly seq: number | null;
  /** Where the rows are that differ; null when it is the chain itself. */
  readonly table: BoundTable | null;
  readonly detail: string;
}

export interface ChainReport {
  readonly links: number;
  /** Links that adopted what was there before there was a chain: they prove nothing of the time before. */
  readonly adopted: number;
  /** SHA-256 (hex) of the last link; null for an empty chain. Noted elsewhere, it proves all before it. */
  readonly head: string | null;
  readonly broken: BrokenLink | null;
}

export interface ChainStore {
  /**
   * Recomputes every link from the rows it binds, up to the head there is at the start, and checks
   * what follows from them (numbers of versions, their times, the heads runs ended with).
   *
   * @param options.noted - a head somebody noted: it has to be one of the links
   */
  verifyChain(options?: {
    readonly noted?: string;
    readonly signal?: AbortSignal;
    readonly onProgress?: (done: number, all: number) => void;
  }): Promise<ChainReport>;
}
