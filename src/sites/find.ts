/**
 * Which rule speaks for a site: by id, host or URL among the known ones, or a rule made up on the
 * spot for a site nobody has described.
 */
import { isSameSite, withoutWww } from "../url/index.ts";
import type { SiteRule } from "./rule.ts";
import { DEFAULT_TIME_ZONE } from "./schema.ts";

// RFC 6761 and 2606 leave these to tests and examples; for them, as for any host outside Libya, no
// zone is known. Sites under .ly, and only they, may be assumed to print Tripoli's time.
const LIBYAN_DOMAIN = ".ly";
const UNKNOWN_SITE_DELAY_MS = 5_000;
const MADE_UP = "none: made up for an unknown site";

/**
 * Finds a site by id, host name or any URL on it; `www.` makes no difference. A subdomain belongs to
 * the site of its parent unless a rule names it.
 *
 * @returns null when none is meant; the first in order when several claim the host
 */
export function findSite(sites: readonly SiteRule[], idOrUrl: string): SiteRule | null {
  const wanted = idOrUrl.trim();
  const byId = sites.find(({ id }) => id === wanted.toLowerCase());
  if (byId !== undefined) return byId;
  const host = hostOf(wanted);
  if (host === null) return null;
  const bare = withoutWww(host);
  const named = sites.find((site) => site.hosts.some((known) => withoutWww(known) === bare));
  return named ?? sites.find((site) => isSameSite(`http://${host}/`, site.hosts)) ?? null;
}

/**
 * A rule for a site without one: autodiscovery finds its sources and generic extraction reads it.
 *
 * @param url - absolute; a path other than `/` becomes the first listing, so a section can be crawled
 * @throws {TypeError} when `url` is not absolute
 */
export function genericSite(url: string): SiteRule {
  const { host, hostname, origin, pathname, search } = new URL(url);
  const entry = `${pathname}${search}`;
  return {
    id: withoutWww(host),
    name: withoutWww(host),
    nameEn: null,
    home: `${origin}/`,
    hosts: [host],
    languages: [],
    timeZone: hostname.endsWith(LIBYAN_DOMAIN) ? DEFAULT_TIME_ZONE : null,
    theme: null,
    listings: entry === "/" ? [] : [entry],
    feeds: [],
    sitemaps: [],
    wpJson: null,
    articlePath: [],
    delayMs: UNKNOWN_SITE_DELAY_MS,
    article: {},
    categoryMap: {},
    validFrom: null,
    validUntil: null,
    evidence: MADE_UP,
    checkedOn: "",
    unverified: ["everything"],
  };
}

/** Whether a rule is such a one, rather than written by somebody. */
export function isGenericSite({ evidence }: Pick<SiteRule, "evidence">): boolean {
  return evidence === MADE_UP;
}

/** Bundled and added rules in order of id; an added rule replaces the bundled one of its id. */
export function mergeSites(
  bundled: readonly SiteRule[],
  added: readonly SiteRule[],
): readonly SiteRule[] {
  const byId = new Map([...bundled, ...added].map((site) => [site.id, site]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function hostOf(text: string): string | null {
  const url = /^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `http://${text}`;
  if (!URL.canParse(url)) return null;
  const { host } = new URL(url);
  return host.includes(".") || host.includes(":") ? host : null;
}
