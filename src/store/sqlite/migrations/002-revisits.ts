/** Revisits by interval, and what a run must not forget for the next: budgets, shut hosts, REST terms. */
import type { Migration } from "./index.ts";

export const revisits: Migration = {
  name: "revisits and manners over runs",
  sql: /* sql */ `
-- How long the page was left alone before its next visit; sources adapt it to what they bring.
ALTER TABLE page ADD COLUMN interval_ms INTEGER;
-- Where a source is asked next time, when that is not its own address (WordPress REST: after=…).
ALTER TABLE page ADD COLUMN asked TEXT;
-- Sources used to be at rest between runs; now they have a time of their own.
UPDATE page SET due_at = visited_at
WHERE role <> 'article' AND due_at IS NULL AND result IN ('listed', 'not-modified');

-- Requests made to a site per day (days since 1970, UTC).
CREATE TABLE spent (
  site_id  TEXT NOT NULL,
  day      INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  PRIMARY KEY (site_id, day)
) WITHOUT ROWID;

-- Hosts that are dead or have sent us away, until when.
CREATE TABLE shut_host (
  host   TEXT PRIMARY KEY,
  until  INTEGER NOT NULL,
  code   TEXT NOT NULL,
  detail TEXT NOT NULL
) WITHOUT ROWID;

-- Names of WordPress categories and tags, which posts give by number.
CREATE TABLE wp_term (
  site_id  TEXT NOT NULL,
  taxonomy TEXT NOT NULL,
  id       INTEGER NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY (site_id, taxonomy, id)
) WITHOUT ROWID;
`,
};
