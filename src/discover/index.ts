/**
 * Finding pages in what was fetched. Pure: captures in, PageRefs out; whoever calls does the fetching.
 * `discover` is the way in; the parsers stand beside it for those who need one alone.
 */
export { sourcesOfPage, usualSources } from "./autodiscovery.ts";
export type { Discover, DiscoverContext, Discovered } from "./discover.ts";
export { discover } from "./dispatch.ts";
export type { LinkEvidence } from "./evidence.ts";
export { explainPages } from "./explain.ts";
export { type Feed, type FeedEntry, parseFeed } from "./feed.ts";
export { type DecidedLink, decideLinks } from "./listing.ts";
export { decideRole, type RoleDecision } from "./role.ts";
export { parseSitemap, type Sitemap, type SitemapEntry } from "./sitemap.ts";
export { parseWpPosts, type WpPost, type WpPosts } from "./wp-json.ts";
