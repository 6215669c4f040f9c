/**
 * The door of crawl/: one run from chosen sites to a report. Opens what the engine needs (fetcher,
 * workers), takes the crawl lock, and closes everything again.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ERROR_EXIT, ExitCode } from "../errors.ts";
import { openFetcher } from "../fetch/index.ts";
import { openWorkers } from "../process/index.ts";
import { createCounters } from "./counters.ts";
import { runEngine } from "./engine.ts";
import type { CrawlOptions, CrawlReport, RunCrawlDeps } from "./options.ts";

export { listWanted, type WantedPage } from "./dry-run.ts";
export {
  type CrawlEvent,
  type CrawlOptions,
  type CrawlReport,
  type CrawlTarget,
  DEFAULT_CONCURRENCY,
  type RunCrawlDeps,
} from "./options.ts";
export { readSources, type SourceOptions, type SourceReading } from "./sources.ts";
export { chooseTargets } from "./targets.ts";

/**
 * Runs one crawl or recheck. The caller has opened the store for writing and holds its crawl lock.
 *
 * @throws {WarraqError} only for trouble with the archive before anything was fetched; later trouble is
 *   the report's
 */
export async function runCrawl(options: CrawlOptions, deps: RunCrawlDeps): Promise<CrawlReport> {
  const counters = createCounters();
  const fetcher = openFetcher({
    userAgent: deps.userAgent,
    allowPrivate: deps.allowPrivate,
    // For what no site's rule speaks of: robots.txt.
    ...(options.delayMs !== null && { delayMs: options.delayMs }),
    now: deps.now,
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal ? { signal } : {});
    },
    onRequest: ({ wireBytes }) => counters.request(wireBytes),
  });
  const workers = openWorkers({ sites: options.targets.map(({ site }) => site) });
  try {
    return await runEngine(options, { ...deps, fetcher, workers }, counters);
  } finally {
    await Promise.all([fetcher.close(), workers.close()]);
  }
}

/**
 * The exit status a report deserves; `failOn` is a share, 0…1, of the pages visited. A run that could
 * not even read its sources visited none and has failed whole.
 */
export function exitCodeOf(report: CrawlReport, failOn: number): ExitCode {
  if (report.trouble !== null) return ERROR_EXIT[report.trouble.code];
  if (report.reason === "max-pages" || report.reason === "time-limit") return ExitCode.limit;
  const { failed } = report.counters;
  return failed > report.visited * failOn ? ExitCode.partial : ExitCode.ok;
}
