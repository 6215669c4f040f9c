/**
 * What a backfill is asked to do, what it is given of the outside world, and what it reports. Types,
 * and the closed list of its ways.
 */
import type { FoundBy, PageRef } from "../../model.ts";
import type { SiteRule } from "../../sites/index.ts";
import type { CrawlReport, RunCrawlDeps } from "../options.ts";
import type { Gaps } from "./gaps.ts";

/** The ways to old articles, in the order that costs the fewest requests. */
export const BACKFILL_WAYS = ["wp", "sitemap", "archive", "id", "wayback", "commoncrawl"] as const;

export type BackfillWay = (typeof BACKFILL_WAYS)[number];

/** How the pages of a way became known, as the archive records it. */
export const FOUND_BY: Readonly<Record<BackfillWay, FoundBy>> = {
  wp: "wp-json",
  sitemap: "sitemap",
  archive: "date-archive",
  id: "id-range",
  wayback: "wayback",
  commoncrawl: "commoncrawl",
};

/** Instants, `from` inclusive and `to` exclusive. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Base addresses of the public archives, each ending in a slash. */
export interface Services {
  readonly wayback: string;
  readonly commonCrawlIndex: string;
  readonly commonCrawlData: string;
}

export interface BackfillOptions {
  readonly site: SiteRule;
  readonly window: Window;
  /** Whose days the window was given in and gaps are counted in; also the site's, if it has none. */
  readonly timeZone: string;
  /** Tried in this order; what one way has filled, the next finds known. */
  readonly ways: readonly BackfillWay[];
  readonly services: Services;
  /** Stop after this many article pages and mementos were fetched. */
  readonly maxPages: number | null;
  readonly timeLimitMs: number | null;
  readonly include: readonly RegExp[];
  readonly exclude: readonly RegExp[];
  /** Least time between two requests to one host; null: the site's own, 5 s for the services. */
  readonly delayMs: number | null;
  /** Find and compare only; nothing is stored, no article is fetched. */
  readonly isDryRun: boolean;
  readonly program: string;
}

export interface BackfillDeps extends Omit<RunCrawlDeps, "store"> {
  /** Null only for a dry run without an archive: then every page is missing. */
  readonly store: RunCrawlDeps["store"] | null;
  /** Told every page that is missing, once, before it is fetched. */
  readonly onMissing?: (page: PageRef, way: BackfillWay) => Promise<void> | void;
}

/** What one way came to. `found` = `known` + `missing`; `missing` pages are stored, failed or not articles. */
export interface WayReport {
  readonly way: BackfillWay;
  /** Requests that looked for pages; those that fetched pages are in the run's counters. */
  readonly lookups: number;
  readonly found: number;
  readonly known: number;
  readonly missing: number;
  readonly stored: number;
  readonly failed: number;
  /** Fetched, and not stored: gone, no article, outside the window. */
  readonly skipped: number;
  /** False when a limit, a signal or the service's own word ended it early. */
  readonly isComplete: boolean;
  readonly problems: readonly string[];
}

export interface BackfillReport extends CrawlReport {
  readonly ways: readonly WayReport[];
  readonly gaps: Gaps;
}
