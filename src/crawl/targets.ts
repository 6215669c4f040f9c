/**
 * From the words of a command line to the sites of a run. A word is a site id, a host, or a URL; a
 * URL of a known site uses that site's rule, one of an unknown site gets autodiscovery and the
 * generic extractor.
 */
import { decideRole } from "../discover/index.ts";
import { WarraqError } from "../errors.ts";
import type { PageRef } from "../model.ts";
import { findSite, genericSite, nearestId, type SiteRule } from "../sites/index.ts";
import { isSameSite, parseHttpUrl } from "../url/index.ts";
import type { CrawlTarget } from "./options.ts";
import { pageRef, sourcesOf } from "./seeds.ts";

/** A host without its scheme, as people type it: nobody knows yet whether it is there. */
const HOST_NAME = /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/iu;

/**
 * @param words - site ids, hosts or absolute http(s) URLs; none means every rule in `sites`
 * @returns one target per site, in order of first mention; URLs of one site share a target
 * @throws {WarraqError} E_UNKNOWN_SITE or E_BAD_URL, naming the word
 */
export function chooseTargets(words: readonly string[], sites: readonly SiteRule[]): CrawlTarget[] {
  if (words.length === 0) return sites.map((site) => ({ site, seeds: [] }));
  const targets = new Map<string, CrawlTarget>();
  for (const word of words) {
    const { site, seeds } = targetOf(word, sites, [...targets.values()]);
    const known = targets.get(site.id);
    targets.set(site.id, { site, seeds: known ? bothOf(site, known.seeds, seeds) : seeds });
  }
  return [...targets.values()];
}

/** No seeds mean the whole site: named together with single pages, it is spelt out. */
function bothOf(site: SiteRule, first: readonly PageRef[], second: readonly PageRef[]): PageRef[] {
  const spelt = (seeds: readonly PageRef[]): readonly PageRef[] =>
    seeds.length > 0 ? seeds : sourcesOf(site);
  return first.length === 0 && second.length === 0 ? [] : [...spelt(first), ...spelt(second)];
}

function targetOf(
  word: string,
  sites: readonly SiteRule[],
  earlier: readonly CrawlTarget[],
): CrawlTarget {
  const isUrl = word.includes("://");
  const known = findSite(sites, word);
  if (known !== null && !isUrl) return { site: known, seeds: [] };
  if (!isUrl) {
    const near = nearestId(
      word,
      sites.map(({ id }) => id),
    );
    const meant = near ?? (HOST_NAME.test(word) ? `https://${word}/` : null);
    const hint = meant === null ? "" : ` (did you mean ${meant}?)`;
    throw new WarraqError(
      "E_UNKNOWN_SITE",
      `"${word}" is not a known site${hint}. Give a site id (warraq sites list) or a URL.`,
    );
  }
  const url = parseHttpUrl(word);
  if (url === null) throw new WarraqError("E_BAD_URL", `"${word}" is not an http(s) URL.`);
  const site =
    known ??
    earlier.find((target) => isSameSite(url.href, target.site.hosts))?.site ??
    genericSite(`${url.origin}/`);
  if (isEntrance(url, site)) return { site, seeds: [] };
  const { role } = decideRole(url.href, { site, anchorText: "" });
  // An address alone seldom tells a section from an article: the page itself decides (visit.ts).
  const asked = role === "listing" ? "article" : role;
  return { site, seeds: [pageRef(site.id, url.href, asked, "seed")] };
}

/** Whether a URL means the whole site: its root, or the home page its rule names. */
function isEntrance(url: URL, site: SiteRule): boolean {
  return url.href === site.home || (url.pathname === "/" && url.search === "");
}
