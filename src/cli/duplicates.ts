/** `warraq duplicates`: who copied whom, at four levels of sameness. */

import { Option } from "commander";
import { WarraqError } from "../errors.ts";
import type { CopyGroup, SamenessLevel } from "../store/store.ts";
import type { AddCommand } from "./command.ts";
import {
  addFilterOptions,
  addOutputOptions,
  addPagingOptions,
  type FilterOptions,
  type OutputOptions,
} from "./options.ts";

interface DuplicatesOptions extends FilterOptions, OutputOptions {
  readonly level: SamenessLevel;
  readonly limit: number;
}

const LEVELS: readonly SamenessLevel[] = ["url", "bytes", "exact", "near"];
const DEFAULT_LIMIT = 50;

export const addDuplicatesCommand: AddCommand = (program, act) => {
  const command = program
    .command("duplicates")
    .description(
      "Lists what is the same in other clothes: groups of copies, first publisher first, with the reason;\nor the cluster of one article, with the sentences each copy added and dropped.",
    )
    .argument("[id|url|cluster]", "an article, or a cluster like c7, instead of a list");
  command
    .optionsGroup("What is the same:")
    .addOption(
      new Option("--level <level>", "the address, the bytes, the words, or nearly the words")
        .choices(LEVELS)
        .default("near"),
    );
  addFilterOptions(command);
  addPagingOptions(command, DEFAULT_LIMIT);
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Table: group, id, date (~ first seen), site, kind, how much of the shorter text is in the other, how alike
they are, agency credited, title; under each copy the reason. A group is shown whole when one of its
articles matches; --limit counts groups.
JSON and CSV: group, level, kind, id, url, source, title, date_published, date_first_seen, of,
similarity, containment, agencies, added, dropped, reason.

Examples:
  $ warraq duplicates --site libyaakhbar --since 7d
  $ warraq duplicates --level exact --csv > copies.csv
  $ warraq duplicates a17`,
    )
    .action(
      act(async (context, idOrUrl: string | undefined, options: DuplicatesOptions) => {
        const { askedFilter } = await import("./filters.ts");
        const { noSuchArticle, withArchive } = await import("./open-archive.ts");
        const { copyListing, rowsOf } = await import("./copies.ts");
        const { printRows } = await import("./output.ts");
        await withArchive(context, "read", async (store) => {
          if (idOrUrl !== undefined) {
            const group = await store.copiesOf(idOrUrl);
            if (group === null && /^c\d+$/u.test(idOrUrl)) {
              const where = `there is no cluster "${idOrUrl}" in ${context.archivePath}`;
              throw new WarraqError("E_NOT_FOUND", where);
            }
            if (group === null) throw noSuchArticle(idOrUrl, context.archivePath);
            await printRows(context, options, copyListing("whole"), rowsOf(group));
            if (group.copies.length === 1) context.log.info("no copies");
            return;
          }
          const filter = await askedFilter(store, [], options, context.now());
          const groups = store.duplicates(filter, options.level);
          const rows = rowsOfGroups(groups, options.limit, rowsOf);
          const shown = await printRows(context, options, copyListing("brief"), rows);
          if (shown === 0) {
            const { sayNothingFound } = await import("./nothing-found.ts");
            await sayNothingFound(context, store, options);
          }
        });
      }),
    );
};

async function* rowsOfGroups<Row>(
  groups: AsyncIterable<CopyGroup>,
  limit: number,
  rowsOf: (group: CopyGroup) => readonly Row[],
): AsyncGenerator<Row> {
  let left = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  for await (const group of groups) {
    yield* rowsOf(group);
    if (--left === 0) return;
  }
}
