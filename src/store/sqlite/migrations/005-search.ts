/**
 * Search as good as a search engine, at a million articles: one column of words and signs
 * (text-index.ts), dates by block of ids, counts kept as rows come. Old archives are indexed again.
 */

import type { PageKind } from "../../../model.ts";
import { findPlaces } from "../../../text/index.ts";
import type { Database } from "../driver.ts";
import { articleOfRow, type VersionText } from "../rows.ts";
import { createTextIndex } from "../text-index.ts";
import type { Fill, Migration } from "./index.ts";

const PAGE_STATE = (row: string): string => /* sql */ `
  CASE WHEN ${row}.due_at IS NOT NULL THEN 'queued'
    WHEN ${row}.result IN ('gone', 'skipped') THEN ${row}.result ELSE 'done' END`;
/** One article more or less in the counts of its site. */
const countArticle = (row: string, by: 1 | -1): string => /* sql */ `
  INSERT INTO site_count VALUES (${row}.site_id, ${by}, ${by} * ${row}.versions,
    ${by} * ${row}.has_title, ${by} * (${row}.category IS NOT NULL),
    ${by} * (${row}.published_at IS NOT NULL), ${by} * (${row}.author_key <> ''))
  ON CONFLICT DO UPDATE SET articles = articles + excluded.articles,
    versions = versions + excluded.versions, with_title = with_title + excluded.with_title,
    with_category = with_category + excluded.with_category,
    with_date = with_date + excluded.with_date, with_author = with_author + excluded.with_author;`;
const countPage = (row: string, by: 1 | -1): string => /* sql */ `
  INSERT INTO page_count VALUES (${row}.queue_id, ${PAGE_STATE(row)}, ${by})
  ON CONFLICT DO UPDATE SET pages = pages + excluded.pages;`;
/** A body's bytes count raw and packed, a block's packed. */
const countBytes = (table: string): string => {
  const add = (sign: "+" | "-", row: string): string => /* sql */ `
    UPDATE byte_count SET packed = packed ${sign} length(${row}.bytes)${
      table === "body" ? `, raw = raw ${sign} ${row}.unpacked_bytes` : ""
    };`;
  return /* sql */ `
CREATE TRIGGER ${table}_bytes_added AFTER INSERT ON ${table} BEGIN ${add("+", "new")} END;
CREATE TRIGGER ${table}_bytes_removed AFTER DELETE ON ${table} BEGIN ${add("-", "old")} END;
CREATE TRIGGER ${table}_bytes_changed AFTER UPDATE OF bytes ON ${table} BEGIN
  ${add("-", "old")} ${add("+", "new")}
END;
`;
};
const noteDate = /* sql */ `
  INSERT INTO date_block VALUES (new.id / 512, new.date_at, new.date_at)
  ON CONFLICT DO UPDATE SET first_at = min(first_at, excluded.first_at),
    last_at = max(last_at, excluded.last_at)
  WHERE excluded.first_at < first_at OR excluded.last_at > last_at;`;

export const search: Migration = {
  name: "search",
  sql: /* sql */ `
DROP TABLE search_index;
-- Words and signs of each article's newest version; rowid is article.id. Contentless: the text itself
-- is in version.
CREATE VIRTUAL TABLE search_index USING fts5 (
  words,
  content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
);
-- Measured over 16,000 articles: a tenth less CPU an article than with 4, 13 segments instead of 10.
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 8);
-- In how many articles a word is, roughly; folded.
CREATE TABLE word (
  word     TEXT PRIMARY KEY,
  articles INTEGER NOT NULL
) WITHOUT ROWID;

-- JSON: names of places, most named first.
ALTER TABLE article ADD COLUMN places TEXT NOT NULL DEFAULT '[]';
CREATE INDEX article_by_published ON article (site_id, published_at) WHERE published_at IS NOT NULL;
CREATE INDEX article_not_live ON article (status, date_at, id) WHERE status <> 'live';
CREATE INDEX article_by_seen ON article (last_seen_at);

-- Between which dates the articles of a block of 512 ids lie: where the newest of many may be. Dates
-- that left a block leave its bounds too wide, which costs a look and is never wrong.
CREATE TABLE date_block (
  id       INTEGER PRIMARY KEY, -- article.id / 512
  first_at INTEGER NOT NULL,
  last_at  INTEGER NOT NULL
);
INSERT INTO date_block SELECT id / 512, min(date_at), max(date_at) FROM article GROUP BY id / 512;
CREATE TRIGGER date_block_added AFTER INSERT ON article BEGIN ${noteDate} END;
CREATE TRIGGER date_block_changed AFTER UPDATE OF date_at ON article
WHEN new.date_at <> old.date_at BEGIN ${noteDate} END;

-- What stats shows, counted as it changes.
CREATE TABLE site_count (
  site_id       TEXT PRIMARY KEY,
  articles      INTEGER NOT NULL,
  versions      INTEGER NOT NULL,
  with_title    INTEGER NOT NULL,
  with_category INTEGER NOT NULL,
  with_date     INTEGER NOT NULL,
  with_author   INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO site_count SELECT site_id, count(*), sum(versions), sum(has_title), count(category),
  count(published_at), sum(author_key <> '') FROM article GROUP BY site_id;
CREATE TRIGGER site_count_added AFTER INSERT ON article BEGIN ${countArticle("new", 1)} END;
CREATE TRIGGER site_count_removed AFTER DELETE ON article BEGIN ${countArticle("old", -1)} END;
CREATE TRIGGER site_count_changed
AFTER UPDATE OF site_id, versions, has_title, category, published_at, author_key ON article BEGIN
  ${countArticle("old", -1)} ${countArticle("new", 1)}
END;

CREATE TABLE capture_count (
  queue_id INTEGER PRIMARY KEY REFERENCES queue (id),
  captures INTEGER NOT NULL
);
INSERT INTO capture_count SELECT p.queue_id, count(*) FROM capture c JOIN page p ON p.id = c.page_id
  GROUP BY 1;
CREATE TRIGGER capture_count_added AFTER INSERT ON capture BEGIN
  INSERT INTO capture_count SELECT queue_id, 1 FROM page WHERE id = new.page_id
  ON CONFLICT DO UPDATE SET captures = captures + 1;
END;
CREATE TRIGGER capture_count_removed AFTER DELETE ON capture BEGIN
  UPDATE capture_count SET captures = captures - 1
  WHERE queue_id = (SELECT queue_id FROM page WHERE id = old.page_id);
END;

-- Bytes of all bodies, unpacked and as they are kept: alone or in a block.
CREATE TABLE byte_count (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  raw    INTEGER NOT NULL,
  packed INTEGER NOT NULL
);
INSERT INTO byte_count SELECT 1, coalesce(sum(unpacked_bytes), 0), coalesce(sum(length(bytes)), 0) +
  (SELECT coalesce(sum(length(bytes)), 0) FROM block) FROM body;
${["body", "block"].map(countBytes).join("")}
CREATE TABLE page_count (
  queue_id INTEGER NOT NULL REFERENCES queue (id),
  state    TEXT NOT NULL CHECK (state IN ('queued', 'done', 'gone', 'skipped')),
  pages    INTEGER NOT NULL,
  PRIMARY KEY (queue_id, state)
) WITHOUT ROWID;
INSERT INTO page_count SELECT p.queue_id, ${PAGE_STATE("p")}, count(*) FROM page p GROUP BY 1, 2;
CREATE TRIGGER page_count_added AFTER INSERT ON page BEGIN ${countPage("new", 1)} END;
CREATE TRIGGER page_count_removed AFTER DELETE ON page BEGIN ${countPage("old", -1)} END;
CREATE TRIGGER page_count_changed AFTER UPDATE OF queue_id, due_at, result ON page
WHEN new.queue_id <> old.queue_id OR ${PAGE_STATE("new")} <> ${PAGE_STATE("old")} BEGIN
  ${countPage("old", -1)} ${countPage("new", 1)}
END;
`,
  fill: { count, batch } satisfies Fill,
};

/** Few enough for a short transaction, many enough that the index is not written in crumbs. */
const BATCH_ROWS = 500;

interface OldRow extends VersionText {
  readonly id: number;
  readonly siteId: string;
  readonly kind: PageKind;
  readonly dateAt: number;
}

function count(db: Database): number {
  return Number(db.prepare(/* sql */ `SELECT count(*) FROM article`).pluck().get());
}

function batch(db: Database, after: number): { last: number; rows: number } | null {
  const rows = db
    .prepare<[number], OldRow>(/* sql */ `
      SELECT a.id, a.site_id AS siteId, a.kind, a.date_at AS dateAt, v.title, v.subtitle, v.category,
        v.excerpt, v.word_count AS wordCount, v.body, v.details
      FROM article a JOIN version v ON v.id = a.version_id
      WHERE a.id > ? ORDER BY a.id LIMIT ${BATCH_ROWS}`)
    .all(after);
  const last = rows.at(-1);
  if (last === undefined) return null;
  const index = createTextIndex(db);
  const setPlaces = db.prepare<[string, number]>(
    /* sql */ `UPDATE article SET places = ? WHERE id = ?`,
  );
  for (const row of rows) {
    const { id, siteId, kind, dateAt } = row;
    const article = articleOfRow(row);
    const places = findPlaces(article.title, article.body);
    if (places.length > 0) setPlaces.run(JSON.stringify(places), id);
    index.put(id, { article, siteId, kind, dateAt, places }, true);
  }
  index.flush();
  return { last: last.id, rows: rows.length };
}
