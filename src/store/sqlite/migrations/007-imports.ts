/** Imports: where a capture was read from, and which version each look at an article showed. */
import type { Migration } from "./index.ts";

export const imports: Migration = {
  name: "imports",
  sql: /* sql */ `
-- Files that were imported, and how far: an import that was stopped goes on there.
CREATE TABLE import_file (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  bytes       INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  terms       TEXT NOT NULL, -- what was to be taken from it
  run_id      INTEGER NOT NULL REFERENCES run (id), -- the last
  reached     INTEGER NOT NULL, -- offset of the record that comes next
  ended_at    INTEGER,
  UNIQUE (name, bytes, modified_at, terms)
);

ALTER TABLE capture ADD COLUMN file_id INTEGER REFERENCES import_file (id);
ALTER TABLE capture ADD COLUMN file_offset INTEGER;
-- The version of its article that was seen then, at the article's own address: what an older capture
-- that arrives late has to be put between.
ALTER TABLE capture ADD COLUMN version_id INTEGER REFERENCES version (id);
UPDATE capture SET version_id = version.id FROM version WHERE version.capture_id = capture.id;

-- The looks after which nothing had changed, page by page.
CREATE INDEX visit_unchanged ON visit (page_id) WHERE result = 'not-modified';

CREATE VIEW imports AS
SELECT c.id AS capture, c.url, f.name AS file, c.file_offset AS offset,
  strftime('%Y-%m-%dT%H:%M:%SZ', c.fetched_at / 1000, 'unixepoch') AS captured,
  c.via, c.run_id AS run
FROM capture c JOIN import_file f ON f.id = c.file_id;
`,
};
