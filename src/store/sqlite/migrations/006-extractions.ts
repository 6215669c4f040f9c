/** Extractions: what rules of another day read from the same capture stays readable. */
import type { Migration } from "./index.ts";

export const extractions: Migration = {
  name: "extractions",
  sql: /* sql */ `
-- What a version was read as before; the newest extraction is the version's own row.
CREATE TABLE extraction (
  id          INTEGER PRIMARY KEY,
  version_id  INTEGER NOT NULL REFERENCES version (id),
  number      INTEGER NOT NULL, -- from 1
  run_id      INTEGER NOT NULL REFERENCES run (id), -- the run that read it anew
  replaced_at INTEGER NOT NULL,
  content     BLOB NOT NULL,
  text        BLOB NOT NULL,
  near        BLOB NOT NULL,
  published   TEXT,
  program     TEXT NOT NULL,
  rule        TEXT NOT NULL,
  title       TEXT NOT NULL,
  subtitle    TEXT,
  category    TEXT,
  excerpt     TEXT,
  word_count  INTEGER NOT NULL,
  details     TEXT NOT NULL,
  body        TEXT NOT NULL,
  UNIQUE (version_id, number)
);
ALTER TABLE version ADD COLUMN extraction INTEGER NOT NULL DEFAULT 1;

CREATE VIEW extractions AS
SELECT 'a' || v.article_id AS article, v.number AS version, e.number AS extraction,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.replaced_at / 1000, 'unixepoch') AS replaced,
  e.title, e.subtitle, e.category, e.published, e.body, e.excerpt, e.word_count AS words,
  lower(hex(e.content)) AS content_hash, e.program, e.rule, e.run_id AS run
FROM extraction e
JOIN version v ON v.id = e.version_id;
`,
};
