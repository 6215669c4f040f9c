/**
 * Finding pages in what was fetched. Every parser is pure: Capture in, PageRef[] out; the engine
 * does the fetching. (Implementations: feed.ts, sitemap.ts, listing.ts …; see index.ts.)
 */
import type { Capture, PageRef, PageRole } from "../model.ts";
import type { SiteRule } from "../sites/rule.ts";

export interface DiscoverContext {
  readonly siteId: string;
  /** Null for an unknown site: the generic article-or-listing decision applies. */
  readonly site: SiteRule | null;
  readonly role: PageRole;
  /** Whether a URL belongs to the site being crawled. */
  readonly isInScope: (url: string) => boolean;
  /** How many listing levels below home may still be opened; 0 finds articles only. */
  readonly depth: number;
}

export interface Discovered {
  /** In page order, without repeats. Articles first decide `role`. */
  readonly pages: readonly PageRef[];
  /** Feeds, sitemaps and REST roots the page points to (autodiscovery). */
  readonly sources: readonly PageRef[];
  /** What was wrong with the file, if anything was; the pages are what could be saved. */
  readonly problems: readonly string[];
}

/** Reads one capture by its role (and, where the role is wrong, by what the bytes are). */
export type Discover = (capture: Capture, context: DiscoverContext) => Discovered;
