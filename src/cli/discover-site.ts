/** The work of `discover`: reads the sources one by one and shows each, or what all of them name. */
import {
  type CrawlTarget,
  chooseTargets,
  readSources,
  type SourceReading,
} from "../crawl/index.ts";
import { explainPages } from "../discover/index.ts";
import { ExitCode } from "../errors.ts";
import { isoInstant } from "../export/index.ts";
import { openFetcher } from "../fetch/index.ts";
import type { FoundBy, PageRef } from "../model.ts";
import { displayUrl, isSameSite, urlKey } from "../url/index.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import type { DiscoverOptions } from "./discover.ts";
import { dayInLibya } from "./libya-time.ts";
import { type Listing, printRows } from "./output.ts";
import { nameableSites, withArchiveIfAny } from "./rules.ts";
import { userAgent } from "./user-agent.ts";

interface SourceRow {
  readonly source: PageRef;
  /** HTTP status, or the word for why there is none. */
  readonly status: number | string;
  readonly articles: number;
  readonly firstHere: number;
  readonly newest: number | null;
  readonly oldest: number | null;
  readonly problems: readonly string[];
}

interface OfferedArticle {
  readonly url: string;
  ways: FoundBy[];
  sources: string[];
  title: string | null;
  publishedAt: number | null;
  readonly reasons: readonly string[];
}

/** @throws {WarraqError} E_UNKNOWN_SITE, E_BAD_URL */
export async function discoverSite(
  context: Context,
  word: string,
  options: DiscoverOptions,
): Promise<ExitCode> {
  const [chosen] = chooseTargets([word], await withArchiveIfAny(context, nameableSites));
  if (chosen === undefined) return ExitCode.partial;
  const fetcher = openFetcher({
    userAgent: userAgent(options, context.env),
    allowPrivate: options.allowPrivate === true,
    now: context.now,
  });
  const { home } = chosen.site;
  const offered = new Map<string, OfferedArticle>();
  const seen = { read: 0 };
  try {
    const rows = sourceRows(asked(chosen), fetcher, { context, options, offered, seen });
    if (options.list === true) {
      for await (const row of rows) sayProblems(context, row);
      await printRows(context, options, articleListing(home), offered.values());
    } else await printRows(context, options, sourceListing(home), rows);
  } finally {
    await fetcher.close();
  }
  context.log.info(
    `${counted(seen.read, "source")} read, ${counted(offered.size, "article")} found; nothing was stored`,
  );
  return seen.read === 0 ? ExitCode.partial : ExitCode.ok;
}

/** A page typed by hand is read for what it links to, whatever it looks like. */
function asked({ site, seeds }: CrawlTarget): CrawlTarget {
  return {
    site,
    seeds: seeds.map((seed) => (seed.role === "article" ? { ...seed, role: "listing" } : seed)),
  };
}

interface Work {
  readonly context: Context;
  readonly options: DiscoverOptions;
  readonly offered: Map<string, OfferedArticle>;
  readonly seen: { read: number };
}

async function* sourceRows(
  target: CrawlTarget,
  fetcher: ReturnType<typeof openFetcher>,
  { context, options, offered, seen }: Work,
): AsyncGenerator<SourceRow> {
  const { signal, log } = context;
  let visited = 0;
  for await (const reading of readSources(target, fetcher, {
    delayMs: options.delay ?? null,
    signal,
  })) {
    const isMissedGuess = reading.source.foundBy === "guess" && reading.found === null;
    if (reading.found !== null) seen.read++;
    if (!isMissedGuess) yield rowOf(reading, collect(reading, target, options, offered));
    visited++;
    if (visited < options.maxSources) continue;
    log.info(`stopped after ${counted(visited, "source")} (--max-sources)`);
    return;
  }
}

/** Adds the articles of one source to those of the others. @returns how many are new */
function collect(
  { source, outcome, found }: SourceReading,
  { site }: CrawlTarget,
  { list }: DiscoverOptions,
  offered: Map<string, OfferedArticle>,
): number {
  if (found === null || outcome.kind !== "captured") return 0;
  const articles = found.pages.filter(({ role }) => role === "article");
  const isInScope = (url: string): boolean => isSameSite(url, site.hosts);
  const urls = articles.map(({ url }) => url);
  const reasons =
    list === true ? explainPages(outcome.capture, urls, { site, isInScope }) : new Map();
  let added = 0;
  for (const { url, foundBy, title, publishedAt } of articles) {
    const key = urlKey(url);
    const known = offered.get(key);
    if (known === undefined) {
      added++;
      const why: readonly string[] = reasons.get(key) ?? [];
      offered.set(key, {
        ...{ url, ways: [foundBy], sources: [source.url], title, publishedAt, reasons: why },
      });
      continue;
    }
    if (!known.ways.includes(foundBy)) known.ways.push(foundBy);
    if (!known.sources.includes(source.url)) known.sources.push(source.url);
    known.title ??= title;
    known.publishedAt ??= publishedAt;
  }
  return added;
}

function rowOf({ source, outcome, found }: SourceReading, firstHere: number): SourceRow {
  const articles = found?.pages.filter(({ role }) => role === "article") ?? [];
  const dates = articles
    .map(({ publishedAt, lastModifiedAt }) => publishedAt ?? lastModifiedAt)
    .filter((at) => at !== null);
  // Details of outcomes name the URL themselves.
  const trouble = "detail" in outcome ? [outcome.detail.replaceAll(`${source.url}: `, "")] : [];
  return {
    ...{ source, status: statusOf(outcome), articles: articles.length, firstHere },
    newest: dates.length === 0 ? null : dates.reduce((a, b) => Math.max(a, b)),
    oldest: dates.length === 0 ? null : dates.reduce((a, b) => Math.min(a, b)),
    problems: found?.problems ?? trouble,
  };
}

function statusOf(outcome: SourceReading["outcome"]): number | string {
  switch (outcome.kind) {
    case "captured":
      return outcome.capture.status;
    case "gone":
      return outcome.status;
    case "refused":
      return outcome.reason;
    case "failed":
      return outcome.status ?? outcome.code;
    case "not-modified":
      return 304;
  }
}

function sayProblems({ log }: Context, { source, problems }: SourceRow): void {
  for (const problem of problems) log.warn(`${displayUrl(source.url)}: ${problem}`);
}

const sourceListing = (home: string): Listing<SourceRow> => ({
  fields: [
    ...["source", "role", "found_by", "status", "articles", "first_here", "newest", "oldest"],
    "problems",
  ],
  toJson: ({ source, status, articles, firstHere, newest, oldest, problems }) => ({
    ...{ source: source.url, role: source.role, found_by: source.foundBy, status, articles },
    first_here: firstHere,
    newest: newest === null ? null : isoInstant(newest),
    oldest: oldest === null ? null : isoInstant(oldest),
    problems,
  }),
  columns: [
    { title: "role", cell: ({ source }) => source.role },
    { title: "found by", cell: ({ source }) => source.foundBy, isOptional: true },
    { title: "status", cell: ({ status }) => status, shrinkTo: 6 },
    { title: "articles", cell: ({ articles }) => articles, align: "right" },
    { title: "first here", cell: ({ firstHere }) => firstHere, align: "right" },
    { title: "newest", cell: ({ newest }) => dayInLibya(newest) },
    { title: "oldest", cell: ({ oldest }) => dayInLibya(oldest), isOptional: true },
    { title: "source", cell: ({ source }) => placeOf(source.url, home), shrinkTo: 16 },
  ],
  details: ({ problems }) => problems.map((text) => ({ text })),
});

const articleListing = (home: string): Listing<OfferedArticle> => ({
  fields: ["url", "ways", "sources", "title", "published", "reasons"],
  toJson: ({ url, ways, sources, title, publishedAt, reasons }) => ({
    ...{ url, ways, sources, title },
    published: publishedAt === null ? null : isoInstant(publishedAt),
    reasons,
  }),
  columns: [
    { title: "ways", cell: ({ ways }) => ways.join(", "), shrinkTo: 7 },
    { title: "published", cell: ({ publishedAt }) => dayInLibya(publishedAt) },
    { title: "title", cell: ({ title }) => title, shrinkTo: 12 },
    { title: "url", cell: ({ url }) => placeOf(url, home), shrinkTo: 24 },
  ],
  details: ({ reasons }) => (reasons.length === 0 ? [] : [{ text: reasons.join("; ") }]),
});

/** In a table of one site's addresses only the path tells them apart. */
function placeOf(url: string, home: string): string {
  const { origin } = new URL(home);
  const shown = displayUrl(url);
  return url.startsWith(`${origin}/`) && shown.startsWith(origin)
    ? shown.slice(origin.length)
    : shown;
}
