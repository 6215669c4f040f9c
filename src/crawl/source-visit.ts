/** Reading a listing, feed or sitemap for more pages, and keeping it too: it proves what was on offer. */
import { pack } from "../codec/index.ts";
import { type Discovered, discover } from "../discover/index.ts";
import type { Capture, PageRef } from "../model.ts";
import type { Lease, Visit } from "../store/store.ts";
import { isSameSite } from "../url/index.ts";
import type { VisitContext } from "./context.ts";
import { afterSource } from "./revisit.ts";
import { guessedSources } from "./seeds.ts";
import { readRest } from "./wp-rest.ts";

/** Lists that show their newest entries only. */
const WINDOWS: ReadonlySet<PageRef["role"]> = new Set(["feed", "listing"]);

export async function readSource(
  capture: Capture,
  lease: Lease,
  context: VisitContext,
): Promise<Visit> {
  const { runId, isWanted, sourcesSince } = context;
  const { page } = lease;
  const first = read(capture, page, context);
  const rest = page.role === "wp-json" ? await readRest(capture, lease, context) : null;
  const further = (rest?.more ?? []).map((more) => read(more.capture, page, context));
  const found = [first, ...further].flatMap(({ pages }) => pages);
  const articles = found.filter((ref) => ref.role === "article" && isWanted(ref));
  await enqueueSources([...first.sources, ...found], page, context);
  const isWindow = WINDOWS.has(page.role);
  const at = capture.fetchedAt;
  const plans = afterSource(at, lease, articles, isWindow);
  return {
    ...{ kind: "listed", at, runId, ...plans.quiet, ifNews: plans.news },
    ...{ capture, packed: pack(capture.body), found: articles, isWindow },
    unlessSince: sourcesSince,
    ...(rest !== null && { more: rest.more, texts: rest.texts, askNext: rest.askNext }),
  };
}

function read(capture: Capture, page: PageRef, { deps, site }: VisitContext): Discovered {
  const isEntrance = page.foundBy === "home" || page.foundBy === "seed";
  const found = discover(capture, {
    siteId: site.id,
    site,
    role: page.role === "article" ? "listing" : page.role,
    isInScope: (url) => isSameSite(url, site.hosts),
    depth: isEntrance ? 1 : 0,
  });
  for (const message of found.problems) deps.onEvent({ kind: "problem", url: page.url, message });
  return found;
}

/** New sources are visited by this run; known ones have a time of their own. */
async function enqueueSources(
  refs: readonly PageRef[],
  page: PageRef,
  { deps, site, hasSitemap, sourcesSince }: VisitContext,
): Promise<void> {
  const now = deps.now();
  const sources = refs.filter(({ role }) => role !== "article");
  if (page.foundBy === "home") {
    const has = (role: PageRef["role"], named: readonly string[]): boolean =>
      named.length > 0 || sources.some((source) => source.role === role);
    const missing = {
      feed: !has("feed", site.feeds),
      sitemap: !hasSitemap && !has("sitemap", site.sitemaps),
    };
    // A guess is tried once, ever: what is not there today costs a request every hour otherwise.
    await deps.store.enqueue(guessedSources(site, missing), { now, known: "keep" });
  }
  await deps.store.enqueue(sources, { now, known: "if-modified", unlessSince: sourcesSince });
}
