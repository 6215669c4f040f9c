/**
 * Verifying: every digest is worked out again and every relation is looked at. Each check stands by
 * itself: what it cannot read is a fault of its own, and the next one goes on. Nothing is changed.
 *
 * Half of it is unpacking pages and hashing rows, which needs nothing of the other half: in an archive of
 * some size a thread of its own does that, with a connection of its own.
 */
import type { VerifyOptions, VerifyReport } from "../upkeep.ts";
import { type Database, isReadFromMemory, sizeOf } from "./driver.ts";
import { verifyBeside } from "./verify-beside.ts";
import { type Check, type Found, runChecks } from "./verify-checks.ts";
import { checkEdits } from "./verify-edits.ts";
import { checkFile, checkRelations } from "./verify-relations.ts";
import { checkRows } from "./verify-rows.ts";
import { checkStored } from "./verify-stored.ts";

/** In order: the file itself first, as what comes later stands on it. */
const CHECKS: readonly Check[] = [
  { table: "file", run: checkFile },
  { table: "relations", run: checkRelations },
  { table: "rows", run: checkRows },
  { table: "edits", run: checkEdits },
];

/** Starting a thread takes as long as verifying so much. */
const LEAST_BYTES_FOR_A_THREAD = 16 * 2 ** 20;

export async function verifyArchive(
  db: Database,
  path: string,
  options: VerifyOptions,
): Promise<VerifyReport> {
  const { program, signal, onFault, onProgress } = options;
  const totals = { faults: 0, rawBytes: 0, bodies: 0, pruned: 0, blocks: 0, versions: 0 };
  const add = ({ faults, ...looked }: Found): void => {
    const { rawBytes = 0, bodies = 0, pruned = 0, blocks = 0, versions = 0 } = looked;
    for (const fault of faults) {
      totals.faults++;
      onFault(fault);
    }
    totals.rawBytes += rawBytes;
    totals.bodies += bodies;
    totals.pruned += pruned;
    totals.blocks += blocks;
    totals.versions += versions;
    onProgress?.(totals.rawBytes);
  };
  const isLarge = sizeOf(path) >= LEAST_BYTES_FOR_A_THREAD && !isReadFromMemory(path);
  const work = { path, program, signal, add };
  if (options.isThreaded ?? isLarge) {
    // Where one half cannot go on, the other need not.
    const failed = new AbortController();
    const both = { ...work, signal: AbortSignal.any([signal, failed.signal]) };
    const beside = verifyBeside(both);
    await Promise.all([beside, runChecks(db, CHECKS, both)]).catch((error: unknown) => {
      failed.abort();
      throw error;
    });
  } else {
    await runChecks(db, CHECKS, work);
    await checkStored(db, work);
  }
  return { ...totals, isWhole: !signal.aborted };
}
