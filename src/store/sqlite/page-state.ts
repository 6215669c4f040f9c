/** What visits leave on a page: its last result, its counts of trouble, its validators, and one row each for the record. */
import type { Capture, Headers } from "../../model.ts";
import type { Settled } from "../store.ts";
import type { Database } from "./driver.ts";

/** One visit, as it is kept. */
export interface VisitRow {
  readonly pageId: number;
  readonly runId: number;
  readonly at: number;
  readonly result: Settled["result"];
  readonly status: number | null;
  readonly reason: string | null;
  readonly detail: string | null;
}

export interface PageState {
  /** A good answer ends every count of trouble. `capture` is null when the validators still held. */
  answered(visit: VisitRow, capture: Capture | null): void;
  /** Trouble of any kind. */
  unanswered(visit: VisitRow): void;
  get(pageId: number): {
    readonly articleId: number | null;
    readonly goneCount: number;
    readonly blockedCount: number;
  };
  /** From now on this page leads to the article. */
  leadTo(pageId: number, articleId: number): void;
  /**
   * A page that was reached by redirect has been visited too, unless somebody has it on loan; the
   * answer, when it was this page's own, brought its validators.
   */
  rest(pageId: number, at: number, capture?: Capture): void;
  wasCaptured(pageId: number): boolean;
  /** Where the page is asked next time; validators that came from elsewhere (`from`) do not hold there. */
  askNext(pageId: number, url: string, from: string): void;
}

/** Answers that say "not for you": evidence of a block, not of a takedown. */
const BLOCKED_REASONS: ReadonlySet<string> = new Set(["E_HTTP_FORBIDDEN", "block-page"]);

export function createPageState(db: Database): PageState {
  const addVisit = db.prepare(/* sql */ `
    INSERT INTO visit (page_id, run_id, at, result, status, reason, detail)
    VALUES (@pageId, @runId, @at, @result, @status, @reason, @detail)`);
  const answered = db.prepare(/* sql */ `
    UPDATE page SET visited_at = @at, result = @result, reason = @reason, tries = 0,
      gone_count = 0, blocked_count = 0,
      captured_at = coalesce(@capturedAt, captured_at),
      etag = iif(@capturedAt IS NULL, etag, @etag),
      last_modified = iif(@capturedAt IS NULL, last_modified, @lastModified)
    WHERE id = @pageId`);
  const unanswered = db.prepare(/* sql */ `
    UPDATE page SET visited_at = @at, result = @result, reason = @reason, tries = tries + 1,
      gone_count = gone_count + @gone, blocked_count = blocked_count + @blocked
    WHERE id = @pageId`);
  const get = db.prepare<[number], ReturnType<PageState["get"]>>(/* sql */ `
    SELECT article_id AS articleId, gone_count AS goneCount, blocked_count AS blockedCount
    FROM page WHERE id = ?`);
  const leadTo = db.prepare<[number, number]>(
    /* sql */ `UPDATE page SET article_id = ? WHERE id = ?`,
  );
  const wasCaptured = db
    .prepare<[number], number>(
      /* sql */ `SELECT 1 FROM page WHERE id = ? AND captured_at IS NOT NULL`,
    )
    .pluck();
  const askNext = db.prepare(/* sql */ `
    UPDATE page SET asked = iif(@url = url, NULL, @url),
      etag = iif(@url = @from, etag, NULL),
      last_modified = iif(@url = @from, last_modified, NULL)
    WHERE id = @pageId`);
  const rest = db.prepare(/* sql */ `
    UPDATE page SET visited_at = @at, due_at = NULL,
      captured_at = coalesce(@capturedAt, captured_at),
      etag = iif(@capturedAt IS NULL, etag, @etag),
      last_modified = iif(@capturedAt IS NULL, last_modified, @lastModified)
    WHERE id = @pageId AND NOT EXISTS (SELECT 1 FROM loan WHERE page_id = page.id)`);

  return {
    answered(visit, capture) {
      addVisit.run(visit);
      const { pageId, at, result, reason } = visit;
      answered.run({ ...{ pageId, at, result, reason }, ...validators(capture) });
    },
    unanswered(visit) {
      addVisit.run(visit);
      const { pageId, at, result, reason } = visit;
      const gone = result === "gone" || reason === "soft-404" ? 1 : 0;
      const blocked = reason !== null && BLOCKED_REASONS.has(reason) ? 1 : 0;
      unanswered.run({ pageId, at, result, reason, gone, blocked });
    },
    get: (pageId) => get.get(pageId) ?? { articleId: null, goneCount: 0, blockedCount: 0 },
    leadTo: (pageId, articleId) => {
      leadTo.run(articleId, pageId);
    },
    rest: (pageId, at, capture) => {
      rest.run({ pageId, at, ...validators(capture ?? null) });
    },
    wasCaptured: (pageId) => wasCaptured.get(pageId) !== undefined,
    askNext: (pageId, url, from) => {
      askNext.run({ pageId, url, from });
    },
  };
}

function validators(capture: Capture | null) {
  const headers = capture?.headers ?? [];
  return {
    capturedAt: capture?.fetchedAt ?? null,
    etag: header(headers, "etag"),
    lastModified: header(headers, "last-modified"),
  };
}

function header(headers: Headers, name: string): string | null {
  return headers.find(([key]) => key === name)?.[1] ?? null;
}
