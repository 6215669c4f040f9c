/**
 * The frontier: which pages are known, due, or on loan. A page's `due_at` is its place in the line of
 * its host; taking it on loan moves it to the end of the loan, so a crash needs no repair. A lease
 * looks at the head of each host's line only: its cost grows with hosts, not with URLs.
 */
import type { FoundBy, PageRef, PageRole } from "../../model.ts";
import { hostKeyOf, urlKey } from "../../url/index.ts";
import type { EnqueueOptions, Lease, LeaseRequest, Plan } from "../store.ts";
import type { Database } from "./driver.ts";

/**
 * The head of every line. Sources that are due stand there, before all articles of their host: a list
 * forgets what it showed, an article stays.
 */
export const HEAD_OF_LINE = 0;

/**
 * A list that says of more of its articles that they changed regenerates its dates, or its site was
 * moved: then their own time decides. A few are believed of the shortest list.
 */
const MOST_MODIFIED_SHARE = 0.2;
const FEW_MODIFIED = 5;

export interface Frontier {
  enqueue(pages: readonly PageRef[], options: EnqueueOptions): number;
  lease(request: LeaseRequest): Lease[];
  release(leaseId: number, dueAt: number): void;
  nextDueAt(siteIds?: readonly string[]): number | null;
  makeDue(request: {
    readonly now: number;
    readonly siteIds?: readonly string[];
    readonly publishedSince?: number;
  }): number;
  isKnown(url: string): boolean;
  /** Id of the page with this URL, by key; or null. */
  idOf(url: string): number | null;
  /** Ends a loan. @returns its page, or null when the loan had run out or was never */
  endLoan(leaseId: number): number | null;
  isOnLoan(pageId: number): boolean;
  plan(pageId: number, plan: Plan): void;
  /** The same for a page that waits for nothing. */
  planIfAtRest(pageId: number, plan: Plan): void;
  /** Takes every loan back at once: those who held them are dead. */
  takeBackLoans(): void;
  /** Id of the page with this URL; makes it (at rest, not due) when it is new. */
  pageOf(page: PageRef, now: number): number;
}

interface LeaseRow {
  readonly id: number;
  readonly url: string;
  readonly siteId: string;
  readonly role: PageRole;
  readonly foundBy: FoundBy;
  readonly title: string | null;
  readonly publishedAt: number | null;
  readonly lastModifiedAt: number | null;
  readonly dueAt: number;
  readonly tries: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly lastCapturedAt: number | null;
  readonly lastVisitedAt: number | null;
  readonly intervalMs: number | null;
  readonly askedUrl: string | null;
  readonly articleDatedAt: number | null;
}

interface Head {
  readonly queueId: number;
  readonly host: string;
  readonly dueAt: number;
}

export function createFrontier(db: Database): Frontier {
  const findKey = db
    .prepare<[string], number>(/* sql */ `SELECT id FROM page WHERE url_key = ?`)
    .pluck();
  const addQueue = db.prepare<[string, string]>(
    /* sql */ `INSERT INTO queue (site_id, host) VALUES (?, ?)`,
  );
  const findQueue = db
    .prepare<[string, string], number>(
      /* sql */ `SELECT id FROM queue WHERE site_id = ? AND host = ?`,
    )
    .pluck();
  const addPage = db.prepare(/* sql */ `
    INSERT INTO page (queue_id, role, found_by, found_at, due_at, url_key, url,
      hint_title, hint_published_at, hint_modified_at)
    VALUES (@queueId, @role, @foundBy, @now, @dueAt, @key, @url,
      @title, @publishedAt, @lastModifiedAt)`);
  const addHints = db.prepare(/* sql */ `
    UPDATE page SET hint_title = coalesce(hint_title, @title),
      hint_published_at = coalesce(hint_published_at, @publishedAt),
      hint_modified_at = coalesce(@lastModifiedAt, hint_modified_at)
    WHERE id = @id`);
  const isModified = db
    .prepare<unknown[], number>(/* sql */ `
      SELECT 1 FROM page WHERE id = @id AND captured_at < @modifiedAt
        AND (@since IS NULL OR visited_at < @since)`)
    .pluck();
  const makePageDue = db.prepare(/* sql */ `
    UPDATE page SET due_at = iif(role = 'article', min(coalesce(due_at, @now), @now), ${HEAD_OF_LINE})
    WHERE id = @id AND (visited_at IS NULL OR @since IS NULL OR visited_at < @since)
      AND NOT EXISTS (SELECT 1 FROM loan WHERE page_id = page.id AND until > @now)`);
  // Reads the head of each line from the index alone; the page itself only when it is taken.
  const heads = db.prepare<unknown[], Head>(/* sql */ `
    SELECT id AS queueId, host, (
        SELECT due_at FROM page INDEXED BY page_due
        WHERE queue_id = queue.id AND due_at <= @now ORDER BY due_at LIMIT 1) AS dueAt
    FROM queue
    WHERE (@sites IS NULL OR site_id IN (SELECT value FROM json_each(@sites)))
      AND (@except IS NULL OR host NOT IN (SELECT value FROM json_each(@except)))
      AND dueAt IS NOT NULL
    ORDER BY dueAt, id`);
  const firstOf = db.prepare<[number, number], LeaseRow>(/* sql */ `
    SELECT p.id, p.url, q.site_id AS siteId, p.role, p.found_by AS foundBy,
      p.hint_title AS title, p.hint_published_at AS publishedAt,
      p.hint_modified_at AS lastModifiedAt, p.due_at AS dueAt, p.tries, p.etag,
      p.last_modified AS lastModified, p.captured_at AS lastCapturedAt,
      p.visited_at AS lastVisitedAt, p.interval_ms AS intervalMs, p.asked AS askedUrl,
      (SELECT date_at FROM article WHERE id = p.article_id) AS articleDatedAt
    FROM page p INDEXED BY page_due JOIN queue q ON q.id = p.queue_id
    WHERE p.queue_id = ? AND p.due_at = ? ORDER BY p.id LIMIT 1`);
  const lend = db
    .prepare<[number, number, number], number>(/* sql */ `
      INSERT INTO loan (page_id, until, due_before)
      VALUES (?, ?, ?)
      RETURNING id`)
    .pluck();
  const endLoanOf = db.prepare<[number]>(/* sql */ `DELETE FROM loan WHERE page_id = ?`);
  const dueBefore = db
    .prepare<[number], number>(/* sql */ `SELECT due_before FROM loan WHERE page_id = ?`)
    .pluck();
  const setDue = db.prepare<[number | null, number]>(
    /* sql */ `UPDATE page SET due_at = ? WHERE id = ?`,
  );
  const plan = db.prepare(/* sql */ `
    UPDATE page SET due_at = @nextAt, interval_ms = coalesce(@intervalMs, interval_ms)
    WHERE id = @pageId`);
  const planIfAtRest = db.prepare(/* sql */ `
    UPDATE page SET due_at = @nextAt, interval_ms = coalesce(@intervalMs, interval_ms)
    WHERE id = @pageId AND due_at IS NULL`);
  const endLoan = db
    .prepare<[number], number>(/* sql */ `DELETE FROM loan WHERE id = ? RETURNING page_id`)
    .pluck();
  const nextDue = db
    .prepare<unknown[], number | null>(/* sql */ `
      SELECT min((SELECT due_at FROM page INDEXED BY page_due
        WHERE queue_id = q.id AND due_at IS NOT NULL ORDER BY due_at LIMIT 1))
      FROM queue q
      WHERE @sites IS NULL OR q.site_id IN (SELECT value FROM json_each(@sites))`)
    .pluck();
  const makeArticlesDue = db.prepare(/* sql */ `
    UPDATE page SET due_at = min(coalesce(due_at, @now), @now)
    WHERE id IN (
      SELECT page_id FROM article
      WHERE (@sites IS NULL OR site_id IN (SELECT value FROM json_each(@sites)))
        AND (@since IS NULL OR date_at >= @since))
      AND NOT EXISTS (SELECT 1 FROM loan WHERE page_id = page.id AND until > @now)`);
  const restoreDue = db.prepare(/* sql */ `
    UPDATE page SET due_at = loan.due_before FROM loan WHERE loan.page_id = page.id`);
  const dropLoans = db.prepare(/* sql */ `DELETE FROM loan`);

  function add(page: PageRef, key: string, now: number, dueAt: number | null): number {
    const host = hostKeyOf(page.url);
    const { role, foundBy, url, title, publishedAt, lastModifiedAt } = page;
    let queueId = findQueue.get(page.siteId, host);
    if (queueId === undefined) queueId = Number(addQueue.run(page.siteId, host).lastInsertRowid);
    const hints = { title, publishedAt, lastModifiedAt };
    return Number(
      addPage.run({ queueId, role, foundBy, now, dueAt, key, url, ...hints }).lastInsertRowid,
    );
  }

  return {
    enqueue(pages, { now, known, unlessSince }) {
      const since = unlessSince ?? null;
      const modified: number[] = [];
      let added = 0;
      for (const page of pages) {
        const key = urlKey(page.url);
        const id = findKey.get(key);
        const isSource = page.role !== "article";
        if (id === undefined) {
          add(page, key, now, isSource ? HEAD_OF_LINE : now);
          added++;
          continue;
        }
        const { title, publishedAt, lastModifiedAt } = page;
        if (title !== null || publishedAt !== null || lastModifiedAt !== null) {
          addHints.run({ id, title, publishedAt, lastModifiedAt });
        }
        if (known === "revisit") makePageDue.run({ id, now, since });
        else if (known === "if-modified" && lastModifiedAt !== null) {
          if (isModified.get({ id, modifiedAt: lastModifiedAt, since }) === undefined) continue;
          if (isSource) makePageDue.run({ id, now, since });
          else modified.push(id);
        }
      }
      if (modified.length <= Math.max(FEW_MODIFIED, pages.length * MOST_MODIFIED_SHARE)) {
        for (const id of modified) makePageDue.run({ id, now, since });
      }
      return added;
    },

    lease({ now, limit, holdMs, exceptHosts, siteIds }) {
      const until = now + holdMs;
      const leases: Lease[] = [];
      const hosts = new Set<string>();
      const request = { now, sites: jsonOrNull(siteIds), except: jsonOrNull(exceptHosts) };
      for (const head of heads.all(request)) {
        if (leases.length >= limit) break;
        const row = hosts.has(head.host) ? undefined : firstOf.get(head.queueId, head.dueAt);
        if (row === undefined) continue;
        hosts.add(head.host);
        const before = dueBefore.get(row.id) ?? row.dueAt;
        endLoanOf.run(row.id); // a loan that ran out
        const id = lend.get(row.id, until, before) as number;
        setDue.run(until, row.id);
        const { url, siteId, role, foundBy, title, publishedAt, lastModifiedAt } = row;
        const { tries, etag, lastModified, lastCapturedAt, lastVisitedAt } = row;
        const { intervalMs, askedUrl, articleDatedAt } = row;
        const page = { url, siteId, role, foundBy, title, publishedAt, lastModifiedAt };
        leases.push({
          ...{ id, page, until, tries, etag, lastModified, lastCapturedAt, lastVisitedAt },
          ...{ intervalMs, askedUrl, articleDatedAt },
        });
      }
      return leases;
    },

    release(leaseId, dueAt) {
      const pageId = endLoan.get(leaseId);
      if (pageId !== undefined) setDue.run(dueAt, pageId);
    },

    nextDueAt: (siteIds) => nextDue.get({ sites: jsonOrNull(siteIds) }) ?? null,

    makeDue: ({ now, siteIds, publishedSince }) =>
      makeArticlesDue.run({ now, sites: jsonOrNull(siteIds), since: publishedSince ?? null })
        .changes,

    idOf: (url) => findKey.get(urlKey(url)) ?? null,
    isKnown: (url) => findKey.get(urlKey(url)) !== undefined,

    endLoan: (leaseId) => endLoan.get(leaseId) ?? null,
    isOnLoan: (pageId) => dueBefore.get(pageId) !== undefined,
    plan(pageId, { nextAt, intervalMs }) {
      plan.run({ pageId, nextAt, intervalMs });
    },
    planIfAtRest(pageId, { nextAt, intervalMs }) {
      planIfAtRest.run({ pageId, nextAt, intervalMs });
    },

    takeBackLoans() {
      restoreDue.run();
      dropLoans.run();
    },

    pageOf(page, now) {
      const key = urlKey(page.url);
      return findKey.get(key) ?? add(page, key, now, null);
    },
  };
}

function jsonOrNull(values: readonly string[] | undefined): string | null {
  return values === undefined ? null : JSON.stringify(values);
}
