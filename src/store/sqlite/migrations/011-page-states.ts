/**
 * What `stats` says of pages: by what came of their last visit. Until now all that would be looked at
 * again one day counted as queued: nearly every article, and what was gone or skipped as well.
 */
import type { Migration } from "./index.ts";

/** As `checkRelations` counts them anew. A guessed address where nothing is never was a page (`none`). */
export const PAGE_STATE = (row: string): string => /* sql */ `
  CASE WHEN ${row}.found_by = 'guess' AND ${row}.result IN ('gone', 'skipped', 'failed') THEN 'none'
    WHEN ${row}.result IN ('gone', 'skipped', 'failed') THEN ${row}.result
    WHEN ${row}.result IS NULL AND ${row}.due_at IS NOT NULL THEN 'queued' ELSE 'done' END`;
const countPage = (row: string, by: 1 | -1): string => /* sql */ `
  INSERT INTO page_count VALUES (${row}.queue_id, ${PAGE_STATE(row)}, ${by})
  ON CONFLICT DO UPDATE SET pages = pages + excluded.pages;`;

export const pageStates: Migration = {
  name: "pages counted by their last visit",
  sql: /* sql */ `
DROP TRIGGER page_count_added;
DROP TRIGGER page_count_removed;
DROP TRIGGER page_count_changed;
DROP TABLE page_count;
CREATE TABLE page_count (
  queue_id INTEGER NOT NULL REFERENCES queue (id),
  state    TEXT NOT NULL CHECK (state IN ('queued', 'done', 'gone', 'skipped', 'failed', 'none')),
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
};
