/** Running checks one after the other, each as far as it can be read. */
import { setImmediate as letOthers } from "node:timers/promises";
import { WarraqError } from "../../errors.ts";
import type { Fault } from "../upkeep.ts";
import { type Database, translated, translating } from "./driver.ts";

/** What a check comes to, bit by bit: faults, and how much was looked at since the last. */
export interface Found {
  readonly faults: readonly Fault[];
  readonly rawBytes?: number;
  readonly bodies?: number;
  readonly pruned?: number;
  readonly blocks?: number;
  readonly versions?: number;
}

export interface Check {
  /** What is said of it when it could not be done. */
  readonly table: string;
  /** @param program - the running program's stamp */
  readonly run: (db: Database, program: string) => Generator<Found, void>;
}

export interface Work {
  readonly path: string;
  readonly program: string;
  readonly signal: AbortSignal;
  readonly add: (found: Found) => void;
}

export async function runChecks(
  db: Database,
  checks: readonly Check[],
  { path, program, signal, add }: Work,
): Promise<void> {
  for (const { table, run } of checks) {
    await standingAlone(table, path, add, async () => {
      const findings = run(db, program);
      while (!signal.aborted) {
        const next = translating(path, () => findings.next());
        if (next.done === true) return;
        add(next.value);
        await letOthers();
      }
    });
  }
}

/** Whatever a check stumbles over is a fault, but for a disk that cannot be read. */
export async function standingAlone(
  table: string,
  path: string,
  add: Work["add"],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const known = translated(error, path);
    if (isTroubleOfOthers(known)) throw known;
    add({ faults: [{ table, id: null, digest: null, what: (known as Error).message }] });
  }
}

/** Rows can have any shape in a file that bytes were flipped in. */
function isTroubleOfOthers(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  return error instanceof WarraqError && error.code !== "E_ARCHIVE_CORRUPT";
}
