/** `warraq import`: what others captured, saved or extracted, read into the archive. */
import { Option } from "commander";
import type { AddCommand } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import { duration, pattern, type Span, share, span } from "./parse.ts";

export interface ImportCommandOptions extends OutputOptions {
  readonly as?: (typeof PROFILES)[number];
  readonly site?: string;
  readonly include?: readonly RegExp[];
  readonly exclude?: readonly RegExp[];
  readonly from?: Span;
  readonly to?: Span;
  readonly timeLimit?: number;
  readonly waitLock?: number;
  readonly failOn: number;
  readonly dryRun?: boolean;
}

/** Spelt out here, too, because `--help` must not load the crawler; the compiler compares the two. */
const PROFILES = [
  "news-please",
  "trafilatura",
  "newspaper4k",
  "mediacloud",
  "schema.org",
  "warraq",
] as const;

export const addImportCommand: AddCommand = (program, act) => {
  const command = program
    .command("import")
    .description(
      "Reads pages that others captured into the archive, each at the time it was captured: an older capture\ngoes before what is there. It may be stopped at any time and run again: it goes on where it was, and\nthe same file twice adds nothing.",
    )
    .argument("<files...>", "WARC, WACZ, a folder of saved pages, JSON, a list of URLs, OPML")
    .optionsGroup("What it is:")
    .addOption(
      new Option("--as <profile>", "JSON of this program (default: seen by its fields)").choices(
        PROFILES,
      ),
    )
    .optionsGroup("Which pages:")
    .option("--site <id>", "only pages of this site, read by its rule")
    .option("--include <regexp>", "only pages whose URL matches; may be repeated", pattern)
    .option("--exclude <regexp>", "no pages whose URL matches; may be repeated", pattern)
    .option("--from <date>", "captured from YYYY[-MM[-DD]] on (Tripoli time)", span)
    .option("--to <date>", "captured up to YYYY[-MM[-DD]] (Tripoli time)", span)
    .optionsGroup("Running:")
    .option("--time-limit <duration>", "stop after this time: 30m, 2h", duration)
    .option(
      "--wait-lock <duration>",
      "wait this long for a crawl to end, instead of exit 75",
      duration,
    )
    .addOption(
      new Option("--fail-on <share>", "exit 3 when more than this share was damaged or failed")
        .argParser(share)
        .default(0.2, "20%"),
    )
    .option("--dry-run", "list the pages that would be read, and store nothing");
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
What a file is, is seen from its first bytes; .gz is unpacked. Of a WARC or WACZ only HTML answers with
status 200 are read. Lists of URLs and OPML are put in the queue for the next crawl.
The last line on stderr counts what was done; --json prints the same as an object on stdout, with a
list of files. --dry-run lists: url, site, captured, file, offset, known.

Examples:
  $ warraq import crawl-2014.warc.gz --site libyaherald --from 2012
  $ wget --warc-file=page --page-requisites https://www.example.ly/a && warraq import page.warc.gz
  $ warraq import saved-pages/ articles.jsonl.gz feeds.opml`,
    )
    .action(
      act(async (context, files: readonly string[], options: ImportCommandOptions) => {
        const { importFiles } = await import("./import-files.ts");
        return importFiles(context, files, options);
      }),
    );
};
