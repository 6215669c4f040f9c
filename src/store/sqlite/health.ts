/** What `check` judges a site by: its articles, versions, visits and sources within a span. */
import type { HealthFacts, SiteSpan, SourceVisits, VersionFill } from "../facts.ts";
import type { Database } from "./driver.ts";
import type { Visits } from "./visits.ts";

/** More versions than this tell no more about how often a field is filled. */
const MOST_VERSIONS = 5_000;
/** As settle.ts writes the detail of a source that was read. */
const FOUND = /^(\d+) found\b/u;

export function createHealth(db: Database, visits: Visits): (span: SiteSpan) => HealthFacts {
  const articlesAt = db
    .prepare<unknown[], number>(/* sql */ `
      SELECT date_at FROM article
      WHERE site_id = @siteId AND date_at >= @from AND date_at < @to ORDER BY date_at`)
    .pluck();
  const versions = db.prepare<unknown[], FillRow>(/* sql */ `
    SELECT v.captured_at AS at, v.title <> '' AS hasTitle, v.category IS NOT NULL AS hasCategory,
      v.published IS NOT NULL AS hasDate,
      json_array_length(v.details, '$.authors') > 0 AS hasAuthor,
      length(v.body) AS bodyChars, v.rule
    FROM article a JOIN version v ON v.article_id = a.id
    WHERE a.site_id = @siteId AND a.last_seen_at >= @from
      AND v.captured_at >= @from AND v.captured_at < @to
    ORDER BY v.captured_at DESC LIMIT ${MOST_VERSIONS}`);
  const byRun = db.prepare<unknown[], HealthFacts["visits"][number]>(/* sql */ `
    SELECT v.run_id AS runId, min(v.at) AS firstAt, max(v.at) AS lastAt, v.result, v.reason,
      count(*) AS count
    FROM visit v JOIN page p ON p.id = v.page_id JOIN queue q ON q.id = p.queue_id
    WHERE v.id >= @firstId AND q.site_id = @siteId AND v.at >= @from AND v.at < @to
      AND (p.role = 'article' OR p.found_by <> 'guess')
    GROUP BY v.run_id, v.result, v.reason ORDER BY v.run_id, v.result, v.reason`);
  const ofSources = db.prepare<unknown[], SourceRow>(/* sql */ `
    SELECT v.page_id AS pageId, p.url, p.role, v.at, v.result, v.reason, v.detail
    FROM visit v JOIN page p ON p.id = v.page_id JOIN queue q ON q.id = p.queue_id
    WHERE v.id >= @firstId AND q.site_id = @siteId AND v.at >= @from AND v.at < @to
      AND p.role <> 'article' AND p.found_by <> 'guess'
    ORDER BY v.page_id, v.at`);
  const bodies = db.prepare<unknown[], { readonly at: number; readonly bodyId: number }>(/* sql */ `
    SELECT fetched_at AS at, body_id AS bodyId FROM capture
    WHERE page_id = @pageId AND fetched_at >= @from AND fetched_at < @to ORDER BY fetched_at`);

  return (span) => {
    const asked = { ...span, firstId: visits.firstIdSince(span.from) };
    const { first, last } = visits.between(span.siteId);
    return {
      firstVisitAt: first,
      lastVisitAt: last,
      articlesAt: articlesAt.all(span),
      versions: versions.all(span).reverse().map(fillOf),
      visits: byRun.all(asked),
      sources: groups(ofSources.all(asked)).map((rows) =>
        sourceOf(rows, bodies.all({ pageId: rows[0]?.pageId, from: span.from, to: span.to })),
      ),
    };
  };
}

type FillRow = {
  readonly [K in keyof VersionFill]: VersionFill[K] extends boolean ? 0 | 1 : VersionFill[K];
};

interface SourceRow {
  readonly pageId: number;
  readonly url: string;
  readonly role: SourceVisits["role"];
  readonly at: number;
  readonly result: SourceVisits["visits"][number]["result"];
  readonly reason: string | null;
  readonly detail: string | null;
}

function fillOf(row: FillRow): VersionFill {
  const { at, bodyChars, rule } = row;
  return {
    ...{ at, bodyChars, rule },
    hasTitle: row.hasTitle === 1,
    hasCategory: row.hasCategory === 1,
    hasDate: row.hasDate === 1,
    hasAuthor: row.hasAuthor === 1,
  };
}

/** Rows are in order of page. */
function groups(rows: readonly SourceRow[]): SourceRow[][] {
  const found: SourceRow[][] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.[0]?.pageId === row.pageId) last.push(row);
    else found.push([row]);
  }
  return found;
}

function sourceOf(
  rows: readonly SourceRow[],
  bodies: readonly { readonly at: number; readonly bodyId: number }[],
): SourceVisits {
  const changed = new Map<number, boolean>();
  bodies.forEach(({ at, bodyId }, index) => {
    changed.set(at, index > 0 && bodies[index - 1]?.bodyId !== bodyId);
  });
  return {
    url: rows[0]?.url ?? "",
    role: rows[0]?.role ?? "feed",
    visits: rows.map(({ at, result, reason, detail }) => ({
      ...{ at, result, reason },
      found: result === "listed" ? Number(FOUND.exec(detail ?? "")?.[1] ?? 0) : null,
      isChanged: changed.get(at) ?? null,
    })),
  };
}
