/**
 * What a site's pages say of the site itself: the part of a proposed rule that no selector is in.
 * Pure.
 */
import { genericSite, type SiteRule } from "../sites/index.ts";
import { withoutWww } from "../url/index.ts";
import type { BenchPage } from "./page.ts";

export interface Found {
  readonly home: string;
  readonly pages: readonly BenchPage[];
  /** Every article address the site's lists gave. */
  readonly articleUrls: readonly string[];
  readonly listings: readonly string[];
  readonly feeds: readonly string[];
  readonly sitemaps: readonly string[];
  readonly wpJson: string | null;
}

/**
 * The rule before any field has a selector.
 *
 * @param id - null: after the host
 * @param now - UTC milliseconds; the day the rule was checked on
 */
export function baseRule(
  found: Found,
  { id, now }: { readonly id: string | null; readonly now: number },
  articlePath: readonly string[],
): SiteRule {
  const generic = genericSite(found.home);
  const { pages } = found;
  const hosts = [
    ...new Set([
      generic.hosts[0] ?? "",
      ...pages.map(({ capture }) => new URL(capture.finalUrl).host),
    ]),
  ];
  const day = new Date(now).toISOString().slice(0, "2026-06-14".length);
  const urls = pages.map(({ capture }) => capture.finalUrl);
  const themes = new Set(pages.map(({ theme }) => theme));
  const [theme = null] = themes;
  return {
    ...generic,
    id: id ?? idOf(found.home),
    name: mostSaid(pages.flatMap(({ siteName }) => siteName ?? [])) ?? generic.name,
    hosts,
    languages: [...new Set(pages.map(({ generic: { language } }) => language))].filter(
      (tag) => tag !== "und",
    ),
    theme: themes.size === 1 ? theme : null,
    listings: found.listings.map((url) => relativeTo(url, found.home)),
    feeds: found.feeds.map((url) => relativeTo(url, found.home)),
    sitemaps: found.sitemaps.map((url) => relativeTo(url, found.home)),
    wpJson: found.wpJson === null ? null : relativeTo(found.wpJson, found.home),
    articlePath,
    evidence: `warraq sites new (rule workshop), from ${urls.length} pages read on ${day}: ${urls.join(" ")}`,
    checkedOn: day,
    unverified: [],
  };
}

/** `www.example.ly` → `example`, `127.0.0.1:8080` → `127.0.0.1-8080`. */
function idOf(home: string): string {
  const { hostname, host } = new URL(home);
  const names = withoutWww(hostname).split(".");
  const isAddress = /^[\d.]+$|:/u.test(hostname) || names.length < 2;
  const id = isAddress ? host : (names[0] ?? host);
  return id
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/gu, "-")
    .replace(/^[^a-z0-9]+/u, "");
}

function relativeTo(url: string, home: string): string {
  const { origin, pathname, search } = new URL(url, home);
  return origin === new URL(home).origin ? `${pathname}${search}` : new URL(url, home).href;
}

function mostSaid(texts: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
