/** After a run: what it stored goes into blocks, as far as that fills some and as long as may be. */
import type { RunReason } from "../model.ts";
import type { Store } from "../store/store.ts";
import type { CrawlEvent } from "./options.ts";

/**
 * 20,000 pages take about 10 s; what is left over is packed after the next run. A long run (the import
 * of a large WARC) may pack for a quarter of its time.
 */
const LEAST_MS = 30_000;
const SHARE_OF_RUN = 0.25;
/** Whoever gave the run a time wants it to end: as long as pages in hand are waited for. */
const AFTER_TIME_LIMIT_MS = 10_000;
/** After these nobody waits for us, or the disk has no room. */
const NOT_AFTER: ReadonlySet<RunReason> = new Set(["signal", "disk", "crashed", "dry-run"]);

export interface PackUpDeps {
  readonly store: Store;
  readonly signal: AbortSignal;
  readonly onEvent: (event: CrawlEvent) => void;
}

/** Never throws for trouble with the archive: the run itself is done, and nothing is lost. */
export async function packUp(
  { reason, elapsedMs }: { readonly reason: RunReason; readonly elapsedMs: number },
  { store, signal, onEvent }: PackUpDeps,
): Promise<void> {
  if (NOT_AFTER.has(reason)) return;
  const mostMs = Math.max(LEAST_MS, Math.round(elapsedMs * SHARE_OF_RUN));
  const timeout = AbortSignal.timeout(reason === "time-limit" ? AFTER_TIME_LIMIT_MS : mostMs);
  const problem = (message: string): void => onEvent({ kind: "problem", url: "archive", message });
  try {
    const { damaged } = await store.packBodies({
      everything: false,
      signal: AbortSignal.any([signal, timeout]),
    });
    for (const digest of damaged) problem(`the stored body sha256:${digest} is damaged`);
  } catch (error) {
    problem(`packing was put off: ${error instanceof Error ? error.message : String(error)}`);
  }
}
