/**
 * Settling pages that others captured. Unlike a visit of our own an imported capture may be older than
 * what is known: it goes into the history at its time and leaves alone what later visits learned.
 */
import type { Capture, PageRef } from "../../model.ts";
import { urlKey } from "../../url/index.ts";
import type { ImportedPage, ImportFile, ImportProgress, Settled, Visit } from "../store.ts";
import type { ArticleWriter } from "./articles-write.ts";
import type { Captures } from "./captures.ts";
import type { Changes } from "./changes.ts";
import type { Database } from "./driver.ts";
import type { Frontier } from "./frontier.ts";
import { createIdentity } from "./identity.ts";
import { createLateVersions } from "./late-version.ts";
import { createPageState, type VisitRow } from "./page-state.ts";
import { createRecordRepeats } from "./record-repeats.ts";
import type { Reread } from "./reread.ts";
import { hashesOf, toArticleId } from "./rows.ts";
import type { Moment } from "./takedowns.ts";

export interface Imports {
  begin(file: ImportFile, runId: number): { readonly id: number; readonly reached: number };
  has(url: string, at: number, digest: string): boolean;
  /** Id of the capture of this address at this instant, or null. */
  idAt(url: string, at: number): number | null;
  put(fileId: number, pages: readonly ImportedPage[], progress: ImportProgress): Settled[];
}

type Read = Extract<Visit, { kind: "read" }>;

export interface ImportParts {
  readonly writer: ArticleWriter;
  readonly changes: Changes;
  readonly frontier: Frontier;
  readonly captures: Captures;
  readonly reread: Reread;
}

export function createImports(
  db: Database,
  { writer, changes, frontier, captures, reread }: ImportParts,
): Imports {
  const identify = createIdentity(db);
  const pages = createPageState(db);
  const placeLate = createLateVersions(db, { writer, changes, reread });
  const repeats = createRecordRepeats(db);
  const begin = db.prepare<unknown[], { readonly id: number; readonly reached: number }>(/* sql */ `
    INSERT INTO import_file (name, bytes, modified_at, terms, run_id, reached)
    VALUES (@name, @bytes, @modifiedAt, @terms, @runId, 0)
    ON CONFLICT DO UPDATE SET run_id = @runId, ended_at = NULL,
      reached = iif(ended_at IS NULL, reached, 0)
    RETURNING id, reached`);
  const reach = db.prepare(/* sql */ `
    UPDATE import_file SET reached = coalesce(@reached, reached),
      ended_at = iif(@reached IS NULL, @now, NULL)
    WHERE id = @fileId`);
  const isWhole = db
    .prepare<[string, number, Buffer], 0 | 1>(/* sql */ `
      SELECT b.pruned_at IS NULL
      FROM page p JOIN capture c ON c.page_id = p.id JOIN body b ON b.id = c.body_id
      WHERE p.url_key = ? AND c.fetched_at = ? AND b.digest = ?`)
    .pluck();
  const idAt = db
    .prepare<[string, number], number>(/* sql */ `
      SELECT c.id FROM page p JOIN capture c ON c.page_id = p.id
      WHERE p.url_key = ? AND c.fetched_at = ? ORDER BY c.id LIMIT 1`)
    .pluck();
  const addVisit = db.prepare(/* sql */ `
    INSERT INTO visit (page_id, run_id, at, result, status, reason, detail)
    VALUES (@pageId, @runId, @now, @result, @status, @reason, @detail)`);
  // The frontier's own words for a page that nobody has looked at since, and what it can be asked by.
  const answered = db.prepare(/* sql */ `
    UPDATE page SET visited_at = max(coalesce(visited_at, @at), @at),
      result = iif(coalesce(visited_at, @at) <= @at, @result, result),
      reason = iif(coalesce(visited_at, @at) <= @at, @reason, reason),
      captured_at = iif(@isRead, max(coalesce(captured_at, @at), @at), captured_at),
      etag = iif(@isRead AND coalesce(captured_at, @at) <= @at, @etag, etag),
      last_modified = iif(@isRead AND coalesce(captured_at, @at) <= @at, @lastModified, last_modified)
    WHERE id = @pageId`);
  const standing = db.prepare<[number], { dateAt: number; status: string; statusAt: number }>(
    /* sql */ `SELECT date_at AS dateAt, status, status_at AS statusAt FROM article WHERE id = ?`,
  );
  const widen = db.prepare(/* sql */ `
    UPDATE article SET first_seen_at = min(first_seen_at, @at), last_seen_at = max(last_seen_at, @at),
      date_at = coalesce(published_at, min(first_seen_at, @at)),
      status_detail = iif(@isOwn AND @at > status_at AND status <> 'live', NULL, status_detail),
      status_at = iif(@isOwn AND @at > status_at AND status <> 'live', @at, status_at),
      status = iif(@isOwn AND @at > status_at, 'live', status)
    WHERE id = @articleId`);

  function sawAt(articleId: number, { at, runId }: Moment, isOwnAddress: boolean): void {
    const before = standing.get(articleId);
    widen.run({ articleId, at, isOwn: isOwnAddress ? 1 : 0 });
    if (before === undefined) return;
    const { dateAt, status, statusAt } = before;
    if (isOwnAddress && status !== "live" && at > statusAt) {
      changes.setStatus(articleId, "live", { at, runId, detail: `was ${status}` });
    }
    if (standing.get(articleId)?.dateAt !== dateAt) writer.refile(articleId);
  }

  return {
    begin(file, runId) {
      const row = begin.get({ ...file, runId });
      if (row === undefined) throw new Error(`${file.name} could not be noted`);
      return row;
    },
    has: (url, at, digest) => isWhole.get(urlKey(url), at, Buffer.from(digest, "hex")) === 1,
    idAt: (url, at) => idAt.get(urlKey(url), at) ?? null,
    put(fileId, imported, { reached, now, blocks = [] }) {
      for (const block of blocks) captures.addBlock(block);
      const settled = imported.map((one) => settle(one, fileId, now));
      reach.run({ fileId, reached, now });
      return settled;
    },
  };

  function settle(imported: ImportedPage, fileId: number, now: number): Settled {
    const { page, offset, visit, told } = imported;
    const { at, runId } = visit;
    const pageId = frontier.pageOf(page, at);
    const row = { pageId, at, runId, status: null, reason: null, detail: null };
    switch (visit.kind) {
      case "read": {
        const { capture } = visit;
        const known = pages.get(pageId).articleId;
        const { packed } = visit.reading;
        const digest = Buffer.from(packed.digest, "hex");
        if (isWhole.get(urlKey(page.url), capture.fetchedAt, digest) !== undefined) {
          captures.bringBack(packed);
          return said("same", known);
        }
        const { article } = visit.reading.extraction;
        if (told !== undefined && known !== null && article !== null) {
          if (repeats(known, article, told)) return said("same", known);
        }
        const settled = read(pageId, page, visit, { fileId, offset, now });
        note({ ...row, status: capture.status, result: settled.result }, now, validators(capture));
        return settled;
      }
      case "not-modified": {
        const { articleId } = pages.get(pageId);
        if (articleId !== null) sawAt(articleId, { at, runId }, false);
        note({ ...row, status: 304, result: "not-modified" }, now);
        return said("not-modified", articleId);
      }
      case "skipped": {
        const { reason, detail } = visit;
        note({ ...row, reason, detail, result: "skipped" }, now);
        return said("skipped", pages.get(pageId).articleId);
      }
    }
  }

  /** The visit is dated now: it is what this run did. What is known of the page goes by its own time. */
  function note(row: VisitRow, now: number, read: Validators | null = null): void {
    addVisit.run({ ...row, now });
    const { pageId, at, result, reason } = row;
    const { etag, lastModified } = read ?? NO_VALIDATORS;
    answered.run({ pageId, at, result, reason, isRead: read === null ? 0 : 1, etag, lastModified });
  }

  function read(
    pageId: number,
    page: PageRef,
    { at, runId, capture, reading, parts = [] }: Read,
    { now, ...source }: { readonly fileId: number; readonly offset: number; readonly now: number },
  ): Settled {
    const { encoding, packed, fingerprint } = reading;
    const { article } = reading.extraction;
    if (article === null || fingerprint === null) {
      throw new TypeError(`${page.url} was imported as read, but nothing was read from it`);
    }
    const captureId = captures.add(capture, packed, { pageId, runId, encoding, source });
    const hashes = hashesOf(fingerprint);
    const place = { runId, captureId, at, article, reading, ...hashes };
    const { siteId } = page;
    const { known, isOwnAddress, duplicateOf } = identify({
      ...{ siteId, pageId, finalPageId: pageId, article, fingerprint },
      text: hashes.text,
    });
    if (known === null) {
      const articleId = writer.addArticle(place, { pageId, duplicateOf });
      captures.shows(captureId, articleId, 1);
      if (pages.get(pageId).articleId === null) pages.leadTo(pageId, articleId);
      keepParts(articleId);
      return { result: "new", articleId: toArticleId(articleId), version: 1, added: 0 };
    }
    const wasKnown = pages.get(pageId).articleId !== null;
    if (!wasKnown) pages.leadTo(pageId, known.id);
    keepParts(known.id);
    // Only an article's own address makes versions: its other addresses may show it shortened.
    const late = isOwnAddress ? placeLate(known.id, place, now) : null;
    sawAt(known.id, { at, runId }, isOwnAddress);
    const result = late?.isNew === true ? "changed" : wasKnown || isOwnAddress ? "same" : "linked";
    return { result, articleId: toArticleId(known.id), version: late?.number ?? null, added: 0 };

    /** Its further pages, for whoever reads it anew. */
    function keepParts(articleId: number): void {
      for (const part of parts) {
        const { finalUrl: url, fetchedAt } = part.capture;
        const partPageId = frontier.pageOf({ ...page, url, foundBy: "link" }, fetchedAt);
        const place = { pageId: partPageId, runId, encoding: null, partOf: captureId, source };
        captures.add(part.capture, part.packed, place);
        if (pages.get(partPageId).articleId === null) pages.leadTo(partPageId, articleId);
      }
    }
  }
}

function said(result: Settled["result"], articleId: number | null): Settled {
  const id = articleId === null ? null : toArticleId(articleId);
  return { result, articleId: id, version: null, added: 0 };
}

interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

const NO_VALIDATORS: Validators = { etag: null, lastModified: null };

function validators({ headers }: Capture): Validators {
  const header = (wanted: string): string | null =>
    headers.find(([name]) => name === wanted)?.[1] ?? null;
  return { etag: header("etag"), lastModified: header("last-modified") };
}
