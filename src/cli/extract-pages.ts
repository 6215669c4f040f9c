/**
 * The work of `extract`: pages in, records out, in the order of the input. One page is read in this
 * thread; many in worker threads, with as many in flight as keep all cores busy and no more, so that
 * memory stays flat over any number of files.
 */
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { ExitCode, WarraqError } from "../errors.ts";
import { type ExtractedRecord, toExtractedRecord } from "../export/index.ts";
import type { Trace } from "../model.ts";
import { createPageReader, openWorkers, type PageJob, type ReadOutcome } from "../process/index.ts";
import { findSite, loadThemes, type SiteRule } from "../sites/index.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import { printExplained, printForReading } from "./explain.ts";
import type { ExtractOptions } from "./extract.ts";
import { type Listing, printObject, printRows, toJsonText } from "./output.ts";
import { getPage, inputsFrom, type PageInput } from "./page-input.ts";
import { knownSites, noSuchSite, withArchiveIfAny } from "./rules.ts";
import { programStamp } from "./version.ts";

/** One page as it is printed: the record, what the page is, and what went wrong with it. */
export type ExtractedPage = ExtractedRecord & {
  readonly kind: string | null;
  readonly reasons: readonly string[];
  readonly encoding: string | null;
  readonly file: string;
  /** Why there is no record: the page could not be had or read. */
  readonly error: string | null;
  readonly trace?: Trace;
};

/** Two per thread: one being read while the next waits with its bytes at hand. */
const IN_FLIGHT_PER_THREAD = 2;
/** Of many pages, as with `crawl --fail-on`. */
const FAIL_ON = 0.2;

type Read = (job: PageJob) => Promise<ReadOutcome>;

export async function extractPages(
  context: Context,
  words: readonly string[],
  options: ExtractOptions,
): Promise<ExitCode> {
  if (words.length === 0 && options.filesFrom === undefined) {
    throw new WarraqError("E_USAGE", "extract needs a file, a URL, - or --files-from");
  }
  const isOne = words.length === 1 && options.filesFrom === undefined;
  const sites = (await withArchiveIfAny(context, knownSites)).map(({ rule }) => rule);
  if (options.site !== undefined && findSite(sites, options.site) === null) {
    throw noSuchSite(
      options.site,
      sites.map(({ id }) => id),
    );
  }
  return isOne
    ? extractOne(context, words[0] ?? "", options, sites)
    : extractMany(context, words, options, sites);
}

async function extractOne(
  context: Context,
  place: string,
  options: ExtractOptions,
  sites: readonly SiteRule[],
): Promise<ExitCode> {
  const reader = createPageReader({ sites, themes: loadThemes() });
  const read: Read = async (job) => ({ kind: "read", reading: reader(job) });
  const input = { place, url: options.url ?? null, id: null };
  const page = await readOne(context, input, options, sites, read);
  if (page.error !== null) {
    context.log.error(page.error);
    return ExitCode.partial;
  }
  if (options.json || options.jsonl) {
    if (options.jsonl) await context.stdout(`${toJsonText(page)}\n`);
    else await printObject(context, page);
  } else if (options.explain) await printExplained(context, page);
  else if (page.title !== null) await printForReading(context, page);
  if (page.title !== null) return ExitCode.ok;
  context.log.error(`${place}: not an article: ${page.kind} (${page.reasons.join("; ")})`);
  return ExitCode.partial;
}

async function extractMany(
  context: Context,
  words: readonly string[],
  options: ExtractOptions,
  sites: readonly SiteRule[],
): Promise<ExitCode> {
  const threads = availableParallelism();
  const workers = openWorkers({ sites, threads });
  const counts = { pages: 0, articles: 0, failed: 0 };
  const listing: Listing<ExtractedPage> = { fields: null, toJson: (page) => page, columns: null };
  const print = options.json ? { json: true } : { jsonl: true };
  try {
    const pages = inOrder(
      inputsOf(context, words, options),
      threads * IN_FLIGHT_PER_THREAD,
      (input) =>
        readOne(context, input, options, sites, workers.read).catch((error: unknown) => {
          if (!(error instanceof WarraqError)) throw error;
          return failedPage(input, error.message);
        }),
    );
    await printRows(context, print, listing, counting(pages));
  } finally {
    await workers.close();
  }
  const { pages, articles, failed } = counts;
  context.log.info(
    `${counted(pages, "page")}, ${counted(articles, "article")}, ${failed} could not be read`,
  );
  return failed > pages * FAIL_ON ? ExitCode.partial : ExitCode.ok;

  async function* counting(pages: AsyncIterable<ExtractedPage>): AsyncGenerator<ExtractedPage> {
    for await (const page of pages) {
      counts.pages++;
      if (page.error !== null) {
        counts.failed++;
        context.log.warn(page.error);
      } else if (page.title !== null) counts.articles++;
      yield page;
    }
  }
}

async function* inputsOf(
  context: Context,
  words: readonly string[],
  { filesFrom, url }: ExtractOptions,
): AsyncGenerator<PageInput> {
  for (const place of words) yield { place, url: url ?? null, id: null };
  if (filesFrom !== undefined) yield* inputsFrom(context, filesFrom);
}

async function readOne(
  context: Context,
  input: PageInput,
  options: ExtractOptions,
  sites: readonly SiteRule[],
  read: Read,
): Promise<ExtractedPage> {
  const page = await getPage(context, input, options);
  if (typeof page === "string") return failedPage(input, page);
  const site = findSite(sites, options.site ?? page.url);
  const outcome = await read({
    url: page.url,
    fetchedAt: context.now(),
    headers: page.headers,
    body: page.body,
    siteId: site?.id ?? null,
    explain: options.explain === true,
    pack: false,
  });
  if (outcome.kind === "unreadable") return failedPage(input, outcome.detail);
  const { extraction, fingerprint, rule, encoding } = outcome.reading;
  const { article, kind, reasons, trace } = extraction;
  const record = toExtractedRecord({
    id: input.id,
    url: page.url,
    article,
    fingerprint,
    rawDigest: createHash("sha256").update(page.body).digest("hex"),
    extractor: { program: programStamp(), rule },
  });
  return {
    ...record,
    source: site?.id ?? null,
    kind,
    reasons,
    encoding,
    file: input.place,
    error: null,
    ...(options.explain && trace !== null && { trace }),
  };
}

function failedPage({ id, url, place }: PageInput, error: string): ExtractedPage {
  const record = toExtractedRecord({
    ...{ id, url: url ?? place, article: null, fingerprint: null, rawDigest: "" },
    extractor: { program: programStamp(), rule: "" },
  });
  return { ...record, raw_hash: null, kind: null, reasons: [], encoding: null, file: place, error };
}

/** Maps with up to `width` at work at once, and yields in the order of the input. */
async function* inOrder<In, Out>(
  inputs: AsyncIterable<In>,
  width: number,
  work: (input: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const inFlight: Promise<Out>[] = [];
  for await (const input of inputs) {
    const result = work(input);
    // Awaited later, in turn; until then a rejection must not count as unhandled.
    result.catch(() => {});
    inFlight.push(result);
    if (inFlight.length >= width) yield inFlight.shift() as Promise<Out>;
  }
  yield* inFlight;
}
