/** Counts what one way comes to while it runs. */
import type { Settled } from "../../store/store.ts";
import type { BackfillWay, WayReport } from "./options.ts";

/** A broken source says the same thing of every page; the first few tell. */
const MOST_PROBLEMS = 20;
/** Failures in a row after which whoever is asked is left alone. */
const MOST_FAILURES = 10;

export interface Tally {
  found(isKnown: boolean): void;
  settled(result: Settled["result"]): void;
  /** A page that could not be had and was not settled. */
  failed(): void;
  /** @returns whether it is said for the first time */
  problem(message: string): boolean;
  /** Ends the way before its time. */
  cutShort(): void;
  readonly isCutShort: boolean;
  report(lookups: number): WayReport;
}

export function createTally(way: BackfillWay): Tally {
  const counts = { found: 0, known: 0, missing: 0, stored: 0, failed: 0, skipped: 0 };
  const problems = new Set<string>();
  let failuresInARow = 0;
  let isCutShort = false;

  const failed = (): void => {
    counts.failed++;
    failuresInARow++;
    if (failuresInARow >= MOST_FAILURES) isCutShort = true;
  };
  return {
    found(isKnown) {
      counts.found++;
      if (isKnown) counts.known++;
      else counts.missing++;
    },
    settled(result) {
      if (result === "failed") {
        failed();
        return;
      }
      failuresInARow = 0;
      if (result === "new") counts.stored++;
      else counts.skipped++;
    },
    failed,
    problem(message) {
      if (problems.has(message) || problems.size >= MOST_PROBLEMS) return false;
      problems.add(message);
      return true;
    },
    cutShort() {
      isCutShort = true;
    },
    get isCutShort() {
      return isCutShort;
    },
    report: (lookups) => ({
      ...{ way, lookups, ...counts },
      isComplete: !isCutShort,
      problems: [...problems],
    }),
  };
}
