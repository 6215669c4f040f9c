/**
 * `crawl --dry-run`: reads a site's sources and says which articles a crawl would fetch. Fetches
 * politely, stores nothing.
 */
import { openFetcher } from "../fetch/index.ts";
import type { FoundBy, PageRef } from "../model.ts";
import type { Store } from "../store/store.ts";
import { urlKey } from "../url/index.ts";
import { createPageFilter } from "./filter.ts";
import type { CrawlOptions, CrawlTarget, RunCrawlDeps } from "./options.ts";
import { readSources } from "./sources.ts";

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
  /** Called for each source that could not be had, guesses left out. */
  readonly onFailed?: () => void;
};

/** Yields each article page that is wanted and was never visited, once: those in line, then as sources are read. */
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
      for await (const { page, isInLine } of allOf(target)) {
        const key = urlKey(page.url);
        if (seen.has(key) || !isWanted(page)) continue;
        if (!isInLine && (await deps.store?.isKnown(page.url))) continue;
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

  async function* allOf(target: CrawlTarget) {
    const request = { now: deps.now(), siteIds: [target.site.id] };
    for await (const page of deps.store?.waiting(request) ?? []) yield { page, isInLine: true };
    for await (const page of readArticles(target, fetcher, options, deps)) {
      yield { page, isInLine: false };
    }
  }
}

/** The articles among a target's seeds, then those its sources name. */
async function* readArticles(
  { site, seeds }: CrawlTarget,
  fetcher: ReturnType<typeof openFetcher>,
  { delayMs }: CrawlOptions,
  { signal, onEvent, onFailed }: DryDeps,
): AsyncGenerator<PageRef> {
  const isArticle = ({ role }: PageRef): boolean => role === "article";
  yield* seeds.filter(isArticle);
  const sources = seeds.filter((seed) => !isArticle(seed));
  if (seeds.length > 0 && sources.length === 0) return;
  const readings = readSources({ site, seeds: sources }, fetcher, { delayMs, signal });
  for await (const { source, outcome, found } of readings) {
    if (found !== null) yield* found.pages.filter(isArticle);
    else if (source.foundBy !== "guess") {
      const message = "detail" in outcome ? outcome.detail : outcome.kind;
      if (outcome.kind === "failed") onFailed?.();
      onEvent({ kind: "problem", url: source.url, message });
    }
  }
}
