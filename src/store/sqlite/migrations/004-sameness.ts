/** Near copies: an index of selected runs of words, the pairs found by it, and the clusters they make. */
import type { Database } from "../driver.ts";
import { createSameness } from "../sameness.ts";
import type { Fill, Migration } from "./index.ts";

export const sameness: Migration = {
  name: "near copies and their clusters",
  sql: /* sql */ `
-- Selected runs of words of each article's newest text, by hash. size: how many that text has, so that
-- a short text is known to be contained in a long one without reading either.
CREATE TABLE shingle (
  hash       INTEGER NOT NULL,
  article_id INTEGER NOT NULL REFERENCES article (id),
  size       INTEGER NOT NULL,
  PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;

-- Two articles of which one is a copy of the other; a pair once, the older id first.
CREATE TABLE copy (
  article_id  INTEGER NOT NULL REFERENCES article (id),
  other_id    INTEGER NOT NULL REFERENCES article (id),
  similarity  REAL NOT NULL,
  containment REAL NOT NULL,
  is_story    INTEGER NOT NULL, -- 0: contained in a round-up, which makes no cluster
  PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID;
CREATE INDEX copy_by_other ON copy (other_id);

-- An id is never used twice. Of two that turn out to be one story the older goes on.
CREATE TABLE cluster (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at     INTEGER NOT NULL,
  merged_into INTEGER REFERENCES cluster (id)
);
CREATE INDEX article_by_cluster ON article (cluster_id) WHERE cluster_id IS NOT NULL;
CREATE INDEX article_by_duplicate ON article (duplicate_of) WHERE duplicate_of IS NOT NULL;

DROP VIEW articles;
CREATE VIEW articles AS
SELECT 'a' || a.id AS id, a.site_id AS source, p.url, v.title, v.subtitle, v.category, v.published,
  v.details ->> '$.authors' AS authors, v.details ->> '$.tags' AS tags,
  v.body, v.excerpt, v.word_count AS words, a.language, a.kind, a.status,
  a.status_detail, a.versions,
  strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen_at / 1000, 'unixepoch') AS first_seen,
  strftime('%Y-%m-%dT%H:%M:%SZ', a.last_seen_at / 1000, 'unixepoch') AS last_seen,
  'a' || a.duplicate_of AS duplicate_of, v.details ->> '$.canonicalUrl' AS canonical_url,
  v.details ->> '$.imageUrl' AS image_url, 'c' || a.cluster_id AS cluster
FROM article a
JOIN version v ON v.id = a.version_id
JOIN page p ON p.id = a.page_id;

CREATE VIEW copies AS
SELECT 'a' || c.article_id AS article, 'a' || c.other_id AS other, c.similarity, c.containment,
  'c' || a.cluster_id AS cluster, a.site_id AS source, b.site_id AS other_source
FROM copy c
JOIN article a ON a.id = c.article_id
JOIN article b ON b.id = c.other_id;
`,
  fill: { count: countArticles, batch: fillBatch } satisfies Fill,
};

/** Articles of one transaction: a kill costs about a second of work. */
const FILL_ROWS = 500;

function countArticles(db: Database): number {
  return db.prepare<[], number>(/* sql */ `SELECT count(*) FROM article`).pluck().get() ?? 0;
}

function fillBatch(db: Database, after: number): { last: number; rows: number } | null {
  const articles = db
    .prepare<[number], { id: number; at: number }>(/* sql */ `
      SELECT id, first_seen_at AS at FROM article WHERE id > ? ORDER BY id LIMIT ${FILL_ROWS}`)
    .all(after);
  const sameness = createSameness(db);
  for (const { id, at } of articles) sameness.seeNew(id, at);
  const last = articles.at(-1);
  return last === undefined ? null : { last: last.id, rows: articles.length };
}
