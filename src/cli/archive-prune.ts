/** `warraq archive prune`: the pages' own bytes of long ago are taken away; what was read from them stays. */
import { Option } from "commander";
import { humanBytes } from "./bytes.ts";
import type { AddCommand } from "./command.ts";
import { counted } from "./counted.ts";
import { names } from "./options.ts";
import { duration, type Span, span } from "./parse.ts";

interface PruneCommandOptions {
  readonly raw: true;
  readonly before: Span;
  readonly site?: readonly string[];
  readonly apply?: boolean;
  readonly dryRun?: boolean;
  readonly waitLock?: number;
  readonly json?: boolean;
}

export const addArchivePrune: AddCommand = (archive, act) => {
  archive
    .command("prune")
    .summary("take the bytes of old pages away; articles and versions stay")
    .description(
      "Says what would be lost if the pages' own bytes from before a day were taken away, and with --apply\ntakes them. Articles, versions, captures and every digest stay; versions whose page is gone can never\nbe read again by better rules. Pages that were seen again since stay.",
    )
    .requiredOption("--raw", "the pages' own bytes (nothing else can be pruned)")
    .requiredOption("--before <date>", "captured before YYYY[-MM[-DD]] (Tripoli time)", span)
    .option("--site <ids>", "of these sites, comma-separated", names)
    .addOption(new Option("--apply", "take them away").conflicts("dryRun"))
    .option("--dry-run", "only say what would be lost (the default)")
    .option(
      "--wait-lock <duration>",
      "wait this long for a crawl to end, instead of exit 75",
      duration,
    )
    .option("--json", "one JSON object: what is lost")
    .addHelpText(
      "after",
      "\nExamples:\n  $ warraq archive prune --raw --before 2020\n  $ warraq archive prune --raw --before 2020 --site almarsad --apply",
    )
    .action(
      act(async (context, options: PruneCommandOptions) => {
        const { askedSites, startOf } = await import("./filters.ts");
        const { printObject } = await import("./output.ts");
        const { withOwnArchive } = await import("./own-archive.ts");
        const before = startOf(options.before);
        const isApplied = options.apply === true;
        await withOwnArchive(context, options.waitLock ?? 0, async (store) => {
          const lost = await store.prune({
            ...{ before, now: context.now(), isApplied, signal: context.signal },
            ...(options.site !== undefined && { siteIds: await askedSites(store, options.site) }),
          });
          const { bodies, captures, rawBytes, packedBytes, versions, articles } = lost;
          const [verb, rest] = isApplied
            ? ["lost", "can no longer be read again from their pages"]
            : ["would be lost", "could no longer be read again from their pages; --apply does it"];
          context.log.info(
            `${verb}: the bytes of ${counted(captures, "capture")} (${counted(bodies, "body", "bodies")}, ${humanBytes(rawBytes)} kept in ${humanBytes(packedBytes)}); ${counted(versions, "version")} of ${counted(articles, "article")} ${rest}`,
          );
          if (options.json) {
            await printObject(context, {
              ...{ applied: isApplied, captures, bodies },
              ...{ raw_bytes: rawBytes, packed_bytes: packedBytes, versions, articles },
            });
          }
        });
      }),
    );
};
