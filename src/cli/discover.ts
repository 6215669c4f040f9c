/** `warraq discover`: what a site offers, by which way, without storing anything. */
import type { AddCommand } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import { positiveNumber, secondsOrDuration } from "./parse.ts";
import { addNetworkOptions, type NetworkOptions } from "./run-options.ts";

export interface DiscoverOptions extends NetworkOptions, OutputOptions {
  readonly list?: boolean;
  readonly maxSources: number;
  readonly delay?: number;
}

/** At five seconds a request, about three minutes. */
const DEFAULT_SOURCES = 40;

export const addDiscoverCommand: AddCommand = (program, act) => {
  const command = program
    .command("discover")
    .description(
      "Reads a site's home page, feeds, sitemaps, REST interface and sections politely, and shows what each\nof them names. Stores nothing.",
    )
    .argument("<url|site>", "a site id, or any URL: the site's, or one page's")
    .optionsGroup("What to show:")
    .option("--list", "every article found, with its ways, its date and why it is an article")
    .option(
      "--max-sources <count>",
      "read at most this many feeds, sitemaps and pages",
      positiveNumber,
      DEFAULT_SOURCES,
    );
  addNetworkOptions(command).option(
    "--delay <duration>",
    "least time between two requests to a host: 2, 500ms (default: each site's)",
    secondsOrDuration,
  );
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Fields: source, role, found_by, status, articles, first_here, newest, oldest, problems. Dates are the
source's own word: of publication, else of change. first_here counts articles no source above names.
With --list: url, ways, sources, title, published, reasons.
Exit 3 when no source could be read.

Examples:
  $ warraq discover almarsad
  $ warraq discover https://www.example.ly/ --list
  $ warraq discover https://www.example.ly/ --list --jsonl > offered.jsonl`,
    )
    .action(
      act(async (context, word: string, options: DiscoverOptions) => {
        const { discoverSite } = await import("./discover-site.ts");
        return discoverSite(context, word, options);
      }),
    );
};
