/**
 * The archive's schema and how it grows. Each migration runs in the transaction that records it, so
 * an archive is always at exactly one version, whatever kills the program. Never edit a migration
 * that was released: add one.
 */
import { WarraqError } from "../../../errors.ts";
import type { Database } from "../driver.ts";
import { first } from "./001-first.ts";
import { revisits } from "./002-revisits.ts";

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** In order; the archive's `user_version` is how many of them have been run. */
const MIGRATIONS: readonly Migration[] = [first, revisits];

/** Marks a SQLite file as an archive of warraq: "wrrq" in ASCII. */
const APPLICATION_ID = 0x77727271;
/**
 * Half a database page is lost at the end of every body and text. Measured over 8,000 articles:
 * 21.6 KB an article with 4 KB, 26.3 KB with 8 KB, at the same CPU.
 */
const PAGE_BYTES = 4096;

/**
 * Brings a writable archive to the newest schema; an empty file becomes an archive.
 *
 * @throws {WarraqError} E_ARCHIVE_NEWER, E_ARCHIVE_CORRUPT
 */
export function migrate(
  db: Database,
  path: string,
  onProgress: (message: string) => void = () => {},
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  const isNew = isEmpty(db);
  if (isNew) {
    db.pragma(`page_size = ${PAGE_BYTES}`);
  } else {
    refuseStrangers(db, path, migrations.length);
  }
  db.pragma("journal_mode = wal");
  for (;;) {
    const step = db
      .transaction(() => {
        const version = versionOf(db);
        const next = migrations[version];
        if (next === undefined) return null;
        if (!isNew) onProgress(`upgrading ${path}: ${next.name}`);
        db.exec(next.sql);
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${version + 1}`);
        return next;
      })
      .immediate();
    if (step === null) return;
  }
}

/**
 * Checks that a file is an archive, and not one of a newer program.
 *
 * @throws {WarraqError} E_ARCHIVE_NEWER, E_ARCHIVE_CORRUPT
 */
export function refuseStrangers(
  db: Database,
  path: string,
  newest: number = MIGRATIONS.length,
): void {
  const id = db.pragma("application_id", { simple: true });
  if (id === 0 && isEmpty(db)) {
    // A first run that was killed before its first commit left it; the next one makes it an archive.
    throw new WarraqError("E_NO_ARCHIVE", `there is no archive at ${path}: the database is empty`);
  }
  if (id !== APPLICATION_ID) {
    throw new WarraqError("E_ARCHIVE_CORRUPT", `${path} is not an archive of warraq`);
  }
  const version = versionOf(db);
  if (version > newest) {
    throw new WarraqError(
      "E_ARCHIVE_NEWER",
      `${path} was written by a newer warraq (archive version ${version}, this program knows ${newest}): update warraq`,
    );
  }
}

/**
 * Reading never changes an archive, so an old one must have been upgraded before.
 *
 * @throws {WarraqError} E_ARCHIVE_READONLY
 */
export function refuseOlder(db: Database, path: string, newest: number = MIGRATIONS.length): void {
  const version = versionOf(db);
  if (version < newest) {
    throw new WarraqError(
      "E_ARCHIVE_READONLY",
      `${path} is of an older version (${version} of ${newest}): run a crawl on it once to upgrade it`,
    );
  }
}

function isEmpty(db: Database): boolean {
  const first = db.prepare(/* sql */ `SELECT 1 FROM sqlite_schema LIMIT 1`).get();
  return first === undefined && versionOf(db) === 0;
}

function versionOf(db: Database): number {
  return Number(db.pragma("user_version", { simple: true }));
}
