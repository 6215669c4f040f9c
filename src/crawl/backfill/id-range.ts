/**
 * Sites whose addresses are numbers: the articles the archive has already say which numbers belong to
 * the window, and those it lacks between them are asked for. Numbers are guesses, so a spread sample
 * goes first, and the whole is capped.
 */
import type { PageRef } from "../../model.ts";
import { compileTemplates, resolveUrl } from "../../url/index.ts";
import { FOUND_BY } from "./options.ts";
import type { FindPages, WayContext } from "./way.ts";

/** Articles on either side of the window that bound its numbers: one may be backdated, five are not. */
const NEIGHBOURS = 5;
/** Enough that a range with one article in ten numbers shows (88 %). */
const SAMPLE = 20;
/** At five seconds a number: three hours. The next run goes on, as those asked are known. */
const MOST_IDS = 2_000;
/** The only placeholder of a template that can be filled without having seen the page. */
const ONLY_ID = /^[^{}]*\{id\}[^{}]*$/u;

export interface DatedId {
  readonly id: number;
  readonly at: number;
}

export const findIdRange: FindPages = async function* (context) {
  const { site, store, window } = context;
  const template = site.articlePath.find((path) => ONLY_ID.test(path));
  if (template === undefined || store === null) {
    context.onProblem("no numbers in this site's addresses, or no article yet that shows which");
    return;
  }
  const bounds = boundsOf(await knownIds(template, context), window);
  if (bounds === null) {
    context.onProblem("the archive has no dated article that tells which numbers to ask for");
    return;
  }
  const missing: PageRef[] = [];
  for (let id = bounds.first; id <= bounds.last && missing.length < MOST_IDS; id++) {
    const url = resolveUrl(template.replace("{id}", String(id)), site.home);
    if (url === null || (await store.lastVisit(url)) !== null) continue;
    missing.push({
      ...{ url, siteId: site.id, role: "article", foundBy: FOUND_BY.id },
      ...{ title: null, publishedAt: null, lastModifiedAt: null },
    });
  }
  const step = Math.max(1, Math.floor(missing.length / SAMPLE));
  const sample = missing.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  yield sample;
  const visits = await Promise.all(sample.map(({ url }) => store.lastVisit(url)));
  const isVisited = visits.some((visit) => visit !== null);
  if (isVisited && !visits.some((visit) => visit !== null && visit.articleId !== null)) {
    context.onProblem(
      `none of ${sample.length} numbers between ${bounds.first} and ${bounds.last} is an article`,
    );
    return;
  }
  const sampled = new Set(sample);
  yield missing.filter((ref) => !sampled.has(ref));
};

async function knownIds(template: string, { site, store }: WayContext): Promise<DatedId[]> {
  const templates = compileTemplates([template]);
  const known: DatedId[] = [];
  if (store === null) return known;
  for await (const { url, article } of store.scan({ siteIds: [site.id] }, "latest")) {
    const id = Number(templates.match(url)?.id ?? Number.NaN);
    if (article.published !== null && Number.isSafeInteger(id)) {
      known.push({ id, at: article.published.at });
    }
  }
  return known;
}

/** The numbers that may have been given within the window: from its older neighbours to its younger. */
export function boundsOf(
  known: readonly DatedId[],
  { from, to }: { readonly from: number; readonly to: number },
): { readonly first: number; readonly last: number } | null {
  const byDate = [...known].sort((a, b) => a.at - b.at);
  const ids = (some: readonly DatedId[]): number[] => some.map(({ id }) => id);
  const before = ids(byDate.filter(({ at }) => at < from).slice(-NEIGHBOURS));
  const after = ids(byDate.filter(({ at }) => at >= to).slice(0, NEIGHBOURS));
  const inside = ids(byDate.filter(({ at }) => at >= from && at < to));
  const low = before.length > 0 ? before : inside;
  const high = after.length > 0 ? after : inside;
  if (low.length === 0 || high.length === 0) return null;
  const [first, last] = [
    Math.min(...low, ...high.slice(0, 1)),
    Math.max(...high, ...low.slice(0, 1)),
  ];
  return { first, last };
}
