/**
 * WordPress's own list of posts: 100 addresses with their dates a request. Asked oldest first (what is
 * published meanwhile moves nothing) and year by year (a database skips 20,000 rows only slowly).
 * REST API Handbook, "Posts": after, before, per_page ≤ 100, page, orderby, order, `_fields`;
 * `X-WP-TotalPages` counts the pages, one too many is answered with 400.
 */
import { parseWpPosts } from "../../discover/index.ts";
import type { Capture, PageRef } from "../../model.ts";
import { localToUtc, utcToLocal } from "../../text/index.ts";
import { resolveUrl } from "../../url/index.ts";
import { FOUND_BY, type Window } from "./options.ts";
import type { FindPages, WayContext } from "./way.ts";
import { mayBelong, widened } from "./window.ts";

/** The most WordPress gives; some hosts allow less and refuse the whole question. */
const PER_PAGE = [100, 20] as const;
/** Left out of it is the text: 100 posts weigh 30 KB instead of 1 MB. */
const FIELDS = "id,link,title,date_gmt,modified_gmt";
/** 100,000 posts in a year; beyond that the counter is wrong. */
const MOST_PAGES = 1_000;
/** How a post's list is named under any root. */
const POSTS = "wp/v2/posts";
const API_REL = /<([^>]+)>\s*;[^,]*rel="?https:\/\/api\.w\.org\/"?/u;

export const findWpPosts: FindPages = async function* (context) {
  const root = await findRoot(context);
  if (root === null) return;
  for (const year of yearsOf(widened(context.window), context.timeZone)) {
    for (let page = 1, pages = 1; page <= Math.min(pages, MOST_PAGES); page++) {
      const answer = await askPosts(root, year, page, context);
      if (answer.kind === "read") {
        pages = answer.reading.totalPages ?? (answer.reading.isFull ? page + 1 : page);
        yield answer.reading.pages;
      } else if (answer.kind === "failed" && answer.status !== 400) {
        context.onProblem(answer.detail);
        return;
      } else break;
    }
  }
};

interface Root {
  readonly url: string;
  readonly perPage: number;
}

/** The rule's root, the one the home page names in its `Link` header, or the usual two. */
async function findRoot(context: WayContext): Promise<Root | null> {
  const { site, window } = context;
  const usual = [site.wpJson, "/wp-json/", "/?rest_route=/"];
  const roots = usual.flatMap((root) => {
    const url = root === null ? null : resolveUrl(root, site.home);
    return url === null ? [] : [url];
  });
  let detail = "";
  const tried = new Set<string>();
  const tryRoot = async (url: string): Promise<Root | null> => {
    for (const perPage of tried.has(url) ? [] : PER_PAGE) {
      const answer = await askPosts({ url, perPage }, widened(window), 1, context, true);
      if (answer.kind === "read" && answer.reading.isList) return { url, perPage };
      detail = answer.kind === "failed" ? answer.detail : `${url}: no list of posts`;
      if (answer.kind !== "failed" || answer.status !== 400) break;
    }
    tried.add(url);
    return null;
  };
  for (const url of roots.slice(0, 1)) {
    const root = await tryRoot(url);
    if (root !== null) return root;
  }
  const home = await context.lookup.ask(
    { url: site.home, foundBy: "home", role: "listing" },
    () => ({
      pages: [],
    }),
  );
  const named = home.kind === "read" ? linkedRoot(home.capture) : null;
  for (const url of [...(named === null ? [] : [named]), ...roots.slice(1)]) {
    const root = await tryRoot(url);
    if (root !== null) return root;
  }
  context.onProblem(`no WordPress REST API: ${detail}`);
  return null;
}

function linkedRoot({ headers, finalUrl }: Capture): string | null {
  for (const [name, value] of headers) {
    const link = name === "link" ? API_REL.exec(value)?.[1] : undefined;
    if (link !== undefined) return resolveUrl(link, finalUrl);
  }
  return null;
}

/** `isProbe` asks for one page of the whole window: whether anybody answers there. */
function askPosts(
  { url, perPage }: Root,
  window: Window,
  page: number,
  context: WayContext,
  isProbe = false,
) {
  const { lookup, isInScope, site, timeZone } = context;
  const query = new URLSearchParams({
    // Local time without offset, which every version of WordPress takes for the site's own.
    after: wallTime(window.from, timeZone),
    before: wallTime(window.to, timeZone),
    ...{ per_page: String(perPage), page: String(page), orderby: "date", order: "asc" },
    _fields: isProbe ? "id" : FIELDS,
  });
  const separator = url.includes("?") ? "&" : "?";
  const question = { url: `${url}${POSTS}${separator}${query}`, foundBy: FOUND_BY.wp } as const;
  return lookup.ask(question, (capture) => {
    const text = new TextDecoder().decode(capture.body);
    const { posts, problems } = parseWpPosts(text, capture.finalUrl);
    const pages = posts
      .filter((post) => isInScope(post.url))
      .map(({ url, title, publishedAt, lastModifiedAt }): PageRef => {
        const found = { siteId: site.id, role: "article", foundBy: FOUND_BY.wp } as const;
        return { url, ...found, title, publishedAt, lastModifiedAt };
      })
      .filter((ref) => mayBelong(ref, context.window, timeZone));
    if (!isProbe) for (const problem of problems) context.onProblem(problem);
    return {
      pages,
      isList: /^\s*(?:\uFEFF)?\[/u.test(text),
      isFull: posts.length >= perPage,
      totalPages: countIn(capture, "x-wp-totalpages"),
    };
  });
}

function countIn({ headers }: Capture, wanted: string): number | null {
  const value = headers.find(([name]) => name === wanted)?.[1] ?? "";
  return /^\d+$/u.test(value) ? Number(value) : null;
}

function yearsOf({ from, to }: Window, timeZone: string): Window[] {
  const years: Window[] = [];
  for (let start = from; start < to; ) {
    const { year } = utcToLocal(start, timeZone);
    const end = Math.min(to, localToUtc({ year: year + 1, month: 1, day: 1 }, timeZone));
    // `after` is exclusive: a second earlier takes in midnight itself.
    years.push({ from: start - 1_000, to: end });
    start = end;
  }
  return years;
}

function wallTime(at: number, timeZone: string): string {
  const { year, month, day, hour, minute, second } = utcToLocal(at, timeZone);
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}
