/**
 * The archive, as the rest of the program sees it: verbs of the domain. The only door to SQL: no
 * other folder knows which database is behind it, and no SQL, row or driver type passes through.
 *
 * Every method is one transaction (settles may share one commit with their neighbours, and resolve
 * only when that commit is on disk). Time is passed in. Readers never wait for a writer.
 */
import type {
  ArticleDate,
  ArticleRecord,
  Capture,
  Extraction,
  ExtractorStamp,
  FailureCode,
  Fingerprint,
  PackedBody,
  PageKind,
  PageRef,
  RefusalReason,
  RunCounters,
  RunReason,
} from "../model.ts";
import type { CoverageFacts, HealthFacts, MissedFilter, MissedPage, SiteSpan } from "./facts.ts";

export type {
  CoverageFacts,
  HealthFacts,
  MissedFilter,
  MissedPage,
  SiteSpan,
  SourceVisits,
  VersionFill,
} from "./facts.ts";

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

export interface RunStart {
  readonly at: number;
  readonly command: string;
  readonly sites: readonly string[];
  readonly program: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface RunRecord extends RunStart {
  readonly id: number;
  readonly endedAt: number | null;
  readonly reason: RunReason | null;
  readonly counters: RunCounters;
}

export interface SiteRecord {
  readonly id: string;
  readonly digest: string;
  readonly addedAt: number;
  /** `bundled` rules are recorded when used; `added` ones are a researcher's own and win by id. */
  readonly origin: "bundled" | "added";
  readonly rule: unknown;
}

/** A question to the archive; parts left out do not limit. Instants are UTC milliseconds. */
export interface ArticleFilter {
  /** A query in the search language (see query.ts): words, "phrases", -word, OR, prefix*. */
  readonly text?: string;
  readonly siteIds?: readonly string[];
  /** Compared folded, against every category of the article. */
  readonly category?: string;
  /** Compared folded, contained in one of the authors. */
  readonly author?: string;
  readonly language?: string;
  readonly kind?: PageKind;
  /** By publication date, falling back to first seen. `from` inclusive, `to` exclusive. */
  readonly from?: number;
  readonly to?: number;
  /** Seen first or again at or after this. */
  readonly seenSince?: number;
  readonly status?: ArticleRecord["status"];
}

export interface Paging {
  readonly limit: number;
  /** Opaque; from the previous answer. */
  readonly cursor?: string;
  readonly sort: "date" | "relevance";
}

export interface SearchHit {
  readonly record: ArticleRecord;
  /** Text of the original (never folded), with the ranges [start, end) of matched words in it. */
  readonly snippet: string;
  readonly marks: readonly (readonly [start: number, end: number])[];
  readonly titleMarks: readonly (readonly [start: number, end: number])[];
}

export interface Answer<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  /** Exact up to 10,000, then a lower bound. */
  readonly total: number;
  readonly totalIsExact: boolean;
}

/** One version of an article, oldest first in `history`. */
export interface VersionRecord {
  readonly record: ArticleRecord;
  readonly capturedAt: number;
  readonly runId: number;
  /** Names of the fields that differ from the version before; empty for the first. */
  readonly changed: readonly string[];
}

export interface ArchiveStats {
  readonly articles: number;
  readonly versions: number;
  readonly captures: number;
  readonly rawBytes: number;
  readonly packedBytes: number;
  readonly fileBytes: number;
  readonly pages: {
    readonly queued: number;
    readonly done: number;
    readonly gone: number;
    readonly skipped: number;
  };
  readonly bySite: readonly {
    readonly siteId: string;
    readonly articles: number;
    readonly versions: number;
    readonly withTitle: number;
    readonly withCategory: number;
    readonly withDate: number;
    readonly withAuthor: number;
    readonly first: ArticleDate["at"] | null;
    readonly last: ArticleDate["at"] | null;
  }[];
  readonly lastRun: RunRecord | null;
}

export interface Store {
  /** Records a rule as used or added. Idempotent by id + digest. */
  putSite(site: SiteRecord): Promise<void>;
  sites(): Promise<readonly SiteRecord[]>;
  /** Removes an added rule; articles stay. @returns whether there was one */
  removeSite(id: string): Promise<boolean>;

  /** Adds pages; identity is the URL key of url/. @returns how many were not known before */
  enqueue(pages: readonly PageRef[], options: EnqueueOptions): Promise<number>;
  /** Takes due pages on loan. Never hands out a page on loan, nor two of one host. */
  lease(request: LeaseRequest): Promise<readonly Lease[]>;
  /**
   * Ends a lease and records what came of it, in one transaction. Resolves when that is on disk.
   * A lease that ran out may still be settled: the result is kept, the page stays with its new holder.
   * An article is `gone` after two 404/410, `blocked` after two refusals, never after one.
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
   * a rule or a person named) is due in any case, unless visited at or after `unlessSince`.
   * @returns how many are due that were not
   */
  makeSourcesDue(request: {
    now: number;
    siteIds: readonly string[];
    unlessSince: number;
  }): Promise<number>;
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
   * Starts a run. `resumedFrom` is when the chain of unfinished runs of the same command and sites
   * began (a chain is forgotten after a day), or null.
   */
  beginRun(run: RunStart): Promise<{ readonly id: number; readonly resumedFrom: number | null }>;
  endRun(id: number, end: { at: number; reason: RunReason; counters: RunCounters }): Promise<void>;
  runs(limit: number): Promise<readonly RunRecord[]>;

  search(filter: ArticleFilter, paging: Paging): Promise<Answer<SearchHit>>;
  list(filter: ArticleFilter, paging: Paging): Promise<Answer<ArticleRecord>>;
  /**
   * By article id (`a` and a number, given once and never again) or by any URL that ever led to it.
   * `version` counts from 1; default newest.
   */
  article(idOrUrl: string, version?: number): Promise<ArticleRecord | null>;
  history(idOrUrl: string): Promise<readonly VersionRecord[]>;
  /** The raw capture behind a version, unpacked and hash-checked. @throws E_ARCHIVE_CORRUPT */
  rawCapture(idOrUrl: string, version?: number): Promise<Capture | null>;
  /** Streams every record that matches, in id order (stable, deterministic). */
  scan(filter: ArticleFilter, versions: "latest" | "all"): AsyncIterable<ArticleRecord>;
  stats(siteIds?: readonly string[]): Promise<ArchiveStats>;

  /** Sites that have pages here, whether or not an article came of them; in order of id. */
  siteIds(): Promise<readonly string[]>;
  /** What was found, visited and kept of one site within a span. */
  coverage(span: SiteSpan): Promise<CoverageFacts>;
  /** What `check` judges one site by. */
  health(span: SiteSpan): Promise<HealthFacts>;
  /** Streams the visits after which the archive did not have the page, in their order. */
  missed(filter: MissedFilter): AsyncIterable<MissedPage>;
  /**
   * Runs one read-only statement; rows are streamed, bytes come as hexadecimal text. The views made
   * for people: articles, versions, captures, sources, runs, visits.
   * @throws E_SQL when it is not one, or does not parse
   */
  sql(
    statement: string,
    parameters?: Readonly<Record<string, string>>,
  ): AsyncIterable<Readonly<Record<string, unknown>>>;

  /**
   * Takes the crawl lock (held until close, freed by the system if the process dies); pages that a
   * dead process had on loan are due again. @returns false at once when another holds it
   */
  lockForCrawl(): boolean;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly path: string;
  /** `read`: the file must exist, is never changed. `write`: created and migrated as needed. */
  readonly mode: "read" | "write";
  /** Called during a long migration. */
  readonly onProgress?: (message: string) => void;
}
