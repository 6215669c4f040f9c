/** What named exports have handed out (`export --since-export NAME`). */
import type { Migration } from "./index.ts";

export const increments: Migration = {
  name: "incremental exports",
  sql: /* sql */ `
CREATE TABLE increment (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL UNIQUE,
  terms        TEXT NOT NULL, -- which records with which fields
  committed_at INTEGER        -- null: never
);

-- The digest of each record as it was handed out last. 'pending' until its export is whole.
CREATE TABLE increment_record (
  increment_id INTEGER NOT NULL REFERENCES increment (id),
  is_pending   INTEGER NOT NULL,
  article_id   INTEGER NOT NULL,
  version      INTEGER NOT NULL,
  digest       BLOB NOT NULL,
  PRIMARY KEY (increment_id, is_pending, article_id, version)
) WITHOUT ROWID;
`,
};
