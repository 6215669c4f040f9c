/**
 * Ending a visit: capture, article, version, index, frontier and the record of the visit itself, as
 * one piece of work inside one transaction.
 */
import type { Capture, PackedBody, PageRef } from "../../model.ts";
import { urlKey } from "../../url/index.ts";
import type { Lease, Plan, Reading, Settled, Visit } from "../store.ts";
import type { ArticleWriter, VersionPlace } from "./articles-write.ts";
import type { Captures } from "./captures.ts";
import type { Changes } from "./changes.ts";
import type { Database } from "./driver.ts";
import type { Frontier } from "./frontier.ts";
import { createIdentity, type Identity } from "./identity.ts";
import type { Manners } from "./manners.ts";
import { createPageState, type VisitRow } from "./page-state.ts";
import { hashesOf, toArticleId } from "./rows.ts";
import type { Sources } from "./sources.ts";
import { createTakedowns } from "./takedowns.ts";
import type { WpTexts } from "./wp-texts.ts";

export interface SettleParts {
  readonly writer: ArticleWriter;
  readonly changes: Changes;
  readonly frontier: Frontier;
  readonly captures: Captures;
  readonly sources: Sources;
  readonly manners: Manners;
  readonly wpTexts: WpTexts;
}

/** Makes the settling of one visit; it must run inside a transaction. */
export function createSettle(
  db: Database,
  { writer, changes, frontier, captures, sources, manners, wpTexts }: SettleParts,
): (lease: Lease, visit: Visit) => Settled {
  const identify = createIdentity(db);
  const pages = createPageState(db);
  const takedowns = createTakedowns(db, pages, changes);
  const adopt = db.prepare<[number, number]>(
    /* sql */ `UPDATE article SET page_id = ? WHERE id = ?`,
  );
  const newestNumber = db
    .prepare<[number], number>(/* sql */ `SELECT versions FROM article WHERE id = ?`)
    .pluck();

  const ownPage = db
    .prepare<[number], number>(
      /* sql */ `SELECT a.page_id FROM page p JOIN article a ON a.id = p.article_id WHERE p.id = ?`,
    )
    .pluck();

  return (lease, visit) => {
    const borrowed = frontier.endLoan(lease.id);
    const pageId = borrowed ?? frontier.pageOf(lease.page, visit.at);
    const settled = record(pageId, lease.page, visit);
    manners.spend(lease.page.siteId, visit.at, visit.requests ?? 0);
    // A late worker's result is kept, but the page stays with whoever holds it now.
    if (borrowed !== null || !frontier.isOnLoan(pageId)) plan(pageId, planOf(visit, settled));
    return settled;
  };

  /** An article is visited again at its own address only, however many lead to it. */
  function plan(pageId: number, next: Plan): void {
    const own = ownPage.get(pageId) ?? pageId;
    frontier.plan(pageId, own === pageId ? next : { nextAt: null, intervalMs: null });
    if (own !== pageId && !frontier.isOnLoan(own)) frontier.planIfAtRest(own, next);
  }

  function record(pageId: number, page: PageRef, visit: Visit): Settled {
    const { at, runId } = visit;
    const row = { pageId, at, runId, status: null, reason: null, detail: null };
    switch (visit.kind) {
      case "read":
        return recordArticle(
          page,
          { ...row, detail: visit.detail ?? null },
          visit.capture,
          visit.reading,
          visit.parts ?? [],
        );
      case "listed": {
        const { capture, packed, found, unlessSince = at, askNext } = visit;
        const wasRead = pages.wasCaptured(pageId);
        const captureId = captures.add(capture, packed, { pageId, runId, encoding: null });
        for (const more of visit.more ?? []) {
          const place = { pageId, runId, encoding: null, partOf: captureId };
          captures.add(more.capture, more.packed, place);
        }
        const added = frontier.enqueue(found, { now: at, known: "if-modified", unlessSince });
        for (const text of visit.texts ?? []) wpTexts.put(text, runId);
        const allNew = found.length > 0 && added === found.length;
        if (visit.isWindow === true && wasRead && allNew) {
          sources.alarm(page.siteId, pageId, unlessSince);
        }
        const detail = `${found.length} found, ${added} new`;
        pages.answered({ ...row, result: "listed", status: capture.status, detail }, capture);
        if (askNext !== undefined) pages.askNext(pageId, askNext, capture.url);
        return { result: "listed", articleId: null, version: null, added };
      }
      case "not-modified": {
        pages.answered({ ...row, result: "not-modified", status: 304 }, null);
        const { articleId } = pages.get(pageId);
        if (articleId !== null) takedowns.sawUnchanged(articleId, row, pageId);
        return withoutVersion("not-modified", articleId);
      }
      case "gone":
        return trouble({ ...row, result: "gone", status: visit.status }, `HTTP ${visit.status}`);
      case "skipped": {
        const { reason, detail } = visit;
        return trouble({ ...row, result: "skipped", reason, detail }, reason);
      }
      case "failed": {
        const { code, status, detail } = visit;
        const answer = status === null ? code : `HTTP ${status}`;
        return trouble({ ...row, result: "failed", reason: code, status, detail }, answer);
      }
    }
  }

  function trouble(row: VisitRow, answer: string): Settled {
    pages.unanswered(row);
    takedowns.doubt(row.pageId, row, answer);
    return withoutVersion(row.result, pages.get(row.pageId).articleId);
  }

  function recordArticle(
    page: PageRef,
    row: Omit<VisitRow, "result">,
    capture: Capture,
    reading: Reading,
    parts: readonly { readonly capture: Capture; readonly packed: PackedBody }[],
  ): Settled {
    const { pageId, at, runId } = row;
    const { encoding, packed, fingerprint } = reading;
    const { article } = reading.extraction;
    if (article === null || fingerprint === null) {
      throw new TypeError(`${page.url} was settled as read, but nothing was read from it`);
    }
    const captureId = captures.add(capture, packed, { pageId, runId, encoding });
    const finalPageId = pageThatAnswered(pageId, page, capture);
    const hashes = hashesOf(fingerprint);
    const place = { runId, captureId, at, article, reading, ...hashes };
    const { siteId } = page;
    const { text } = hashes;
    const identity = identify({ siteId, pageId, finalPageId, article, fingerprint, text });
    const { known, movedFrom } = identity;
    const { articleId, ...outcome } =
      known === null
        ? addArticle(identity, place, finalPageId)
        : seeAgain(known, identity, place, pageId, finalPageId);
    const { isOwnAddress } = identity;
    if (isOwnAddress || outcome.result === "new" || outcome.result === "changed") {
      captures.shows(captureId, articleId, outcome.version);
    }
    if (movedFrom !== null) takedowns.moved(movedFrom, row, pageId, articleId);
    // An address that was an article's own stays its address when it leads elsewhere now.
    if (movedFrom === null || finalPageId === pageId) pages.leadTo(pageId, articleId);
    if (finalPageId !== pageId) {
      pages.leadTo(finalPageId, articleId);
      pages.rest(finalPageId, at, capture);
    }
    for (const part of parts) {
      const partPageId = pageThatAnswered(pageId, page, part.capture);
      captures.add(part.capture, part.packed, {
        ...{ pageId: partPageId, runId, encoding: null },
        partOf: captureId,
      });
      pages.leadTo(partPageId, articleId);
      pages.rest(partPageId, at);
    }
    pages.answered({ ...row, result: outcome.result, status: capture.status }, capture);
    return { ...outcome, articleId: toArticleId(articleId), added: 0 };
  }

  function addArticle({ duplicateOf }: Identity, place: VersionPlace, pageId: number): Placed {
    const articleId = writer.addArticle(place, { pageId, duplicateOf });
    return { articleId, version: 1, result: "new" };
  }

  /** Only an article's own address makes versions: its other addresses may show it shortened. */
  function seeAgain(
    { id: articleId, status, content }: NonNullable<Identity["known"]>,
    identity: Identity,
    place: VersionPlace,
    pageId: number,
    finalPageId: number,
  ): Placed {
    const isLost = status === "gone" || status === "moved";
    const isOwnAddress = identity.isOwnAddress || isLost;
    if (isLost && !identity.isOwnAddress) adopt.run(finalPageId, articleId);
    takedowns.saw(articleId, place, isOwnAddress);
    if (isOwnAddress && !content.equals(place.content)) {
      const version = writer.addVersion(articleId, place);
      if (version !== null) return { articleId, version, result: "changed" };
    }
    const wasKnown = isOwnAddress || pages.get(pageId).articleId !== null;
    const version = newestNumber.get(articleId) ?? 1;
    return { articleId, version, result: wasKnown ? "same" : "linked" };
  }

  /** After redirects; the address becomes known, so it is not fetched again. */
  function pageThatAnswered(pageId: number, page: PageRef, capture: Capture): number {
    const url = capture.finalUrl;
    if (urlKey(url) === urlKey(page.url)) return pageId;
    const hints = { title: null, publishedAt: null, lastModifiedAt: null };
    const { siteId, role } = page;
    return frontier.pageOf({ url, siteId, role, foundBy: "link", ...hints }, capture.fetchedAt);
  }
}

/** When to come back, knowing now whether the visit brought anything. */
function planOf({ ifNews, nextAt, intervalMs }: Visit, { result, added }: Settled): Plan {
  const isNews = result === "new" || result === "changed" || added > 0;
  if (isNews && ifNews !== undefined) return ifNews;
  return { nextAt, intervalMs: intervalMs ?? null };
}

interface Placed {
  readonly articleId: number;
  readonly version: number;
  readonly result: "new" | "changed" | "same" | "linked";
}

function withoutVersion(result: Settled["result"], articleId: number | null): Settled {
  const id = articleId === null ? null : toArticleId(articleId);
  return { result, articleId: id, version: null, added: 0 };
}
