/**
 * `crawl --dry-run`: reads a site's sources and says which articles a crawl would fetch. Fetches
 * politely, stores nothing.
 */
import { discover } from "../discover/index.ts";
import { openFetcher } from "../fetch/index.ts";
import type { FoundBy, PageRef } from "../model.ts";
import type { Store } from "../store/store.ts";
import { isSameSite, urlKey } from "../url/index.ts";
import { createPageFilter } from "./filter.ts";
import type { CrawlOptions, CrawlTarget, RunCrawlDeps } from "./options.ts";
import { pageRef, sourcesOf } from "./seeds.ts";

export interface WantedPage {
  readonly url: string;
  readonly siteId: string;
  readonly foundBy: FoundBy;
  readonly title: string | null;
  readonly publishedAt: number | null;
}

type DryDeps = Omit<RunCrawlDeps, "store"> & {
  /** Null when there is no archive yet: then every page is new. */
  readonly store: Store | null;
};

/** Yields each article page that is wanted and not known, once, as its source is read. */
export async function* listWanted(
  options: CrawlOptions,
  deps: DryDeps,
): AsyncGenerator<WantedPage> {
  const fetcher = openFetcher({
    userAgent: deps.userAgent,
    allowPrivate: deps.allowPrivate,
    now: deps.now,
  });
  const isWanted = createPageFilter(options, deps.now);
  let listed = 0;
  try {
    for (const target of options.targets) {
      const seen = new Set<string>();
      for await (const page of readSources(target, fetcher, options, deps)) {
        const key = urlKey(page.url);
        if (seen.has(key) || !isWanted(page) || (await deps.store?.isKnown(page.url))) continue;
        seen.add(key);
        if (options.maxPages !== null && listed >= options.maxPages) return;
        listed++;
        const { url, siteId, foundBy, title, publishedAt } = page;
        yield { url, siteId, foundBy, title, publishedAt };
      }
    }
  } finally {
    await fetcher.close();
  }
}

/** The articles on a target's sources, and on the sources those name, each visited once. */
async function* readSources(
  { site, seeds }: CrawlTarget,
  fetcher: ReturnType<typeof openFetcher>,
  options: CrawlOptions,
  deps: DryDeps,
): AsyncGenerator<PageRef> {
  const isInScope = (url: string): boolean => isSameSite(url, site.hosts);
  const sitemaps =
    seeds.length > 0 || site.sitemaps.length > 0
      ? []
      : await fetcher.sitemapsOf(new URL(site.home).origin, deps.signal);
  const queue: PageRef[] = [
    ...(seeds.length > 0 ? seeds : sourcesOf(site)),
    ...sitemaps.map((url) => pageRef(site.id, url, "sitemap", "sitemap")),
  ];
  const visited = new Set<string>();
  for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
    if (deps.signal.aborted) return;
    const key = urlKey(source.url);
    if (visited.has(key)) continue;
    visited.add(key);
    if (source.role === "article") {
      yield source;
      continue;
    }
    const outcome = await fetcher.fetch(
      {
        url: source.url,
        isInScope,
        etag: null,
        lastModified: null,
        accept: "any",
        delayMs: options.delayMs ?? site.delayMs,
      },
      deps.signal,
    );
    if (outcome.kind !== "captured") {
      const message = "detail" in outcome ? outcome.detail : outcome.kind;
      deps.onEvent({ kind: "problem", url: source.url, message });
      continue;
    }
    const depth = source.foundBy === "home" || source.foundBy === "seed" ? 1 : 0;
    const found = discover(outcome.capture, {
      siteId: site.id,
      site,
      role: source.role,
      isInScope,
      depth,
    });
    queue.push(...found.sources, ...found.pages.filter(({ role }) => role !== "article"));
    yield* found.pages.filter(({ role }) => role === "article");
  }
}
