/** What `warraq import` does. Heavy (SQLite, extraction): imported inside its action only. */
import {
  exitCodeOf,
  type FoundPage,
  type ImportDamage,
  type ImportOptions,
  type ImportPlace,
  type ImportReport,
  lookAt,
  runImport,
  type SourceReport,
  sourcesOf,
} from "../crawl/import/index.ts";
import type { ExitCode } from "../errors.ts";
import { growBeforeCollecting } from "../process/heap.ts";
import { findSite } from "../sites/index.ts";
import type { SiteRecord, Store } from "../store/store.ts";
import { type Context, DEFAULT_ARCHIVE } from "./command.ts";
import { counted } from "./counted.ts";
import { windowOf } from "./filters.ts";
import type { ImportCommandOptions } from "./import.ts";
import { TIME_ZONE } from "./libya-time.ts";
import { takeLock } from "./lock.ts";
import { withArchive } from "./open-archive.ts";
import { formatOf } from "./options.ts";
import { type Listing, printObject, printRows } from "./output.ts";
import { humanSeconds, reportFacts, reportLine } from "./report.ts";
import { knownSites, noSuchSite, withArchiveIfAny } from "./rules.ts";
import { programStamp } from "./version.ts";

/** Places of damage named one by one; a file full of them is summed up. */
const MOST_DAMAGE = 20;
/** More sites than this are looked up in `stats` rather than typed. */
const MOST_NAMED = 8;
/** How often a long import says that it lives. */
const PROGRESS_MS = 10_000;

/** @returns undefined when a signal stopped it: then the signal decides the exit code */
export async function importFiles(
  context: Context,
  paths: readonly string[],
  options: ImportCommandOptions,
): Promise<ExitCode | undefined> {
  // All of them are looked at before anything is done.
  const places: ImportPlace[] = [];
  for (const path of paths) places.push(await lookAt(path));
  const known = await withArchiveIfAny(context, knownSites);
  const sites = known.map(({ rule }) => rule);
  const site = options.site === undefined ? null : findSite(sites, options.site);
  if (options.site !== undefined && site === null) {
    throw noSuchSite(
      options.site,
      sites.map(({ id }) => id),
    );
  }
  const sources = (
    await Promise.all(
      places.map((place) => sourcesOf(place, { profile: options.as ?? null, timeZone: TIME_ZONE })),
    )
  ).flat();
  const run: ImportOptions = {
    ...{ sources, sites, site, program: programStamp() },
    include: options.include ?? [],
    exclude: options.exclude ?? [],
    ...{ from: null, to: null, ...windowOf(options) },
    timeLimitMs: options.timeLimit ?? null,
    isDryRun: options.dryRun === true,
  };
  const originOf = (id: string): SiteRecord["origin"] =>
    known.find(({ rule }) => rule.id === id)?.origin ?? "bundled";
  if (run.isDryRun) {
    return withArchiveIfAny(context, (store) => dryRun(context, store, run, originOf, options));
  }
  growBeforeCollecting();
  return withArchive(context, "write", async (store) => {
    await takeLock(context, store, options.waitLock ?? 0);
    const progress = openProgress(context, sources.length);
    const report = await runImport(run, {
      ...{ store, originOf, now: context.now, signal: context.signal },
      ...progress,
    });
    progress.sayUntold();
    await sayReport(context, report, options);
    return report.reason === "signal" ? undefined : exitCodeOf(report, options.failOn);
  });
}

/** Says what is damaged as it is met, and now and then how far the file has been read. */
function openProgress({ log, now }: Context, files: number) {
  const startedAt = now();
  let saidAt = startedAt;
  let damages = 0;
  return {
    onDamage({ file, offset, detail }: ImportDamage): void {
      if (++damages <= MOST_DAMAGE) log.warn(`${file}: at byte ${offset}: ${detail}`, {});
    },
    sayUntold(): void {
      if (damages > MOST_DAMAGE) log.warn(`… and ${damages - MOST_DAMAGE} more damaged places`);
    },
    onProgress({ name, bytes }: { name: string; bytes: number }, reached: number, pages: number) {
      if (now() - saidAt < PROGRESS_MS) return;
      saidAt = now();
      const share = bytes === 0 ? 100 : Math.floor((100 * reached) / bytes);
      const rate = Math.round(pages / ((saidAt - startedAt) / 1_000));
      const which = files > 1 ? `${name}: ` : "";
      log.info(
        `… ${humanSeconds((saidAt - startedAt) / 1_000)}: ${which}${share} %, ${counted(pages, "page")}, ${rate} a second`,
      );
    },
    onEvent(event: Parameters<Parameters<typeof runImport>[1]["onEvent"]>[0]): void {
      if (event.kind === "stopping") {
        log.info(`stopping (${event.reason}): finishing what is in hand`);
      } else if (event.kind === "page") {
        const { settled, url, detail } = event;
        log.debug(`${settled.result.padEnd(12)} ${url} ${detail}`.trimEnd());
      }
    },
  };
}

async function sayReport(
  context: Context,
  report: ImportReport,
  options: ImportCommandOptions,
): Promise<void> {
  const { log } = context;
  const facts = reportFacts(report);
  for (const file of report.files) log.info(inWords(file));
  if (report.files.some(({ queued }) => queued > 0)) log.info(nextStep(report, context));
  if (report.trouble !== null) log.error(report.trouble.message, { code: report.trouble.code });
  if (formatOf(options) !== "table") await printObject(context, { ...facts, files: report.files });
  log.final(reportLine(facts), { ...facts });
}

/** What fetches what was queued: hosts without a rule are crawled only when they are named. */
function nextStep({ sources }: ImportReport, { archivePath }: Context): string {
  const words = sources.length > MOST_NAMED ? ["<site>"] : sources;
  const flag = archivePath === DEFAULT_ARCHIVE ? [] : ["--archive", archivePath];
  const all = words === sources ? "" : ` (${sources.length} sites: warraq stats)`;
  return `to fetch them: ${["warraq crawl", ...words, ...flag].join(" ")}${all}`;
}

/** The noun of what was passed over; media types and statuses have none. */
const NOUN = /(?<=^|\s)(?:record|page|kind|file|bomb)(?=\s|$)/u;

/** `request records`, `unnamed kinds of file`, `without web address`. */
export function kindsOf(what: string, count: number): string {
  return (count === 1 ? what : what.replace(NOUN, "$&s")).replace(/^no /u, "without ");
}

/** `old.warc.gz: 120 records, 80 pages; passed over: 20 image/jpeg, 10 request records` */
function inWords({ file, kind, items, pages, passed, damaged, queued }: SourceReport): string {
  const left = passed.map(({ what, count }) => `${count} ${kindsOf(what, count)}`).join(", ");
  if (kind === "urls" || kind === "opml") {
    const addresses = `${counted(pages, "address", "addresses")}, ${queued} of them new in the queue`;
    return [`${file}: ${addresses}`, ...(left === "" ? [] : [`passed over: ${left}`])].join("; ");
  }
  const read = kind === "warc" ? counted(items, "record") : counted(items, "entry", "entries");
  const nothing = pages === 0 && items > 0 ? `, none of them a page to import` : "";
  return [
    `${file}: ${read}, ${counted(pages, "page")}${nothing}`,
    ...(left === "" ? [] : [`passed over: ${left}`]),
    ...(damaged > 0 ? [`damaged: ${damaged}`] : []),
  ].join("; ");
}

const FOUND: Listing<FoundPage> = {
  fields: ["url", "site", "captured", "file", "offset", "known"],
  toJson: ({ url, siteId, capturedAt, file, offset, isKnown }) => ({
    ...{ url, site: siteId, captured: isoOf(capturedAt), file, offset },
    known: isKnown,
  }),
  columns: [
    { title: "captured", cell: ({ capturedAt }) => isoOf(capturedAt) ?? "" },
    { title: "site", cell: ({ siteId }) => siteId, shrinkTo: 8 },
    { title: "url", cell: ({ url }) => url, shrinkTo: 30 },
    { title: "known", cell: ({ isKnown }) => (isKnown ? "yes" : "") },
  ],
};

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

async function dryRun(
  context: Context,
  store: Store | null,
  run: ImportOptions,
  originOf: (id: string) => SiteRecord["origin"],
  options: ImportCommandOptions,
): Promise<ExitCode | undefined> {
  const found: FoundPage[] = [];
  const progress = openProgress(context, run.sources.length);
  const report = await runImport(run, {
    ...{ store, originOf, now: context.now, signal: context.signal },
    ...progress,
    onFound: (page) => void found.push(page),
  });
  progress.sayUntold();
  await printRows(context, options, FOUND, found);
  for (const file of report.files) context.log.info(inWords(file));
  const news = found.filter(({ isKnown }) => !isKnown).length;
  context.log.info(`${counted(news, "page")} would be read; nothing was stored`);
  return report.reason === "signal" ? undefined : exitCodeOf(report, options.failOn);
}
