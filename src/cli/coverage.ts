/** `warraq coverage`: what became of each day of a source, and which days are suspiciously silent. */
import type { AddCommand } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import { type Span, span } from "./parse.ts";

export interface CoverageOptions extends OutputOptions {
  readonly from?: Span;
  readonly to?: Span;
  readonly gaps?: boolean;
  readonly reportSkipped?: string;
  readonly force?: boolean;
}

export const addCoverageCommand: AddCommand = (program, act) => {
  const command = program
    .command("coverage")
    .description(
      "Shows day by day what was found by which way, fetched, read, kept, skipped and failed with reasons,\nand marks the days on which suspiciously little was published.",
    )
    .argument("<site>", "site id, host or URL")
    .optionsGroup("Which days:")
    .option("--from <date>", "from YYYY[-MM[-DD]] on (Tripoli time; default: 30 days)", span)
    .option("--to <date>", "up to YYYY[-MM[-DD]] (Tripoli time; default: today)", span)
    .option("--gaps", "only days with a mark")
    .optionsGroup("Missing pages:")
    .option(
      "--report-skipped <file>",
      "also write every skipped, failed or gone page of these days: .jsonl or .csv",
    )
    .option("--force", "replace that file if it exists");
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
found, visited … count what the archive did on that day; published counts its articles by their date,
whenever they were fetched. Marks: silent (nothing published, unusual for such a day), low (far less
than usual), unvisited (no visit, between days that have some), unanswered (no visit was answered).
Usual is the median of the same weekdays four weeks around.
Table: totals, then a row a day. CSV and JSONL: a row a day. JSON: one object with site, zone, from, to,
totals and days.

Examples:
  $ warraq coverage almarsad
  $ warraq coverage almarsad --from 2026-01 --to 2026-06 --gaps
  $ warraq coverage almarsad --from 2026 --csv > methods.csv
  $ warraq coverage almarsad --report-skipped missing.csv`,
    )
    .action(
      act(async (context, word: string, options: CoverageOptions) => {
        const { showCoverage } = await import("./show-coverage.ts");
        return showCoverage(context, word, options);
      }),
    );
};
