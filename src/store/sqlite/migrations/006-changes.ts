/** What happened to articles: one row an edit, a takedown, a return, with its kind and a few words. */
import { createChanges } from "../changes.ts";
import type { Database } from "../driver.ts";
import type { Migration } from "./index.ts";

/** Versions classified in one transaction: well under a second. */
const BATCH_ROWS = 500;

export const changes: Migration = {
  name: "edits and takedowns by kind",
  sql: /* sql */ `
CREATE TABLE change (
  id         INTEGER PRIMARY KEY AUTOINCREMENT, -- the chain binds them: none is used twice
  article_id INTEGER NOT NULL REFERENCES article (id),
  version_id INTEGER REFERENCES version (id), -- null: it happened to the page, not to the text
  run_id     INTEGER REFERENCES run (id), -- null: found by an upgrade
  site_id    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  kinds      TEXT NOT NULL, -- JSON
  summary    TEXT NOT NULL
);
CREATE INDEX change_by_time ON change (at, id, kinds);
CREATE INDEX change_by_site ON change (site_id, at, id, kinds);
CREATE INDEX change_by_article ON change (article_id);

INSERT INTO change (article_id, site_id, at, kind, kinds, summary)
SELECT id, site_id, status_at, iif(status = 'gone', 'takedown', status),
  json_array(iif(status = 'gone', 'takedown', status)), coalesce(status_detail, '')
FROM article WHERE status <> 'live' ORDER BY id;

CREATE VIEW changes AS
SELECT strftime('%Y-%m-%dT%H:%M:%SZ', e.at / 1000, 'unixepoch') AS at, 'a' || e.article_id AS article,
  e.site_id AS source, p.url, v.number AS version, e.kind, e.kinds, e.summary,
  coalesce(v.title, n.title) AS title, e.run_id AS run
FROM change e
JOIN article a ON a.id = e.article_id
JOIN page p ON p.id = a.page_id
LEFT JOIN version v ON v.id = e.version_id
LEFT JOIN version n ON n.id = a.version_id;
`,
  fill: {
    count: (db) =>
      db
        .prepare<[], number>(/* sql */ `SELECT count(*) FROM version WHERE number > 1`)
        .pluck()
        .get() ?? 0,
    batch: (db, after) => classifyAfter(db, after),
  },
};

function classifyAfter(db: Database, after: number): { last: number; rows: number } | null {
  const ids = db
    .prepare<[number], number>(/* sql */ `
      SELECT id FROM version WHERE id > ? AND number > 1 ORDER BY id LIMIT ${BATCH_ROWS}`)
    .pluck()
    .all(after);
  const last = ids.at(-1);
  if (last === undefined) return null;
  const { classify } = createChanges(db);
  for (const id of ids) classify(id);
  return { last, rows: ids.length };
}
