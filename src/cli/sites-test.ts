/** `warraq sites test`: whether a rule still reads its pages as it did. */
import type { AddCommand, Context } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import { wholeNumber } from "./parse.ts";

export interface SitesTestOptions extends OutputOptions {
  readonly fixtures?: string;
  readonly last: number;
}

const DEFAULT_LAST = 20;

export const addSitesTest: AddCommand = (sites, act) => {
  const command = sites
    .command("test")
    .summary("try a rule on pages that read right before")
    .description(
      "Reads a rule's fixtures, and the newest articles the archive has of its site, with the rule as it is now,\nand compares: per field on how many pages it is filled, equal, different or gone.",
    )
    .argument("<site>", "a site's id, or a rule file")
    .optionsGroup("Pages:")
    .option("--fixtures <folder>", "pages kept by sites new --save-fixtures")
    .option(
      "--last <count>",
      "the archive's newest articles of the site (0: none)",
      wholeNumber,
      DEFAULT_LAST,
    );
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Columns: field, pages, wanted (pages that should have it), filled, equal, gained, lost, differs,
by_selector (pages where the rule's own selectors find something), drift, example.
Exit 0 all equal, 3 something differs, 4 a field that used to fill no longer does.

Examples:
  $ warraq sites test example.json --fixtures example-pages
  $ warraq sites test almarsad --last 50`,
    )
    .action(
      act(async (context: Context, word: string, options: SitesTestOptions) => {
        const { testSite } = await import("./test-site.ts");
        return testSite(context, word, options);
      }),
    );
};
