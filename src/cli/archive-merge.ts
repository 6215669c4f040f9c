/** `warraq archive merge`: what another archive has of articles comes into this one, each at its own time. */
import { resolve } from "node:path";
import type { CrawlEvent } from "../crawl/index.ts";
import { WarraqError } from "../errors.ts";
import type { AddCommand, Context } from "./command.ts";
import { counted } from "./counted.ts";
import { duration } from "./parse.ts";

interface MergeCommandOptions {
  readonly waitLock?: number;
  readonly json?: boolean;
}

export const addArchiveMerge: AddCommand = (archive, act) => {
  archive
    .command("merge")
    .summary("take over the articles of another archive")
    .description(
      "Takes over what another archive has of articles: captures, versions and runs, in order of capture\ntime. The same address with the same content is the same version; ids of this archive never change;\nmerging twice adds nothing. The other archive is only read.",
    )
    .argument("<file>", "the other archive")
    .option(
      "--wait-lock <duration>",
      "wait this long for a crawl to end, instead of exit 75",
      duration,
    )
    .option("--json", "one JSON object: what was taken over")
    .addHelpText("after", "\nExample:\n  $ warraq archive merge /mnt/colleague/warraq.db")
    .action(
      act(async (context, source: string, options: MergeCommandOptions) => {
        const { openBar } = await import("./bar.ts");
        const { printObject } = await import("./output.ts");
        const { withOwnArchive } = await import("./own-archive.ts");
        const { packUp } = await import("../crawl/index.ts");
        if (resolve(source) === resolve(context.archivePath)) {
          throw new WarraqError("E_INPUT", `${source} is the archive itself`);
        }
        await withOwnArchive(context, options.waitLock ?? 0, async (store) => {
          // A percentage: how many captures there are is known only once it has begun.
          const bar = await openBar(context, "percent", 100);
          const startedAt = context.now();
          const report = await store
            .merge({
              ...{ source, now: context.now(), signal: context.signal },
              onProgress: ({ done, total }) => bar.update(Math.floor((done / total) * 100)),
            })
            .finally(() => bar.stop());
          // As after a run: what was taken over stands by itself until it is packed with its like.
          await packUp(
            {
              reason: report.isWhole ? "finished" : "signal",
              elapsedMs: context.now() - startedAt,
            },
            { store, signal: context.signal, onEvent: tell(context) },
          );
          const { captures, articles, versions, known, pruned, runs } = report;
          context.log.info(
            `merged ${counted(captures, "capture")}: ${counted(articles, "new article")}, ${counted(versions, "new version")}, ${counted(runs, "run")}; ${counted(known, "capture")} known already`,
          );
          if (pruned > 0) {
            context.log.warn(
              `${counted(pruned, "capture")} left behind: ${source} has pruned the bytes`,
            );
          }
          if (options.json) {
            await printObject(context, {
              ...{ captures, articles, versions, known, pruned, runs },
              complete: report.isWhole,
            });
          }
        });
      }),
    );
};

function tell({ log }: Context): (event: CrawlEvent) => void {
  return (event) => {
    if (event.kind === "problem") log.warn(`${event.url}: ${event.message}`);
  };
}
