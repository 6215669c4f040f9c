/** What the archive holds, in figures. */
import type { ArchiveStats } from "../store.ts";
import { type Database, sizeOf } from "./driver.ts";
import type { Runs } from "./runs.ts";

export type Stats = (siteIds?: readonly string[]) => ArchiveStats;

const BY_SITES = /* sql */ `(@sites IS NULL OR site_id IN (SELECT value FROM json_each(@sites)))`;

export function createStats(db: Database, path: string, runs: Runs): Stats {
  const bySite = db.prepare<unknown[], ArchiveStats["bySite"][number]>(/* sql */ `
    SELECT site_id AS siteId, articles, versions, with_title AS withTitle,
      with_category AS withCategory, with_date AS withDate, with_author AS withAuthor,
      (SELECT min(published_at) FROM article a
        WHERE a.site_id = s.site_id AND published_at IS NOT NULL) AS first,
      (SELECT max(published_at) FROM article a
        WHERE a.site_id = s.site_id AND published_at IS NOT NULL) AS last
    FROM site_count s WHERE articles > 0 AND ${BY_SITES} ORDER BY articles DESC, site_id`);
  const captures = db
    .prepare<unknown[], number>(/* sql */ `
      SELECT coalesce(sum(captures), 0) FROM capture_count c JOIN queue q ON q.id = c.queue_id
      WHERE ${BY_SITES}`)
    .pluck();
  const bytes = db.prepare<[], { raw: number; packed: number }>(
    /* sql */ `SELECT raw, packed FROM byte_count`,
  );
  const bodies = db.prepare<unknown[], { raw: number | null; packed: number | null }>(/* sql */ `
    SELECT sum(b.unpacked_bytes) AS raw,
      sum(coalesce(length(k.bytes) * b.unpacked_bytes / max(1, k.unpacked_bytes), length(b.bytes)))
        AS packed
    FROM body b LEFT JOIN block k ON k.id = b.block_id
    WHERE b.id IN (
      SELECT c.body_id FROM capture c JOIN page p ON p.id = c.page_id
      JOIN queue q ON q.id = p.queue_id WHERE ${BY_SITES})`);
  const pages = db.prepare<unknown[], { [K in keyof ArchiveStats["pages"]]: number | null }>(
    /* sql */ `
    SELECT sum(iif(state = 'queued', pages, 0)) AS queued, sum(iif(state = 'done', pages, 0)) AS done,
      sum(iif(state = 'gone', pages, 0)) AS gone, sum(iif(state = 'skipped', pages, 0)) AS skipped
    FROM page_count c JOIN queue q ON q.id = c.queue_id WHERE ${BY_SITES}`,
  );
  return (siteIds) => {
    const sites = siteIds === undefined ? null : JSON.stringify(siteIds);
    const rows = bySite.all({ sites });
    const size = sites === null ? bytes.get() : bodies.get({ sites });
    const page = pages.get({ sites });
    return {
      articles: rows.reduce((sum, row) => sum + row.articles, 0),
      versions: rows.reduce((sum, row) => sum + row.versions, 0),
      captures: captures.get({ sites }) ?? 0,
      rawBytes: size?.raw ?? 0,
      packedBytes: size?.packed ?? 0,
      fileBytes: Math.max(0, sizeOf(path)) + Math.max(0, sizeOf(`${path}-wal`)),
      pages: {
        queued: page?.queued ?? 0,
        done: page?.done ?? 0,
        gone: page?.gone ?? 0,
        skipped: page?.skipped ?? 0,
      },
      bySite: rows,
      lastRun: runs.list(1)[0] ?? null,
    };
  };
}
