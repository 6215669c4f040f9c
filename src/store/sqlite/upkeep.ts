/**
 * Looking after the archive: long work in short transactions, so that readers never wait, a signal
 * is heard between two of them, and a kill costs one.
 */
import { setImmediate as letOthers } from "node:timers/promises";
import type { PackReport, UpkeepStore } from "../upkeep.ts";
import { backUp } from "./backup.ts";
import { type Database, sizeOf, translating } from "./driver.ts";
import type { Imports } from "./imports.ts";
import { createPacker } from "./pack.ts";
import { prune } from "./prune.ts";
import type { Seals } from "./seals.ts";

/** Freed pages up to this share of the file stay for the next run, which needs them. */
const SPARE_SHARE = 0.1;
/** Given back at once: some milliseconds. */
const TRIM_PAGES = 2_000;

export function createUpkeep(
  db: Database,
  path: string,
  parts: { readonly imports: Imports; readonly seals: Seals },
): UpkeepStore {
  const packer = createPacker(db);
  const guarded = <T>(work: () => T): T => translating(path, work);
  const figure = (name: string): number => Number(db.pragma(name, { simple: true }));
  const fileBytes = (): number => figure("page_count") * figure("page_size");

  /** Only where the file keeps a map of its pages: archives made since there are blocks. */
  async function trim(signal: AbortSignal): Promise<void> {
    if (figure("auto_vacuum") === 0) return;
    while (!signal.aborted) {
      const spare = guarded(() => figure("freelist_count") - figure("page_count") * SPARE_SHARE);
      if (spare <= 0) return;
      guarded(() => db.pragma(`incremental_vacuum(${Math.min(TRIM_PAGES, Math.ceil(spare))})`));
      await letOthers();
    }
  }

  return {
    async packBodies({ everything, signal, onProgress }): Promise<PackReport> {
      const sizeBefore = fileBytes();
      const totalBytes = guarded(packer.waiting).bytes;
      const done = { bodies: 0, blocks: 0, beforeBytes: 0, afterBytes: 0 };
      const damaged: string[] = [];
      let doneBytes = 0;
      const steps = packer.steps(everything);
      while (!signal.aborted) {
        const step = guarded(() => steps.next());
        if (step.done === true) break;
        const { bodies, unpackedBytes, beforeBytes, afterBytes } = step.value;
        damaged.push(...step.value.damaged);
        done.bodies += bodies;
        done.blocks += bodies > 0 ? 1 : 0;
        done.beforeBytes += beforeBytes;
        done.afterBytes += afterBytes;
        doneBytes += unpackedBytes;
        onProgress?.({ doneBytes, totalBytes });
        await letOthers();
      }
      if (done.blocks > 0) await trim(signal);
      const waiting = guarded(packer.waiting).bodies;
      return { ...done, waiting, damaged, freedBytes: Math.max(0, sizeBefore - fileBytes()) };
    },

    // Rules and what checks them take longer to load than a search to answer.
    async verify(options) {
      const { verifyArchive } = await import("./verify.ts");
      return verifyArchive(db, path, options);
    },
    backup: (options) => backUp(path, options),
    async merge(options) {
      const { mergeArchive } = await import("./merge.ts");
      return mergeArchive(db, path, parts, options);
    },
    prune: (options) => prune(db, path, packer, options),

    async vacuum() {
      const before = sizeOf(path);
      guarded(() => {
        db.pragma("auto_vacuum = incremental");
        db.exec(/* sql */ `VACUUM`);
        db.pragma("wal_checkpoint(truncate)");
      });
      return Math.max(0, before - sizeOf(path));
    },
  };
}
