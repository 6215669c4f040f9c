/**
 * A dataset as a SQLite file of its own: one table of records, for `sqlite3`, Datasette and
 * notebooks. It is made beside the target and then handed on as bytes, so that it is as atomic as
 * every other format, and may go through gzip or a pipe.
 */
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { WarraqError } from "../errors.ts";
import { writeTable } from "../store/index.ts";
import type { Column, ColumnType, Row } from "./columns.ts";

/** The table's name in the file. */
const TABLE = "articles";

export async function* encodeSqlite(
  rows: AsyncIterable<Row>,
  columns: readonly Column[],
  target: string,
): AsyncGenerator<Uint8Array> {
  // Where the target fits, its twin fits; a pipe has no folder of its own.
  const scratch = target === "-" ? tmpdir() : dirname(target);
  const folder = await mkdtemp(join(scratch, ".warraq-export-"));
  try {
    const path = join(folder, "dataset.sqlite");
    const typed = columns.map(({ name, type }) => ({ name, kind: kindOf(type) }));
    await writeTable(path, TABLE, typed, cells(rows, columns)).catch((error: unknown) => {
      if (!(error instanceof WarraqError)) throw error;
      // Nobody asked for the twin: the target is what they know.
      const message =
        error.code === "E_DISK_FULL"
          ? `${target}: the disk is full; nothing was left behind`
          : error.message.replaceAll(path, target);
      throw new WarraqError(error.code, message, { cause: error });
    });
    for await (const chunk of createReadStream(path)) yield chunk as Uint8Array;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* cells(
  rows: AsyncIterable<Row>,
  columns: readonly Column[],
): AsyncGenerator<readonly (string | number | null)[]> {
  for await (const row of rows) yield columns.map(({ name }) => cellOf(row[name]));
}

/** Lists and structures are JSON: SQLite's own functions read it. */
function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return JSON.stringify(value);
}

function kindOf(type: ColumnType): "TEXT" | "INTEGER" | "REAL" {
  if (type === "integer" || type === "boolean") return "INTEGER";
  return type === "number" ? "REAL" : "TEXT";
}
