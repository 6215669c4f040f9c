/**
 * A SQLite file with one plain table: what `export -o x.sqlite` hands on. No connection to the
 * archive: rows come as they are. The same rows give the same bytes.
 */
import Sqlite from "better-sqlite3";
import { translating } from "./driver.ts";

export interface TableColumn {
  readonly name: string;
  readonly kind: "TEXT" | "INTEGER" | "REAL";
}

/** Rows a transaction: the file is nobody's until it is whole, so only speed counts. */
const ROWS_AT_ONCE = 2_000;

/** @throws {WarraqError} E_DISK_FULL, E_IO */
export async function writeTableFile(
  path: string,
  table: string,
  columns: readonly TableColumn[],
  rows: AsyncIterable<readonly (string | number | null)[]>,
): Promise<void> {
  const db = translating(path, () => new Sqlite(path));
  try {
    translating(path, () => {
      // Nobody reads a half-made file, and the finished one is flushed by whoever takes it.
      db.pragma("journal_mode = off");
      db.pragma("synchronous = off");
      const list = columns.map(({ name, kind }) => `${quoted(name)} ${kind}`).join(", ");
      db.exec(/* sql */ `CREATE TABLE ${quoted(table)} (${list}) STRICT`);
    });
    const insert = db.prepare(
      /* sql */ `INSERT INTO ${quoted(table)} VALUES (${columns.map(() => "?").join(", ")})`,
    );
    const insertAll = db.transaction((batch: readonly (readonly unknown[])[]) => {
      for (const row of batch) insert.run(...row);
    });
    let batch: (readonly unknown[])[] = [];
    for await (const row of rows) {
      if (batch.push(row) < ROWS_AT_ONCE) continue;
      translating(path, () => insertAll(batch));
      batch = [];
    }
    translating(path, () => insertAll(batch));
  } finally {
    db.close();
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
