/**
 * What the archive knows about its own gathering: the raw counts that coverage and health are judged
 * from. Types only. Instants are UTC milliseconds; spans include `from` and exclude `to`.
 */
import type { FoundBy, PageRole } from "../model.ts";
import type { Settled } from "./crawl.ts";

export interface SiteSpan {
  readonly siteId: string;
  readonly from: number;
  readonly to: number;
}

/** Counts by quarter of an hour, so that any zone's days can be made of them; `at` is its start. */
export interface CoverageFacts {
  /** Article pages, by when and how they became known. */
  readonly found: readonly {
    readonly at: number;
    readonly foundBy: FoundBy;
    readonly count: number;
  }[];
  readonly visits: readonly {
    readonly at: number;
    readonly isArticle: boolean;
    readonly result: Settled["result"];
    readonly reason: string | null;
    readonly count: number;
  }[];
  /** Articles kept, by date of publication, falling back to first seen. */
  readonly published: readonly { readonly at: number; readonly count: number }[];
  /** First and last visit ever, not only within the span; null when never visited. */
  readonly firstVisitAt: number | null;
  readonly lastVisitAt: number | null;
}

/** A visit after which the archive did not have the page. */
export interface MissedPage {
  readonly url: string;
  readonly siteId: string;
  readonly role: PageRole;
  readonly foundBy: FoundBy;
  readonly at: number;
  readonly result: "skipped" | "failed" | "gone";
  /** A reason of the closed lists of model.ts; null for `gone`. */
  readonly reason: string | null;
  readonly status: number | null;
  readonly detail: string | null;
  readonly runId: number;
}

export interface MissedFilter {
  readonly siteIds?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly runId?: number;
}

/** One site's doings, as `check` needs them. */
export interface HealthFacts {
  readonly firstVisitAt: number | null;
  readonly lastVisitAt: number | null;
  /** Dates of the articles kept (publication, else first seen), ascending. */
  readonly articlesAt: readonly number[];
  /** Versions read, oldest first: which fields were filled, and by which rules. */
  readonly versions: readonly VersionFill[];
  /** Visits of each run, by what they came to; oldest run first. */
  readonly visits: readonly {
    readonly runId: number;
    readonly firstAt: number;
    readonly lastAt: number;
    readonly result: Settled["result"];
    readonly reason: string | null;
    readonly count: number;
  }[];
  /** Pages read for more pages (feeds, sitemaps, sections), guesses left out. */
  readonly sources: readonly SourceVisits[];
}

export interface VersionFill {
  readonly at: number;
  readonly hasTitle: boolean;
  readonly hasCategory: boolean;
  readonly hasDate: boolean;
  readonly hasAuthor: boolean;
  readonly bodyChars: number;
  /** As in the extractor stamp: `site:x@1a2b+theme:y@3c4d` or `generic`. */
  readonly rule: string;
}

export interface SourceVisits {
  readonly url: string;
  readonly role: PageRole;
  /** Oldest first. */
  readonly visits: readonly {
    readonly at: number;
    readonly result: Settled["result"];
    readonly reason: string | null;
    /** Pages the source named; null when it was not read. */
    readonly found: number | null;
    /** Whether the bytes differ from those of the visit before; null when none came. */
    readonly isChanged: boolean | null;
  }[];
}

export interface PaceSpan {
  readonly from: number;
  readonly to: number;
  readonly siteIds?: readonly string[];
}

/** What `coverage`, `check` and `stats` ask. */
export interface FactStore {
  /** Sites that have pages here, whether or not an article came of them; in order of id. */
  siteIds(): Promise<readonly string[]>;
  /** What was found, visited and kept of one site within a span. */
  coverage(span: SiteSpan): Promise<CoverageFacts>;
  /** What `check` judges one site by. */
  health(span: SiteSpan): Promise<HealthFacts>;
  /**
   * How many articles are of each quarter of an hour (`at` is its start) by publication, else first
   * sight, in order; `from` inclusive, `to` exclusive. Quarters without any are left out.
   */
  pace(span: PaceSpan): Promise<readonly { readonly at: number; readonly articles: number }[]>;
  /** Streams the visits after which the archive did not have the page, in their order. */
  missed(filter: MissedFilter): AsyncIterable<MissedPage>;
}
