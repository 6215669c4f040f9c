/**
 * Backfill: finds the articles of a stretch of time by several ways, fetches those the archive does
 * not have, and says what is missing still. One way after the other, so that each finds what the one
 * before has filled; within a way, fetching begins with the first answer. Everything found is in the
 * archive's queue and every answer in its captures: a run may end at any instant, and the next one
 * goes on without asking twice.
 *
 *   way → pages it names → known already? → fetch (live) or play back (archives) → settle → gaps
 */
import { setTimeout as sleep } from "node:timers/promises";
import { WarraqError } from "../../errors.ts";
import { openFetcher } from "../../fetch/index.ts";
import type { PageRef, RunReason } from "../../model.ts";
import { openWorkers } from "../../process/index.ts";
import type { Settled } from "../../store/store.ts";
import { isSameSite, urlKey } from "../../url/index.ts";
import { createCounters } from "../counters.ts";
import { createPageFilter } from "../filter.ts";
import { type Manners, openManners } from "../manners.ts";
import { packUp } from "../pack-up.ts";
import { openStop } from "../stop.ts";
import { visitPage } from "../visit.ts";
import { commonCrawlService } from "./common-crawl.ts";
import { findDateArchives } from "./date-archive.ts";
import type { FillContext } from "./fill.ts";
import { gapsOf } from "./gaps.ts";
import { findIdRange } from "./id-range.ts";
import { createLookup, strayLease } from "./lookup.ts";
import { byPage, fillFromMementos, type Memento, type MementoService } from "./mementos.ts";
import {
  type BackfillDeps,
  type BackfillOptions,
  type BackfillReport,
  type BackfillWay,
  FOUND_BY,
  type WayReport,
} from "./options.ts";
import { sitemapFinder } from "./sitemap.ts";
import { createTally, type Tally } from "./tally.ts";
import type { FindPages, WayContext } from "./way.ts";
import { siteTest, waybackService } from "./wayback.ts";
import { findWpPosts } from "./wp.ts";

/** Between two requests to a public archive: its limits are higher, and shared by everybody. */
const SERVICE_DELAY_MS = 5_000;
/** With a delay one page at a time; without (a server of one's own) reading overlaps fetching. */
const IN_HAND_WITHOUT_DELAY = 3;

/**
 * Runs one backfill. The caller has opened the store for writing and holds its crawl lock; for a dry
 * run the store may be read-only or null.
 *
 * @throws {WarraqError} only for trouble with the archive before anything was asked; later trouble is
 *   the report's
 */
export async function runBackfill(
  options: BackfillOptions,
  deps: BackfillDeps,
): Promise<BackfillReport> {
  const { site, window } = options;
  const { now, store } = deps;
  const startedAt = now();
  const counters = createCounters();
  const stop = openStop(options, deps);
  const timeZone = site.timeZone ?? options.timeZone;
  const run = await beginRun(options, deps, startedAt);
  const manners = await mannersOf(options, deps);
  manners?.begin(run.id);
  const fetcher = openFetcher({
    userAgent: deps.userAgent,
    allowPrivate: deps.allowPrivate,
    ...(options.delayMs !== null && { delayMs: options.delayMs }),
    now,
    ...manners?.forFetcher,
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal ? { signal } : {});
    },
    onRequest: ({ url, wireBytes }) => {
      counters.request(wireBytes);
      manners?.requested(url);
    },
  });
  const workers = openWorkers({ sites: [site] });
  const isInScope = (url: string): boolean => isSameSite(url, site.hosts);
  const isWanted = createPageFilter({ ...options, maxAgeMs: null }, now);
  const serviceDelayMs = options.delayMs ?? SERVICE_DELAY_MS;
  const service = { fetcher, delayMs: serviceDelayMs, isSiteUrl: siteTest(site.hosts) };
  const listed = new Set<string>(); // by a dry run, whose ways fill nothing
  const reports: WayReport[] = [];
  let pagesLeft = options.maxPages ?? Number.POSITIVE_INFINITY;
  let isBudgetSpent = false;
  let reason: RunReason = "crashed";
  let trouble: WarraqError | null = null;

  try {
    for (const way of options.ways) {
      if (stop.reason() === null && pagesLeft > 0) reports.push(await runWay(way));
    }
    await manners?.settled();
    reason = stop.reason() ?? endOf();
  } catch (error) {
    if (!(error instanceof WarraqError)) throw error;
    reason = "disk";
    trouble = error;
  } finally {
    stop.close();
    if (!options.isDryRun) {
      await store
        ?.endRun(run.id, { at: now(), reason, counters: counters.snapshot() })
        .catch(() => {}); // a full disk already has its own error on the way out
    }
    await Promise.all([fetcher.close(), workers.close()]);
  }
  if (store !== null) await packUp({ reason, elapsedMs: now() - startedAt }, { ...deps, store });
  return {
    runId: run.id,
    sources: [site.id],
    counters: counters.snapshot(),
    elapsedMs: now() - startedAt,
    ...{ reason, trouble },
    visited: counters.visited,
    ways: reports,
    gaps: gapsOf(trouble === null ? await articleDates() : [], window, options.timeZone),
  };

  function endOf(): RunReason {
    if (options.isDryRun) return "dry-run";
    const isCut = reports.length < options.ways.length || reports.some((one) => !one.isComplete);
    if (isCut && pagesLeft <= 0) return "max-pages";
    return isBudgetSpent ? "budget" : "finished";
  }

  async function runWay(way: BackfillWay): Promise<WayReport> {
    const tally = createTally(way);
    const lookup = createLookup({
      ...{ fetcher, siteId: site.id, isInScope, isWanted, runId: run.id, now },
      ...{ delayMs: options.delayMs ?? site.delayMs, serviceDelayMs },
      store: options.isDryRun ? null : store,
      since: run.since,
      signal: stop.signal,
      onFailed: (status) => {
        if (stop.reason() !== null || (status !== null && status < 429)) return;
        const source = { ...NO_PAGE, role: "listing", foundBy: FOUND_BY[way] } as const;
        counters.settled(source, "failed");
      },
    });
    const onProblem = (message: string): void => {
      if (stop.reason() === null && tally.problem(message)) {
        deps.onEvent({ kind: "problem", url: site.home, message: `${way}: ${message}` });
      }
    };
    const context: WayContext = {
      ...{ site, window, timeZone, lookup, store, isInScope, onProblem },
    };
    switch (way) {
      case "wp":
        await fillLive(findWpPosts, tally, way, context);
        break;
      case "sitemap": {
        const named = () => fetcher.sitemapsOf(new URL(site.home).origin, stop.signal);
        await fillLive(sitemapFinder(named), tally, way, context);
        break;
      }
      case "archive":
        await fillLive(findDateArchives, tally, way, context);
        break;
      case "id":
        await fillLive(findIdRange, tally, way, context);
        break;
      case "wayback":
        await fillFrom(waybackService(options.services.wayback, service), tally, way, context);
        break;
      case "commoncrawl":
        await fillFrom(commonCrawlService(options.services, service), tally, way, context);
    }
    if (stop.reason() !== null) tally.cutShort();
    return tally.report(lookup.asked);
  }

  /** Fetches the missing pages a way names from the site itself. */
  async function fillLive(
    find: FindPages,
    tally: Tally,
    way: BackfillWay,
    context: WayContext,
  ): Promise<void> {
    const fill = fillContext(tally, way, context);
    const delayMs = options.delayMs ?? site.delayMs;
    const mostInHand = delayMs === 0 ? IN_HAND_WITHOUT_DELAY : 1;
    const inHand = new Set<Promise<void>>();
    let broken: unknown;
    const seen = new Set<string>();
    for await (const pages of find(context)) {
      for (const page of pages) {
        if (broken !== undefined || tally.isCutShort || stop.reason() !== null) break;
        const key = urlKey(page.url);
        if (seen.has(key) || !isWanted(page)) continue;
        seen.add(key);
        const visit = (await store?.lastVisit(page.url)) ?? null;
        // A page that failed before is tried again; one that was gone or no article is known.
        const isKnown = visit !== null && (visit.articleId !== null || visit.result !== "failed");
        tally.found(isKnown || listed.has(key));
        if (isKnown || listed.has(key)) continue;
        if (fill === null) {
          listed.add(key);
          await deps.onMissing?.(page, way);
          continue;
        }
        if (!fill.take()) break;
        await deps.onMissing?.(page, way);
        const work = visitLive(page, fill)
          .catch((error: unknown) => {
            broken ??= error;
          })
          .then(() => void inHand.delete(work));
        inHand.add(work);
        if (inHand.size >= mostInHand) await Promise.race(inHand);
      }
      // What a way names next may depend on what came of these.
      await Promise.all(inHand);
      if (broken !== undefined) throw broken;
      if (tally.isCutShort || stop.reason() !== null) return;
    }
  }

  async function visitLive(page: PageRef, fill: FillContext): Promise<void> {
    const visited = await visitPage(strayLease(page), {
      deps: { ...deps, store: fill.store, fetcher, workers },
      ...{ runId: run.id, program: options.program, site, delayMs: options.delayMs, isWanted },
      ...{ hasSitemap: true, sourcesSince: startedAt },
      ...{ signal: stop.signal, hardSignal: stop.hardSignal },
      onFetched: () => {},
      takeRequests: () => manners?.takeRequests(site.id) ?? 0,
    });
    if (visited !== null) fill.settled(page, visited.settled, visited.detail);
    else if (stop.reason() === null) fill.onTrouble("the site is being left alone for now", true);
  }

  /** Fills the pages that no visit to the site can fill any more. */
  async function fillFrom<M extends Memento>(
    archive: MementoService<M>,
    tally: Tally,
    way: BackfillWay,
    context: WayContext,
  ): Promise<void> {
    const fill = fillContext(tally, way, context);
    const seen = new Set<string>();
    for await (const mementos of archive.find(context)) {
      for (const captures of byPage(mementos)) {
        const [first] = captures;
        if (first === undefined || tally.isCutShort || stop.reason() !== null) break;
        const key = urlKey(first.url);
        const page = { ...NO_PAGE, url: first.url, siteId: site.id, foundBy: FOUND_BY[way] };
        if (!isWanted(page)) continue;
        const isKnown = listed.has(key) || (await hasArticle(first.url));
        if (!seen.has(key)) tally.found(isKnown);
        if (isKnown) continue;
        if (!seen.has(key)) await deps.onMissing?.(page, way);
        seen.add(key);
        if (fill === null) listed.add(key);
        else if ((await fillFromMementos(captures, archive, fill)) === "stopped") break;
      }
      if (tally.isCutShort || stop.reason() !== null) return;
    }
  }

  async function hasArticle(url: string): Promise<boolean> {
    const visit = await store?.lastVisit(url);
    return visit !== undefined && visit !== null && visit.articleId !== null;
  }

  /** Null in a dry run, which fills nothing. */
  function fillContext(tally: Tally, way: BackfillWay, context: WayContext): FillContext | null {
    if (options.isDryRun || store === null) return null;
    return {
      ...{ store, workers, site, window, timeZone, way, runId: run.id, program: options.program },
      ...{ now, signal: stop.hardSignal, hasArticle },
      take() {
        const isLive = way !== "wayback" && way !== "commoncrawl";
        isBudgetSpent ||= isLive && manners?.withBudget([site.id]).length === 0;
        if (isLive && isBudgetSpent) {
          tally.cutShort();
          return false;
        }
        if (pagesLeft > 0 && stop.reason() === null) {
          pagesLeft--;
          return true;
        }
        tally.cutShort();
        return false;
      },
      settled(page, settled: Settled, detail) {
        tally.settled(settled.result);
        counters.settled(page, settled.result);
        const { url, siteId, role, foundBy } = page;
        deps.onEvent({ kind: "page", url, siteId, role, foundBy, settled, detail });
      },
      count() {
        tally.failed();
        counters.settled({ ...NO_PAGE, foundBy: FOUND_BY[way] }, "failed");
      },
      onTrouble(detail, isFinal) {
        context.onProblem(detail);
        if (isFinal) tally.cutShort();
      },
    };
  }

  async function articleDates(): Promise<number[]> {
    const dates: number[] = [];
    if (store === null) return dates;
    const filter = { siteIds: [site.id], from: window.from, to: window.to };
    for await (const { article } of store.scan(filter, "latest")) {
      // An article without a date of its own fills no gap: nobody knows whose day it is.
      if (article.published !== null) dates.push(article.published.at);
    }
    return dates;
  }
}

const NO_PAGE: PageRef = {
  ...{ url: "", siteId: "", role: "article", foundBy: "seed" },
  ...{ title: null, publishedAt: null, lastModifiedAt: null },
};

/** A dry run promises to change nothing, so it learns nothing from others and teaches them nothing. */
async function mannersOf(
  { site, isDryRun }: BackfillOptions,
  { store, now, onEvent }: BackfillDeps,
): Promise<Manners | null> {
  if (isDryRun || store === null) return null;
  const onProblem = (url: string, message: string): void =>
    onEvent({ kind: "problem", url, message });
  return openManners({ store, sites: [site], budget: null, now, onProblem });
}

async function beginRun(
  { site, window, ways, program, isDryRun, maxPages, delayMs }: BackfillOptions,
  { store }: BackfillDeps,
  startedAt: number,
): Promise<{ readonly id: number; readonly since: number }> {
  if (isDryRun || store === null) return { id: 0, since: startedAt };
  const [from, to] = [new Date(window.from).toISOString(), new Date(window.to).toISOString()];
  const run = await store.beginRun({
    ...{ at: startedAt, command: "backfill", sites: [site.id], program },
    options: { from, to, ways, maxPages, delayMs },
  });
  return { id: run.id, since: run.resumedFrom ?? startedAt };
}
