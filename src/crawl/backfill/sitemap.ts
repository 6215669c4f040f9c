/**
 * The site's sitemaps, only the parts that can speak of the window: an index names its parts with the
 * day they last changed, and many carry a month in their names. One part a month is one request a
 * month.
 */
import { discover, usualSources } from "../../discover/index.ts";
import type { PageRef } from "../../model.ts";
import { localToUtc } from "../../text/index.ts";
import { resolveUrl, urlKey } from "../../url/index.ts";
import { pageRef } from "../seeds.ts";
import type { Window } from "./options.ts";
import { FOUND_BY } from "./options.ts";
import type { FindPages } from "./way.ts";
import { mayBelong, overlaps, widened } from "./window.ts";

/** `sitemap-pt-post-2019-03.xml`, `sitemap.xml?yyyy=2019&mm=03`, `news_201903.xml`, `sitemap/2019/3`. */
const DATE_IN_NAME =
  /(?<!\d)((?:19|20)\d\d)(?:[-_./]?(?:[a-z&]+=)?(0?[1-9]|1[0-2])(?!\d))?(?!\d{3})/giu;
/** Indexes of indexes exist; deeper ones are circles. */
const MOST_SITEMAPS = 2_000;

/** @param robotsSitemaps - the sitemaps robots.txt names */
export function sitemapFinder(robotsSitemaps: () => Promise<readonly string[]>): FindPages {
  return async function* (context) {
    const { site, window, timeZone, lookup, isInScope } = context;
    const named = [
      ...site.sitemaps.flatMap((url) => resolveUrl(url, site.home) ?? []),
      ...(await robotsSitemaps()),
    ];
    const isGuessed = named.length === 0;
    const queue: PageRef[] = isGuessed
      ? usualSources(site.home).filter(({ role }) => role === "sitemap")
      : named.map((url) => pageRef(site.id, url, "sitemap", "sitemap"));
    const seen = new Set<string>();
    let answered = 0;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const key = urlKey(next.url);
      if (seen.has(key) || seen.size >= MOST_SITEMAPS) continue;
      if (isGuessed && next.foundBy === "guess" && answered > 0) continue;
      seen.add(key);
      const answer = await lookup.ask(
        { url: next.url, foundBy: FOUND_BY.sitemap, role: "sitemap" },
        (capture) => {
          const found = discover(capture, {
            ...{ siteId: site.id, site, role: "sitemap", isInScope, depth: 0 },
          });
          const pages = found.pages.filter(
            (page) => page.role === "article" && mayBelong(page, window, timeZone),
          );
          return { ...found, pages };
        },
      );
      if (answer.kind === "read") {
        const { pages, sources, problems } = answer.reading;
        for (const problem of problems) context.onProblem(`${next.url}: ${problem}`);
        if (pages.length > 0 || sources.length > 0) answered++;
        queue.push(...sources.filter((source) => maySpeakOf(source, window, timeZone)));
        yield pages;
      } else if (!isGuessed) {
        context.onProblem(answer.kind === "gone" ? `${next.url}: not there` : answer.detail);
      }
    }
    if (answered === 0) context.onProblem("no sitemap was found");
  };
}

/** Whether a part of an index may name pages of the window: by its name, else by its last change. */
export function maySpeakOf(part: PageRef, window: Window, timeZone: string): boolean {
  const wide = widened(window);
  const named = [
    ...new URL(part.url).pathname.concat(new URL(part.url).search).matchAll(DATE_IN_NAME),
  ];
  const last = named.at(-1);
  if (last !== undefined) {
    const year = Number(last[1]);
    const month = last[2] === undefined ? null : Number(last[2]);
    const start = localToUtc({ year, month: month ?? 1, day: 1 }, timeZone);
    const [endYear, endMonth] = month === null || month === 12 ? [year + 1, 1] : [year, month + 1];
    if (!overlaps(wide, start, localToUtc({ year: endYear, month: endMonth, day: 1 }, timeZone))) {
      return false;
    }
  }
  return part.lastModifiedAt === null || part.lastModifiedAt >= wide.from;
}
