/**
 * Backing up while others write: one read transaction holds the archive as it was at the first moment,
 * and its pages are copied a few at a time, so that nobody waits and a signal is heard.
 */
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { WarraqError } from "../../errors.ts";
import type { BackupOptions } from "../upkeep.ts";
import { connect, sizeOf, translated } from "./driver.ts";

/** Copied between two looks at the signal: 8 MB, some milliseconds. */
const PAGES_AT_ONCE = 2_000;

export async function backUp(
  path: string,
  { target, signal, onProgress }: BackupOptions,
): Promise<{ readonly bytes: number }> {
  // A connection of its own: the archive's may be in the middle of something.
  const source = connect(path, "read");
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    source.exec(/* sql */ `BEGIN`);
    // The first question fixes the moment; without it every write of others would begin the copy anew.
    source.prepare(/* sql */ `SELECT count(*) FROM sqlite_schema`).get();
    const pageBytes = Number(source.pragma("page_size", { simple: true }));
    await source.backup(temporary, {
      progress: ({ totalPages, remainingPages }) => {
        signal.throwIfAborted();
        const doneBytes = (totalPages - remainingPages) * pageBytes;
        onProgress?.({ doneBytes, totalBytes: totalPages * pageBytes });
        return PAGES_AT_ONCE;
      },
    });
    const file = await open(temporary, "r+");
    await file.sync().finally(() => file.close());
    await rename(temporary, target);
    const folder = await open(dirname(target) || ".", "r");
    await folder.sync().finally(() => folder.close());
    return { bytes: sizeOf(target) };
  } catch (error) {
    throw explained(error, target);
  } finally {
    source.close();
    for (const suffix of ["", "-journal", "-wal", "-shm"]) {
      await rm(`${temporary}${suffix}`, { force: true });
    }
  }
}

function explained(error: unknown, target: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new WarraqError("E_DISK_FULL", `no space left for ${target}`, { cause: error });
  }
  const found = translated(error, target);
  if (found instanceof WarraqError || !(error instanceof Error) || code === undefined) return found;
  if (error.name === "AbortError") return error;
  return new WarraqError("E_IO", `cannot write ${target}: ${error.message}`, { cause: error });
}
