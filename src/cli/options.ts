/**
 * Options that several commands share, with their types: global, output and filter. Light: part of
 * `--help`.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import { duration, type Span, span, wholeNumber } from "./parse.ts";

export interface GlobalOptions {
  readonly archive?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly logFormat?: "pretty" | "json";
  readonly color?: boolean;
}

/** Adds the global flags; they are understood before and after the command's name. */
export function addGlobalOptions(command: Command): void {
  const own = new Set(command.options.flatMap(({ short, long }) => [short, long]));
  command.optionsGroup("Global options:");
  for (const option of [
    new Option("--archive <file>", "the archive (env WARRAQ_ARCHIVE, default warraq.db)"),
    new Option("-q, --quiet", "say nothing but warnings, errors and a run's final line"),
    new Option("-v, --verbose", "say more"),
    new Option("--log-format <format>", "how to talk on stderr").choices(["pretty", "json"]),
    new Option("--no-color", "no colours (also: NO_COLOR=1)"),
  ]) {
    if (!own.has(option.long ?? "")) command.addOption(option);
  }
}

export type Format = "table" | "json" | "jsonl" | "csv";

export interface OutputOptions {
  readonly table?: boolean;
  readonly json?: boolean;
  readonly jsonl?: boolean;
  readonly csv?: boolean;
  readonly fields?: readonly string[];
}

const FORMATS = [
  ["table", "aligned columns for people (the default, also in a pipe)"],
  ["json", "one JSON array"],
  ["jsonl", "one JSON object per line"],
  ["csv", "CSV (RFC 4180) with a header line"],
] as const;

/** Adds `--table --json --jsonl --csv --fields`: alike for every listing command. */
export function addOutputOptions(command: Command): Command {
  command.optionsGroup("Output:");
  for (const [name, description] of FORMATS) {
    const others = FORMATS.map(([other]) => other).filter((other) => other !== name);
    command.addOption(new Option(`--${name}`, description).conflicts(others));
  }
  return command.option("--fields <names>", "only these fields, comma-separated", names);
}

export function formatOf(options: OutputOptions): Format {
  return FORMATS.map(([name]) => name).find((name) => options[name]) ?? "table";
}

export interface FilterOptions {
  readonly site?: readonly string[];
  readonly category?: string;
  readonly author?: string;
  readonly place?: string;
  readonly language?: string;
  readonly from?: Span;
  readonly to?: Span;
  readonly since?: number;
  readonly status?: "live" | "gone" | "blocked" | "moved";
}

/** Adds the filters of `search`, `list` and `export`. */
export function addFilterOptions(command: Command): Command {
  return command
    .optionsGroup("Which articles:")
    .option("--site <ids>", "of these sites, comma-separated", names)
    .option("--category <label>", "filed under this label, whatever its spelling")
    .option("--author <name>", "whose authors contain this name")
    .option("--place <name>", "that tell of this place of Libya, in any spelling")
    .option("--language <tag>", "in this language: ar, en, fr …")
    .option("--from <date>", "published on or after YYYY[-MM[-DD]] (Tripoli time)", span)
    .option("--to <date>", "published on or before YYYY[-MM[-DD]] (Tripoli time)", span)
    .option("--since <duration>", "seen first or again within this time: 12h, 7d", duration)
    .addOption(
      new Option("--status <status>", "how the page was when last visited").choices([
        "live",
        "gone",
        "blocked",
        "moved",
      ]),
    );
}

/** Adds `--limit`, `--cursor` and, where an order makes sense, `--sort`. */
export function addPagingOptions(
  command: Command,
  limit: number,
  sorts?: readonly string[],
): Command {
  command.optionsGroup("How many:");
  command.option("-n, --limit <count>", "at most this many (0: all)", wholeNumber, limit);
  command.option("--cursor <cursor>", "go on where an answer ended: it says the cursor");
  if (sorts !== undefined) {
    const [first] = sorts;
    command.addOption(new Option("--sort <order>", "order").choices(sorts).default(first));
  }
  return command;
}

/** `a,b` and repeated flags alike. */
export function names(value: string, before: readonly string[] = []): readonly string[] {
  const named = value.split(",").flatMap((name) => name.trim() || []);
  if (named.length === 0) throw new InvalidArgumentError("Give at least one name.");
  return [...before, ...named];
}
