/**
 * The engine: the only place where fetching, reading and storing meet. It takes due pages from the
 * archive, sends each on one visit, and stops when nothing is due, a limit is reached or somebody
 * asks it to. Everything it knows is in the archive, so a run may end at any instant (Ctrl-C,
 * `kill -9`, power) and the next one simply goes on.
 *
 *   seed sources → lease due pages (one per host) → visit → settle → … → end the run
 */
import { WarraqError } from "../errors.ts";
import type { RunReason } from "../model.ts";
import type { Lease } from "../store/store.ts";
import { hostKeyOf } from "../url/index.ts";
import type { Counters } from "./counters.ts";
import { createPageFilter } from "./filter.ts";
import type { CrawlOptions, CrawlReport, EngineDeps } from "./options.ts";
import { describeOptions } from "./options.ts";
import { seedRun } from "./seeds.ts";
import { openStop } from "./stop.ts";
import { retirePage, type Visited, visitPage } from "./visit.ts";

/** A lease outlives the longest visit (30 s fetch, three attempts, 120 s Retry-After) with room. */
const LEASE_MS = 15 * 60_000;
/** Pages being read or stored while hosts without a delay already fetch the next: bounds memory. */
const IN_HAND_PER_HOST = 3;

/**
 * Runs one crawl or recheck to its end. The caller holds the crawl lock and closes what it opened.
 *
 * @throws {WarraqError} when the archive is in trouble before the run has begun; later trouble ends the
 *   run with reason `disk` and comes in the report
 */
export async function runEngine(
  options: CrawlOptions,
  deps: EngineDeps,
  counters: Counters,
): Promise<CrawlReport> {
  const { store, manners, now } = deps;
  const startedAt = now();
  const siteIds = options.targets.map(({ site }) => site.id);
  const run = await store.beginRun({
    at: startedAt,
    command: options.mode,
    sites: siteIds,
    program: options.program,
    options: describeOptions(options),
  });
  deps.onEvent({ kind: "started", sites: siteIds, resumed: run.resumedFrom !== null });
  manners.begin(run.id);
  const typedSince = run.resumedFrom ?? startedAt;
  const stop = openStop(options, deps);
  let reason: RunReason = "crashed";
  let trouble: WarraqError | null = null;
  try {
    reason = await drain(await seedRun(options, deps, typedSince, stop.signal));
  } catch (error) {
    if (!(error instanceof WarraqError)) throw error;
    reason = "disk";
    trouble = error;
  } finally {
    stop.close();
    await store
      .endRun(run.id, { at: now(), reason, counters: counters.snapshot() })
      .catch(() => {}); // a full disk already has its own error on the way out
  }
  return {
    runId: run.id,
    sources: siteIds,
    counters: counters.snapshot(),
    elapsedMs: now() - startedAt,
    reason,
    trouble,
    visited: counters.visited,
  };

  /** Visits due pages until there are none, or until asked to stop. */
  async function drain(sitemapped: ReadonlySet<string>): Promise<RunReason> {
    const sites = new Map(options.targets.map(({ site }) => [site.id, site]));
    const isWanted = createPageFilter(options, now);
    const busyHosts = new Set<string>();
    const inHand = new Set<Promise<void>>();
    const held: Lease[] = []; // unwanted by this run's filters: given back at its end
    const answered = new Set<string>(); // site and role of sources that answered: no more guessing
    let articles = 0;
    let trouble: unknown;
    let wake = (): void => {};
    stop.signal.addEventListener("abort", () => wake());

    while (trouble === undefined && stop.reason() === null) {
      if (options.maxPages !== null && articles >= options.maxPages) break;
      const free = Math.min(
        options.concurrency - busyHosts.size,
        options.concurrency * IN_HAND_PER_HOST - inHand.size,
        options.maxPages === null ? Number.POSITIVE_INFINITY : options.maxPages - articles,
      );
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const leases =
        free <= 0
          ? []
          : await store.lease({
              now: now(),
              limit: free,
              holdMs: LEASE_MS,
              exceptHosts: [...busyHosts, ...manners.shutHosts()],
              siteIds: manners.withBudget(siteIds),
            });
      for (const lease of leases) begin(lease);
      if (leases.length > 0) continue;
      if (inHand.size === 0) break;
      await woken;
    }
    await Promise.all(inHand);
    if (trouble !== undefined) throw trouble;
    for (const lease of held) await store.release(lease, now());
    await manners.settled();
    return stop.reason() ?? (await whyEnded(articles, held.length > 0));

    function begin(lease: Lease): void {
      const { page } = lease;
      const site = sites.get(page.siteId);
      const isOther = options.mode === "recheck" && page.role !== "article";
      if (site === undefined || isOther || !isWanted(page)) {
        held.push(lease);
        return;
      }
      const kind = `${page.siteId} ${page.role}`;
      if (page.foundBy === "guess" && answered.has(kind)) {
        track(retirePage(lease, deps, run.id));
        return;
      }
      const host = hostKeyOf(page.url);
      busyHosts.add(host);
      if (page.role === "article") articles++;
      const free = (): void => {
        busyHosts.delete(host);
        wake();
      };
      const visit = visitPage(lease, {
        hasSitemap: sitemapped.has(site.id),
        deps,
        runId: run.id,
        program: options.program,
        site,
        delayMs: options.delayMs,
        isWanted,
        sourcesSince: startedAt,
        takeRequests: () => manners.takeRequests(site.id),
        isShut: manners.isShut,
        signal: stop.signal,
        hardSignal: stop.hardSignal,
        // With a delay there is time to store a page before the next is asked for: then a `kill -9`
        // costs a host one page fetched again, never two.
        onFetched: (options.delayMs ?? site.delayMs) === 0 ? free : () => {},
      })
        .then((visited) => {
          if (visited?.settled.result === "listed") answered.add(kind);
          report(lease, visited);
        })
        .finally(free);
      track(visit);
    }

    /** Keeps a piece of work in hand until it ends; the archive's trouble ends the run. */
    function track(work: Promise<unknown>): void {
      const tracked = work
        .catch((error: unknown) => {
          trouble ??= error;
        })
        .then(() => {
          inHand.delete(tracked);
          wake();
        });
      inHand.add(tracked);
    }
  }

  /** Nobody asked the run to end: a limit did, or nothing is due that may be asked. */
  async function whyEnded(articles: number, hasHeld: boolean): Promise<RunReason> {
    const isDue = async (ids: readonly string[]): Promise<boolean> => {
      const dueAt = ids.length === 0 ? null : await store.nextDueAt(ids);
      return dueAt !== null && dueAt <= now();
    };
    const open = manners.withBudget(siteIds);
    if (await isDue(siteIds.filter((id) => !open.includes(id)))) return "budget";
    const isFull = options.maxPages !== null && articles >= options.maxPages;
    return isFull && !hasHeld && (await isDue(open)) ? "max-pages" : "finished";
  }

  function report({ page }: Lease, visited: Visited): void {
    if (visited === null) return;
    counters.settled(page, visited.settled.result);
    if (visited.settled.result === "failed") manners.failed(page.url);
    const { url, siteId, role, foundBy } = page;
    deps.onEvent({ kind: "page", url, siteId, role, foundBy, ...visited });
  }
}
