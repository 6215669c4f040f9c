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
import type { Found } from "./base-rule.ts";
import type { BenchPage } from "./page.ts";
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
/** Sections opened when the home page shows no article at all. */
const MOST_SECTIONS_READ = 3;
/** Articles looked at for each that is wanted: some pages turn out to be none. */
const TRIES_PER_PAGE = 2;
const WP_POSTS = "wp/v2/posts";

export async function gather(options: GatherOptions): Promise<Gathered> {
  const { signal, onPage } = options;
  const site = genericSite(new URL(options.url).origin);
  const fetch = createFetch(options, site);
  const read = createPageReader({ sites: [site], themes: options.themes });
  const pages: BenchPage[] = [];
  const refs: PageRef[] = [];
  const sources: PageRef[] = [];
  /** Sections named on article pages: a site's menu, rather than what the home page shows today. */
  const menu = new Set<string>();
  const refused = new Set<string>();

  const list = (capture: Capture, role: PageRole) => {
    const { hosts } = site;
    const isInScope = (url: string): boolean => isSameSite(url, hosts);
    return discover(capture, { siteId: site.id, site, role, isInScope, depth: 1 });
  };
  const readList = (capture: Capture): void => {
    const found = list(capture, "listing");
    refs.push(...found.pages);
    sources.push(...found.sources);
  };
  const use = (capture: Capture): string => {
    const page = benchPage(capture, site, read);
    if (typeof page === "string") return page;
    const found = list(capture, "listing");
    sources.push(...found.sources);
    for (const { url } of byRole(found.pages, "listing")) menu.add(urlKey(url));
    pages.push(page);
    return "article";
  };
  const openList = async (url: string): Promise<void> => {
    const capture = await fetch(url, "html");
    if (typeof capture !== "string") readList(capture);
    onPage(url, typeof capture === "string" ? capture : "list");
  };

  const first = await fetch(options.url, "html");
  if (typeof first === "string") return { kind: "failed", detail: first };
  const isHome = urlKey(first.finalUrl) === urlKey(site.home);
  const what = isHome ? "home" : use(first);
  onPage(first.finalUrl, what);
  readList(first);
  if (!isHome) await openList(site.home);
  const sections = byRole(refs, "listing").map(({ url }) => url);
  for (const url of sections.slice(0, MOST_SECTIONS_READ)) {
    if (byRole(refs, "article").length > 0) break;
    await openList(url);
  }
  const tried = new Set(pages.map(({ capture }) => urlKey(capture.finalUrl)));
  let tries = options.pages * TRIES_PER_PAGE;
  const visitUntil = async (wanted: number): Promise<void> => {
    for (const url of spread(unique(byRole(refs, "article").map((ref) => ref.url)))) {
      if (pages.length >= wanted || tries <= 0 || signal.aborted) break;
      if (tried.has(urlKey(url))) continue;
      tried.add(urlKey(url));
      tries -= 1;
      const capture = await fetch(url, "html");
      if (typeof capture === "string") refused.add(urlKey(url));
      onPage(url, typeof capture === "string" ? capture : use(capture));
    }
  };
  // Many sites name their feed on articles only.
  await visitUntil(1);
  const named = unique(byRole(sources, "feed").map(({ url }) => url)).slice(0, MOST_FEEDS);
  const guesses = byRole(usualSources(site.home), "feed").slice(0, MOST_GUESSES);
  const feeds: string[] = [];
  for (const url of named.length > 0 ? named : guesses.map((guess) => guess.url)) {
    if (signal.aborted || (named.length === 0 && feeds.length > 0)) break;
    const capture = await fetch(url, "any");
    const found = typeof capture === "string" ? [] : list(capture, "feed").pages;
    const entries = found.filter(({ foundBy }) => foundBy === "feed");
    onPage(url, typeof capture === "string" ? capture : `feed of ${entries.length} articles`);
    if (entries.length === 0) continue;
    feeds.push(url);
    refs.push(...entries);
  }
  signal.throwIfAborted();
  const inRobots = await options.fetcher.sitemapsOf(new URL(site.home).origin, signal);
  const sitemaps = unique(byRole(sources, "sitemap").map(({ url }) => url));
  const [sitemap] = [...inRobots, ...sitemaps];
  if (sitemap !== undefined && byRole(refs, "article").length < options.pages) {
    const capture = await fetch(sitemap, "any");
    if (typeof capture !== "string") refs.push(...list(capture, "sitemap").pages);
    onPage(sitemap, typeof capture === "string" ? capture : "sitemap");
  }
  await visitUntil(options.pages);
  signal.throwIfAborted();
  if (pages.length === 0)
    return { kind: "failed", detail: `${options.url}: no article was found from there` };
  const listed = unique([
    ...(isHome || what === "article" ? [] : [first.finalUrl]),
    ...byRole(refs, "listing").map(({ url }) => url),
  ]).filter((url) => urlKey(url) !== urlKey(site.home));
  const inMenu = listed.filter(
    (url) => menu.has(urlKey(url)) || urlKey(url) === urlKey(first.finalUrl),
  );
  return {
    kind: "found",
    found: {
      home: site.home,
      pages,
      articleUrls: byRole(refs, "article")
        .map(({ url }) => url)
        .filter((url) => !refused.has(urlKey(url))),
      listings: (inMenu.length > 0 ? inMenu : listed).slice(0, MOST_LISTINGS),
      feeds,
      // A rule names only those robots.txt does not.
      sitemaps: sitemaps.filter((url) => !inRobots.includes(url)),
      wpJson: wpRootOf(byRole(sources, "wp-json")[0]?.url),
    },
  };
}

/** @returns a fetch that answers with the capture, or with a sentence why there is none */
function createFetch({ fetcher, delayMs, signal }: GatherOptions, site: SiteRule) {
  return async (url: string, accept: "html" | "any"): Promise<Capture | string> => {
    const outcome = await fetcher.fetch(
      {
        ...{ url, etag: null, lastModified: null, accept },
        isInScope: (target) => isSameSite(target, site.hosts),
        ...(delayMs !== null && { delayMs }),
      },
      signal,
    );
    if (outcome.kind === "captured") return outcome.capture;
    if (outcome.kind === "gone") return `HTTP ${outcome.status}`;
    return "detail" in outcome ? outcome.detail.replace(`${url}: `, "") : outcome.kind;
  };
}

/** @returns why the page is of no use, when it is not */
export function benchPage(capture: Capture, site: SiteRule, read: ReadPage): BenchPage | string {
  const { finalUrl, fetchedAt, headers, body } = capture;
  const job = { url: finalUrl, fetchedAt, headers, body, explain: false, pack: false };
  const { article, kind, theme } = read({ ...job, siteId: site.id }).extraction;
  if (article === null) return `not an article: ${kind}`;
  // A rule's name goes before what the page calls itself, and the one made up here is the host.
  const siteName = read({ ...job, siteId: null }).extraction.article?.siteName ?? null;
  const tree = readTree(decode({ body, headers }).text);
  return { capture, generic: article, theme, siteName, tree };
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
