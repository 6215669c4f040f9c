/** Options of commands that go to the network. Light: part of `--help`. */
import { type Command, Option } from "commander";
import type { OutputOptions } from "./options.ts";
import {
  duration,
  headerText,
  pattern,
  positiveNumber,
  secondsOrDuration,
  share,
} from "./parse.ts";

/** What names us to the servers we visit. */
export interface NetworkOptions {
  readonly allowPrivate?: boolean;
  readonly userAgent?: string;
  readonly contact?: string;
}

export interface RunOptions extends NetworkOptions, OutputOptions {
  readonly maxPages?: number;
  readonly timeLimit?: number;
  readonly include?: readonly RegExp[];
  readonly exclude?: readonly RegExp[];
  readonly concurrency: number;
  readonly delay?: number;
  readonly budget?: number;
  readonly waitLock?: number;
  readonly failOn: number;
  readonly reportSkipped?: string;
}

/** Eight hosts keep one polite machine busy; at 5 s a request that is 96 pages a minute. */
const DEFAULT_CONCURRENCY = 8;

export function addNetworkOptions(command: Command): Command {
  return command
    .optionsGroup("Manners:")
    .option(
      "--contact <address>",
      "e-mail or URL of who runs this, told to every server (env WARRAQ_CONTACT)",
      headerText,
    )
    .option("--user-agent <text>", "replaces the whole User-Agent", headerText)
    .option("--allow-private", "also fetch loopback and private addresses");
}

export function addRunOptions(command: Command): Command {
  command
    .optionsGroup("Limits:")
    .option("--max-pages <count>", "stop after this many article pages", positiveNumber)
    .option("--time-limit <duration>", "stop after this time: 30m, 2h", duration)
    .option("--include <regexp>", "only articles whose URL matches; may be repeated", pattern)
    .option("--exclude <regexp>", "no articles whose URL matches; may be repeated", pattern)
    .option(
      "--concurrency <count>",
      "hosts visited side by side",
      positiveNumber,
      DEFAULT_CONCURRENCY,
    );
  addNetworkOptions(command)
    .option(
      "--delay <duration>",
      "least time between two requests to a host: 2, 500ms (default: each site's)",
      secondsOrDuration,
    )
    .option(
      "--budget <count>",
      "most requests per site and day, over all runs (default: each site's, or 10000)",
      positiveNumber,
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
    .option(
      "--report-skipped <file>",
      "write every page this run skipped, failed on or found gone: .jsonl or .csv (replaced)",
    );
  return command;
}
