/** Whose page an address is: a known site's, or one made up for its host. Each is noted once. */
import { findSite, genericSite, ruleDigest, type SiteRule } from "../../sites/index.ts";
import type { Store } from "../../store/store.ts";
import { hostKeyOf, isSameSite } from "../../url/index.ts";
import type { ImportDeps, ImportOptions } from "./options.ts";

export interface SiteChoice {
  /** Null when only another site is wanted. */
  of(url: string): Promise<SiteRule | null>;
  /** Sites met so far, in order of first mention. */
  ids(): readonly string[];
}

export function createSiteChoice(
  { site: only, sites }: Pick<ImportOptions, "site" | "sites">,
  store: Store | null,
  { now, originOf }: Pick<ImportDeps, "now" | "originOf">,
): SiteChoice {
  const byHost = new Map<string, SiteRule>();
  const met = new Map<string, SiteRule>();

  async function meet(site: SiteRule): Promise<SiteRule> {
    if (met.has(site.id)) return site;
    met.set(site.id, site);
    const digest = ruleDigest(site);
    const origin = originOf(site.id);
    await store?.putSite({ id: site.id, digest, addedAt: now(), origin, rule: site });
    return site;
  }

  return {
    async of(url) {
      if (only !== null) return isSameSite(url, only.hosts) ? meet(only) : null;
      const host = hostKeyOf(url);
      const known = byHost.get(host) ?? findSite(sites, url) ?? genericSite(url);
      byHost.set(host, known);
      return meet(known);
    },
    ids: () => [...met.keys()],
  };
}
