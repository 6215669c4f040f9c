/**
 * Seals over rows that are never changed once a run has ended: captures, versions, extractions, visits,
 * runs, and what imports and named exports are. A digest over each few hundred of them, so that a flipped byte in any of their columns is found by
 * `verify`, whatever program wrote them. Bodies and blocks have digests of their own.
 */
import { createHash } from "node:crypto";
import type { Database } from "./driver.ts";

export interface Seals {
  /** Seals what was added since the last time; inside a transaction. */
  add(): void;
  /** Seals anew the stretch a row is in: for whoever changes it on purpose, in the same transaction. */
  renew(table: SealedTable, id: number): void;
  /** Each sealed stretch of rows, and whether it is still what was sealed. */
  check(): Generator<SealedRows>;
}

export interface SealedRows {
  readonly table: string;
  readonly from: number;
  readonly to: number;
  readonly isSound: boolean;
}

export type SealedTable = keyof typeof COLUMNS;

/**
 * In this order for good: a digest is taken over them. Columns of later times get a seal of their own,
 * under a name with the table's before the colon.
 */
const COLUMNS = {
  capture:
    "id, page_id, run_id, body_id, part_of, fetched_at, status, via, encoding, url, final_url, redirects, headers",
  // What moves when an older capture slides in before (late-version.ts) is left out.
  version:
    "id, article_id, content, text, near, published, program, rule, title, subtitle, category, excerpt, word_count, details, body",
  visit: "id, page_id, run_id, at, result, status, reason, detail",
  run: "id, started_at, ended_at, reason, command, sites, program, options, counters",
  "capture:source": "id, file_id, file_offset",
  extraction:
    "id, version_id, number, run_id, replaced_at, content, text, near, published, program, rule, title, subtitle, category, excerpt, word_count, details, body",
  import_file: "id, name, bytes, modified_at, terms",
  increment: "id, name, terms",
} as const;
/** Few enough to say where the damage is, and many enough that seals are nothing beside the rows. */
const ROWS_PER_SEAL = 256;
/** An archive from before there were seals is sealed over several runs: some 50 ms each. */
const MOST_SEALS_AT_ONCE = 100;

export function createSeals(db: Database): Seals {
  const last = db
    .prepare<[string], number>(
      /* sql */ `SELECT coalesce(max(last_id), 0) FROM seal WHERE table_name = ?`,
    )
    .pluck();
  const add = db.prepare(/* sql */ `
    INSERT INTO seal (table_name, first_id, last_id, rows, digest)
    VALUES (@table, @from, @to, @rows, @digest)`);
  const all = db.prepare<
    [],
    { table: SealedTable; from: number; to: number; rows: number; digest: Buffer }
  >(/* sql */ `
    SELECT table_name AS "table", first_id AS "from", last_id AS "to", rows, digest
    FROM seal ORDER BY table_name, last_id`);
  const stretchOf = db.prepare<[string, number], { from: number; to: number }>(/* sql */ `
    SELECT first_id AS "from", last_id AS "to" FROM seal
    WHERE table_name = ? AND last_id >= ? ORDER BY last_id LIMIT 1`);
  const reseal = db.prepare(/* sql */ `
    UPDATE seal SET rows = @rows, digest = @digest WHERE table_name = @table AND last_id = @to`);
  const rowsOf = Object.fromEntries(
    Object.entries(COLUMNS).map(([name, columns]) => [
      name,
      {
        after: db
          .prepare<[number, number], unknown[]>(
            /* sql */ `SELECT ${columns} FROM ${tableOf(name)} WHERE id > ? ORDER BY id LIMIT ?`,
          )
          .raw(),
        between: db
          .prepare<[number, number], unknown[]>(
            /* sql */ `SELECT ${columns} FROM ${tableOf(name)} WHERE id BETWEEN ? AND ? ORDER BY id`,
          )
          .raw(),
      },
    ]),
  );

  return {
    add() {
      for (const table of Object.keys(COLUMNS)) {
        for (let seals = 0; seals < MOST_SEALS_AT_ONCE; seals++) {
          const rows = rowsOf[table]?.after.all(last.get(table) ?? 0, ROWS_PER_SEAL) ?? [];
          const [from, to] = [rows[0]?.[0], rows.at(-1)?.[0]];
          if (to === undefined) break;
          add.run({ table, from, to, rows: rows.length, digest: digestOf(rows) });
        }
      }
    },

    renew(table, id) {
      const found = stretchOf.get(table, id);
      if (found === undefined) return;
      const rows = rowsOf[table]?.between.all(found.from, found.to) ?? [];
      reseal.run({ table, to: found.to, rows: rows.length, digest: digestOf(rows) });
    },

    *check() {
      for (const { table, from, to, rows: count, digest } of all.all()) {
        const rows = rowsOf[table]?.between.all(from, to) ?? [];
        const isThere = rows.length === count && rows[0]?.[0] === from && rows.at(-1)?.[0] === to;
        yield {
          table: tableOf(table),
          from,
          to,
          isSound: isThere && digestOf(rows).equals(digest),
        };
      }
    },
  };
}

function tableOf(name: string): string {
  return name.split(":")[0] as string;
}

function digestOf(rows: readonly (readonly unknown[])[]): Buffer {
  const hash = createHash("sha256");
  for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
  return hash.digest();
}
