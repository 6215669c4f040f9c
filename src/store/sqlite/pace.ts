/** How many articles are of which time: what charts over time are drawn from. */
import type { PaceSpan } from "../facts.ts";
import type { Database } from "./driver.ts";

export type Pace = (span: PaceSpan) => { readonly at: number; readonly articles: number }[];

/** Every zone's days are made of quarters of an hour. */
const QUARTER_MS = 15 * 60_000;

export function createPace(db: Database): Pace {
  const count = db.prepare<unknown[], { at: number; articles: number }>(/* sql */ `
    SELECT date_at / ${QUARTER_MS} * ${QUARTER_MS} AS at, count(*) AS articles
    FROM article INDEXED BY article_by_date WHERE date_at >= @from AND date_at < @to
    GROUP BY 1 ORDER BY 1`);
  const countOfSites = db.prepare<unknown[], { at: number; articles: number }>(/* sql */ `
    SELECT a.date_at / ${QUARTER_MS} * ${QUARTER_MS} AS at, count(*) AS articles
    FROM json_each(@sites) s CROSS JOIN article a ON a.site_id = s.value
    WHERE a.date_at >= @from AND a.date_at < @to
    GROUP BY 1 ORDER BY 1`);
  return ({ from, to, siteIds }) =>
    siteIds === undefined
      ? count.all({ from, to })
      : countOfSites.all({ from, to, sites: JSON.stringify(siteIds) });
}
