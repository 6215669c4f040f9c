/** `warraq recheck`: visits archived articles again, to see what was changed or taken down. */
import type { AddCommand } from "./command.ts";
import { crawlOptions } from "./crawl.ts";
import { addOutputOptions } from "./options.ts";
import { duration } from "./parse.ts";
import { addRunOptions, type RunOptions } from "./run-options.ts";

interface RecheckOptions extends RunOptions {
  readonly since?: number;
}

export const addRecheckCommand: AddCommand = (program, act) => {
  const command = program
    .command("recheck")
    .description(
      "Visits archived articles again. A page that was edited becomes a new version; one that was taken down\nis marked as gone and kept.",
    )
    .argument("[site...]", "site ids, hosts or URLs of sites (default: all in the archive)");
  addRunOptions(command)
    .optionsGroup("Which articles:")
    .option("--since <duration>", "published within this time: 12h, 30d (default: all)", duration);
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
The last line on stderr counts what was done; --json prints the same as an object on stdout.

Examples:
  $ warraq recheck --since 30d
  $ warraq recheck almarsad --max-pages 500 --json`,
    )
    .action(
      act(async (context, words: readonly string[], options: RecheckOptions) => {
        const { withArchive } = await import("./open-archive.ts");
        const { chooseTargets } = await import("../crawl/index.ts");
        const { crawledSites } = await import("./rules.ts");
        const { runAndReport } = await import("./run.ts");
        // An archive that does not exist has nothing to be visited again: never created here.
        await withArchive(context, "read", async () => {});
        return withArchive(context, "write", async (store) => {
          const targets = chooseTargets(words, await crawledSites(store)).map(({ site }) => ({
            site,
            seeds: [],
          }));
          const since = options.since === undefined ? null : context.now() - options.since;
          const crawl = { ...crawlOptions(options), targets, since, maxAgeMs: null };
          return runAndReport(context, store, { ...crawl, mode: "recheck" }, options);
        });
      }),
    );
};
