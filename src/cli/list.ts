/** `warraq list`: the articles of the archive, newest first. */
import type { ArticleRecord } from "../model.ts";
import type { AddCommand } from "./command.ts";
import {
  addFilterOptions,
  addOutputOptions,
  addPagingOptions,
  type FilterOptions,
  type OutputOptions,
} from "./options.ts";

interface ListOptions extends FilterOptions, OutputOptions {
  readonly limit: number;
  readonly cursor?: string;
}

const DEFAULT_LIMIT = 50;

export const addListCommand: AddCommand = (program, act) => {
  const command = program
    .command("list")
    .description("Lists articles by date of publication, newest first.")
    .argument("[words...]", "only articles with these words, as in search");
  addFilterOptions(command);
  addPagingOptions(command, DEFAULT_LIMIT);
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Table: id, date (~ first seen), site, category, title.
JSON and CSV: the fields of an export (warraq schema article).

Examples:
  $ warraq list --site almarsad --from 2024-06
  $ warraq list --limit 0 --csv --fields id,title,date_published > titles.csv
  $ warraq list --since 12h --json`,
    )
    .action(
      act(async (context, words: readonly string[], options: ListOptions) => {
        const { askedFilter } = await import("./filters.ts");
        const { paged, withArchive } = await import("./open-archive.ts");
        const { articleListing } = await import("./articles.ts");
        const { printRows } = await import("./output.ts");
        const listing = articleListing<ArticleRecord>({ record: (record) => record });
        await withArchive(context, "read", async (store) => {
          const filter = await askedFilter(store, words, options, context.now());
          const { limit, cursor } = options;
          const onLast = (next: string | null): void => {
            if (next !== null) context.log.info(`for more, add --cursor ${next}`);
          };
          const records = paged(store.list, filter, {
            ...{ limit, sort: "date", onLast },
            ...(cursor !== undefined && { cursor }),
          });
          const shown = await printRows(context, options, listing, records);
          if (shown === 0) {
            const { sayNothingFound } = await import("./nothing-found.ts");
            await sayNothingFound(context, store, options);
          }
        });
      }),
    );
};
