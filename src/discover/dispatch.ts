/**
 * One capture to the pages it names. The role says what was asked for, the bytes say what came: a
 * feed address that answers with the home page is read as the page it is.
 */
import type { Capture, FoundBy, PageRef } from "../model.ts";
import { urlKey } from "../url/index.ts";
import { openText } from "./bytes.ts";
import type { Discover, DiscoverContext, Discovered } from "./discover.ts";
import { parseFeed } from "./feed.ts";
import { discoverListing } from "./listing.ts";
import { pageRef, withoutRepeats } from "./page-ref.ts";
import { decideRole } from "./role.ts";
import { parseSitemap } from "./sitemap.ts";
import { sitemapTopic } from "./sitemap-topic.ts";
import { type FileKind, sniff } from "./sniff.ts";
import { parseWpPosts } from "./wp-json.ts";

/** Reads one capture by what its bytes are. Never throws; what was wrong stands in `problems`. */
export const discover: Discover = (capture, context) => {
  const { text, problems } = openText(capture);
  const kind = sniff(text);
  const read = READERS[kind](text, capture, context);
  const odd = expected(context, kind) ? [] : [`asked for a ${context.role}, got ${NAMES[kind]}`];
  return { ...read, problems: [...problems, ...odd, ...read.problems] };
};

type Reader = (text: string, capture: Capture, context: DiscoverContext) => Discovered;

const NOTHING: Discovered = { pages: [], sources: [], problems: [] };

const READERS: Readonly<Record<FileKind, Reader>> = {
  feed: discoverFeed,
  "json-feed": discoverFeed,
  sitemap: discoverSitemap,
  "url-list": discoverSitemap,
  "wp-json": discoverWpJson,
  html: discoverListing,
  empty: () => NOTHING,
  unknown: () => NOTHING,
};

const NAMES: Readonly<Record<FileKind, string>> = {
  feed: "a feed",
  "json-feed": "a feed",
  sitemap: "a sitemap",
  "url-list": "a list of URLs",
  "wp-json": "JSON",
  html: "a page of HTML",
  empty: "nothing",
  unknown: "something unknown",
};

function expected({ role }: DiscoverContext, kind: FileKind): boolean {
  if (role === "feed") return kind === "feed" || kind === "json-feed";
  if (role === "sitemap") return kind === "sitemap" || kind === "url-list";
  return role === "wp-json" ? kind === "wp-json" : kind === "html";
}

function discoverFeed(text: string, capture: Capture, context: DiscoverContext): Discovered {
  const feed = parseFeed(text, capture.finalUrl);
  const pages = feed.entries.map((entry) =>
    pageRef(entry.url, context.siteId, "article", "feed", entry),
  );
  const next =
    feed.next === null || context.depth <= 0
      ? []
      : [pageRef(feed.next, context.siteId, "feed", "feed")];
  return inScope(pages, next, feed.problems, context);
}

function discoverSitemap(text: string, capture: Capture, context: DiscoverContext): Discovered {
  const { entries, problems } = parseSitemap(text, capture.finalUrl);
  const topic = sitemapTopic(capture.url);
  const pages: PageRef[] = [];
  const sources: PageRef[] = [];
  for (const entry of entries) {
    const ref = (role: PageRef["role"], foundBy: FoundBy = "sitemap"): PageRef =>
      pageRef(entry.url, context.siteId, role, foundBy, entry);
    if (entry.kind === "sitemap") {
      if (sitemapTopic(entry.url) !== "skip") sources.push(ref("sitemap"));
    } else if (entry.kind === "news" || topic === "articles") pages.push(ref("article"));
    else if (topic !== "skip") {
      const { role, isWorthwhile } = decideRole(entry.url, { site: context.site });
      if (topic === "listings" || (role === "listing" && isWorthwhile)) {
        if (context.depth > 0) pages.push(ref("listing"));
      } else if (role === "article" && isWorthwhile) pages.push(ref("article"));
    }
  }
  // One program wrote all of a sitemap and spells alike; a third of a large one's time is saved.
  return inScope(pages, sources, problems, context, (url) => url);
}

function discoverWpJson(text: string, capture: Capture, context: DiscoverContext): Discovered {
  const { posts, problems } = parseWpPosts(text, capture.finalUrl);
  const pages = posts.map((post) => pageRef(post.url, context.siteId, "article", "wp-json", post));
  return inScope(pages, [], problems, context);
}

function inScope(
  pages: readonly PageRef[],
  sources: readonly PageRef[],
  problems: readonly string[],
  { isInScope }: DiscoverContext,
  key: (url: string) => string = urlKey,
): Discovered {
  const own = pages.filter(({ url }) => isInScope(url));
  const outside = pages.length - own.length;
  return {
    pages: withoutRepeats(own, ({ url }) => key(url)),
    sources: withoutRepeats(sources, ({ url }) => (isInScope(url) ? key(url) : null)),
    problems: outside > 0 ? [...problems, `${outside} addresses are outside the site`] : problems,
  };
}
