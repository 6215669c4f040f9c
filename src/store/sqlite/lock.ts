/**
 * The crawl lock: at most one process crawls into an archive. It is an open exclusive transaction on
 * a small file beside the archive, so the system itself lets go of it when the process ends, however
 * it ends. The file stays (removing a lock file is a race); it is always empty.
 */
import Sqlite from "better-sqlite3";
import { translated } from "./driver.ts";

export interface CrawlLock {
  /** Takes the lock, or says at once that another process (or store) holds it. */
  take(): boolean;
  release(): void;
}

/** A connection that nobody refers to is closed by the garbage collector, and its lock is lost. */
const HELD = new Set<Sqlite.Database>();

export function createCrawlLock(archivePath: string): CrawlLock {
  const path = `${archivePath}-lock`;
  let held: Sqlite.Database | null = null;
  return {
    take() {
      if (held !== null) return true;
      let db: Sqlite.Database | null = null;
      try {
        db = new Sqlite(path, { timeout: 0 });
        db.pragma("journal_mode = memory");
        db.exec(/* sql */ `BEGIN EXCLUSIVE`);
        held = db;
        HELD.add(db);
        return true;
      } catch (error) {
        db?.close();
        if (error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
          return false;
        }
        throw translated(error, path);
      }
    },
    release() {
      if (held === null) return;
      held.close();
      HELD.delete(held);
      held = null;
    },
  };
}
