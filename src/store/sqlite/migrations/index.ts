/**
 * The archive's schema and how it grows. Each migration's SQL runs in the transaction that records
 * it, so an archive is always at exactly one version, whatever kills the program. What has to be
 * worked out row by row in TypeScript (`fill`) follows in batches, each of which commits with the
 * place it reached: a kill costs one batch, the next writer goes on there, and until all is filled
 * nothing else is done with the archive. Never edit a migration that was released: add one.
 */
import { WarraqError } from "../../../errors.ts";
import { APPLICATION_ID } from "../../archive-file.ts";
import type { Database } from "../driver.ts";
import { first } from "./001-first.ts";
import { revisits } from "./002-revisits.ts";
import { blocks } from "./003-blocks.ts";
import { sameness } from "./004-sameness.ts";
import { search } from "./005-search.ts";
import { chain } from "./006-chain.ts";
import { changes } from "./006-changes.ts";
import { extractions } from "./006-extractions.ts";
import { imports } from "./007-imports.ts";
import { increments } from "./008-increments.ts";
import { about } from "./009-about.ts";
import { seals } from "./010-seals.ts";
import { pageStates } from "./011-page-states.ts";
import { prunedBytes } from "./012-pruned-bytes.ts";

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly fill?: Fill;
}

/**
 * Works through the rows that were there before. Each call is one transaction over the rows after
 * `after` (0 at first; ids, in order).
 */
export interface Fill {
  /** How many rows there are, for the progress that is told. */
  readonly count: (db: Database) => number;
  /** @returns the last id done and how many rows that was, or null when none was left */
  readonly batch: (db: Database, after: number) => { last: number; rows: number } | null;
}

/** In order; the archive's `user_version` is how many of them have been run. */
export const MIGRATIONS: readonly Migration[] = [
  first,
  revisits,
  blocks,
  sameness,
  search,
  changes,
  extractions,
  chain,
  imports,
  increments,
  about,
  seals,
  pageStates,
  prunedBytes,
];

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
    // What packing frees can be given back to the disk without writing the whole file anew.
    db.pragma("auto_vacuum = incremental");
  } else {
    refuseStrangers(db, path, migrations.length);
  }
  db.pragma("journal_mode = wal");
  for (;;) {
    if (!isNew) finishFills(db, path, onProgress, migrations);
    const taken = db
      .transaction(() => {
        const version = versionOf(db);
        const next = migrations[version];
        if (next === undefined) return null;
        if (!isNew) onProgress(`upgrading ${path}: ${next.name}`);
        step(db, path, version, next);
        if (!isNew && next.fill !== undefined) beginFill(db, version + 1);
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${version + 1}`);
        return next;
      })
      .immediate();
    if (taken === null) return;
  }
}

/** Nothing of a step that fails stays: its transaction is given up. */
function step(db: Database, path: string, version: number, { name, sql }: Migration): void {
  try {
    db.exec(sql);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== "SQLITE_ERROR") throw error;
    throw new WarraqError(
      "E_ARCHIVE_CORRUPT",
      `${path} says that it is of archive version ${version}, but the upgrade "${name}" does not fit its tables: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** Fills that were begun and are not done; the table is there only while there are any. */
const CREATE_FILL = /* sql */ `
  CREATE TABLE IF NOT EXISTS fill (version INTEGER PRIMARY KEY, after INTEGER NOT NULL)`;
/** Said this often while filling: seldom enough for a log, often enough to know it lives. */
const PROGRESS_ROWS = 10_000;

function beginFill(db: Database, version: number): void {
  db.exec(CREATE_FILL);
  db.prepare(/* sql */ `INSERT INTO fill (version, after) VALUES (?, 0)`).run(version);
}

function finishFills(
  db: Database,
  path: string,
  onProgress: (message: string) => void,
  migrations: readonly Migration[],
): void {
  if (!hasFills(db)) return;
  const pending = db.prepare<[], { version: number; after: number }>(
    /* sql */ `SELECT version, after FROM fill ORDER BY version LIMIT 1`,
  );
  for (let place = pending.get(); place !== undefined; place = pending.get()) {
    const { version } = place;
    const { name, fill } = migrations[version - 1] ?? {};
    if (fill === undefined) throw new Error(`archive version ${version} has nothing to fill`);
    const total = fill.count(db);
    const reach = db.prepare<[number, number]>(
      /* sql */ `UPDATE fill SET after = ? WHERE version = ?`,
    );
    let done = 0;
    let told = 0;
    for (let { after } = place; ; ) {
      const batch = db
        .transaction(() => {
          const reached = fill.batch(db, after);
          if (reached === null)
            db.prepare(/* sql */ `DELETE FROM fill WHERE version = ?`).run(version);
          else reach.run(reached.last, version);
          return reached;
        })
        .immediate();
      if (batch === null) break;
      after = batch.last;
      done += batch.rows;
      if (done - told < PROGRESS_ROWS) continue;
      told = done;
      onProgress(`upgrading ${path}: ${name}, ${done} of ${total}`);
    }
  }
  db.exec(/* sql */ `DROP TABLE fill`);
}

function hasFills(db: Database): boolean {
  const table = db
    .prepare(/* sql */ `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'fill'`)
    .get();
  return table !== undefined;
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

/** Whether an archive is of an older version, or its upgrade was interrupted. */
export function isOlder(db: Database, newest: number = MIGRATIONS.length): boolean {
  return !isEmpty(db) && (versionOf(db) < newest || hasFills(db));
}

function isEmpty(db: Database): boolean {
  const first = db.prepare(/* sql */ `SELECT 1 FROM sqlite_schema LIMIT 1`).get();
  return first === undefined && versionOf(db) === 0;
}

function versionOf(db: Database): number {
  return Number(db.pragma("user_version", { simple: true }));
}
