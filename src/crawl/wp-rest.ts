/**
 * WordPress's REST list of posts. The first visit reads the newest posts, as many pages as a run may;
 * later ones ask only for what was published after the newest post known, oldest first, so that
 * nothing is lost however much it is. Each post's text is kept beside its page, with its category and
 * tag names (asked for by number, once).
 */
import { pack } from "../codec/index.ts";
import { parseWpPosts, type WpPost } from "../discover/index.ts";
import type { Capture, Headers, PackedBody, PageRef } from "../model.ts";
import type { Lease } from "../store/store.ts";
import { isSameSite } from "../url/index.ts";
import type { VisitContext } from "./context.ts";
import { pageRef } from "./seeds.ts";
import { postPage } from "./wp-post.ts";

/** 500 posts: two weeks of a busy agency. What lies further back is backfill's. */
const MOST_PAGES = 5;
/** The most WordPress gives in one answer, of anything. */
const PER_REQUEST = 100;
/** Where the list of posts stands under any root, also `?rest_route=/wp/v2/posts`. */
const POSTS = /wp\/v2\/posts/u;

type Page = { readonly capture: Capture; readonly packed: PackedBody };

export interface RestReading {
  readonly more: readonly Page[];
  readonly texts: readonly (Page & { readonly page: PageRef })[];
  readonly askNext: string;
}

/** What else comes with a first answer: its further pages, the posts' texts, where to ask next time. */
export async function readRest(
  first: Capture,
  lease: Lease,
  context: VisitContext,
): Promise<RestReading> {
  const more: Page[] = [];
  const last = Math.min(MOST_PAGES, Number(header(first.headers, "x-wp-totalpages") ?? 1));
  for (let page = 2; page <= last; page++) {
    const capture = await ask(withQuery(first.url, { page: `${page}` }), context);
    if (capture === null) break;
    more.push({ capture, packed: pack(capture.body) });
  }
  const posts = [first, ...more.map(({ capture }) => capture)].flatMap(postsOf);
  const names = await namesOf(posts, first.url, context);
  return { more, texts: textsOf(posts, names, first, context), askNext: next(first, lease, posts) };
}

/**
 * A server with validators is asked the very same once more, which costs it nothing while nothing is
 * new; from then on, and everywhere else, only for what is newer than the newest post known.
 */
function next(first: Capture, lease: Lease, posts: readonly WpPost[]): string {
  const hasValidators = ["etag", "last-modified"].some((name) => header(first.headers, name));
  const isFirstVisit = (lease.askedUrl ?? null) === null && lease.etag === null;
  const newest = Math.max(...posts.map(({ publishedAt }) => publishedAt ?? 0));
  if (!(newest > 0) || (hasValidators && isFirstVisit && lease.lastModified === null)) {
    return first.url;
  }
  const after = new Date(newest).toISOString().replace(".000Z", "Z");
  return withQuery(lease.page.url, { after, order: "asc" });
}

function textsOf(
  posts: readonly WpPost[],
  names: ReadonlyMap<string, string>,
  list: Capture,
  { site, isWanted }: VisitContext,
): RestReading["texts"] {
  return posts.flatMap((post) => {
    if (post.contentHtml === null || !isSameSite(post.url, site.hosts)) return [];
    const { publishedAt, lastModifiedAt, title } = post;
    const ref = pageRef(site.id, post.url, "article", "wp-json");
    const page = { ...ref, title, publishedAt, lastModifiedAt };
    if (!isWanted(page)) return [];
    const body = Buffer.from(postPage(post, names), "utf8");
    const headers: Headers = [["content-type", "text/html; charset=utf-8"]];
    const { fetchedAt, status } = list;
    const where = { url: post.url, finalUrl: post.url, redirects: [], fetchedAt, status };
    const capture: Capture = { ...where, headers, body, via: "wp-json" };
    return [{ page, capture, packed: pack(body) }];
  });
}

/** The names of all terms of some posts, known or asked for: `category 7` → `محلي`. */
async function namesOf(
  posts: readonly WpPost[],
  listUrl: string,
  context: VisitContext,
): Promise<ReadonlyMap<string, string>> {
  const { store } = context.deps;
  const names = new Map(await store.wpTerms(context.site.id));
  for (const [taxonomy, list, idsOf] of TAXONOMIES) {
    const ids = [...new Set(posts.flatMap(idsOf))].filter((id) => !names.has(`${taxonomy} ${id}`));
    for (let start = 0; start < ids.length; start += PER_REQUEST) {
      const include = ids.slice(start, start + PER_REQUEST).join(",");
      const url = new URL(listUrl.replace(POSTS, `wp/v2/${list}`));
      for (const name of ["after", "order", "page"]) url.searchParams.delete(name);
      const capture = await ask(withQuery(url.href, { include, _fields: "id,name" }), context);
      if (capture === null) break;
      const found = termsOf(capture, taxonomy);
      for (const [key, name] of found) names.set(key, name);
      await store.putWpTerms(context.site.id, found);
    }
  }
  return names;
}

const TAXONOMIES: readonly (readonly [string, string, (post: WpPost) => readonly number[]])[] = [
  ["category", "categories", ({ categoryIds }) => categoryIds],
  ["tag", "tags", ({ tagIds }) => tagIds],
];

function termsOf({ body }: Capture, taxonomy: string): Map<string, string> {
  try {
    const list: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
    const terms = (Array.isArray(list) ? list : []) as { id?: unknown; name?: unknown }[];
    return new Map(
      terms.flatMap(({ id, name }) =>
        Number.isInteger(id) && typeof name === "string" ? [[`${taxonomy} ${id}`, name]] : [],
      ),
    );
  } catch {
    return new Map();
  }
}

async function ask(url: string, context: VisitContext): Promise<Capture | null> {
  const { deps, site, delayMs, hardSignal } = context;
  const outcome = await deps.fetcher.fetch(
    {
      url,
      isInScope: (target) => isSameSite(target, site.hosts),
      ...{ etag: null, lastModified: null, accept: "any" },
      delayMs: delayMs ?? site.delayMs,
    },
    hardSignal,
  );
  return outcome.kind === "captured" ? outcome.capture : null;
}

function postsOf({ body, finalUrl }: Capture): readonly WpPost[] {
  return parseWpPosts(Buffer.from(body).toString("utf8"), finalUrl).posts;
}

function withQuery(url: string, values: Readonly<Record<string, string>>): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(values)) target.searchParams.set(name, value);
  return target.href;
}

function header(headers: Headers, wanted: string): string | undefined {
  return headers.find(([name]) => name === wanted)?.[1];
}
