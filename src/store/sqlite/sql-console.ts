/**
 * SQL for people: one statement that reads, on a connection of its own that cannot write. Rows are
 * streamed; bytes come out as hexadecimal text.
 */
import { WarraqError } from "../../errors.ts";
import { connect, type Database, translated } from "./driver.ts";

/** @throws {WarraqError} E_SQL naming what is wrong with the statement */
export async function* runSql(
  path: string,
  statement: string,
  parameters: Readonly<Record<string, string>> = {},
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const db = connect(path, "read-only");
  try {
    for (const row of prepare(db, statement).iterate(parameters)) yield plain(row);
  } catch (error) {
    throw asSqlError(error, path);
  } finally {
    db.close();
  }
}

function prepare(db: Database, statement: string) {
  const prepared = db.prepare<unknown[], Record<string, unknown>>(statement);
  // ATTACH, VACUUM INTO and the writing PRAGMAs give no rows; the connection could not write anyway.
  if (!prepared.reader || !prepared.readonly) {
    throw new WarraqError("E_SQL", "only a statement that reads (SELECT, WITH, VALUES) may be run");
  }
  return prepared;
}

function plain(row: Record<string, unknown>): Readonly<Record<string, unknown>> {
  for (const [name, value] of Object.entries(row)) {
    if (Buffer.isBuffer(value)) row[name] = value.toString("hex");
  }
  return row;
}

/** Trouble with the file keeps its own code; all else is the statement's fault. */
function asSqlError(error: unknown, path: string): unknown {
  const ours = translated(error, path);
  if (ours instanceof WarraqError && ours.code !== "E_ARCHIVE_READONLY") return ours;
  return error instanceof Error ? new WarraqError("E_SQL", `SQL: ${error.message}`) : error;
}
