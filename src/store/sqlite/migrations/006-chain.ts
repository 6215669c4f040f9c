/** The hash chain, and the adoption of what was there before it. */
import { createChain } from "../chain.ts";
import type { Migration } from "./index.ts";

/** Captures adopted in one transaction, with the versions read from them: about a second. */
const BATCH_ROWS = 500;

export const chain: Migration = {
  name: "hash chain",
  sql: /* sql */ `
-- Each link binds the rows that were added since the link before, and that link. Append-only.
CREATE TABLE link (
  id            INTEGER PRIMARY KEY, -- its place, without gaps
  run_id        INTEGER REFERENCES run (id), -- null: adopted by an upgrade
  seq           INTEGER NOT NULL, -- within the run, from 1
  kind          TEXT NOT NULL CHECK (kind IN ('adopted', 'visit', 'import', 'extraction', 'end')),
  at            INTEGER NOT NULL,
  capture_to    INTEGER NOT NULL, -- the last row of each table that is bound so far
  version_to    INTEGER NOT NULL,
  change_to     INTEGER NOT NULL,
  extraction_to INTEGER NOT NULL,
  parts         BLOB NOT NULL, -- 8 bytes of each table's digest: tells which table differs
  hash          BLOB NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX link_by_run ON link (run_id, seq);
-- Written when the run ends: its last link, and how many it has.
ALTER TABLE run ADD COLUMN chain_head BLOB;
ALTER TABLE run ADD COLUMN chain_links INTEGER;
`,
  fill: {
    count: (db) =>
      db.prepare<[], number>(/* sql */ `SELECT count(*) FROM capture`).pluck().get() ?? 0,
    batch(db, after) {
      const ids = db
        .prepare<[number], number>(/* sql */ `
          SELECT id FROM capture WHERE id > ? ORDER BY id LIMIT ${BATCH_ROWS}`)
        .pluck()
        .all(after);
      const last = ids.at(-1);
      if (last === undefined) return null;
      createChain(db).adopt(last, BATCH_ROWS);
      return { last, rows: ids.length };
    },
  },
};
