/**
 * Which sources a run looks at: those whose time has come, and of each site one in any case, so that
 * whoever asks gets what is new now. That one is the lightest of those that still bring news.
 */
import type { FoundBy, PageRole, RefusalReason } from "../../model.ts";
import type { Database } from "./driver.ts";
import { HEAD_OF_LINE } from "./frontier.ts";

export interface Sources {
  makeDue(request: {
    readonly now: number;
    readonly siteIds: readonly string[];
    readonly unlessSince: number;
  }): number;
  makeRefusedDue(request: {
    readonly now: number;
    readonly siteIds: readonly string[];
    readonly reason: RefusalReason;
  }): number;
  /** A list was new from end to end, so some of it was missed: the site's other busy lists are due. */
  alarm(siteId: string, exceptPageId: number, since: number): void;
}

/** Lightest first: REST gives only what is new, a feed is small and mostly has validators. */
const LIGHTEST: readonly PageRole[] = ["wp-json", "feed", "sitemap", "listing"];
/** A source left alone so much longer than the site's busiest has stopped bringing news. */
const BUSY_FACTOR = 3;
/** Lists left alone longer hold what is old; they do not know what a feed has missed today. */
const BUSY_MS = 24 * 60 * 60_000;
/** Of these nobody was asked anything: we ourselves would not. */
const UNASKED: RefusalReason = "private-address";

interface SourceRow {
  readonly id: number;
  readonly role: PageRole;
  readonly foundBy: FoundBy;
  readonly result: string;
  readonly reason: string | null;
  readonly visitedAt: number;
  readonly intervalMs: number | null;
}

export function createSources(db: Database): Sources {
  const NOT_ON_LOAN = /* sql */ `NOT EXISTS (SELECT 1 FROM loan WHERE page_id = page.id)`;
  const toHead = db.prepare(/* sql */ `
    UPDATE page SET due_at = ${HEAD_OF_LINE}
    WHERE queue_id IN (SELECT id FROM queue WHERE site_id = @siteId)
      AND role <> 'article' AND due_at > ${HEAD_OF_LINE} AND due_at <= @now AND ${NOT_ON_LOAN}`);
  const named = db.prepare<[string], SourceRow>(/* sql */ `
    SELECT id, role, found_by AS foundBy, result, reason, visited_at AS visitedAt,
      interval_ms AS intervalMs
    FROM page
    WHERE queue_id IN (SELECT id FROM queue WHERE site_id = ?) AND role <> 'article'
      AND visited_at IS NOT NULL AND result IS NOT NULL
      AND (found_by IN ('seed', 'home')
        OR (role IN ('feed', 'wp-json') AND result IN ('listed', 'not-modified')))
    ORDER BY id`);
  const due = db.prepare<[number]>(/* sql */ `
    UPDATE page SET due_at = ${HEAD_OF_LINE}
    WHERE id = ? AND coalesce(due_at, 1) > ${HEAD_OF_LINE} AND ${NOT_ON_LOAN}`);
  const refusedDue = db.prepare(/* sql */ `
    UPDATE page SET due_at = iif(role = 'article', min(coalesce(due_at, @now), @now), ${HEAD_OF_LINE})
    WHERE queue_id IN (SELECT id FROM queue WHERE site_id IN (SELECT value FROM json_each(@sites)))
      AND reason = @reason AND ${NOT_ON_LOAN}`);
  const others = db.prepare(/* sql */ `
    UPDATE page SET due_at = ${HEAD_OF_LINE}
    WHERE queue_id IN (SELECT id FROM queue WHERE site_id = @siteId)
      AND role <> 'article' AND result IN ('listed', 'not-modified') AND id <> @exceptPageId
      AND interval_ms <= ${BUSY_MS} AND visited_at < @since AND ${NOT_ON_LOAN}`);

  return {
    makeDue({ now, siteIds, unlessSince }) {
      let changes = 0;
      for (const siteId of siteIds) {
        changes += toHead.run({ siteId, now }).changes;
        for (const { id, visitedAt, reason } of inAnyCase(named.all(siteId))) {
          if (visitedAt < unlessSince || reason === UNASKED) changes += due.run(id).changes;
        }
      }
      return changes;
    },
    makeRefusedDue: ({ now, siteIds, reason }) =>
      refusedDue.run({ now, sites: JSON.stringify(siteIds), reason }).changes,
    alarm(siteId, exceptPageId, since) {
      others.run({ siteId, exceptPageId, since });
    },
  };
}

/** The lightest source that brings news, and named ones that may only have been down for a moment. */
function inAnyCase(sources: readonly SourceRow[]): readonly SourceRow[] {
  const good = sources.filter(({ result }) => result === "listed" || result === "not-modified");
  const down = sources.filter(({ result }) => result === "failed");
  if (good.length === 0) return sources;
  const busiestMs = Math.min(...good.map(({ intervalMs }) => intervalMs ?? 0));
  const busy = good.filter(({ intervalMs }) => (intervalMs ?? 0) <= busiestMs * BUSY_FACTOR);
  const [best] = busy.sort(
    (a, b) =>
      LIGHTEST.indexOf(a.role) - LIGHTEST.indexOf(b.role) ||
      (a.intervalMs ?? 0) - (b.intervalMs ?? 0),
  );
  return best === undefined ? down : [best, ...down];
}
