/** What `warraq backfill` does. Heavy (SQLite, undici, extraction): imported inside its action only. */
import {
  type BackfillDeps,
  type BackfillOptions,
  type BackfillReport,
  type BackfillWay,
  chooseTargets,
  DEFAULT_SERVICES,
  exitCodeOf,
  runBackfill,
  type Services,
  type WayReport,
} from "../crawl/index.ts";
import { type ExitCode, WarraqError } from "../errors.ts";
import type { PageRef } from "../model.ts";
import type { SiteRule } from "../sites/index.ts";
import type { Store } from "../store/store.ts";
import type { BackfillCommandOptions } from "./backfill.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import { endOf, startOf } from "./filters.ts";
import { TIME_ZONE } from "./libya-time.ts";
import { takeLock } from "./lock.ts";
import { withArchive } from "./open-archive.ts";
import { formatOf } from "./options.ts";
import { type Listing, printObject, printRows } from "./output.ts";
import { reportFacts, reportLine } from "./report.ts";
import { knownSites, nameableSites, siteRecord, withArchiveIfAny } from "./rules.ts";
import { openProgress } from "./run.ts";
import { userAgent } from "./user-agent.ts";
import { programStamp } from "./version.ts";

/** Gaps named in the log; --json has them all. */
const MOST_GAPS = 5;

/** @returns undefined when a signal stopped it: then the signal decides the exit code */
export async function backfillSite(
  context: Context,
  word: string,
  options: BackfillCommandOptions,
): Promise<ExitCode | undefined> {
  const known = await withArchiveIfAny(context, knownSites);
  const [target] = chooseTargets([word], await withArchiveIfAny(context, nameableSites));
  if (target === undefined) throw new WarraqError("E_UNKNOWN_SITE", `"${word}" is no site`);
  const backfill = optionsOf(context, target.site, options);
  if (backfill.isDryRun) {
    return withArchiveIfAny(context, (store) => listMissing(context, store, backfill, options));
  }
  return withArchive(context, "write", async (store) => {
    await takeLock(context, store, options.waitLock ?? 0);
    const origin = known.find(({ rule }) => rule.id === target.site.id)?.origin ?? "bundled";
    await store.putSite(siteRecord(target.site, origin, context.now()));
    const progress = openProgress(context, { mode: "crawl", targets: [target] });
    let report: BackfillReport;
    try {
      context.log.info(`filling gaps of ${target.site.id} by ${backfill.ways.join(", ")}`);
      report = await runBackfill(backfill, {
        ...outside(context, options),
        ...{ store, onEvent: progress.onEvent },
      });
    } finally {
      progress.close();
    }
    await sayReport(context, report, options);
    return report.reason === "signal" ? undefined : exitCodeOf(report, options.failOn);
  });
}

function optionsOf(
  { now, env }: Context,
  site: SiteRule,
  options: BackfillCommandOptions,
): BackfillOptions {
  const window = {
    from: startOf(options.from),
    to: Math.min(options.to === undefined ? now() : endOf(options.to), now()),
  };
  if (window.from >= window.to) {
    throw new WarraqError("E_USAGE", "--from must lie before --to, and before now");
  }
  return {
    ...{
      site,
      window,
      timeZone: TIME_ZONE,
      ways: options.via,
      services: servicesOf(env),
      program: programStamp(),
    },
    maxPages: options.maxPages ?? null,
    timeLimitMs: options.timeLimit ?? null,
    include: options.include ?? [],
    exclude: options.exclude ?? [],
    delayMs: options.delay ?? null,
    isDryRun: options.dryRun === true,
  };
}

/** @throws {WarraqError} E_BAD_URL naming the variable */
function servicesOf(env: Context["env"]): Services {
  const base = (name: string, usual: string): string => {
    const value = env[name];
    if (value === undefined || value === "") return usual;
    if (!URL.canParse(value) || !/^https?:$/u.test(new URL(value).protocol)) {
      throw new WarraqError("E_BAD_URL", `${name}: "${value}" is not an http(s) URL`);
    }
    return new URL(value.endsWith("/") ? value : `${value}/`).href;
  };
  return {
    wayback: base("WARRAQ_WAYBACK", DEFAULT_SERVICES.wayback),
    commonCrawlIndex: base("WARRAQ_COMMONCRAWL_INDEX", DEFAULT_SERVICES.commonCrawlIndex),
    commonCrawlData: base("WARRAQ_COMMONCRAWL_DATA", DEFAULT_SERVICES.commonCrawlData),
  };
}

function outside(
  context: Context,
  options: BackfillCommandOptions,
): Pick<BackfillDeps, "userAgent" | "allowPrivate" | "now" | "signal"> {
  return {
    userAgent: userAgent(options, context.env),
    allowPrivate: options.allowPrivate === true,
    now: context.now,
    signal: context.signal,
  };
}

const BY_WAY: Listing<WayReport> = {
  fields: [
    "way",
    "lookups",
    "found",
    "known",
    "missing",
    "stored",
    "skipped",
    "failed",
    "complete",
  ],
  toJson: wayFacts,
  columns: null,
};

function wayFacts({ isComplete, problems: _, ...counts }: WayReport) {
  return { ...counts, complete: isComplete };
}

async function sayReport(
  context: Context,
  report: BackfillReport,
  options: BackfillCommandOptions,
): Promise<void> {
  const { log } = context;
  const facts = reportFacts(report);
  const { months, gaps, emptyMonths } = report.gaps;
  if (formatOf(options) === "json") {
    const ways = report.ways.map((way) => ({ ...wayFacts(way), problems: way.problems }));
    const byMonth = months.map(({ month, articles, emptyDays }) => {
      return { month, articles, empty_days: emptyDays };
    });
    await printObject(context, {
      ...facts,
      ...{ ways, months: byMonth, empty_months: emptyMonths, gaps },
    });
  } else {
    await printRows(context, options, BY_WAY, report.ways);
  }
  if (report.trouble !== null) log.error(report.trouble.message, { code: report.trouble.code });
  sayGaps(context, report);
  log.final(reportLine(facts), { ...facts });
}

function sayGaps({ log }: Context, { gaps: { emptyMonths, gaps, months } }: BackfillReport): void {
  const articles = months.reduce((sum, month) => sum + month.articles, 0);
  const first = emptyMonths.slice(0, 2 * MOST_GAPS).join(", ");
  const more = emptyMonths.length > 2 * MOST_GAPS ? " …" : "";
  log.info(
    `${articles} dated articles in ${months.length} months; ` +
      (emptyMonths.length === 0
        ? "no month is empty"
        : `${emptyMonths.length} without any: ${first}${more}`),
  );
  for (const { from, to, days } of gaps.slice(0, MOST_GAPS)) {
    log.info(`still missing: ${from} to ${to}, ${counted(days, "day")} without an article`);
  }
  if (gaps.length > MOST_GAPS) log.info(`… and ${gaps.length - MOST_GAPS} shorter gaps`);
}

interface Missing {
  readonly way: BackfillWay;
  readonly page: PageRef;
}

const MISSING: Listing<Missing> = {
  fields: ["way", "url", "title", "published"],
  toJson: ({ way, page: { url, title, publishedAt } }) => ({
    ...{ way, url, title },
    published: publishedAt === null ? null : new Date(publishedAt).toISOString(),
  }),
  columns: [
    { title: "way", cell: ({ way }) => way },
    { title: "url", cell: ({ page }) => page.url, shrinkTo: 30 },
    { title: "title", cell: ({ page }) => page.title ?? "", shrinkTo: 12 },
  ],
};

async function listMissing(
  context: Context,
  store: Store | null,
  backfill: BackfillOptions,
  options: BackfillCommandOptions,
): Promise<ExitCode | undefined> {
  const missing: Missing[] = [];
  const report = await runBackfill(backfill, {
    ...outside(context, options),
    store,
    onMissing: (page, way) => void missing.push({ way, page }),
    onEvent: (event) => {
      if (event.kind === "problem") context.log.warn(event.message);
    },
  });
  await printRows(context, options, MISSING, missing);
  for (const { way, lookups, found, known, missing: count } of report.ways) {
    context.log.info(
      `${way}: ${found} found, ${known} known, ${count} missing (${counted(lookups, "request")})`,
    );
  }
  context.log.info(`${counted(missing.length, "page")} would be fetched; nothing was stored`);
  return report.reason === "signal" ? undefined : exitCodeOf(report, options.failOn);
}
