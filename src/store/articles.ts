/** The reading side of the archive: articles, their versions, and the pages behind them. Types only. */
import type { ArticleDate, ArticleRecord, Capture, PageKind } from "../model.ts";
import type { RunRecord } from "./runs.ts";

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

export interface ArticleStore {
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

  /**
   * Runs one read-only statement; rows are streamed, bytes come as hexadecimal text. The views made
   * for people: articles, versions, captures, sources, runs, visits.
   * @throws E_SQL when it is not one, or does not parse
   */
  sql(
    statement: string,
    parameters?: Readonly<Record<string, string>>,
  ): AsyncIterable<Readonly<Record<string, unknown>>>;
}
