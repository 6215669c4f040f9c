/**
 * What a run owes to the hosts it visits beyond one request: the day's budget of each site, the hosts
 * that earlier runs found dead or were sent away by, and robots.txt as it was and is. All of it is in
 * the archive, so a new process knows what the last one learnt, however that ended.
 */
import { pack } from "../codec/index.ts";
import type { FetcherOptions } from "../fetch/index.ts";
import type { SiteRule } from "../sites/index.ts";
import type { Store } from "../store/store.ts";
import { hostKeyOf, isSameSite, withoutWww } from "../url/index.ts";

const DAY_MS = 24 * 60 * 60_000;
/** RFC 9309 §2.4: a robots.txt may be relied on for a day. */
const ROBOTS_MS = DAY_MS;
/**
 * Half of what a request every five seconds makes in a day: enough for a backfill of thousands of
 * articles, and a server's owner still finds us in the log only as often as a keen reader.
 */
export const DEFAULT_BUDGET = 10_000;

export interface Manners {
  /** What the fetcher needs to know and tell. */
  readonly forFetcher: Partial<FetcherOptions>;
  /** Called once the run has its number: robots.txt is kept with it. */
  begin(runId: number): void;
  /** Counts a request. */
  requested(url: string): void;
  /** Requests to a site since this was asked last: they go into the archive with the visit. */
  takeRequests(siteId: string): number;
  /** The sites that may still be asked today. */
  withBudget(siteIds: readonly string[]): string[];
  /** Notes that a page of this URL's host failed: of a host shut from now on, one page has told. */
  failed(url: string): void;
  /**
   * Hosts that are to be left alone now, as host keys, both with and without `www.`. Of a host that
   * this run itself finds dead, one page is to fail first, so that the run says so.
   */
  shutHosts(): string[];
  isShut(url: string): boolean;
  /** Waits until everything told is in the archive. @throws {WarraqError} the archive's trouble */
  settled(): Promise<void>;
}

export interface MannersOptions {
  readonly store: Store;
  readonly sites: readonly SiteRule[];
  /** Requests per site and day, for every site; null leaves each site's own. */
  readonly budget: number | null;
  readonly now: () => number;
  readonly onProblem: (url: string, message: string) => void;
}

export async function openManners(options: MannersOptions): Promise<Manners> {
  const { store, sites, now, onProblem } = options;
  const startedAt = now();
  let day = Math.floor(startedAt / DAY_MS);
  let spent = new Map(await store.spentOn(day));
  const untold = new Map<string, number>();
  const siteOfHost = new Map<string, SiteRule | null>();
  const before = await store.shutHosts(startedAt);
  const shut = new Map(before.map(({ host, untilAt }) => [host, untilAt]));
  const told = new Set(shut.keys());
  const writes = new Set<Promise<void>>();
  let runId: number | null = null;
  let trouble: unknown;

  const write = (work: Promise<void>): void => {
    const tracked: Promise<void> = work
      .catch((error: unknown) => {
        trouble ??= error;
      })
      .then(() => {
        writes.delete(tracked);
      });
    writes.add(tracked);
  };
  const siteOf = (url: string): SiteRule | null => {
    const host = hostKeyOf(url);
    const known = siteOfHost.get(host);
    if (known !== undefined) return known;
    const site = sites.find(({ hosts }) => isSameSite(url, hosts)) ?? null;
    siteOfHost.set(host, site);
    return site;
  };
  const isLeftAlone = (host: string): boolean => told.has(host) && (shut.get(host) ?? 0) > now();
  for (const { host, untilAt, detail } of before) {
    const until = new Date(untilAt).toISOString();
    const url = `http://${host}/`;
    if (siteOf(url) !== null) onProblem(url, `left alone until ${until}: ${detail}`);
  }

  return {
    forFetcher: {
      shutHosts: before,
      onShut: (reason) => {
        shut.set(reason.host, reason.untilAt);
        write(store.shutHost(reason));
      },
      onRobots: (capture) => {
        const site = siteOf(capture.url);
        if (site === null || runId === null) return;
        write(store.putRobots(capture, pack(capture.body), { siteId: site.id, runId }));
      },
      knownRobots: (origin) => store.robots(origin, now() - ROBOTS_MS),
    },
    begin(id) {
      runId = id;
    },
    requested(url) {
      const site = siteOf(url);
      if (site === null) return;
      const today = Math.floor(now() / DAY_MS);
      if (today !== day) spent = new Map();
      day = today;
      spent.set(site.id, (spent.get(site.id) ?? 0) + 1);
      untold.set(site.id, (untold.get(site.id) ?? 0) + 1);
    },
    takeRequests(siteId) {
      const count = untold.get(siteId) ?? 0;
      untold.delete(siteId);
      return count;
    },
    withBudget: (siteIds) =>
      siteIds.filter((id) => {
        const site = sites.find((one) => one.id === id);
        const budget = options.budget ?? site?.dailyRequests ?? DEFAULT_BUDGET;
        return (spent.get(id) ?? 0) < budget;
      }),
    failed(url) {
      told.add(withoutWww(hostKeyOf(url)));
    },
    shutHosts: () => [...shut.keys()].filter(isLeftAlone).flatMap((host) => [host, `www.${host}`]),
    isShut: (url) => isLeftAlone(withoutWww(hostKeyOf(url))),
    async settled() {
      while (writes.size > 0) await Promise.all(writes);
      if (trouble !== undefined) throw trouble;
    },
  };
}
