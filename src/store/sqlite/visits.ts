/**
 * Questions about what visits came to: coverage by day, pages that are missing. Visits are kept in the
 * order they happened and never looked up by time, so a span is found by halving, not by an index
 * that every visit of a crawl would pay for.
 */
import type { CoverageFacts, MissedFilter, MissedPage, SiteSpan } from "../facts.ts";
import type { Database } from "./driver.ts";

export interface Visits {
  siteIds(): string[];
  coverage(span: SiteSpan): CoverageFacts;
  missed(filter: MissedFilter): Generator<MissedPage[]>;
  /** Id of a visit before which none happened at or after `at` (a day's disorder of clocks allowed). */
  firstIdSince(at: number): number;
  /** When a site was first and last visited; nulls when never. */
  between(siteId: string): { readonly first: number | null; readonly last: number | null };
}

/** Every zone's midnight falls on a quarter of an hour. */
const SLOT_MS = 15 * 60_000;
/** Clocks are set back, and visits settle in another order than they began: at most this far. */
const DISORDER_MS = 24 * 60 * 60_000;
const BATCH_ROWS = 1_000;

const OF_SITE = /* sql */ `q.site_id = @siteId`;
const SLOT = /* sql */ `/ ${SLOT_MS} * ${SLOT_MS}`;

export function createVisits(db: Database): Visits {
  const siteIds = db
    .prepare<[], string>(/* sql */ `SELECT DISTINCT site_id FROM queue ORDER BY site_id`)
    .pluck();
  const found = db.prepare<unknown[], CoverageFacts["found"][number]>(/* sql */ `
    SELECT p.found_at ${SLOT} AS at, p.found_by AS foundBy, count(*) AS count
    FROM page p JOIN queue q ON q.id = p.queue_id
    WHERE ${OF_SITE} AND p.role = 'article' AND p.found_at >= @from AND p.found_at < @to
    GROUP BY 1, 2 ORDER BY 1, 2`);
  const visits = db.prepare<unknown[], VisitRow>(/* sql */ `
    SELECT v.at ${SLOT} AS at, p.role = 'article' AS isArticle, v.result, v.reason,
      count(*) AS count
    FROM visit v JOIN page p ON p.id = v.page_id JOIN queue q ON q.id = p.queue_id
    WHERE v.id >= @firstId AND ${OF_SITE} AND v.at >= @from AND v.at < @to
      AND (p.role = 'article' OR p.found_by <> 'guess')
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`);
  const published = db.prepare<unknown[], CoverageFacts["published"][number]>(/* sql */ `
    SELECT date_at ${SLOT} AS at, count(*) AS count FROM article
    WHERE site_id = @siteId AND date_at >= @from AND date_at < @to GROUP BY 1 ORDER BY 1`);
  const between = db.prepare<unknown[], ReturnType<Visits["between"]>>(/* sql */ `
    SELECT min(v.at) AS first, max(v.at) AS last
    FROM visit v JOIN page p ON p.id = v.page_id JOIN queue q ON q.id = p.queue_id
    WHERE ${OF_SITE}`);
  const bounds = db.prepare<[], { low: number | null; high: number | null }>(
    /* sql */ `SELECT min(id) AS low, max(id) AS high FROM visit`,
  );
  const timeAfter = db
    .prepare<[number], number>(/* sql */ `SELECT at FROM visit WHERE id >= ? ORDER BY id LIMIT 1`)
    .pluck();
  const missed = db.prepare<unknown[], MissedPage & { readonly id: number }>(/* sql */ `
    SELECT v.id, p.url, q.site_id AS siteId, p.role, p.found_by AS foundBy, v.at, v.result,
      v.reason, v.status, v.detail, v.run_id AS runId
    FROM visit v JOIN page p ON p.id = v.page_id JOIN queue q ON q.id = p.queue_id
    WHERE v.id > @after AND v.result IN ('skipped', 'failed', 'gone')
      AND (@runId IS NULL OR v.run_id = @runId)
      AND (@from IS NULL OR v.at >= @from) AND (@to IS NULL OR v.at < @to)
      AND (@sites IS NULL OR q.site_id IN (SELECT value FROM json_each(@sites)))
      AND (p.role = 'article' OR p.found_by <> 'guess')
    ORDER BY v.id LIMIT ${BATCH_ROWS}`);

  function firstIdSince(at: number): number {
    const { low, high } = bounds.get() ?? { low: null, high: null };
    let [from, to] = [low ?? 0, (high ?? 0) + 1];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if ((timeAfter.get(middle) ?? Number.POSITIVE_INFINITY) < at - DISORDER_MS) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  const extent = (siteId: string) => between.get({ siteId }) ?? { first: null, last: null };

  return {
    siteIds: () => siteIds.all(),
    firstIdSince,
    between: extent,
    coverage(span) {
      const { first, last } = extent(span.siteId);
      return {
        found: found.all(span),
        visits: visits
          .all({ ...span, firstId: firstIdSince(span.from) })
          .map((row) => ({ ...row, isArticle: row.isArticle === 1 })),
        published: published.all(span),
        firstVisitAt: first,
        lastVisitAt: last,
      };
    },
    *missed({ siteIds: sites, from, to, runId }) {
      const asked = {
        from: from ?? null,
        to: to ?? null,
        runId: runId ?? null,
        sites: sites === undefined ? null : JSON.stringify(sites),
      };
      let after = from === undefined ? 0 : firstIdSince(from) - 1;
      for (;;) {
        const rows = missed.all({ ...asked, after });
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last.id;
        yield rows.map(({ id: _, ...page }) => page);
      }
    },
  };
}

type VisitRow = Omit<CoverageFacts["visits"][number], "isArticle"> & { readonly isArticle: 0 | 1 };
