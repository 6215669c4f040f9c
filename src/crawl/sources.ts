/**
 * Reading a site's sources without an archive: those its rule names, those robots.txt and the pages
 * themselves name, the usual places where nothing was named. One at a time, politely, each once.
 */
import { type Discovered, discover } from "../discover/index.ts";
import type { Fetcher } from "../fetch/index.ts";
import type { FetchOutcome, PageRef, PageRole } from "../model.ts";
import type { SiteRule } from "../sites/index.ts";
import { isSameSite, urlKey } from "../url/index.ts";
import type { CrawlTarget } from "./options.ts";
import { guessedSources, pageRef, sourcesOf } from "./seeds.ts";

export interface SourceReading {
  readonly source: PageRef;
  readonly outcome: FetchOutcome;
  /** What it named; null when it could not be had. */
  readonly found: Discovered | null;
}

export interface SourceOptions {
  /** Least time between two requests; null leaves it to the site's rule. */
  readonly delayMs: number | null;
  readonly signal: AbortSignal;
}

/**
 * @param target - its seeds, when there are any, are read instead of the rule's sources
 * @returns sources in the order they were read; how many are still waiting is for the caller to ask
 *   by reading on
 */
export async function* readSources(
  { site, seeds }: CrawlTarget,
  fetcher: Fetcher,
  { delayMs, signal }: SourceOptions,
): AsyncGenerator<SourceReading> {
  const isInScope = (url: string): boolean => isSameSite(url, site.hosts);
  const sitemaps =
    seeds.length > 0 || site.sitemaps.length > 0
      ? []
      : await fetcher.sitemapsOf(new URL(site.home).origin, signal);
  const queue: PageRef[] = [
    ...(seeds.length > 0 ? seeds : sourcesOf(site)),
    ...sitemaps.map((url) => pageRef(site.id, url, "sitemap", "sitemap")),
  ];
  const visited = new Set<string>();
  const answered = new Set<PageRole>();
  for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
    if (signal.aborted) return;
    const key = urlKey(source.url);
    if (visited.has(key) || (source.foundBy === "guess" && answered.has(source.role))) continue;
    visited.add(key);
    const outcome = await fetcher.fetch(
      {
        url: source.url,
        isInScope,
        etag: null,
        lastModified: null,
        accept: "any",
        delayMs: delayMs ?? site.delayMs,
      },
      signal,
    );
    if (outcome.kind !== "captured") {
      yield { source, outcome, found: null };
      continue;
    }
    const found = discover(outcome.capture, {
      siteId: site.id,
      site,
      role: source.role,
      isInScope,
      depth: source.foundBy === "home" || source.foundBy === "seed" ? 1 : 0,
    });
    answered.add(source.role);
    queue.push(...found.sources, ...found.pages.filter(({ role }) => role !== "article"));
    if (source.foundBy === "home") queue.push(...guesses(site, queue, answered));
    yield { source, outcome, found };
  }
}

/** The usual places of what neither the rule nor a page names. */
function guesses(
  site: SiteRule,
  queue: readonly PageRef[],
  answered: ReadonlySet<PageRole>,
): PageRef[] {
  const isMissing = (role: PageRole): boolean =>
    !answered.has(role) && !queue.some((source) => source.role === role);
  return guessedSources(site, { feed: isMissing("feed"), sitemap: isMissing("sitemap") });
}
