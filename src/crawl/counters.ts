/** Counts what a run does, in the words of its final line. */
import type { PageRef, RunCounters } from "../model.ts";
import type { Settled } from "../store/store.ts";

export interface Counters {
  /**
   * Counts one settled page. A source counts only when it is not to be had, as `--report-skipped`
   * lists it; a guessed one not even then.
   */
  settled(page: PageRef, result: Settled["result"]): void;
  request(wireBytes: number): void;
  /** Articles fetched or found unchanged: what `--max-pages` limits. */
  readonly visited: number;
  snapshot(): RunCounters;
}

export function createCounters(): Counters {
  const by = { new: 0, changed: 0, same: 0, gone: 0, skipped: 0, failed: 0, notModified: 0 };
  let requests = 0;
  let bytes = 0;
  let visited = 0;
  return {
    settled({ role, foundBy }, result) {
      if (role !== "article") {
        const isLost = result === "failed" || result === "skipped" || result === "gone";
        if (isLost && foundBy !== "guess") by[result]++;
        return;
      }
      visited++;
      if (result === "linked") by.same++;
      else if (result === "not-modified") by.notModified++;
      else if (result !== "listed") by[result]++;
    },
    request(wireBytes) {
      requests++;
      bytes += wireBytes;
    },
    get visited() {
      return visited;
    },
    snapshot: () => ({ ...by, requests, bytes }),
  };
}
