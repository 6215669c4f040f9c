/** The door to the archive. */
import type { TableColumn } from "./sqlite/table-file.ts";
import type { OpenOptions, Store } from "./store.ts";

export { isArchiveFile } from "./archive-file.ts";
export { type Clause, parseQuery, type Query, sitesNamed, type Term } from "./query.ts";
export type * from "./store.ts";

/**
 * Opens an archive.
 *
 * @throws {WarraqError} E_NO_ARCHIVE (to read, and there is none), E_ARCHIVE_NEWER,
 *   E_ARCHIVE_CORRUPT, E_ARCHIVE_READONLY, E_DISK_FULL, E_IO; each names the file
 */
export async function openStore(options: OpenOptions): Promise<Store> {
  // Loaded when needed: the native driver costs 15 ms that `--help` need not pay.
  const { openSqlite } = await import("./sqlite/open.ts");
  return openSqlite(options);
}

/**
 * Writes a SQLite file with one plain table: a dataset, not an archive.
 *
 * @throws {WarraqError} E_DISK_FULL, E_IO
 */
export async function writeTable(
  path: string,
  table: string,
  columns: readonly TableColumn[],
  rows: AsyncIterable<readonly (string | number | null)[]>,
): Promise<void> {
  const { writeTableFile } = await import("./sqlite/table-file.ts");
  await writeTableFile(path, table, columns, rows);
}
