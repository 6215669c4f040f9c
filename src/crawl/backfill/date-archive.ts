/**
 * Date archives: `/2019/03/`, `/2019/03/page/2/` …, or day by day where a site has no months. WordPress
 * and its like answer an empty month with 404. A site that does not answer the first probes has none.
 */
import { discover } from "../../discover/index.ts";
import type { PageRef } from "../../model.ts";
import { urlKey } from "../../url/index.ts";
import { FOUND_BY } from "./options.ts";
import type { FindPages, WayContext } from "./way.ts";
import { daysOf, type Month, mayBelong, monthsOf, nameOf } from "./window.ts";

/** Months and days asked before a site counts as one without archives: newsrooms pause, not for long. */
const PROBES = 3;
/** 10 articles a page: 5,000 in a month. Beyond that the counter runs in a circle. */
const MOST_PAGES = 500;

interface Stretch extends Month {
  readonly day?: number;
}

export const findDateArchives: FindPages = async function* (context) {
  const { window, timeZone } = context;
  const ask = rememberingAsk(context);
  const months = monthsOf(window, timeZone);
  const days = daysOf(window, timeZone);
  // A window of a few days is cheaper by the day, if the site has days.
  const plans: readonly (readonly Stretch[])[] =
    days.length <= PROBES ? [days, months] : [months, days];
  for (const plan of plans) {
    if (!(await answers(plan, ask, context))) continue;
    const fullest = { links: 0 };
    for (const stretch of plan) yield* readStretch(stretch, ask, fullest, context);
    return;
  }
  context.onProblem("no date archives: the first probes were not answered with articles");
};

/** Whether one of the newest stretches is answered with articles of its own. */
async function answers(plan: readonly Stretch[], ask: Ask, context: WayContext): Promise<boolean> {
  for (const stretch of plan.slice(-PROBES).reverse()) {
    const answer = await ask(stretch, 1);
    if (answer.kind === "read" && answer.reading.pages.length > 0) return true;
    if (answer.kind === "failed") context.onProblem(answer.detail);
  }
  return false;
}

/** @param fullest - the most links a page of this archive has had: one with fewer is the last */
async function* readStretch(
  stretch: Stretch,
  ask: Ask,
  fullest: { links: number },
  context: WayContext,
): AsyncGenerator<readonly PageRef[]> {
  const seen = new Set<string>();
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await ask(stretch, page);
    if (answer.kind === "failed") context.onProblem(answer.detail);
    if (answer.kind !== "read") return;
    const { pages, links, hasNext } = answer.reading;
    const fresh = pages.filter(({ url }) => !seen.has(urlKey(url)));
    for (const { url } of fresh) seen.add(urlKey(url));
    yield fresh;
    // Past the end some sites repeat their last page, or show the newest articles.
    if (fresh.length === 0 && pages.length > 0) return;
    if (links === 0 || (!hasNext && links < fullest.links)) return;
    fullest.links = Math.max(fullest.links, links);
  }
}

type Ask = (stretch: Stretch, page: number) => ReturnType<typeof askPage>;

/** A probe's answer is read again when its turn comes, and not asked for. */
function rememberingAsk(context: WayContext): Ask {
  const first = new Map<string, ReturnType<typeof askPage>>();
  return (stretch, page) => {
    const name = nameOf(stretch);
    const before = page === 1 ? first.get(name) : undefined;
    first.delete(name);
    const answer = before ?? askPage(stretch, page, context);
    if (page === 1 && before === undefined) first.set(name, answer);
    return answer;
  };
}

async function askPage(stretch: Stretch, page: number, context: WayContext) {
  const { site, lookup, isInScope, timeZone, window } = context;
  const { year, month, day } = stretch;
  const two = (number: number): string => String(number).padStart(2, "0");
  const path = `/${year}/${two(month)}/${day === undefined ? "" : `${two(day)}/`}`;
  const url = new URL(page === 1 ? path : `${path}page/${page}/`, site.home).href;
  return lookup.ask({ url, foundBy: FOUND_BY.archive }, (capture) => {
    const found = discover(capture, {
      ...{ siteId: site.id, site, role: "listing", isInScope, depth: 1 },
    });
    // Sent elsewhere (the home page, a year): not the archive that was asked for.
    const isOwn = capture.finalUrl.includes(path);
    const articles = isOwn ? found.pages.filter(({ role }) => role === "article") : [];
    const pages = articles
      .filter((ref) => mayBelong(ref, window, timeZone))
      .map((ref): PageRef => ({ ...ref, foundBy: FOUND_BY.archive }));
    const nextPath = `${path}page/${page + 1}`;
    const hasNext = found.pages.some(({ url: link }) => link.includes(nextPath));
    return { pages, links: articles.length, hasNext };
  });
}
