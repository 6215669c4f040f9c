/** What a site's rule says of addresses, compiled once per rule object. */
import type { SiteRule } from "../sites/rule.ts";
import { compileTemplates, type Templates } from "../url/index.ts";

export interface SiteReading {
  readonly templates: Templates;
  /** `comparable` forms of the rule's own listings. */
  readonly listings: ReadonlySet<string>;
}

// Once per rule object; weak, so rules that are no longer used are let go.
const readings = new WeakMap<SiteRule, SiteReading>();

export function readingOf(site: SiteRule): SiteReading {
  const known = readings.get(site);
  if (known !== undefined) return known;
  const listings = site.listings
    .filter((listing) => URL.canParse(listing, site.home))
    .map((listing) => comparable(new URL(listing, site.home).href));
  const reading = { templates: compileTemplates(site.articlePath), listings: new Set(listings) };
  readings.set(site, reading);
  return reading;
}

/** Path and query alone, percent-decoded, without a final slash: rules and pages spell them freely. */
export function comparable(url: string): string {
  const { pathname, search } = new URL(url);
  try {
    return decodeURI(pathname).replace(/\/$/u, "") + search;
  } catch {
    return pathname + search;
  }
}
