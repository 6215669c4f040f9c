/**
 * Why and when a run must end: the caller's signal or the time limit. Two stages: `signal` means
 * begin nothing new, no request either; `hardSignal`, some seconds later, means break off those that
 * are under way.
 */
import type { RunReason } from "../model.ts";
import type { CrawlDeps, CrawlOptions } from "./options.ts";

/**
 * After a stop, answers under way have this long to come in; then their pages go back to the queue.
 * Nearly every page that is answered at all is there by then, and nobody who pressed Ctrl-C waits longer.
 */
export const GRACE_MS = 5_000;

/** Node fires a longer timer at once; nobody's run lasts 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface Stop {
  readonly reason: () => RunReason | null;
  readonly signal: AbortSignal;
  readonly hardSignal: AbortSignal;
  close(): void;
}

export function openStop(
  { timeLimitMs }: Pick<CrawlOptions, "timeLimitMs">,
  { signal, onEvent }: Pick<CrawlDeps, "signal" | "onEvent">,
): Stop {
  const soft = new AbortController();
  const hard = new AbortController();
  let reason: RunReason | null = null;
  let grace: NodeJS.Timeout | undefined;
  const ask = (why: RunReason): void => {
    if (reason !== null) return;
    reason = why;
    onEvent({ kind: "stopping", reason: why });
    grace = setTimeout(() => hard.abort(), GRACE_MS);
    soft.abort();
  };
  const onSignal = (): void => ask("signal");
  if (signal.aborted) onSignal();
  else signal.addEventListener("abort", onSignal, { once: true });
  const timer =
    timeLimitMs === null
      ? undefined
      : setTimeout(() => ask("time-limit"), Math.min(timeLimitMs, LONGEST_TIMER_MS));
  return {
    reason: () => reason,
    signal: soft.signal,
    hardSignal: hard.signal,
    close(): void {
      clearTimeout(timer);
      clearTimeout(grace);
      signal.removeEventListener("abort", onSignal);
    },
  };
}
