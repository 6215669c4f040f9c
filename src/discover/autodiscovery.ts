/**
 * Where a site's machine-readable lists are: what a page points to (`<link rel=alternate>`, the
 * `https://api.w.org/` link of WordPress) and the places worth trying when nothing points anywhere.
 * Sitemaps named in robots.txt are the engine's to add.
 */
import type { FoundBy, Headers, PageRef, PageRole } from "../model.ts";
import { resolveUrl } from "../url/index.ts";
import type { DiscoverContext } from "./discover.ts";
import type { HeadLink } from "./links.ts";
import { pageRef } from "./page-ref.ts";
import { USUAL_PLACES } from "./vocabulary.ts";

const FEED_TYPES: ReadonlySet<string> = new Set([
  "application/rss+xml",
  "application/atom+xml",
  "application/rdf+xml",
  "application/feed+json",
  "application/x.atom+xml",
  "application/x-atom+xml",
  "text/rss+xml",
]);
const WP_API_REL = "https://api.w.org/";
// Feeds of comments hold no articles; WordPress links one beside the feed of posts on every page.
const COMMENT_FEED = /\/comments\/feed|comments_popup|feed=comments|feed=rss2&p=/iu;
const LINK_HEADER_ENTRY = /<([^<>]*)>([^<]*)/gu;
const WP_POSTS_PATH = "wp/v2/posts?per_page=100";

/** Feeds, sitemaps and REST roots named in a page's head and headers, in that order. */
export function sourcesOfPage(
  headLinks: readonly HeadLink[],
  headers: Headers,
  context: Pick<DiscoverContext, "siteId" | "isInScope">,
): PageRef[] {
  const source = (url: string, role: PageRole, foundBy: FoundBy = "link"): PageRef =>
    pageRef(url, context.siteId, role, foundBy);
  const sources: PageRef[] = [];
  for (const { rel, type, url } of headLinks) {
    const rels = rel.split(/\s+/u);
    const isFeed =
      rels.includes("alternate") && FEED_TYPES.has(type.split(";", 1)[0]?.trim() ?? "");
    if (isFeed && !COMMENT_FEED.test(url)) sources.push(source(url, "feed"));
    else if (rels.includes("sitemap")) sources.push(source(url, "sitemap"));
    else if (rels.includes(WP_API_REL)) sources.push(source(postsUnder(url), "wp-json"));
  }
  for (const root of wpRootsInHeaders(headers)) sources.push(source(postsUnder(root), "wp-json"));
  return sources.filter(({ url }) => context.isInScope(url));
}

/**
 * Places to try on a site that names none, most common first. Each is a guess and may be a 404.
 *
 * @param siteId - goes into the refs; the caller of an unknown site may fill it in later
 */
export function usualSources(home: string, siteId = ""): readonly PageRef[] {
  return (["feed", "sitemap", "wp-json"] as const).flatMap((role) =>
    USUAL_PLACES[role].flatMap((path) => {
      const url = resolveUrl(path, home);
      return url === null ? [] : [pageRef(url, siteId, role, "guess")];
    }),
  );
}

function wpRootsInHeaders(headers: Headers): string[] {
  return headers
    .filter(([name]) => name === "link")
    .flatMap(([, value]) => [...value.matchAll(LINK_HEADER_ENTRY)])
    .filter(([, , attributes = ""]) => attributes.includes(WP_API_REL))
    .flatMap(([, target = ""]) => (URL.canParse(target) ? [target] : []));
}

/** The list of posts under a REST root, which may be renamed (`/lefunot/`) or a query (`?rest_route=/`). */
function postsUnder(root: string): string {
  const url = new URL(root);
  if (url.searchParams.has("rest_route")) return `${root}${WP_POSTS_PATH.replace("?", "&")}`;
  return new URL(WP_POSTS_PATH, root.endsWith("/") ? root : `${root}/`).href;
}
