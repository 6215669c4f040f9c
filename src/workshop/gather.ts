/**
 * Fetching what a rule is made from: the home or section page, its feed, and a handful of articles,
 * as different as the lists offer. Politely, one request after the other.
 */

import { decode } from "../decode/index.ts";
import { discover, usualSources } from "../discover/index.ts";
import type { Fetcher } from "../fetch/index.ts";
import type { Capture, PageRef, PageRole } from "../model.ts";
import { createPageReader, type ReadPage } from "../process/index.ts";
import { genericSite, type SiteRule, type ThemeRule } from "../sites/index.ts";
import { isSameSite, urlKey } from "../url/index.ts";
import type { BenchPage } from "./page.ts";
import type { Found } from "./propose.ts";
import { readTree } from "./tree.ts";

export interface GatherOptions {
  readonly url: string;
  /** Article pages wanted. */
  readonly pages: number;
  readonly themes: readonly ThemeRule[];
  /** Least time between two requests; null leaves the fetcher's own. */
  readonly delayMs: number | null;
  readonly fetcher: Fetcher;
  readonly signal: AbortSignal;
  /** Told of every page that was looked at, and why one was not used. */
  readonly onPage: (url: string, what: string) => void;
}

export type Gathered =
  | { readonly kind: "found"; readonly found: Found }
  | { readonly kind: "failed"; readonly detail: string };

/** Feeds that are read: each costs a request, and a second one mostly repeats the first. */
const MOST_FEEDS = 2;
/** Usual places tried when nothing points to a feed. */
const MOST_GUESSES = 3;
/** Sections of a rule; a menu with more holds archives and tags. */
const MOST_LISTINGS = 24;
/** Articles looked at for each that is wanted: some pages turn out to be none. */
const TRIES_PER_PAGE = 2;
const WP_POSTS = "wp/v2/posts";

export async function gather(options: GatherOptions): Promise<Gathered> {
  const { fetcher, signal, onPage } = options;
  const site = genericSite(options.url);
  const read = createPageReader({ sites: [site], themes: options.themes });
  const isInScope = (url: string): boolean => isSameSite(url, site.hosts);
  const fetch = async (url: string, accept: "html" | "any"): Promise<Capture | string> => {
    const outcome = await fetcher.fetch(
      {
        ...{ url, isInScope, etag: null, lastModified: null, accept },
        ...(options.delayMs !== null && { delayMs: options.delayMs }),
      },
      signal,
    );
    if (outcome.kind === "captured") return outcome.capture;
    return "detail" in outcome ? outcome.detail : `${url}: ${outcome.kind}`;
  };
  const list = (capture: Capture, role: PageRole) =>
    discover(capture, { siteId: site.id, site, role, isInScope, depth: 1 });

  const first = await fetch(options.url, "html");
  if (typeof first === "string") return { kind: "failed", detail: first };
  const pages: BenchPage[] = [];
  const bench = benchPage(first, site, read);
  const isHome = urlKey(first.finalUrl) === urlKey(site.home);
  if (!isHome && typeof bench !== "string") pages.push(bench);
  onPage(first.finalUrl, isHome ? "home" : typeof bench === "string" ? bench : "article");

  const lists = [first];
  if (!isHome) {
    const home = await fetch(site.home, "html");
    if (typeof home === "string") onPage(site.home, home);
    else lists.push(home);
  }
  const discovered = lists.map((capture) => list(capture, "listing"));
  const refs = discovered.flatMap((one) => one.pages);
  const sources = discovered.flatMap((one) => one.sources);

  const named = byRole(sources, "feed").slice(0, MOST_FEEDS);
  const guesses = usualSources(site.home)
    .filter(({ role }) => role === "feed")
    .slice(0, MOST_GUESSES);
  const feeds: string[] = [];
  for (const { url } of named.length > 0 ? named : guesses) {
    if (named.length === 0 && feeds.length > 0) break;
    const capture = await fetch(url, "any");
    const entries =
      typeof capture === "string"
        ? []
        : list(capture, "feed").pages.filter(({ foundBy }) => foundBy === "feed");
    onPage(url, typeof capture === "string" ? capture : `feed of ${entries.length} articles`);
    if (entries.length === 0) continue;
    feeds.push(url);
    refs.push(...entries);
  }
  const inRobots = await fetcher.sitemapsOf(new URL(site.home).origin, signal);
  const articleUrls = unique(refs.filter(({ role }) => role === "article").map(({ url }) => url));
  const tried = new Set(pages.map(({ capture }) => urlKey(capture.finalUrl)));
  let tries = options.pages * TRIES_PER_PAGE;
  for (const url of spread(articleUrls)) {
    if (pages.length >= options.pages || tries <= 0 || signal.aborted) break;
    if (tried.has(urlKey(url))) continue;
    tried.add(urlKey(url));
    tries -= 1;
    const capture = await fetch(url, "html");
    const page = typeof capture === "string" ? capture : benchPage(capture, site, read);
    onPage(url, typeof page === "string" ? page : "article");
    if (typeof page !== "string" && isInScope(page.capture.finalUrl)) pages.push(page);
  }
  signal.throwIfAborted();
  if (pages.length === 0)
    return { kind: "failed", detail: `${options.url}: no article was found from there` };
  return {
    kind: "found",
    found: {
      home: site.home,
      pages,
      articleUrls,
      listings: unique([
        ...(isHome || typeof bench !== "string" ? [] : [first.finalUrl]),
        ...byRole(refs, "listing").map(({ url }) => url),
      ])
        .filter((url) => urlKey(url) !== urlKey(site.home))
        .slice(0, MOST_LISTINGS),
      feeds,
      // A rule names only those robots.txt does not.
      sitemaps: unique(byRole(sources, "sitemap").map(({ url }) => url)).filter(
        (url) => !inRobots.includes(url),
      ),
      wpJson: wpRootOf(byRole(sources, "wp-json")[0]?.url),
    },
  };
}

/** @returns why the page is of no use, when it is not */
export function benchPage(capture: Capture, site: SiteRule, read: ReadPage): BenchPage | string {
  const { finalUrl, fetchedAt, headers, body } = capture;
  const { extraction } = read({
    ...{ url: finalUrl, fetchedAt, headers, body, siteId: site.id },
    ...{ explain: false, pack: false },
  });
  const { article, kind, theme } = extraction;
  if (article === null) return `not an article: ${kind}`;
  return { capture, generic: article, theme, tree: readTree(decode({ body, headers }).text) };
}

/** Round and round the sections, so that a handful of pages shows more than one kind. */
export function spread(urls: readonly string[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const url of urls) {
    const section = new URL(url).pathname.split("/").filter(Boolean).slice(0, -1).join("/");
    groups.set(section, [...(groups.get(section) ?? []), url]);
  }
  const rows = [...groups.values()];
  const longest = Math.max(0, ...rows.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => rows.flatMap((row) => row[at] ?? [])).flat();
}

function byRole(refs: readonly PageRef[], role: PageRole): readonly PageRef[] {
  return refs.filter((ref) => ref.role === role);
}

function unique(urls: readonly string[]): readonly string[] {
  return [...new Map(urls.map((url) => [urlKey(url), url])).values()];
}

function wpRootOf(postsUrl: string | undefined): string | null {
  const at = postsUrl?.indexOf(WP_POSTS) ?? -1;
  return postsUrl === undefined || at < 0 ? null : postsUrl.slice(0, at);
}
