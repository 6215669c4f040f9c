/**
 * What was crawled before there was a rule for its host is filed under the host's name: from the day a
 * rule speaks for that host its pages and articles belong to the rule's site.
 */
import { findSite, isGenericSite, type SiteRule } from "../sites/index.ts";
import type { Store } from "../store/store.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import { crawledSites, knownSites } from "./rules.ts";

export interface Adoption {
  readonly from: string;
  readonly to: string;
}

/** Sites made up for hosts that one of these rules speaks for, and no other more closely. */
export async function adoptions(
  store: Store,
  rules: readonly SiteRule[],
): Promise<readonly Adoption[]> {
  const archived = new Set(await store.siteIds());
  const known = (await knownSites(store)).map(({ rule }) => rule);
  return (await crawledSites(store)).flatMap((site) => {
    if (!isGenericSite(site) || !archived.has(site.id)) return [];
    const owner = findSite(known, site.home);
    const isMeant = rules.some(({ id }) => id === owner?.id);
    return owner === null || !isMeant ? [] : [{ from: site.id, to: owner.id }];
  });
}

/** The caller holds the crawl lock. */
export async function adopt(
  { log }: Context,
  store: Store,
  found: readonly Adoption[],
): Promise<void> {
  for (const { from, to } of found) {
    const articles = await store.adoptSite(from, to);
    log.info(`${from} belongs to ${to} now: ${counted(articles, "article")} filed under it`);
  }
}
