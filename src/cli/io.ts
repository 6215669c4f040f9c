/** What the command line may touch of the outside world. Tests pass their own; types only. */
export interface Io {
  /**
   * Results, and nothing else, so that output can be piped. Awaiting it is how a long listing
   * waits for a slow reader.
   */
  readonly stdout: (text: string | Uint8Array) => Promise<void> | void;
  /** Everything said to a person: progress, warnings, errors. */
  readonly stderr: (text: string) => void;
  /** The terminal behind stderr, where a bar may be drawn; null when it is none. */
  readonly terminal: NodeJS.WriteStream | null;
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** Fires on SIGINT or SIGTERM with the signal's name as its reason: save what is in hand, begin nothing new. */
  readonly signal: AbortSignal;
  /** From now on a signal ends the process at once, even in the middle of a long statement: nothing is in hand. */
  readonly endOnSignal: () => void;
  /** Whether stdout is a terminal. */
  readonly isTty: boolean;
  /** Cells a line of stdout holds, or null when it has no width (a pipe, a file). */
  readonly columns: number | null;
  /** Whether ANSI colours are welcome on stdout. */
  readonly color: boolean;
}
