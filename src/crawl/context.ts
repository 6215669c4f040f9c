/** What every visit of a run is given. Types only. */
import type { SiteRule } from "../sites/index.ts";
import type { PageFilter } from "./filter.ts";
import type { CrawlDeps } from "./options.ts";

export interface VisitContext {
  readonly deps: CrawlDeps;
  readonly runId: number;
  readonly program: string;
  readonly site: SiteRule;
  readonly delayMs: number | null;
  readonly isWanted: PageFilter;
  /** Whether robots.txt names a sitemap, so that none need be guessed. */
  readonly hasSitemap: boolean;
  /** What was visited since then is not visited again by this run. */
  readonly sourcesSince: number;
  /** Requests to the site since it was called last: they go into the archive with the visit. */
  readonly takeRequests?: () => number;
  /** Whether a URL's host is being left alone, and the run has said so. */
  readonly isShut?: (url: string) => boolean;
  /** Fires when the run is asked to stop: no request begins any more. */
  readonly signal: AbortSignal;
  /** Breaks off even the request under way; fires some time after that. */
  readonly hardSignal: AbortSignal;
  /** Called when the host is free again, before the page is read and stored. */
  readonly onFetched: () => void;
}
