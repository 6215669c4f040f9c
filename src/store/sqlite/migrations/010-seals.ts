/** Digests over stretches of rows that are never changed again. */
import type { Migration } from "./index.ts";

export const seals: Migration = {
  name: "seals over what was captured",
  sql: /* sql */ `
CREATE TABLE seal (
  table_name TEXT NOT NULL,
  first_id   INTEGER NOT NULL,
  last_id    INTEGER NOT NULL,
  rows       INTEGER NOT NULL,
  digest     BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (table_name, last_id)
) WITHOUT ROWID;
`,
};
