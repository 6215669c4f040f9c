/** What the archive holds, in figures. */
import type { ArchiveStats, PageCounts } from "../store.ts";
import { type Database, sizeOf } from "./driver.ts";
import type { Runs } from "./runs.ts";

export type Stats = (siteIds?: readonly string[]) => ArchiveStats;

interface Bytes {
  readonly raw: number | null;
  readonly packed: number | null;
  readonly pruned: number | null;
}

const NO_PAGES: PageCounts = { queued: 0, done: 0, gone: 0, skipped: 0, failed: 0 };
const BY_SITES = /* sql */ `(@sites IS NULL OR site_id IN (SELECT value FROM json_each(@sites)))`;

export function createStats(db: Database, path: string, runs: Runs): Stats {
  const bySite = db.prepare<unknown[], ArchiveStats["bySite"][number]>(/* sql */ `
    WITH waiting AS (
      SELECT site_id, sum(pages) AS pages FROM page_count c JOIN queue q ON q.id = c.queue_id
      WHERE state = 'queued' GROUP BY site_id)
    SELECT site_id AS siteId, coalesce(articles, 0) AS articles, coalesce(versions, 0) AS versions,
      coalesce(with_title, 0) AS withTitle, coalesce(with_category, 0) AS withCategory,
      coalesce(with_date, 0) AS withDate, coalesce(with_author, 0) AS withAuthor,
      (SELECT min(published_at) FROM article a
        WHERE a.site_id = s.site_id AND published_at IS NOT NULL) AS first,
      (SELECT max(published_at) FROM article a
        WHERE a.site_id = s.site_id AND published_at IS NOT NULL) AS last,
      coalesce(w.pages, 0) AS queued
    FROM (SELECT site_id FROM site_count UNION SELECT site_id FROM waiting) AS s
    LEFT JOIN site_count USING (site_id) LEFT JOIN waiting AS w USING (site_id)
    WHERE (articles > 0 OR queued > 0) AND ${BY_SITES}
    ORDER BY articles DESC, queued DESC, site_id`);
  const captures = db
    .prepare<unknown[], number>(/* sql */ `
      SELECT coalesce(sum(captures), 0) FROM capture_count c JOIN queue q ON q.id = c.queue_id
      WHERE ${BY_SITES}`)
    .pluck();
  const bytes = db.prepare<[], Bytes>(/* sql */ `
    SELECT raw, packed,
      (SELECT sum(unpacked_bytes) FROM body WHERE pruned_at IS NOT NULL) AS pruned
    FROM byte_count`);
  const bodies = db.prepare<unknown[], Bytes>(/* sql */ `
    SELECT sum(b.unpacked_bytes) AS raw,
      sum(iif(b.pruned_at IS NULL, 0, b.unpacked_bytes)) AS pruned,
      sum(coalesce(length(k.bytes) * b.unpacked_bytes / max(1, k.unpacked_bytes), length(b.bytes)))
        AS packed
    FROM body b LEFT JOIN block k ON k.id = b.block_id
    WHERE b.id IN (
      SELECT c.body_id FROM capture c JOIN page p ON p.id = c.page_id
      JOIN queue q ON q.id = p.queue_id WHERE ${BY_SITES})`);
  const pages = db.prepare<unknown[], { state: keyof PageCounts; pages: number }>(/* sql */ `
    SELECT state, sum(pages) AS pages FROM page_count c JOIN queue q ON q.id = c.queue_id
    WHERE state <> 'none' AND ${BY_SITES} GROUP BY state`);
  return (siteIds) => {
    const sites = siteIds === undefined ? null : JSON.stringify(siteIds);
    const rows = bySite.all({ sites });
    const size = sites === null ? bytes.get() : bodies.get({ sites });
    const counted = pages.all({ sites }).map(({ state, pages: count }) => [state, count]);
    return {
      articles: rows.reduce((sum, row) => sum + row.articles, 0),
      versions: rows.reduce((sum, row) => sum + row.versions, 0),
      captures: captures.get({ sites }) ?? 0,
      rawBytes: size?.raw ?? 0,
      prunedBytes: size?.pruned ?? 0,
      packedBytes: size?.packed ?? 0,
      fileBytes: Math.max(0, sizeOf(path)) + Math.max(0, sizeOf(`${path}-wal`)),
      pages: { ...NO_PAGES, ...Object.fromEntries(counted) },
      bySite: rows,
      lastRun: runs.list(1)[0] ?? null,
    };
  };
}
