/**
 * Where a run begins: the pages of a site that list other pages.
 */
import pLimit from "p-limit";
import { usualSources } from "../discover/index.ts";
import type { FoundBy, PageRef, PageRole } from "../model.ts";
import type { SiteRule } from "../sites/index.ts";
import { resolveUrl } from "../url/index.ts";
import type { CrawlOptions, EngineDeps } from "./options.ts";

/** The newest posts under a WordPress REST root, as many as it gives at once. */
const WP_POSTS = "wp/v2/posts?per_page=100";

/** A page reference with nothing known about it but where it is. */
export function pageRef(siteId: string, url: string, role: PageRole, foundBy: FoundBy): PageRef {
  return { url, siteId, role, foundBy, title: null, publishedAt: null, lastModifiedAt: null };
}

/**
 * The sources a rule names: feeds first (they carry dates), then sitemaps, sections and the home
 * page. A rule that names no section leaves the home page to show them.
 */
export function sourcesOf(site: SiteRule): PageRef[] {
  const refs = (role: PageRole, foundBy: FoundBy, urls: readonly string[]): PageRef[] =>
    urls
      .map((url) => resolveUrl(url, site.home))
      .filter((url) => url !== null)
      .map((url) => pageRef(site.id, url, role, foundBy));
  return [
    ...refs("feed", "seed", site.feeds),
    ...refs("sitemap", "seed", site.sitemaps),
    ...refs("wp-json", "seed", site.wpJson === null ? [] : [`${site.wpJson}${WP_POSTS}`]),
    ...refs("listing", "seed", site.listings),
    ...refs("listing", "home", [site.home]),
  ];
}

/**
 * Places to look when a site names neither feed nor sitemap of its own.
 *
 * @param missing - which of the two nobody named
 */
export function guessedSources(
  site: SiteRule,
  missing: { readonly feed: boolean; readonly sitemap: boolean },
): PageRef[] {
  return usualSources(site.home)
    .filter(
      ({ role }) => (role === "feed" && missing.feed) || (role === "sitemap" && missing.sitemap),
    )
    .map((source) => ({ ...source, siteId: site.id }));
}

/** Asked again sooner, a site that was quiet is still quiet: two runs in a row cost next to nothing. */
const ASKED_LATELY_MS = 5 * 60_000;

/**
 * Makes due what the run should begin with. Of a `crawl`: pages a person typed, sources that are new,
 * those whose time has come, and of each site its lightest source unless it was just asked. Of a
 * `recheck`: the articles.
 *
 * @param typedSince - typed pages visited since then are not visited again (the run is resumed)
 * @returns the sites whose robots.txt names a sitemap
 */
export async function seedRun(
  options: CrawlOptions,
  { store, fetcher, now, allowPrivate }: EngineDeps,
  typedSince: number,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const sitemapped = new Set<string>();
  const siteIds = options.targets.map(({ site }) => site.id);
  // What an earlier run would not ask was not visited.
  if (allowPrivate) {
    await store.makeRefusedDue({ now: now(), siteIds, reason: "private-address" });
  }
  if (options.mode === "recheck") {
    const { since } = options;
    await store.makeDue({ now: now(), siteIds, ...(since !== null && { publishedSince: since }) });
    return sitemapped;
  }
  const limit = pLimit(options.concurrency);
  await Promise.all(
    options.targets.map(({ site, seeds }) =>
      limit(async () => {
        const typed = { known: "revisit", unlessSince: typedSince } as const;
        await store.enqueue(seeds, { now: now(), ...typed });
        if (seeds.length > 0) return;
        await store.enqueue(sourcesOf(site), { now: now(), known: "keep" });
        const unlessSince = now() - ASKED_LATELY_MS;
        await store.makeSourcesDue({ now: now(), siteIds: [site.id], unlessSince });
        if (site.sitemaps.length > 0 || signal.aborted) return;
        const sitemaps = await fetcher.sitemapsOf(new URL(site.home).origin, signal);
        const refs = sitemaps.map((url) => pageRef(site.id, url, "sitemap", "sitemap"));
        if (refs.length > 0) sitemapped.add(site.id);
        await store.enqueue(refs, { now: now(), known: "keep" });
      }),
    ),
  );
  return sitemapped;
}
