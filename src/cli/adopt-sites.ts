/**
 * What was crawled before there was a rule for its host is filed under the host's name: from the day a
 * rule speaks for that host its pages and articles belong to the rule's site.
 */
import {
  findSite,
  genericSite,
  isGenericSite,
  loadBundledSites,
  type SiteRule,
} from "../sites/index.ts";
import type { Store } from "../store/store.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import { crawledSites, knownSites, siteRecord } from "./rules.ts";

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

/**
 * The site that speaks for an added rule's host once the rule is removed; null when nothing was filed
 * under the rule, or a bundled one of its id counts again.
 */
export async function heir(store: Store, id: string): Promise<SiteRule | null> {
  const added = (await store.sites()).find((site) => site.id === id && site.origin === "added");
  const { home } = (added?.rule ?? {}) as { readonly home?: unknown };
  if (typeof home !== "string" || !URL.canParse(home)) return null;
  const bundled = loadBundledSites();
  if (bundled.some((site) => site.id === id) || !(await store.siteIds()).includes(id)) return null;
  const site = findSite(bundled, home) ?? genericSite(home);
  return site.id === id ? null : site;
}

/** Without it the queue of a removed rule would never be due again. The caller holds the crawl lock. */
export async function bequeath(
  context: Context,
  store: Store,
  { from, to }: { readonly from: string; readonly to: SiteRule },
): Promise<void> {
  const isKnown = (await store.sites()).some(({ id }) => id === to.id);
  if (!isKnown) await store.putSite(siteRecord(to, "bundled", context.now()));
  await adopt(context, store, [{ from, to: to.id }]);
}
