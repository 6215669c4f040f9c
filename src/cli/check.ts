/** `warraq check`: whether sources are still read as they were; made for cron. */
import { Option } from "commander";
import type { AddCommand } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import { duration } from "./parse.ts";

export interface CheckOptions extends OutputOptions {
  readonly since: number;
}

const DEFAULT_SINCE_MS = 7 * 24 * 60 * 60_000;

export const addCheckCommand: AddCommand = (program, act) => {
  const command = program
    .command("check")
    .description(
      "Compares each site's last days with its own past: articles a day, fields filled, rules that read,\nblocks, robots.txt, failures, feeds. One line per alarm.",
    )
    .argument("[site...]", "site ids, hosts or URLs (default: every site in the archive)")
    .optionsGroup("Which days:")
    .addOption(
      new Option("--since <duration>", "the days in question, back from each site's last visit")
        .argParser(duration)
        .default(DEFAULT_SINCE_MS, "7d"),
    );
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Fields: site, alarm, what, now, usual, since. Alarms: see the README.
A site with less than two weeks before the days in question has too little history and is not judged.
Exit 0 all well, 4 an alarm.

Examples:
  $ warraq check > alarms.txt || mail -s warraq editor@example.org < alarms.txt
  $ warraq check almarsad --since 3d
  $ warraq check --json`,
    )
    .action(
      act(async (context, words: readonly string[], options: CheckOptions) => {
        const { checkSites } = await import("./check-sites.ts");
        return checkSites(context, words, options);
      }),
    );
};
