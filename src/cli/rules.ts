/** The site rules a command works with: those that come with the program, and the archive's own. */
import { WarraqError } from "../errors.ts";
import {
  genericSite,
  loadBundledSites,
  mergeSites,
  nearestId,
  parseSiteRule,
  ruleDigest,
  type SiteRule,
} from "../sites/index.ts";
import type { SiteRecord, Store } from "../store/store.ts";
import type { Context } from "./command.ts";
import { withArchive } from "./open-archive.ts";

export interface KnownSite {
  readonly rule: SiteRule;
  readonly origin: SiteRecord["origin"];
}

/** Bundled rules and the researcher's own, which win; in order of id. */
export async function knownSites(store: Store | null): Promise<readonly KnownSite[]> {
  const added = (await store?.sites())?.filter(({ origin }) => origin === "added") ?? [];
  const addedIds = new Set(added.map(({ id }) => id));
  const rules = added.map(({ id, rule }) => parseSiteRule(rule, id));
  return mergeSites(loadBundledSites(), rules).map((rule) => ({
    rule,
    origin: addedIds.has(rule.id) ? "added" : "bundled",
  }));
}

/** The sites that were crawled into this archive, by today's rules; those without one by their home. */
export async function crawledSites(store: Store): Promise<readonly SiteRule[]> {
  const known = (await knownSites(store)).map(({ rule }) => rule);
  return (await store.sites()).flatMap(({ id, rule }) => {
    const today = known.find((site) => site.id === id);
    if (today !== undefined) return [today];
    const { home } = rule as { readonly home?: unknown };
    return typeof home === "string" && URL.canParse(home) ? [genericSite(home)] : [];
  });
}

/** What a command line may call a site: all with a rule, and those the archive met without one. */
export async function nameableSites(store: Store | null): Promise<readonly SiteRule[]> {
  const known = (await knownSites(store)).map(({ rule }) => rule);
  const met = store === null ? [] : await crawledSites(store);
  return [...known, ...met.filter(({ id }) => !known.some((site) => site.id === id))];
}

/** Runs `work` on the archive when there is one, else on null: rules can be read without an archive. */
export async function withArchiveIfAny<T>(
  context: Context,
  work: (store: Store | null) => Promise<T>,
): Promise<T> {
  try {
    return await withArchive(context, "read", work);
  } catch (error) {
    if (error instanceof WarraqError && error.code === "E_NO_ARCHIVE") return work(null);
    throw error;
  }
}

/** A rule as the archive keeps it. */
export function siteRecord(rule: SiteRule, origin: SiteRecord["origin"], now: number): SiteRecord {
  return { id: rule.id, digest: ruleDigest(rule), addedAt: now, origin, rule };
}

/** The error of a command that was given a site that is none of these. */
export function noSuchSite(word: string, ids: readonly string[]): WarraqError {
  const near = nearestId(word, ids);
  const meant = near === null ? "" : ` (did you mean ${near}?)`;
  const where = "see warraq sites list and warraq stats";
  return new WarraqError("E_UNKNOWN_SITE", `"${word}" is not a known site${meant}; ${where}`);
}
