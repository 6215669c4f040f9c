/**
 * The crawling side of the archive: pages on loan, what their visits came to, and what one run must
 * not forget for the next. Types only; instants are UTC milliseconds.
 */
import type {
  Capture,
  Extraction,
  ExtractorStamp,
  FailureCode,
  Fingerprint,
  PackedBody,
  PageKind,
  PageRef,
  RefusalReason,
} from "../model.ts";

/** A page on loan to one worker. When `until` passes unsettled (a crash), it goes back in the queue. */
export interface Lease {
  readonly id: number;
  readonly page: PageRef;
  readonly until: number;
  /** Visits that have failed in a row so far. */
  readonly tries: number;
  /** Validators of the last answer, for a conditional request; null when there were none. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** When this page was last answered with a body, or null. */
  readonly lastCapturedAt: number | null;
  /** When it was last visited, whatever came of it, or null. */
  readonly lastVisitedAt?: number | null;
  /** How long it was to be left alone after that, or null. */
  readonly intervalMs?: number | null;
  /** Where the validators are from and the question goes, when that is not the page's own address. */
  readonly askedUrl?: string | null;
  /** Date of the article it leads to (publication, else first seen), or null. */
  readonly articleDatedAt?: number | null;
}

/** When to come back. */
export interface Plan {
  /** Null: not by itself. */
  readonly nextAt: number | null;
  readonly intervalMs: number | null;
}

export interface EnqueueOptions {
  readonly now: number;
  /**
   * What to do with pages already known: `keep` leaves them as they are (articles already archived
   * stay done); `revisit` makes them due now; `if-modified` those of which the ref says that they
   * changed after they were last answered (a list that says so of most of its articles is not
   * believed). Neither those visited at or after `unlessSince`.
   */
  readonly known: "keep" | "revisit" | "if-modified";
  readonly unlessSince?: number;
}

export interface LeaseRequest {
  readonly now: number;
  /** At most this many. Oldest due first, at most one per host. */
  readonly limit: number;
  readonly holdMs: number;
  /** Hosts that are busy already: `example.ly:8080`. */
  readonly exceptHosts?: readonly string[];
  readonly siteIds?: readonly string[];
}

/** A page read and understood: what the pure middle of the program made of a capture. */
export interface Reading {
  readonly extraction: Extraction;
  readonly fingerprint: Fingerprint | null;
  readonly extractor: ExtractorStamp;
  readonly packed: PackedBody;
  readonly encoding: string;
}

/** What came of a lease. `nextAt: null` retires the page until something enqueues it with `revisit`. */
export type Visit = {
  readonly at: number;
  readonly runId: number;
  readonly nextAt: number | null;
  readonly intervalMs?: number | null;
  /** Instead, when the visit brought something: a new or changed article, a list with new pages. */
  readonly ifNews?: Plan;
  /** Requests it took, counted on the site's day. @default 0 */
  readonly requests?: number;
} & (
  | {
      readonly kind: "read";
      readonly capture: Capture;
      readonly reading: Reading;
      /** Further pages of an article cut into parts, in order; their texts are in the reading. */
      readonly parts?: readonly { readonly capture: Capture; readonly packed: PackedBody }[];
      /** Kept with the visit: what is to be doubted about the reading. */
      readonly detail?: string;
    }
  /** A listing, feed or sitemap: the capture is kept, its links were enqueued separately or here. */
  | {
      readonly kind: "listed";
      readonly capture: Capture;
      readonly packed: PackedBody;
      readonly found: readonly PageRef[];
      /** Pages visited at or after this are not made due by what the list says of them. */
      readonly unlessSince?: number;
      /** The list shows only its newest: when all of it is new, the site's other sources are due. */
      readonly isWindow?: boolean;
      /** Further pages of the list, in order. */
      readonly more?: readonly { readonly capture: Capture; readonly packed: PackedBody }[];
      /** Texts of found pages that came with the list; each kept with its page when it changed. */
      readonly texts?: readonly {
        readonly page: PageRef;
        readonly capture: Capture;
        readonly packed: PackedBody;
      }[];
      /** Where to ask next time; the validators are kept only for where they came from. */
      readonly askNext?: string;
    }
  | { readonly kind: "not-modified" }
  | { readonly kind: "gone"; readonly status: 404 | 410 }
  | { readonly kind: "skipped"; readonly reason: RefusalReason | PageKind; readonly detail: string }
  | {
      readonly kind: "failed";
      readonly code: FailureCode;
      readonly status: number | null;
      readonly detail: string;
    }
);

export interface LastVisit {
  readonly at: number;
  readonly result: Settled["result"];
  /** The article this URL leads to, or null. */
  readonly articleId: string | null;
}

/** What the archive made of a visit: the words of the run's report. */
export interface Settled {
  readonly result:
    | "new"
    | "changed"
    | "same"
    /** The same text is already kept for this site under another URL; the URL now points there. */
    | "linked"
    | "listed"
    | "not-modified"
    | "gone"
    | "skipped"
    | "failed";
  readonly articleId: string | null;
  readonly version: number | null;
  /** Pages of `found` that were not known before. */
  readonly added: number;
}

/** Why a host is being left alone, and until when. `host` is a host key without `www.`. */
export interface ShutHost {
  readonly host: string;
  readonly untilAt: number;
  readonly code: FailureCode;
  readonly detail: string;
}

export interface CrawlStore {
  /** Adds pages; identity is the URL key of url/. @returns how many were not known before */
  enqueue(pages: readonly PageRef[], options: EnqueueOptions): Promise<number>;
  /** Takes due pages on loan. Never hands out a page on loan, nor two of one host. */
  lease(request: LeaseRequest): Promise<readonly Lease[]>;
  /**
   * Ends a lease and records what came of it, in one transaction. Resolves when that is on disk.
   * A lease that ran out may still be settled: the result is kept, the page stays with its new holder.
   * An article is `gone` after two 404/410 or pages that say "not found", `blocked` after two refusals, never after one.
   */
  settle(lease: Lease, visit: Visit): Promise<Settled>;
  /** Gives a lease back as if it had never been taken; due again at `dueAt`. */
  release(lease: Lease, dueAt: number): Promise<void>;
  /** When the next page of these sites falls due, or null when none is queued. */
  nextDueAt(siteIds?: readonly string[]): Promise<number | null>;
  /** Article pages for `recheck`: made due now. @returns how many */
  makeDue(request: {
    now: number;
    siteIds?: readonly string[];
    publishedSince?: number;
  }): Promise<number>;
  /**
   * What a run of these sites should look at: sources whose time has come go before all articles of
   * their host. Of each site the lightest source that still brings news (or, when none answers, those
   * a rule or a person named) is due in any case, unless visited at or after `unlessSince`; being
   * refused by ourselves as a private address is no visit.
   * @returns how many are due that were not
   */
  makeSourcesDue(request: {
    now: number;
    siteIds: readonly string[];
    unlessSince: number;
  }): Promise<number>;
  /** Pages that were refused last for this reason, which does not hold any more: due now. @returns how many */
  makeRefusedDue(request: {
    now: number;
    siteIds: readonly string[];
    reason: RefusalReason;
  }): Promise<number>;
  /** Article pages of these sites that are due and were never visited, in order of their hosts' lines. */
  waiting(request: { now: number; siteIds: readonly string[] }): AsyncIterable<PageRef>;
  /** Whether a URL is known already, by key. */
  isKnown(url: string): Promise<boolean>;
  /** What the last visit to a URL came to, by key; null when it was never visited. */
  lastVisit(url: string): Promise<LastVisit | null>;
  /** The newest body a URL answered with, by key, whatever it was. @throws E_ARCHIVE_CORRUPT */
  lastCapture(url: string): Promise<Capture | null>;

  /** Requests made to each site on a day (days since 1970, UTC); sites without any are left out. */
  spentOn(day: number): Promise<ReadonlyMap<string, number>>;
  /** Hosts that are to be left alone at this instant. */
  shutHosts(now: number): Promise<readonly ShutHost[]>;
  /** Remembers it; a later end wins. */
  shutHost(shut: ShutHost): Promise<void>;
  /** Keeps a robots.txt (or its absence), when it differs from the one before. */
  putRobots(
    robots: Capture,
    packed: PackedBody,
    of: { siteId: string; runId: number },
  ): Promise<void>;
  /** The robots.txt of an origin as last answered (`fetchedAt`), when that was at or after `since`. */
  robots(origin: string, since: number): Promise<Capture | null>;
  /** Names of WordPress terms: `category 7` → `محلي`. */
  wpTerms(siteId: string): Promise<ReadonlyMap<string, string>>;
  putWpTerms(siteId: string, names: ReadonlyMap<string, string>): Promise<void>;
  /** The text a list gave of the page at this URL (see `Visit.texts`), newest; or null. */
  listedText(url: string): Promise<Capture | null>;

  /**
   * Takes the crawl lock (held until close, freed by the system if the process dies); pages that a
   * dead process had on loan are due again. @returns false at once when another holds it
   */
  lockForCrawl(): boolean;
}
