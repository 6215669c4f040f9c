/**
 * Bringing an archive of an older program to this one's schema, in place, whoever opens it first. Under
 * the crawl lock: a program of the old version that still writes would write into the new schema.
 */
import { WarraqError } from "../../errors.ts";
import { connect, translating } from "./driver.ts";
import { createCrawlLock } from "./lock.ts";
import { migrate } from "./migrations/index.ts";

/**
 * A kill on the way loses nothing: whoever opens it next goes on.
 *
 * @throws {WarraqError} E_ARCHIVE_READONLY, E_ARCHIVE_NEWER, E_ARCHIVE_CORRUPT, E_DISK_FULL, E_IO, and
 *   E_LOCKED while another run holds the archive
 */
export function upgrade(path: string, onProgress?: (message: string) => void): void {
  const lock = createCrawlLock(path);
  const db = writable(path);
  try {
    if (!lock.take()) {
      throw new WarraqError(
        "E_LOCKED",
        `${path} is of an older version and must be upgraded, but another run holds it: try again when that has ended`,
      );
    }
    translating(path, () => migrate(db, path, onProgress));
  } finally {
    db.close();
    lock.release();
  }
}

function writable(path: string): ReturnType<typeof connect> {
  try {
    return connect(path, "write");
  } catch (error) {
    if (!(error instanceof WarraqError) || error.code !== "E_ARCHIVE_READONLY") throw error;
    throw new WarraqError(
      error.code,
      `${path} is of an older version and cannot be written to: copy it to where it can be upgraded`,
      { cause: error },
    );
  }
}
