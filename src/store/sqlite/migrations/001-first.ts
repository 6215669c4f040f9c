/**
 * The first schema. Tables are in the singular; the views people query (`warraq sql`, the sqlite3
 * shell) are in the plural: articles, versions, captures, sources, runs. Instants are UTC ms.
 */
import type { Migration } from "./index.ts";

export const first: Migration = {
  name: "first schema",
  sql: /* sql */ `
-- Every rule that read a page, by what it said: an extractor stamp names one for good.
CREATE TABLE site_rule (
  id         TEXT NOT NULL,
  digest     TEXT NOT NULL,
  origin     TEXT NOT NULL CHECK (origin IN ('bundled', 'added')),
  added_at   INTEGER NOT NULL,
  removed_at INTEGER,
  rule       TEXT NOT NULL,
  PRIMARY KEY (id, digest, origin)
);

CREATE TABLE run (
  id         INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  reason     TEXT,
  command    TEXT NOT NULL,
  sites      TEXT NOT NULL,
  program    TEXT NOT NULL,
  options    TEXT NOT NULL,
  counters   TEXT NOT NULL
);

-- One waiting line per host of a site. Few rows: a lease looks at each line's head.
CREATE TABLE queue (
  id      INTEGER PRIMARY KEY,
  site_id TEXT NOT NULL,
  host    TEXT NOT NULL,
  UNIQUE (site_id, host)
);

-- Every URL ever met, articles and sources alike, by its key; url as it was found first.
CREATE TABLE page (
  id                INTEGER PRIMARY KEY,
  queue_id          INTEGER NOT NULL REFERENCES queue (id),
  role              TEXT NOT NULL,
  found_by          TEXT NOT NULL,
  found_at          INTEGER NOT NULL,
  due_at            INTEGER, -- null: at rest; while on loan: when the loan runs out
  tries             INTEGER NOT NULL DEFAULT 0,
  visited_at        INTEGER,
  captured_at       INTEGER,
  result            TEXT,
  reason            TEXT,
  gone_count        INTEGER NOT NULL DEFAULT 0, -- 404/410 since the last good answer
  blocked_count     INTEGER NOT NULL DEFAULT 0, -- 403/challenges since the last good answer
  article_id        INTEGER REFERENCES article (id),
  url_key           TEXT NOT NULL UNIQUE,
  url               TEXT NOT NULL,
  etag              TEXT,
  last_modified     TEXT,
  hint_title        TEXT,
  hint_published_at INTEGER,
  hint_modified_at  INTEGER
);
CREATE INDEX page_due ON page (queue_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX page_source ON page (queue_id) WHERE role <> 'article';
CREATE INDEX page_by_article ON page (article_id) WHERE article_id IS NOT NULL;

-- Pages on loan. An id is never used twice, so a late worker cannot end another's loan.
CREATE TABLE loan (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  page_id    INTEGER NOT NULL UNIQUE REFERENCES page (id),
  until      INTEGER NOT NULL,
  due_before INTEGER NOT NULL
);

-- What every visit came to, good or not: coverage can be explained from here.
CREATE TABLE visit (
  id      INTEGER PRIMARY KEY,
  page_id INTEGER NOT NULL REFERENCES page (id),
  run_id  INTEGER NOT NULL REFERENCES run (id),
  at      INTEGER NOT NULL,
  result  TEXT NOT NULL,
  status  INTEGER,
  reason  TEXT,
  detail  TEXT
);

-- The same bytes once, whoever sent them.
CREATE TABLE body (
  id             INTEGER PRIMARY KEY,
  digest         BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  codec          TEXT NOT NULL,
  unpacked_bytes INTEGER NOT NULL,
  bytes          BLOB NOT NULL
);

CREATE TABLE capture (
  id         INTEGER PRIMARY KEY,
  page_id    INTEGER NOT NULL REFERENCES page (id),
  run_id     INTEGER NOT NULL REFERENCES run (id),
  body_id    INTEGER NOT NULL REFERENCES body (id),
  part_of    INTEGER REFERENCES capture (id), -- first page of the article this is a part of
  fetched_at INTEGER NOT NULL,
  status     INTEGER NOT NULL,
  via        TEXT NOT NULL,
  encoding   TEXT,
  url        TEXT NOT NULL,
  final_url  TEXT, -- null: the same as url
  redirects  TEXT, -- JSON; null: none
  headers    TEXT NOT NULL
);
CREATE INDEX capture_by_page ON capture (page_id);

CREATE TABLE article (
  id            INTEGER PRIMARY KEY,
  site_id       TEXT NOT NULL,
  page_id       INTEGER NOT NULL REFERENCES page (id), -- its own address; other pages are aliases
  version_id    INTEGER, -- the newest
  versions      INTEGER NOT NULL,
  kind          TEXT NOT NULL,
  language      TEXT NOT NULL,
  status        TEXT NOT NULL DEFAULT 'live' CHECK (status IN ('live', 'gone', 'blocked', 'moved')),
  status_at     INTEGER NOT NULL,
  status_detail TEXT, -- evidence: what was answered
  first_seen_at INTEGER NOT NULL,
  last_seen_at  INTEGER NOT NULL,
  published_at  INTEGER,
  date_at       INTEGER NOT NULL, -- published, or else first seen
  duplicate_of  INTEGER REFERENCES article (id),
  cluster_id    INTEGER,
  has_title     INTEGER NOT NULL,
  category      TEXT,
  author_key    TEXT NOT NULL -- folded names, one a line; empty for none
);
CREATE INDEX article_by_date ON article (date_at, id);
CREATE INDEX article_by_site ON article (site_id, date_at, id);
CREATE INDEX article_by_page ON article (page_id);

CREATE TABLE version (
  id          INTEGER PRIMARY KEY,
  article_id  INTEGER NOT NULL REFERENCES article (id),
  number      INTEGER NOT NULL,
  capture_id  INTEGER NOT NULL REFERENCES capture (id),
  run_id      INTEGER NOT NULL REFERENCES run (id),
  captured_at INTEGER NOT NULL,
  content     BLOB NOT NULL,
  text        BLOB NOT NULL,
  near        BLOB NOT NULL,
  published   TEXT, -- ISO 8601 with the offset of the site
  program     TEXT NOT NULL,
  rule        TEXT NOT NULL,
  changed     TEXT NOT NULL, -- JSON: names of fields
  title       TEXT NOT NULL,
  subtitle    TEXT,
  category    TEXT,
  excerpt     TEXT,
  word_count  INTEGER NOT NULL,
  details     TEXT NOT NULL, -- JSON: every other field of the article
  body        TEXT NOT NULL,
  UNIQUE (article_id, number)
);
CREATE INDEX version_by_text ON version (text);

CREATE TABLE article_category (
  key        TEXT NOT NULL, -- folded label
  article_id INTEGER NOT NULL REFERENCES article (id),
  PRIMARY KEY (key, article_id)
) WITHOUT ROWID;

-- Folded words of each article's newest version; rowid is article.id. 'stems' holds the stems that are
-- not words of the text themselves. Contentless: the text itself is in version.
CREATE VIRTUAL TABLE search_index USING fts5 (
  title, body, authors, categories, stems,
  content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
);

CREATE VIEW versions AS
SELECT 'a' || v.article_id AS article, v.number AS version, a.site_id AS source, p.url,
  strftime('%Y-%m-%dT%H:%M:%SZ', v.captured_at / 1000, 'unixepoch') AS captured,
  v.title, v.subtitle, v.category, v.published,
  v.details ->> '$.authors' AS authors, v.details ->> '$.tags' AS tags,
  v.body, v.excerpt, v.word_count AS words, v.changed,
  lower(hex(v.content)) AS content_hash, lower(hex(v.text)) AS text_hash,
  lower(hex(v.near)) AS simhash, lower(hex(b.digest)) AS raw_hash,
  v.program, v.rule, v.run_id AS run, v.capture_id AS capture
FROM version v
JOIN article a ON a.id = v.article_id
JOIN page p ON p.id = a.page_id
JOIN capture c ON c.id = v.capture_id
JOIN body b ON b.id = c.body_id;

CREATE VIEW articles AS
SELECT 'a' || a.id AS id, a.site_id AS source, p.url, v.title, v.subtitle, v.category, v.published,
  v.details ->> '$.authors' AS authors, v.details ->> '$.tags' AS tags,
  v.body, v.excerpt, v.word_count AS words, a.language, a.kind, a.status,
  a.status_detail, a.versions,
  strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen_at / 1000, 'unixepoch') AS first_seen,
  strftime('%Y-%m-%dT%H:%M:%SZ', a.last_seen_at / 1000, 'unixepoch') AS last_seen,
  'a' || a.duplicate_of AS duplicate_of, v.details ->> '$.canonicalUrl' AS canonical_url,
  v.details ->> '$.imageUrl' AS image_url
FROM article a
JOIN version v ON v.id = a.version_id
JOIN page p ON p.id = a.page_id;

CREATE VIEW captures AS
SELECT c.id, q.site_id AS source, c.url, coalesce(c.final_url, c.url) AS final_url,
  strftime('%Y-%m-%dT%H:%M:%SZ', c.fetched_at / 1000, 'unixepoch') AS fetched,
  c.status, c.via, c.encoding, c.headers, lower(hex(b.digest)) AS raw_hash,
  b.unpacked_bytes AS bytes, length(b.bytes) AS packed_bytes, b.codec,
  'a' || p.article_id AS article, c.run_id AS run
FROM capture c
JOIN body b ON b.id = c.body_id
JOIN page p ON p.id = c.page_id
JOIN queue q ON q.id = p.queue_id;

CREATE VIEW sources AS
SELECT q.site_id AS source, count(DISTINCT q.host) AS hosts, count(p.id) AS pages,
  sum(p.due_at IS NOT NULL) AS queued, count(DISTINCT p.article_id) AS articles,
  strftime('%Y-%m-%dT%H:%M:%SZ', max(p.visited_at) / 1000, 'unixepoch') AS last_visit
FROM queue q
LEFT JOIN page p ON p.queue_id = q.id
GROUP BY q.site_id;

CREATE VIEW runs AS
SELECT id, command, sites,
  strftime('%Y-%m-%dT%H:%M:%SZ', started_at / 1000, 'unixepoch') AS started,
  strftime('%Y-%m-%dT%H:%M:%SZ', ended_at / 1000, 'unixepoch') AS ended, reason,
  counters ->> '$.new' AS new, counters ->> '$.changed' AS changed,
  counters ->> '$.same' AS same, counters ->> '$.gone' AS gone,
  counters ->> '$.skipped' AS skipped, counters ->> '$.failed' AS failed,
  counters ->> '$.notModified' AS not_modified, counters ->> '$.requests' AS requests,
  counters ->> '$.bytes' AS bytes, program, options
FROM run;

-- What every visit came to, with the address: why a page is missing.
CREATE VIEW visits AS
SELECT v.id, q.site_id AS source, p.url, p.role, p.found_by,
  strftime('%Y-%m-%dT%H:%M:%SZ', v.at / 1000, 'unixepoch') AS at,
  v.result, v.status, v.reason, v.detail, 'a' || p.article_id AS article, v.run_id AS run
FROM visit v
JOIN page p ON p.id = v.page_id
JOIN queue q ON q.id = p.queue_id;
`,
};
