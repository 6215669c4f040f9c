/**
 * Ending a visit: capture, article, version, index, frontier and the record of the visit itself, as
 * one piece of work inside one transaction.
 *
 * Takedowns are never believed from one answer: an article is `gone` after two 404/410 without a good
 * answer between them, `blocked` after two refusals (403, challenge page), `moved` when its address
 * leads to another article; a good answer makes it `live` again.
 */
import type { Capture, Fingerprint, Headers, PageRef } from "../../model.ts";
import { urlKey } from "../../url/index.ts";
import type { Lease, Reading, Settled, Visit } from "../store.ts";
import { createArticleWriter } from "./articles-write.ts";
import { createCaptures } from "./captures.ts";
import type { Database } from "./driver.ts";
import type { Frontier } from "./frontier.ts";
import { createIdentity } from "./identity.ts";
import { toArticleId } from "./rows.ts";

/** How many answers of a kind are evidence. */
const GONE_AFTER = 2;
const BLOCKED_AFTER = 2;

const BLOCKED_REASONS: ReadonlySet<string> = new Set(["E_HTTP_FORBIDDEN", "block-page"]);

interface PageChange {
  readonly result: Settled["result"];
  readonly reason: string | null;
  readonly status: number | null;
  readonly detail: string | null;
  readonly tries: "reset" | "count";
  /** Of a good answer: null for none, so that what was known stays. */
  readonly capture: Capture | null;
}

/** Makes the settling of one visit; it must run inside a transaction. */
export function createSettle(
  db: Database,
  frontier: Frontier,
): (lease: Lease, visit: Visit) => Settled {
  const captures = createCaptures(db);
  const writer = createArticleWriter(db);
  const identify = createIdentity(db);
  const endLoan = db
    .prepare<[number], number>(/* sql */ `DELETE FROM loan WHERE id = ? RETURNING page_id`)
    .pluck();
  const isOnLoan = db
    .prepare<[number], number>(/* sql */ `SELECT 1 FROM loan WHERE page_id = ?`)
    .pluck();
  const setDue = db.prepare<[number | null, number]>(
    /* sql */ `UPDATE page SET due_at = ? WHERE id = ?`,
  );
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
  const pageState = db.prepare<
    [number],
    { articleId: number | null; goneCount: number; blockedCount: number }
  >(/* sql */ `
    SELECT article_id AS articleId, gone_count AS goneCount, blocked_count AS blockedCount
    FROM page WHERE id = ?`);
  const setArticleOfPage = db.prepare<[number, number]>(
    /* sql */ `UPDATE page SET article_id = ? WHERE id = ?`,
  );
  const restPage = db.prepare<[number, number]>(/* sql */ `
    UPDATE page SET visited_at = ?, due_at = NULL
    WHERE id = ? AND NOT EXISTS (SELECT 1 FROM loan WHERE page_id = page.id)`);
  const seen = db.prepare(/* sql */ `
    UPDATE article SET last_seen_at = max(last_seen_at, @at),
      status = iif(@isOwn, 'live', status),
      status_detail = iif(@isOwn AND status <> 'live', NULL, status_detail),
      status_at = iif(@isOwn AND status <> 'live', @at, status_at)
    WHERE id = @id`);
  const setStatus = db.prepare(/* sql */ `
    UPDATE article SET status = @status, status_at = @at, status_detail = @detail
    WHERE id = @id AND status <> @status AND (@pageId IS NULL OR page_id = @pageId)`);
  const ownsPage = db
    .prepare<[number, number], number>(
      /* sql */ `SELECT 1 FROM article WHERE id = ? AND page_id = ?`,
    )
    .pluck();
  const adopt = db.prepare<[number, number]>(
    /* sql */ `UPDATE article SET page_id = ? WHERE id = ?`,
  );
  const newestNumber = db
    .prepare<[number], number>(/* sql */ `SELECT versions FROM article WHERE id = ?`)
    .pluck();

  return (lease, visit) => {
    const borrowed = endLoan.get(lease.id);
    const pageId = borrowed ?? frontier.pageOf(lease.page, visit.at);
    const settled = record(pageId, lease.page, visit);
    // A late worker's result is kept, but the page stays with whoever holds it now.
    if (borrowed !== undefined || isOnLoan.get(pageId) === undefined) {
      setDue.run(visit.nextAt, pageId);
    }
    return settled;
  };

  function record(pageId: number, page: PageRef, visit: Visit): Settled {
    switch (visit.kind) {
      case "read":
        return recordArticle(pageId, page, visit, visit.capture, visit.reading);
      case "listed": {
        const { capture, packed, found, at, runId } = visit;
        captures.add(capture, packed, { pageId, runId, encoding: null });
        const added = frontier.enqueue(found, { now: at, known: "keep" });
        const detail = `${found.length} found, ${added} new`;
        change(pageId, visit, { ...good("listed", capture), detail });
        return { result: "listed", articleId: null, version: null, added };
      }
      case "not-modified": {
        change(pageId, visit, good("not-modified", null));
        const articleId = pageState.get(pageId)?.articleId ?? null;
        if (articleId !== null) sawArticle(articleId, pageId, visit.at);
        return plain("not-modified", articleId);
      }
      case "gone": {
        const { status } = visit;
        change(pageId, visit, { ...bad("gone"), status });
        return doubt(pageId, visit, `HTTP ${status}`);
      }
      case "skipped": {
        const { reason, detail } = visit;
        change(pageId, visit, { ...bad("skipped"), reason, detail });
        return doubt(pageId, visit, reason);
      }
      case "failed": {
        const { code, status, detail } = visit;
        change(pageId, visit, { ...bad("failed"), reason: code, status, detail });
        return doubt(pageId, visit, `${code} HTTP ${status}`);
      }
    }
  }

  function recordArticle(
    pageId: number,
    page: PageRef,
    visit: Visit,
    capture: Capture,
    reading: Reading,
  ): Settled {
    const { at, runId } = visit;
    const { article } = reading.extraction;
    const { fingerprint } = reading;
    if (article === null || fingerprint === null) {
      throw new TypeError(`${page.url} was settled as read, but nothing was read from it`);
    }
    const captureId = captures.add(capture, reading.packed, {
      pageId,
      runId,
      encoding: reading.encoding,
    });
    const finalPageId = redirected(pageId, page, capture);
    const hashes = hashesOf(fingerprint);
    const { text } = hashes;
    const { siteId } = page;
    const identity = identify({ siteId, pageId, finalPageId, article, fingerprint, text });
    const place = { runId, captureId, at, article, reading, ...hashes };
    const wasLinked = pageState.get(pageId)?.articleId != null;

    const { known } = identity;
    let result: "new" | "changed" | "same" | "linked";
    let articleId: number;
    let version: number;
    if (known === null) {
      const { duplicateOf } = identity;
      articleId = writer.addArticle(place, { siteId, pageId: finalPageId, duplicateOf });
      version = 1;
      result = "new";
    } else {
      articleId = known.id;
      let isOwn = identity.isOwnAddress;
      if (!isOwn && (known.status === "gone" || known.status === "moved")) {
        adopt.run(finalPageId, articleId); // its own address is lost; this one still has it
        isOwn = true;
      }
      if (isOwn && !known.content.equals(hashes.content)) {
        version = writer.addVersion(articleId, place);
        result = "changed";
      } else {
        version = newestNumber.get(articleId) ?? 1;
        result = wasLinked || isOwn ? "same" : "linked";
      }
      seen.run({ id: articleId, at, isOwn: isOwn ? 1 : 0 });
    }
    if (identity.movedFrom !== null) {
      const detail = `leads to ${toArticleId(articleId)}`;
      setStatus.run({ id: identity.movedFrom, pageId, status: "moved", at, detail });
    }
    if (identity.movedFrom === null || finalPageId === pageId) {
      setArticleOfPage.run(articleId, pageId);
    }
    if (finalPageId !== pageId) {
      setArticleOfPage.run(articleId, finalPageId);
      restPage.run(at, finalPageId);
    }
    change(pageId, visit, good(result, capture));
    return { result, articleId: toArticleId(articleId), version, added: 0 };
  }

  /** The page that answered; every address on the way there becomes known, so none is fetched again. */
  function redirected(pageId: number, page: PageRef, capture: Capture): number {
    if (urlKey(capture.finalUrl) === urlKey(page.url)) return pageId;
    const { siteId, role } = page;
    const none = { title: null, publishedAt: null, lastModifiedAt: null };
    const ref = { siteId, role, foundBy: "link", url: capture.finalUrl, ...none } as const;
    return frontier.pageOf(ref, capture.fetchedAt);
  }

  function sawArticle(id: number, pageId: number, at: number): void {
    seen.run({ id, at, isOwn: ownsPage.get(id, pageId) === undefined ? 0 : 1 });
  }

  /** After a bad answer: is there evidence enough to doubt that the article is still there? */
  function doubt(pageId: number, visit: Visit, evidence: string): Settled {
    const result = visit.kind as "gone" | "skipped" | "failed";
    const state = pageState.get(pageId);
    const id = state?.articleId ?? null;
    if (state === undefined || id === null) return plain(result, null);
    const { goneCount, blockedCount } = state;
    const status =
      goneCount >= GONE_AFTER ? "gone" : blockedCount >= BLOCKED_AFTER ? "blocked" : null;
    if (status !== null) {
      const detail = `${evidence}, ${status === "gone" ? goneCount : blockedCount} visits`;
      setStatus.run({ id, pageId, status, at: visit.at, detail });
    }
    return plain(result, id);
  }

  function change(pageId: number, { at, runId }: Visit, to: PageChange): void {
    const { result, reason, status, detail, capture } = to;
    addVisit.run({ pageId, runId, at, result, status, reason, detail });
    if (to.tries === "count") {
      const gone = result === "gone" ? 1 : 0;
      const blocked = reason !== null && BLOCKED_REASONS.has(reason) ? 1 : 0;
      unanswered.run({ pageId, at, result, reason, gone, blocked });
      return;
    }
    const headers = capture?.headers ?? [];
    answered.run({
      ...{ pageId, at, result, reason },
      capturedAt: capture?.fetchedAt ?? null,
      etag: header(headers, "etag"),
      lastModified: header(headers, "last-modified"),
    });
  }
}

function good(result: Settled["result"], capture: Capture | null): PageChange {
  const status = capture?.status ?? (result === "not-modified" ? 304 : null);
  return { result, reason: null, status, detail: null, tries: "reset", capture };
}

function bad(result: Settled["result"]): PageChange {
  return { result, reason: null, status: null, detail: null, tries: "count", capture: null };
}

function plain(result: Settled["result"], articleId: number | null): Settled {
  return {
    result,
    articleId: articleId === null ? null : toArticleId(articleId),
    version: null,
    added: 0,
  };
}

function header(headers: Headers, name: string): string | null {
  return headers.find(([key]) => key === name)?.[1] ?? null;
}

function hashesOf({ content, text, near }: Fingerprint) {
  return {
    content: Buffer.from(content, "hex"),
    text: Buffer.from(text, "hex"),
    near: Buffer.from(near, "hex"),
  };
}
