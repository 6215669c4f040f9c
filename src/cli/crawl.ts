/** `warraq crawl`: finds the articles of sites, fetches the new ones and archives them. */
import { Option } from "commander";
import type { CrawlOptions, WantedPage } from "../crawl/index.ts";
import { ExitCode } from "../errors.ts";
import type { AddCommand, Context } from "./command.ts";
import { counted } from "./counted.ts";
import { addOutputOptions } from "./options.ts";
import type { Listing } from "./output.ts";
import { duration } from "./parse.ts";
import { addRunOptions, type RunOptions } from "./run-options.ts";
import { programStamp } from "./version.ts";

interface CrawlCommandOptions extends RunOptions {
  readonly maxAge?: number;
  readonly dryRun?: boolean;
}

export const addCrawlCommand: AddCommand = (program, act) => {
  const command = program
    .command("crawl")
    .description(
      "Finds the articles of sites, fetches those the archive does not have and stores them. It may be\nstopped at any time and run again: it goes on where it was and fetches nothing twice.",
    )
    .argument("[site|url...]", "site ids, hosts or URLs (default: every site with a rule)");
  addRunOptions(command)
    .optionsGroup("Limits:")
    .option("--max-age <duration>", "no articles known to be older than this: 7d", duration)
    .optionsGroup("Running:")
    .addOption(
      new Option(
        "--dry-run",
        "list the articles that would be fetched, and store nothing",
      ).conflicts("reportSkipped"),
    );
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
The last line on stderr counts what was done; --json prints the same as an object on stdout.
--dry-run lists: url, site, found_by, title, published.
Ctrl-C once saves what is answered within five seconds and leaves the rest queued; twice ends at once.

Examples:
  $ warraq crawl almarsad libyaherald --max-pages 200
  $ warraq crawl https://www.example.ly/ --contact you@example.org
  $ warraq crawl -q --time-limit 50m --wait-lock 10m        # for cron`,
    )
    .action(
      act(async (context, words: readonly string[], options: CrawlCommandOptions) => {
        const { chooseTargets } = await import("../crawl/index.ts");
        const { nameableSites, knownSites, withArchiveIfAny } = await import("./rules.ts");
        const sites = await withArchiveIfAny(context, async (store) =>
          words.length === 0
            ? (await knownSites(store)).map(({ rule }) => rule)
            : nameableSites(store),
        );
        const crawl: CrawlOptions = {
          ...crawlOptions(options),
          targets: chooseTargets(words, sites),
          mode: "crawl",
          since: null,
          maxAgeMs: options.maxAge ?? null,
        };
        if (options.dryRun === true) return dryRun(context, crawl, options);
        const { withArchive } = await import("./open-archive.ts");
        const { runAndReport } = await import("./run.ts");
        return withArchive(context, "write", (store) =>
          runAndReport(context, store, crawl, options),
        );
      }),
    );
};

/** The part of a run's options that `crawl` and `recheck` share. */
export function crawlOptions(options: RunOptions) {
  return {
    maxPages: options.maxPages ?? null,
    timeLimitMs: options.timeLimit ?? null,
    include: options.include ?? [],
    exclude: options.exclude ?? [],
    concurrency: options.concurrency,
    delayMs: options.delay ?? null,
    budget: options.budget ?? null,
    program: programStamp(),
  };
}

const WANTED: Listing<WantedPage> = {
  fields: ["url", "site", "found_by", "title", "published"],
  toJson: ({ url, siteId, foundBy, title, publishedAt }) => ({
    url,
    site: siteId,
    found_by: foundBy,
    title,
    published: publishedAt === null ? null : new Date(publishedAt).toISOString(),
  }),
  columns: [
    { title: "site", cell: ({ siteId }) => siteId, shrinkTo: 8 },
    { title: "found by", cell: ({ foundBy }) => foundBy, isOptional: true },
    { title: "url", cell: ({ url }) => url, shrinkTo: 30 },
    { title: "title", cell: ({ title }) => title, shrinkTo: 12 },
  ],
};

async function dryRun(
  context: Context,
  crawl: CrawlOptions,
  options: RunOptions,
): Promise<ExitCode> {
  const { listWanted } = await import("../crawl/index.ts");
  const { printRows } = await import("./output.ts");
  const { withArchiveIfAny } = await import("./rules.ts");
  const { userAgent } = await import("./user-agent.ts");
  const { now, signal, log } = context;
  return withArchiveIfAny(context, async (store) => {
    let failed = 0;
    const wanted = listWanted(crawl, {
      store,
      userAgent: userAgent(options, context.env),
      allowPrivate: options.allowPrivate === true,
      now,
      signal,
      onEvent: (event) => {
        if (event.kind !== "problem") return;
        const { url, message } = event;
        log.warn(message.startsWith(url) ? message : `${url}: ${message}`);
      },
      onFailed: () => {
        failed++;
      },
    });
    const count = await printRows(context, options, WANTED, wanted);
    log.info(`${counted(count, "article")} would be fetched; nothing was stored`);
    // As in a crawl: who could not even read the sources has failed whole.
    return failed > count * options.failOn ? ExitCode.partial : ExitCode.ok;
  });
}
