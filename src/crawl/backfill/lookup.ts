/**
 * Asking for the pages that name others (REST pages, date archives, indexes of archives). Every
 * answer is kept in the archive with the run, so a backfill that was stopped reads what it was told
 * already from there and asks nobody twice. Never throws for what the network does.
 */
import { pack } from "../../codec/index.ts";
import type { Fetcher, FetchRequest } from "../../fetch/index.ts";
import type { Capture, FoundBy, PageRef, PageRole } from "../../model.ts";
import type { Lease, Store } from "../../store/store.ts";

export interface Question {
  readonly url: string;
  readonly foundBy: FoundBy;
  /** What the page is to a later crawl; those that only a backfill asks for are none of its sources. */
  readonly role?: PageRole;
  /** A documented interface of a service rather than a page of the site. */
  readonly isInterface?: boolean;
  /** Whether a redirect may lead there; default: the site's own hosts. */
  readonly isInScope?: (url: string) => boolean;
}

/** What the caller read from an answer; `pages` are put in the queue in the same transaction. */
export interface Reading {
  readonly pages: readonly PageRef[];
}

export type Answer<R extends Reading> =
  | { readonly kind: "read"; readonly reading: R; readonly capture: Capture }
  /** 404 or 410: there is no such page, which ends many a series. */
  | { readonly kind: "gone" }
  /** `status` 400 is how WordPress says that a series has ended. */
  | { readonly kind: "failed"; readonly status: number | null; readonly detail: string };

export interface Lookup {
  ask<R extends Reading>(question: Question, read: (capture: Capture) => R): Promise<Answer<R>>;
  /** Requests made since `count` was last reset; answers read from the archive cost none. */
  readonly asked: number;
}

export interface LookupDeps {
  readonly fetcher: Fetcher;
  /** Null: nothing is kept. */
  readonly store: Store | null;
  readonly siteId: string;
  readonly isInScope: (url: string) => boolean;
  /** Pages the run leaves out are not put in the queue, either. */
  readonly isWanted: (page: PageRef) => boolean;
  readonly delayMs: number;
  /** For a service's hosts. */
  readonly serviceDelayMs: number;
  readonly runId: number;
  /** Answers since then still hold; null: none. */
  readonly since: number | null;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Told of every answer that did not come. */
  readonly onFailed: (status: number | null) => void;
}

export function createLookup(deps: LookupDeps): Lookup {
  const { fetcher, store, siteId, runId, signal, now } = deps;
  let asked = 0;

  async function remembered(url: string): Promise<Capture | "gone" | null> {
    if (deps.since === null || store === null) return null;
    const visit = await store.lastVisit(url);
    if (visit === null || visit.at < deps.since) return null;
    if (visit.result === "gone") return "gone";
    return visit.result === "listed" ? store.lastCapture(url) : null;
  }

  return {
    get asked() {
      return asked;
    },
    async ask(question, read) {
      const { url, isInterface = false } = question;
      const before = await remembered(url);
      if (before === "gone") return { kind: "gone" };
      if (before !== null) return { kind: "read", reading: read(before), capture: before };
      asked++;
      const request: FetchRequest = {
        url,
        isInScope: question.isInScope ?? deps.isInScope,
        ...{ etag: null, lastModified: null, accept: "any" },
        delayMs: isInterface ? deps.serviceDelayMs : deps.delayMs,
        isInterface,
      };
      const outcome = await fetcher.fetch(request, signal);
      const lease = strayLease({
        ...{ url, siteId, role: question.role ?? "article", foundBy: question.foundBy },
        ...{ title: null, publishedAt: null, lastModifiedAt: null },
      });
      switch (outcome.kind) {
        case "captured": {
          const { capture } = outcome;
          const reading = read(capture);
          await store?.settle(lease, {
            ...{ kind: "listed", at: capture.fetchedAt, runId, nextAt: null },
            ...{ capture, packed: pack(capture.body), found: reading.pages.filter(deps.isWanted) },
          });
          return { kind: "read", reading, capture };
        }
        case "gone": {
          const { status } = outcome;
          await store?.settle(lease, { kind: "gone", status, at: now(), runId, nextAt: null });
          return { kind: "gone" };
        }
        case "failed":
          deps.onFailed(outcome.status);
          return { kind: "failed", status: outcome.status, detail: outcome.detail };
        case "refused":
          return { kind: "failed", status: null, detail: outcome.detail };
        case "not-modified":
          return { kind: "failed", status: 304, detail: `${url}: not modified, unasked` };
      }
    },
  };
}

/** A lease for a page that was never in the queue: settling it makes the page, visited and at rest. */
export function strayLease(page: PageRef): Lease {
  return {
    ...{ id: 0, page, until: 0, tries: 0 },
    ...{ etag: null, lastModified: null, lastCapturedAt: null },
  };
}
