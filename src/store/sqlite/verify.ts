/**
 * Verifying: every digest is worked out again and every relation is looked at. Each check stands by
 * itself: what it cannot read is a fault of its own, and the next one goes on. Nothing is changed.
 */
import { setImmediate as letOthers } from "node:timers/promises";
import { WarraqError } from "../../errors.ts";
import type { Fault, VerifyOptions, VerifyReport } from "../upkeep.ts";
import { createChainVerifier } from "./chain-verify.ts";
import { type Database, translated, translating } from "./driver.ts";
import { checkBodies } from "./verify-bodies.ts";
import { checkEdits } from "./verify-edits.ts";
import { checkFile, checkRelations } from "./verify-relations.ts";
import { checkRows } from "./verify-rows.ts";

/** What a check comes to, bit by bit: faults, and how much was looked at since the last. */
export interface Finding {
  readonly faults: readonly Fault[];
  readonly rawBytes?: number;
  readonly bodies?: number;
  readonly blocks?: number;
  readonly versions?: number;
}

export interface Check {
  /** What is said of it when it could not be done. */
  readonly table: string;
  readonly run: (db: Database, options: VerifyOptions) => Generator<Finding, void>;
}

/** In order: the file itself first, as what comes later stands on it. The chain over runs comes last. */
const CHECKS: readonly Check[] = [
  { table: "file", run: checkFile },
  { table: "relations", run: checkRelations },
  { table: "body", run: checkBodies },
  { table: "rows", run: checkRows },
  { table: "edits", run: checkEdits },
];

export async function verifyArchive(
  db: Database,
  path: string,
  options: VerifyOptions,
): Promise<VerifyReport> {
  const { signal, onFault, onProgress } = options;
  const totals = { faults: 0, rawBytes: 0, bodies: 0, blocks: 0, versions: 0 };
  const tell = (fault: Fault): void => {
    totals.faults++;
    onFault(fault);
  };
  for (const { table, run } of CHECKS) {
    try {
      const findings = run(db, options);
      while (!signal.aborted) {
        const next = translating(path, () => findings.next());
        if (next.done === true) break;
        const { faults, rawBytes = 0, bodies = 0, blocks = 0, versions = 0 } = next.value;
        for (const fault of faults) tell(fault);
        totals.rawBytes += rawBytes;
        totals.bodies += bodies;
        totals.blocks += blocks;
        totals.versions += versions;
        onProgress?.(totals.rawBytes);
        await letOthers();
      }
    } catch (error) {
      if (isTroubleOfOthers(error)) throw error;
      tell({ table, id: null, digest: null, what: (error as Error).message });
    }
  }
  if (!signal.aborted) await checkChain(db, path, options, tell);
  return { ...totals, isWhole: !signal.aborted };
}

/** What `verify --chain` looks at: it binds what has no seal yet, and that none was put in or taken out. */
async function checkChain(
  db: Database,
  path: string,
  { signal }: VerifyOptions,
  tell: (fault: Fault) => void,
): Promise<void> {
  try {
    const { broken } = await createChainVerifier(db)({ signal });
    if (broken === null) return;
    const { table, link, detail } = broken;
    tell({ table: table ?? "link", id: link, digest: null, what: `the chain breaks: ${detail}` });
  } catch (error) {
    if (signal.aborted) return;
    const known = translated(error, path);
    if (isTroubleOfOthers(known)) throw known;
    tell({ table: "link", id: null, digest: null, what: (known as Error).message });
  }
}

/**
 * A disk that cannot be read is no damage. Anything else that a check stumbles over is: rows can have
 * any shape in a file that bytes were flipped in.
 */
function isTroubleOfOthers(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  return error instanceof WarraqError && error.code !== "E_ARCHIVE_CORRUPT";
}
