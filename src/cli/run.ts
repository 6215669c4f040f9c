/**
 * What `crawl` and `recheck` have in common: the lock, the progress, the final line, the exit code.
 * Heavy (SQLite, undici, extraction): imported inside actions only.
 */
import {
  type CrawlEvent,
  type CrawlOptions,
  type CrawlReport,
  exitCodeOf,
  GRACE_MS,
  runCrawl,
} from "../crawl/index.ts";
import { ERROR_EXIT, type ExitCode, WarraqError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import { displayUrl } from "../url/index.ts";
import { adopt, adoptions } from "./adopt-sites.ts";
import type { Context } from "./command.ts";
import { takeLock } from "./lock.ts";
import { formatOf } from "./options.ts";
import { printObject } from "./output.ts";
import { humanSeconds, reportFacts, reportLine } from "./report.ts";
import { reportSkipped } from "./report-skipped.ts";
import { siteRecord } from "./rules.ts";
import type { RunOptions } from "./run-options.ts";
import { userAgent } from "./user-agent.ts";

/** A sign of life for runs in which nothing new happens. */
const HEARTBEAT_MS = 60_000;

/** Results a person wants to see as they come; the others are for --verbose. */
const WORTH_SAYING: ReadonlySet<string> = new Set(["new", "changed", "gone", "failed"]);

/** Trouble of a whole host, at the head of a page's detail. */
const HOST_TROUBLE = /^(?:E_DNS|E_CONNECT|E_TLS|private-address|robots-unreachable): /u;

/**
 * Runs a crawl on an archive opened for writing, says what happens and how it ended.
 *
 * @returns undefined when a signal stopped it: then the signal decides the exit code
 * @throws {WarraqError} E_LOCKED when another crawl holds the archive, or trouble with the archive
 */
export async function runAndReport(
  context: Context,
  store: Store,
  crawl: CrawlOptions,
  options: RunOptions,
): Promise<ExitCode | undefined> {
  await takeLock(context, store, options.waitLock ?? 0);
  const rules = crawl.targets.map(({ site }) => site);
  await adopt(context, store, await adoptions(store, rules));
  const known = new Map((await store.sites()).map((site) => [site.id, site]));
  for (const { site } of crawl.targets) {
    const record = siteRecord(site, known.get(site.id)?.origin ?? "bundled", context.now());
    if (known.get(site.id)?.digest !== record.digest) await store.putSite(record);
  }
  const progress = openProgress(context, crawl);
  let report: CrawlReport;
  try {
    report = await runCrawl(crawl, {
      store,
      userAgent: userAgent(options, context.env),
      allowPrivate: options.allowPrivate === true,
      now: context.now,
      signal: context.signal,
      onEvent: progress.onEvent,
    });
  } finally {
    progress.close();
  }
  const facts = reportFacts(report);
  if (report.reason === "finished" && !progress.hasVisited()) {
    if (crawl.mode === "recheck") context.log.info("there is no article to visit again");
    else await sayNothingDue(context, store, report.sources);
  }
  if (report.trouble !== null) {
    context.log.error(report.trouble.message, { code: report.trouble.code });
  }
  const unreported = await writeSkipped(context, store, report, options);
  if (formatOf(options) !== "table") await printObject(context, facts);
  context.log.final(reportLine(facts), { ...facts });
  if (report.reason === "signal") return undefined;
  const code = exitCodeOf(report, options.failOn);
  return code === 0 && unreported !== null ? ERROR_EXIT[unreported.code] : code;
}

/** A run that asked nobody anything says so, or it would look like one that found nothing. */
async function sayNothingDue(
  { log, now }: Context,
  store: Store,
  siteIds: readonly string[],
): Promise<void> {
  const dueAt = await store.nextDueAt(siteIds);
  if (dueAt === null) log.info("nothing is due, and nothing will be by itself");
  else if (dueAt <= now()) {
    log.info("nothing was visited: what is due is left out by this run's filters or left alone");
  } else {
    const next = new Date(dueAt).toISOString().replace(/:\d\d\.\d+Z$/u, "Z");
    log.info(`nothing is due; next at ${next}, in ${humanSeconds((dueAt - now()) / 1_000)}`);
  }
}

/** @returns why the report of `--report-skipped` could not be written; the run itself is done */
async function writeSkipped(
  context: Context,
  store: Store,
  { runId, elapsedMs, trouble }: CrawlReport,
  { reportSkipped: target }: RunOptions,
): Promise<WarraqError | null> {
  if (target === undefined || trouble !== null) return null;
  try {
    // Whoever stopped the run wants to know what it missed all the same.
    await reportSkipped(
      { ...context, signal: AbortSignal.any([]) },
      store,
      { runId, from: context.now() - elapsedMs },
      { target, isForced: true },
    );
    return null;
  } catch (error) {
    if (!(error instanceof WarraqError)) throw error;
    context.log.error(error.message, { code: error.code });
    return error;
  }
}

export interface Progress {
  readonly onEvent: (event: CrawlEvent) => void;
  /** Whether any page, be it a source, was visited. */
  readonly hasVisited: () => boolean;
  readonly close: () => void;
}

/** Says what happens as it happens, and once a minute that something does. Close it. */
export function openProgress(
  { log, logFormat, now }: Context,
  { mode, targets }: Pick<CrawlOptions, "mode" | "targets">,
): Progress {
  const startedAt = now();
  const counts = new Map<string, number>();
  const heartbeat = setInterval(() => {
    const parts = [...counts].map(([result, count]) => `${count} ${result}`);
    log.info(
      `… ${humanSeconds((now() - startedAt) / 1_000)}: ${parts.join(", ") || "no page yet"}`,
    );
  }, HEARTBEAT_MS);
  // Said through the log's facts in JSON, in words for people.
  const say = (
    level: "info" | "warn" | "debug",
    message: string,
    facts: Record<string, unknown>,
  ) => (logFormat === "json" ? log[level](message, facts) : log[level](words(message, facts)));
  /** A host that cannot be reached is one fact, however many of its pages were to be asked. */
  const unreachable = new Set<string>();
  const isRepeated = (url: string, detail: string): boolean => {
    if (!HOST_TROUBLE.test(detail)) return false;
    const { host } = new URL(url);
    if (unreachable.has(host)) return true;
    unreachable.add(host);
    return false;
  };
  return {
    onEvent(event) {
      switch (event.kind) {
        case "started": {
          const [verb, where] = [
            mode === "crawl" ? "crawling" : "visiting again",
            targets.length === 1 ? event.sites[0] : `${targets.length} sites`,
          ];
          log.info(
            `${verb} ${where}${event.resumed ? ", going on where the last run stopped" : ""}`,
          );
          break;
        }
        case "page": {
          const { url, siteId, role, foundBy, settled, detail } = event;
          const { result, articleId, version } = settled;
          counts.set(result, (counts.get(result) ?? 0) + 1);
          // Sources are looked for in many usual places; that most are empty is no news.
          const isAsked = foundBy === "seed" || foundBy === "home";
          const isNews =
            (WORTH_SAYING.has(result) && (role === "article" || result === "failed")) ||
            (isAsked && (result === "skipped" || result === "gone"));
          const level = isNews && !isRepeated(url, detail) ? "info" : "debug";
          say(level, result, { url, site: siteId, detail, article: articleId, version });
          break;
        }
        case "problem":
          say("warn", event.message, { url: event.url });
          break;
        case "stopping":
          log.info(
            `stopping (${event.reason}): answers under way have ${GRACE_MS / 1_000} s, the rest goes back to the queue`,
          );
      }
    },
    hasVisited: () => counts.size > 0,
    close: () => clearInterval(heartbeat),
  };
}

function words(message: string, { url, detail }: Readonly<Record<string, unknown>>): string {
  // Details of outcomes name the URL themselves.
  const rest = String(detail ?? "").replaceAll(`${url}: `, "");
  return [message.padEnd(12), displayUrl(String(url)), rest].join(" ").trimEnd();
}
