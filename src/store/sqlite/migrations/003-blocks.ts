/** Bodies that are alike share a block; a body may be pruned, and its digest stays. */
import type { Migration } from "./index.ts";

export const blocks: Migration = {
  name: "blocks of bodies",
  sql: /* sql */ `
-- Bodies that are alike, end to end, packed as one. A block is never changed: packing it otherwise
-- makes another, and no number is used twice.
CREATE TABLE block (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  codec          TEXT NOT NULL,
  unpacked_bytes INTEGER NOT NULL,
  digest         BLOB NOT NULL CHECK (length(digest) = 32), -- SHA-256 of bytes
  bytes          BLOB NOT NULL
);

-- A body in a block has the codec 'block' and no bytes of its own; a pruned one 'pruned' and none.
ALTER TABLE body ADD COLUMN block_id INTEGER REFERENCES block (id);
ALTER TABLE body ADD COLUMN block_at INTEGER; -- where in the unpacked block it begins
ALTER TABLE body ADD COLUMN pruned_at INTEGER;
CREATE INDEX body_by_block ON body (block_id) WHERE block_id IS NOT NULL;
CREATE INDEX body_alone ON body (unpacked_bytes) WHERE block_id IS NULL AND pruned_at IS NULL;
CREATE INDEX capture_by_body ON capture (body_id);

DROP VIEW captures;
CREATE VIEW captures AS
SELECT c.id, q.site_id AS source, c.url, coalesce(c.final_url, c.url) AS final_url,
  strftime('%Y-%m-%dT%H:%M:%SZ', c.fetched_at / 1000, 'unixepoch') AS fetched,
  c.status, c.via, c.encoding, c.headers, lower(hex(b.digest)) AS raw_hash,
  b.unpacked_bytes AS bytes,
  -- of a block, its share
  coalesce(length(k.bytes) * b.unpacked_bytes / max(1, k.unpacked_bytes), length(b.bytes))
    AS packed_bytes,
  b.codec, 'a' || p.article_id AS article, c.run_id AS run
FROM capture c
JOIN body b ON b.id = c.body_id
LEFT JOIN block k ON k.id = b.block_id
JOIN page p ON p.id = c.page_id
JOIN queue q ON q.id = p.queue_id;
`,
};
