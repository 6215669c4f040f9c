/** What a sitemap's file name says of its entries: `post-sitemap2.xml`, `wp-sitemap-taxonomies-category-1.xml`. */
import { PATH_WORDS } from "./vocabulary.ts";

export type SitemapTopic = "articles" | "listings" | "skip" | "unknown";

/** WordPress core, Yoast and Rank Math all name their parts; other names say nothing. */
export function sitemapTopic(url: string): SitemapTopic {
  const file = new URL(url).pathname.split("/").at(-1)?.toLowerCase() ?? "";
  const words = file
    .replace(/\.(?:xml|txt)(?:\.gz)?$/u, "")
    .replace(/\d+/gu, "")
    .split(/-|\bsitemap\b/u)
    .filter(Boolean);
  const has = (list: ReadonlySet<string>): boolean => words.some((word) => list.has(word));
  if (has(PATH_WORDS.skipSitemaps)) return "skip";
  if (has(PATH_WORDS.listingSitemaps)) return "listings";
  return has(PATH_WORDS.articleSitemaps) ? "articles" : "unknown";
}
