/** `warraq reextract`: today's rules over the pages that are archived already. */
import { Option } from "commander";
import type { AddCommand } from "./command.ts";
import { addFilterOptions, type FilterOptions } from "./options.ts";
import { duration, wholeNumber } from "./parse.ts";

export interface ReextractCommandOptions extends FilterOptions {
  readonly dryRun?: boolean;
  readonly apply?: boolean;
  readonly versions: "latest" | "all";
  readonly examples: number;
  readonly waitLock?: number;
  readonly json?: boolean;
}

/** Enough to see what kind of change it is. */
const DEFAULT_EXAMPLES = 3;

export const addReextractCommand: AddCommand = (program, act) => {
  const command = program
    .command("reextract")
    .description(
      "Reads archived pages again with today's rules: says field by field what would be read differently,\nor records it (--apply) as a new extraction of the same version. What was read before stays readable\n(show --extraction). Nothing is fetched, no version is made.",
    )
    .argument("[words...]", "only articles with these words, as in search")
    .optionsGroup("What to do:")
    .addOption(
      new Option("--dry-run", "only say what would change (the default)").conflicts("apply"),
    )
    .option("--apply", "record it")
    .addOption(
      new Option("--versions <which>", "the newest version of each article, or every one")
        .choices(["latest", "all"])
        .default("all"),
    )
    .option("--examples <count>", "show this many of each field", wholeNumber, DEFAULT_EXAMPLES)
    .option(
      "--wait-lock <duration>",
      "wait this long for a crawl to end, instead of exit 75",
      duration,
    )
    .option("--json", "one JSON object");
  addFilterOptions(command)
    .addHelpText(
      "after",
      `
Articles that another program extracted (import of JSON lines) and pages whose bytes were pruned stay as
they are. It may be stopped at any time and run again; a second run changes nothing more.

Examples:
  $ warraq reextract --site almarsad
  $ warraq reextract --site almarsad --apply
  $ warraq show a1 --extraction 1`,
    )
    .action(
      act(async (context, words: readonly string[], options: ReextractCommandOptions) => {
        const { reextractPages } = await import("./reextract-pages.ts");
        await reextractPages(context, words, options);
      }),
    );
};
