/** `warraq archive pack`: pages that are alike are packed together, and the file gets smaller. */

import { humanBytes } from "./bytes.ts";
import type { AddCommand } from "./command.ts";
import { counted } from "./counted.ts";
import { duration } from "./parse.ts";

interface PackCommandOptions {
  readonly vacuum?: boolean;
  readonly waitLock?: number;
  readonly json?: boolean;
}

export const addArchivePack: AddCommand = (archive, act) => {
  archive
    .command("pack")
    .summary("pack stored pages together, so that what they share is kept once")
    .description(
      "Packs the pages that still stand by themselves together with their like. A run does so at its end\nfor what fills whole blocks; this packs all, also what runs of an older warraq have left.",
    )
    .option("--vacuum", "then write the file anew without free space (needs as much room again)")
    .option(
      "--wait-lock <duration>",
      "wait this long for a crawl to end, instead of exit 75",
      duration,
    )
    .option("--json", "one JSON object: what was packed, and bytes before and after")
    .addHelpText(
      "after",
      "\nExamples:\n  $ warraq archive pack\n  $ warraq archive pack --vacuum --wait-lock 10m",
    )
    .action(
      act(async (context, options: PackCommandOptions) => {
        const { openBar } = await import("./bar.ts");
        const { withOwnArchive } = await import("./own-archive.ts");
        const { printObject } = await import("./output.ts");
        await withOwnArchive(context, options.waitLock ?? 0, async (store) => {
          const { rawBytes } = await store.stats();
          const bar = await openBar(context, "bytes", rawBytes);
          const report = await store
            .packBodies({
              everything: true,
              signal: context.signal,
              onProgress: ({ doneBytes }) => bar.update(doneBytes),
            })
            .finally(() => bar.stop());
          for (const digest of report.damaged) {
            context.log.warn(`the stored body sha256:${digest} is damaged and stays as it is`);
          }
          const { bodies, blocks, beforeBytes, afterBytes, waiting } = report;
          const isVacuumed = options.vacuum === true && !context.signal.aborted;
          const freedBytes = report.freedBytes + (isVacuumed ? await store.vacuum() : 0);
          const before =
            bodies === 0 ? "" : `, ${humanBytes(beforeBytes)} in ${humanBytes(afterBytes)}`;
          context.log.info(
            `packed ${counted(bodies, "page")} into ${counted(blocks, "block")}${before}; ${waiting} stand by themselves; the file is ${humanBytes(freedBytes)} smaller`,
          );
          if (options.json) {
            await printObject(context, {
              ...{ bodies, blocks, waiting, damaged: report.damaged },
              ...{ before_bytes: beforeBytes, after_bytes: afterBytes, freed_bytes: freedBytes },
            });
          }
        });
      }),
    );
};
