/**
 * The door of crawl/: one run from chosen sites to a report. Opens what the engine needs (fetcher,
 * workers), takes the crawl lock, and closes everything again.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { openFetcher } from "../fetch/index.ts";
import { openWorkers } from "../process/index.ts";
import { createCounters } from "./counters.ts";
import { runEngine } from "./engine.ts";
import { openManners } from "./manners.ts";
import type { CrawlOptions, CrawlReport, RunCrawlDeps } from "./options.ts";
import { packUp } from "./pack-up.ts";

export { runBackfill } from "./backfill/index.ts";
export {
  BACKFILL_WAYS,
  type BackfillDeps,
  type BackfillOptions,
  type BackfillReport,
  type BackfillWay,
  type Services,
  type WayReport,
} from "./backfill/options.ts";
export { DEFAULT_SERVICES } from "./backfill/services.ts";
export { listWanted, type WantedPage } from "./dry-run.ts";
export { exitCodeOf } from "./exit-code.ts";
export {
  type CrawlEvent,
  type CrawlOptions,
  type CrawlReport,
  type CrawlTarget,
  DEFAULT_CONCURRENCY,
  type RunCrawlDeps,
} from "./options.ts";
export { packUp } from "./pack-up.ts";
export {
  type Example,
  type ReextractReport,
  reextract,
} from "./reextract/index.ts";
export { readSources, type SourceOptions, type SourceReading } from "./sources.ts";
export { GRACE_MS } from "./stop.ts";
export { chooseTargets } from "./targets.ts";

/**
 * Runs one crawl or recheck. The caller has opened the store for writing and holds its crawl lock.
 *
 * @throws {WarraqError} only for trouble with the archive before anything was fetched; later trouble is
 *   the report's
 */
export async function runCrawl(options: CrawlOptions, deps: RunCrawlDeps): Promise<CrawlReport> {
  const counters = createCounters();
  const { store, now, onEvent } = deps;
  const sites = options.targets.map(({ site }) => site);
  const manners = await openManners({
    ...{ store, sites, now, budget: options.budget ?? null },
    onProblem: (url, message) => onEvent({ kind: "problem", url, message }),
  });
  const fetcher = openFetcher({
    userAgent: deps.userAgent,
    allowPrivate: deps.allowPrivate,
    // For what no site's rule speaks of: robots.txt.
    ...(options.delayMs !== null && { delayMs: options.delayMs }),
    now,
    ...manners.forFetcher,
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal ? { signal } : {});
    },
    onRequest: ({ url, wireBytes }) => {
      counters.request(wireBytes);
      manners.requested(url);
    },
  });
  const workers = openWorkers({ sites });
  let report: CrawlReport;
  try {
    report = await runEngine(options, { ...deps, fetcher, workers, manners }, counters);
  } finally {
    await Promise.all([fetcher.close(), workers.close()]);
  }
  await packUp(report, deps);
  return report;
}
