/** `warraq backfill`: fills the gaps of a stretch of time, and says what is missing still. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { AddCommand } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import {
  duration,
  pattern,
  positiveNumber,
  type Span,
  secondsOrDuration,
  share,
  span,
} from "./parse.ts";
import { addNetworkOptions, type NetworkOptions } from "./run-options.ts";

export interface BackfillCommandOptions extends NetworkOptions, OutputOptions {
  readonly from: Span;
  readonly to?: Span;
  readonly via: readonly Way[];
  readonly maxPages?: number;
  readonly timeLimit?: number;
  readonly include?: readonly RegExp[];
  readonly exclude?: readonly RegExp[];
  readonly delay?: number;
  readonly waitLock?: number;
  readonly failOn: number;
  readonly dryRun?: boolean;
}

/** Spelt out here, too, because `--help` must not load the crawler; the compiler compares the two. */
const WAYS = ["wp", "sitemap", "archive", "id", "wayback", "commoncrawl"] as const;

export type Way = (typeof WAYS)[number];

/** Numbers are guesses at addresses: only when asked for. */
const DEFAULT_WAYS: readonly Way[] = ["wp", "sitemap", "archive", "wayback", "commoncrawl"];

export const addBackfillCommand: AddCommand = (program, act) => {
  const command = program
    .command("backfill")
    .description(
      "Finds the articles a site published in a stretch of time, fetches those the archive does not\nhave, from the site itself or from public archives, and says what is missing still. It may be\nstopped at any time and run again: it goes on where it was and fetches nothing twice.",
    )
    .argument("<site>", "site id, host or URL")
    .optionsGroup("Which articles:")
    .requiredOption("--from <date>", "published from YYYY[-MM[-DD]] on (Tripoli time)", span)
    .option("--to <date>", "published up to YYYY[-MM[-DD]] (Tripoli time; default: now)", span)
    .addOption(
      new Option("--via <ways>", `in this order, comma-separated: ${WAYS.join(", ")}`)
        .argParser(ways)
        .default(DEFAULT_WAYS, "all but id"),
    )
    .option("--include <regexp>", "only articles whose URL matches; may be repeated", pattern)
    .option("--exclude <regexp>", "no articles whose URL matches; may be repeated", pattern);
  addLimits(command);
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
wp           WordPress's list of posts (REST API), 100 a request
sitemap      the sitemaps, only the parts that can speak of these days
archive      date archives: /2019/03/, /2019/03/page/2/, or day by day
id           numbers in addresses, bounded by the dates of articles known already; a sample goes first
wayback      the Internet Archive's Wayback Machine: captures are stored with their own time
commoncrawl  Common Crawl's monthly crawls, in the same way

Public archives fill only pages of which the archive has no article. Prints a row a way; --json one object
with the ways, the months and the gaps. --dry-run lists the missing pages: way, url, title, published.
WARRAQ_WAYBACK, WARRAQ_COMMONCRAWL_INDEX and WARRAQ_COMMONCRAWL_DATA name other servers of that kind.

Examples:
  $ warraq backfill almarsad --from 2019-03 --to 2019-05
  $ warraq backfill libyaherald --from 2011 --to 2014 --via wayback,commoncrawl --max-pages 500
  $ warraq backfill https://www.example.ly/ --from 2020 --dry-run --csv > missing.csv`,
    )
    .action(
      act(async (context, word: string, options: BackfillCommandOptions) => {
        const { backfillSite } = await import("./backfill-site.ts");
        return backfillSite(context, word, options);
      }),
    );
};

function addLimits(command: Command): void {
  command
    .optionsGroup("Limits:")
    .option("--max-pages <count>", "stop after this many pages were fetched", positiveNumber)
    .option("--time-limit <duration>", "stop after this time: 30m, 2h", duration);
  addNetworkOptions(command)
    .option(
      "--delay <duration>",
      "least time between two requests to a host: 2, 500ms (default: the site's; 5s for public archives)",
      secondsOrDuration,
    )
    .optionsGroup("Running:")
    .option(
      "--wait-lock <duration>",
      "wait this long for another crawl to end, instead of exit 75",
      duration,
    )
    .addOption(
      new Option("--fail-on <share>", "exit 3 when more than this share of pages failed")
        .argParser(share)
        .default(0.2, "20%"),
    )
    .option("--dry-run", "list the missing pages by way, fetch none and store nothing");
}

function ways(text: string): readonly Way[] {
  const named = text.split(",").map((word) => word.trim());
  return [...new Set(named)].map((word) => {
    const way = WAYS.find((known) => known === word);
    if (way === undefined) throw new InvalidArgumentError(`Give some of ${WAYS.join(", ")}.`);
    return way;
  });
}
