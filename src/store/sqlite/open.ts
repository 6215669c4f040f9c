/** Opening an archive: the file, its schema brought up to date, and everything wired to it. */
import type { OpenOptions, Store } from "../store.ts";
import { connect, type Database, damage, prepareForWriting, translating } from "./driver.ts";
import { isOlder, migrate, refuseStrangers } from "./migrations/index.ts";
import { wireStore } from "./store.ts";
import { upgrade } from "./upgrade.ts";

export function openSqlite({ path, mode, onProgress }: OpenOptions): Store {
  const open = (): Database => connect(path, mode === "write-existing" ? existing(path) : mode);
  let db = open();
  try {
    if (mode === "read") translating(path, () => refuseStrangers(db, path));
    if (translating(path, () => isOlder(db))) {
      db.close();
      upgrade(path, onProgress);
      db = open();
    }
    if (mode !== "read") {
      translating(path, () => {
        migrate(db, path, onProgress);
        prepareForWriting(db);
      });
    }
    return translating(path, () => preparing(() => wireStore(db, path)));
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Preparing statements reads the schema and the search index: a damaged one is met here, and as our
 * statements fit every sound schema of this version, whatever they do not fit is damage.
 */
function preparing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== "SQLITE_ERROR") throw error;
    throw damage((error as Error).message);
  }
}

/** @throws {WarraqError} E_NO_ARCHIVE */
function existing(path: string): "write" {
  connect(path, "read").close();
  return "write";
}
