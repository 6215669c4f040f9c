/** Which pages a run wants, after --include, --exclude and --max-age. Sources are always wanted. */
import type { PageRef } from "../model.ts";
import { dateFromUrl } from "../text/index.ts";
import { displayUrl } from "../url/index.ts";
import type { CrawlOptions } from "./options.ts";

/** Days in addresses are local days; a zone off by hours does not matter to an age in days. */
const TIME_ZONE = "Africa/Tripoli";

export type PageFilter = (page: PageRef) => boolean;

/** Patterns see both the URL as it is and as a person reads it (Arabic slugs decoded). */
export function createPageFilter(
  options: Pick<CrawlOptions, "include" | "exclude" | "maxAgeMs">,
  now: () => number,
): PageFilter {
  const matches = (patterns: readonly RegExp[], { url }: PageRef): boolean =>
    patterns.some((pattern) => pattern.test(url) || pattern.test(displayUrl(url)));
  return (page) => {
    if (page.role !== "article") return true;
    if (options.include.length > 0 && !matches(options.include, page)) return false;
    if (matches(options.exclude, page)) return false;
    const datedAt =
      page.publishedAt ?? page.lastModifiedAt ?? dateFromUrl(page.url, TIME_ZONE)?.at ?? null;
    return options.maxAgeMs === null || datedAt === null || now() - datedAt <= options.maxAgeMs;
  };
}
