/**
 * What a run is asked to do, what it is given of the outside world, and what it tells meanwhile.
 */
import type { WarraqError } from "../errors.ts";
import type { Fetcher } from "../fetch/index.ts";
import type { PageRef, RunCounters, RunReason } from "../model.ts";
import type { Workers } from "../process/index.ts";
import type { SiteRule } from "../sites/index.ts";
import type { Settled, Store } from "../store/store.ts";
import type { Manners } from "./manners.ts";

export interface CrawlOptions {
  /** The sites of this run, each with what to start from. */
  readonly targets: readonly CrawlTarget[];
  /** `crawl` looks for new articles; `recheck` visits known ones again. */
  readonly mode: "crawl" | "recheck";
  /** With `recheck`: only articles published (or first seen) at or after this instant. */
  readonly since: number | null;
  /** Stop after this many article pages were fetched. */
  readonly maxPages: number | null;
  /** Articles known to be older than this are not fetched. */
  readonly maxAgeMs: number | null;
  readonly timeLimitMs: number | null;
  /** A page's URL must match one of these, when there are any. */
  readonly include: readonly RegExp[];
  readonly exclude: readonly RegExp[];
  /** Hosts visited side by side. @default 8 */
  readonly concurrency: number;
  /** Least time between two requests to one host, for every site; null leaves each site's own. */
  readonly delayMs: number | null;
  /** Most requests per site and day, counted over runs; null or left out: each site's own. */
  readonly budget?: number | null;
  /** Recorded with the run. */
  readonly program: string;
}

export interface CrawlTarget {
  readonly site: SiteRule;
  /** Pages to begin with instead of the rule's own sources; empty for the rule's. */
  readonly seeds: readonly PageRef[];
}

/** The outside world, as parameters. */
export interface CrawlDeps {
  readonly store: Store;
  readonly fetcher: Fetcher;
  readonly workers: Workers;
  readonly now: () => number;
  /** Fires to stop: what is in hand is finished and saved, nothing new is begun. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: CrawlEvent) => void;
}

export interface EngineDeps extends CrawlDeps {
  readonly manners: Manners;
  /** Whether loopback and private addresses may be fetched. */
  readonly allowPrivate: boolean;
}

/** What the caller gives; the rest is opened for the run. */
export interface RunCrawlDeps {
  readonly store: Store;
  /** Names the archive and how to reach its operator. */
  readonly userAgent: string;
  /** Whether loopback and private addresses may be fetched. */
  readonly allowPrivate: boolean;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: CrawlEvent) => void;
}

/** What a run tells while it works; the command line turns these into progress and logs. */
export type CrawlEvent =
  | { readonly kind: "started"; readonly sites: readonly string[]; readonly resumed: boolean }
  | {
      readonly kind: "page";
      readonly url: string;
      readonly siteId: string;
      readonly role: PageRef["role"];
      readonly foundBy: PageRef["foundBy"];
      readonly settled: Settled;
      /** Title of an article, or the reason of a page that was not stored. */
      readonly detail: string;
    }
  | { readonly kind: "problem"; readonly url: string; readonly message: string }
  | { readonly kind: "stopping"; readonly reason: RunReason };

export interface CrawlReport {
  readonly runId: number;
  readonly sources: readonly string[];
  readonly counters: RunCounters;
  readonly elapsedMs: number;
  readonly reason: RunReason;
  /** With reason `disk`: what the archive's trouble was. */
  readonly trouble: WarraqError | null;
  /** Pages visited that were meant to be stored: the base of `--fail-on`. */
  readonly visited: number;
}

/** Eight hosts keep one polite machine busy; at 5 s a request that is 96 pages a minute. */
export const DEFAULT_CONCURRENCY = 8;

/** The options as the runs table keeps them: plain data. */
export function describeOptions({
  mode,
  since,
  maxPages,
  maxAgeMs,
  timeLimitMs,
  ...rest
}: CrawlOptions) {
  const { concurrency, delayMs, include, exclude, budget = null } = rest;
  const sources = (patterns: readonly RegExp[]): string[] => patterns.map(({ source }) => source);
  return {
    ...{ mode, since, maxPages, maxAgeMs, timeLimitMs, concurrency, delayMs, budget },
    include: sources(include),
    exclude: sources(exclude),
  };
}
