/**
 * The rows that a link binds, as the bytes that are hashed: one JSON array a row, in the order of
 * their ids. Used to append and to verify alike, always from the rows as they are stored. Bound is what
 * was observed and what was read from it; not how it is stored (a block may be repacked, raw bytes
 * pruned: the digest stays), nor what is worked out from the rest (similarity, kinds of edits, the
 * numbers of versions: `chain-order.ts` checks those).
 */
import { createHash, type Hash, hash } from "node:crypto";
import type { BoundTable } from "../store.ts";
import type { Database } from "./driver.ts";

/** After `from`, up to and with `to`. */
export type Range = readonly [from: number, to: number];

export interface BoundRows {
  /** SHA-256 over the rows of a range; zeros for none. */
  readonly digest: (table: Exclude<BoundTable, "run">, range: Range) => Buffer;
  /** SHA-256 over a run as it ended. */
  readonly digestRun: (runId: number) => Buffer;
}

export const NO_ROWS = Buffer.alloc(32);

/** What one extraction says, for version and extraction rows alike. */
const EXTRACTION = [
  "content",
  "published",
  "program",
  "rule",
  "title",
  "subtitle",
  "category",
  "excerpt",
  "word_count",
  "details",
  "body",
];
const columnsOf = (alias: string): string =>
  EXTRACTION.map((name) => `${alias}.${name}`).join(", ");

export function createBoundRows(db: Database): BoundRows {
  const select = (sql: string) => db.prepare<[number, number], unknown[]>(sql).raw();
  const statements = {
    capture: select(/* sql */ `
      SELECT c.id, c.run_id, c.part_of, c.fetched_at, c.status, c.via, c.encoding, c.url, c.final_url,
        c.redirects, c.headers, b.digest
      FROM capture c JOIN body b ON b.id = c.body_id
      WHERE c.id > ? AND c.id <= ? ORDER BY c.id`),
    // As it was first read: what replaced that is bound by a link of its own.
    version: select(/* sql */ `
      SELECT v.id, v.article_id, ${columnsOf("v")} FROM version v
      WHERE v.id > ? AND v.id <= ? ORDER BY v.id`),
    change: select(/* sql */ `
      SELECT id, article_id, run_id, at, kind, summary FROM change
      WHERE version_id IS NULL AND id > ? AND id <= ? ORDER BY id`),
    extraction: select(/* sql */ `
      SELECT e.id, e.run_id, e.replaced_at, e.version_id, e.number + 1 FROM extraction e
      WHERE e.id > ? AND e.id <= ? ORDER BY e.id`),
  };
  const numberOf = db
    .prepare<[number], number>(/* sql */ `SELECT extraction FROM version WHERE id = ?`)
    .pluck();
  const older = db
    .prepare<[number, number], unknown[]>(/* sql */ `
    SELECT ${columnsOf("e")} FROM extraction e WHERE e.version_id = ? AND e.number = ?`)
    .raw();
  const current = db
    .prepare<[number], unknown[]>(/* sql */ `
    SELECT ${columnsOf("v")} FROM version v WHERE v.id = ?`)
    .raw();
  const run = db
    .prepare<[number], unknown[]>(/* sql */ `
    SELECT id, started_at, ended_at, reason, command, sites, program, options, counters
    FROM run WHERE id = ?`)
    .raw();

  /** What extraction `number` of a version says, wherever it is kept; null when it is nowhere. */
  const extraction = (versionId: number, number: number): unknown[] | null =>
    (numberOf.get(versionId) === number ? current.get(versionId) : older.get(versionId, number)) ??
    null;
  /** The row with all that it binds of other rows. */
  const whole = {
    capture: (row: unknown[]) => row,
    change: (row: unknown[]) => row,
    version: (row: unknown[]) =>
      numberOf.get(row[0] as number) === 1
        ? row
        : [row[0], row[1], ...(extraction(row[0] as number, 1) ?? [])],
    extraction: (row: unknown[]) => [
      ...row,
      ...(extraction(row[3] as number, row[4] as number) ?? []),
    ],
  };

  return {
    digest(table, [from, to]) {
      if (to <= from) return NO_ROWS;
      if (to === from + 1) {
        // What nearly every link binds: no iterator, which costs more than the row.
        const row = statements[table].get(from, to);
        return row === undefined
          ? NO_ROWS
          : hash("sha256", serialised(whole[table](row)), "buffer");
      }
      let first: string | null = null;
      let many: Hash | null = null;
      for (const row of statements[table].iterate(from, to)) {
        const bytes = serialised(whole[table](row));
        if (first === null) first = bytes;
        else {
          many ??= createHash("sha256").update(first);
          many.update(bytes);
        }
      }
      if (first === null) return NO_ROWS;
      return many === null ? hash("sha256", first, "buffer") : many.digest();
    },
    digestRun(runId) {
      const row = run.get(runId);
      return row === undefined ? NO_ROWS : hash("sha256", serialised(row), "buffer");
    },
  };
}

/** One line; no value of a row holds a raw line break once it is JSON. */
function serialised(row: readonly unknown[]): string {
  const plain = row.map((value) => (Buffer.isBuffer(value) ? value.toString("hex") : value));
  return `${JSON.stringify(plain)}\n`;
}
