/** The reading side of the archive: articles, their versions, and the pages behind them. Types only. */
import type { ArticleDate, ArticleRecord, Capture } from "../model.ts";
import type { RunRecord } from "./runs.ts";
import type { ArticleFilter } from "./search.ts";

/** One version of an article, oldest first in `history`. */
export interface VersionRecord {
  readonly record: ArticleRecord;
  readonly capturedAt: number;
  readonly runId: number;
  /** Names of the fields that differ from the version before; empty for the first. */
  readonly changed: readonly string[];
}

export interface PageCounts {
  readonly queued: number;
  readonly done: number;
  readonly gone: number;
  readonly skipped: number;
  readonly failed: number;
}

export interface ArchiveStats {
  readonly articles: number;
  readonly versions: number;
  readonly captures: number;
  /** Of all pages, as they were sent; `prunedBytes` of them are not kept any more. */
  readonly rawBytes: number;
  readonly prunedBytes: number;
  readonly packedBytes: number;
  readonly fileBytes: number;
  /** By what came of the last visit; `queued` are those that nobody has visited yet. */
  readonly pages: PageCounts;
  /** Every site with articles or pages in the queue, those with most articles first. */
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
    readonly queued: number;
  }[];
  readonly lastRun: RunRecord | null;
}

export interface ArticleStore {
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
