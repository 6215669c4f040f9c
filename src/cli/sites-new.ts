/** `warraq sites new`: a rule proposed from a handful of a site's pages. */
import type { AddCommand, Context } from "./command.ts";
import { positiveNumber, secondsOrDuration } from "./parse.ts";
import { addNetworkOptions, type NetworkOptions } from "./run-options.ts";

export interface SitesNewOptions extends NetworkOptions {
  readonly pages: number;
  readonly id?: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly saveFixtures?: string;
  readonly delay?: number;
  readonly json?: boolean;
}

/** Enough to see what repeats; at 5 seconds a request a minute's work. */
const DEFAULT_PAGES = 8;

export const addSitesNew: AddCommand = (sites, act) => {
  const command = sites
    .command("new")
    .summary("propose a rule for a site")
    .description(
      "Fetches a site's home or section page and a handful of its articles, proposes a rule from what repeats\nin them, and shows what the rule reads beside what is read without one. Adds nothing to the archive.",
    )
    .argument("<url>", "the home page, a section page or an article")
    .optionsGroup("Pages:")
    .option("--pages <count>", "article pages to look at", positiveNumber, DEFAULT_PAGES)
    .option("--save-fixtures <folder>", "keep the pages and what they read as, for sites test");
  addNetworkOptions(command)
    .option("--delay <duration>", "least time between two requests: 2, 500ms", secondsOrDuration)
    .optionsGroup("Output:")
    .option("--id <id>", "the rule's id (default: the file's name, else after the host)")
    .option("-o, --output <file>", "write the rule there; the comparison then goes to stdout")
    .option("--force", "replace the file if it exists")
    .option("--json", "rule and comparison as one JSON object")
    .addHelpText(
      "after",
      `
The rule's "unverified" names every field that was not the same on all pages: look at those first.
Exit 3 when no article could be had.

Examples:
  $ warraq sites new https://www.example.ly/ -o example.json --save-fixtures example-pages
  $ warraq sites test example.json --fixtures example-pages
  $ warraq sites add example.json`,
    )
    .action(
      act(async (context: Context, url: string, options: SitesNewOptions) => {
        const { newRule } = await import("./new-rule.ts");
        return newRule(context, url, options);
      }),
    );
};
