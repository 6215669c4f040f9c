/**
 * What follows from the rows that the chain binds, and may be worked out anew when an older capture
 * finds its place: numbers and times of versions. And what the chain cannot see: rows that no link
 * binds, and runs whose noted end is not that of their links.
 */
import type { BoundTable, BrokenLink } from "../store.ts";
import type { Database } from "./driver.ts";

interface Found {
  readonly tableName: BoundTable;
  readonly runId: number | null;
  readonly detail: string;
}

/** Each finds rows that are wrong; the first is told. In one statement each: one moment's state. */
const CHECKS: readonly string[] = [
  ...(["capture", "version", "change", "extraction"] as const).map(
    (table) => /* sql */ `
      SELECT '${table}' AS tableName, run_id AS runId,
        '${table} ' || id || ' is bound by no link' AS detail
      FROM ${table} WHERE id > (SELECT coalesce(max(${table}_to), 0) FROM link)
        ${table === "change" ? "AND version_id IS NULL" : ""} LIMIT 1`,
  ),
  /* sql */ `
    SELECT 'run' AS tableName, r.id AS runId,
      'run ' || r.id || ' did not end with the link it names' AS detail
    FROM run r LEFT JOIN link l ON l.run_id = r.id AND l.seq = r.chain_links
    WHERE r.chain_head IS NOT NULL
      AND (l.hash IS NOT r.chain_head OR l.kind IS NOT 'end') LIMIT 1`,
  /* sql */ `
    SELECT 'run' AS tableName, l.run_id AS runId,
      'run ' || l.run_id || ' no longer names the link it ended with' AS detail
    FROM link l JOIN run r ON r.id = l.run_id
    WHERE l.kind = 'end' AND r.chain_head IS NULL LIMIT 1`,
  /* sql */ `
    SELECT 'version' AS tableName, v.run_id AS runId,
      'version ' || v.id || ' is dated otherwise than its capture' AS detail
    FROM version v LEFT JOIN capture c ON c.id = v.capture_id
    WHERE c.fetched_at IS NOT v.captured_at LIMIT 1`,
  /* sql */ `
    SELECT 'version' AS tableName, NULL AS runId,
      'article a' || a.id || ' has ' || count(v.id) || ' versions, numbered ' || coalesce(min(v.number), 0)
        || ' to ' || coalesce(max(v.number), 0) || ', and says ' || a.versions AS detail
    FROM article a LEFT JOIN version v ON v.article_id = a.id
    GROUP BY a.id
    HAVING count(v.id) <> a.versions OR min(v.number) IS NOT 1 OR max(v.number) <> count(v.id) LIMIT 1`,
  // A version that came late has an older time and a younger row; both in the wrong order is neither.
  /* sql */ `
    SELECT 'version' AS tableName, v.run_id AS runId,
      'versions ' || v.number || ' and ' || w.number || ' of a' || v.article_id || ' have changed places'
        AS detail
    FROM version v JOIN version w ON w.article_id = v.article_id AND w.number = v.number + 1
    WHERE w.captured_at < v.captured_at AND w.id < v.id LIMIT 1`,
];

export function createOrderCheck(db: Database): () => BrokenLink | null {
  const checks = CHECKS.map((sql) => db.prepare<[], Found>(sql));
  return () => {
    for (const check of checks) {
      const found = check.get();
      if (found === undefined) continue;
      const { tableName: table, runId, detail } = found;
      return { link: null, runId, seq: null, table, detail };
    }
    return null;
  };
}
