/** `warraq search`: finds articles by their words, whatever their spelling. */
import type { SearchHit } from "../store/store.ts";
import type { AddCommand } from "./command.ts";
import {
  addFilterOptions,
  addOutputOptions,
  addPagingOptions,
  type FilterOptions,
  type OutputOptions,
} from "./options.ts";

interface SearchOptions extends FilterOptions, OutputOptions {
  readonly limit: number;
  readonly sort: "date" | "relevance";
}

const DEFAULT_LIMIT = 20;

export const addSearchCommand: AddCommand = (program, act) => {
  const command = program
    .command("search")
    .description(
      "Finds articles by their words in title and body. Spelling does not matter: hamza, ة/ه, ى/ي,\ntashkeel, tatweel, ال- and both kinds of digits match each other.",
    )
    .argument("<words...>", 'words; "a phrase" in quotes; -word excludes; a OR b; begin*');
  addFilterOptions(command);
  addPagingOptions(command, DEFAULT_LIMIT, ["relevance", "date"]);
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Table: id, date (~ first seen), site, category, title, and the place where the words stand.
JSON and CSV: the fields of an export (warraq schema article), snippet, snippet_marks, title_marks.
Quotes of a phrase need the shell's around them.

Examples:
  $ warraq search مصراتة
  $ warraq search '"المجلس الرئاسي" -طرابلس' --from 2024-01 --sort date
  $ warraq search نفط --json --fields id,title,url`,
    )
    .action(
      act(async (context, words: readonly string[], options: SearchOptions) => {
        const { toFilter } = await import("./filters.ts");
        const { paged, withArchive } = await import("./open-archive.ts");
        const { articleListing } = await import("./articles.ts");
        const { printRows } = await import("./output.ts");
        const listing = articleListing<SearchHit>({
          record: ({ record }) => record,
          titleMarks: ({ titleMarks }) => titleMarks,
          details: ({ snippet, marks }) => (snippet === "" ? [] : [{ text: snippet, marks }]),
          extraFields: {
            snippet: ({ snippet }) => snippet,
            snippet_marks: ({ marks }) => marks,
            title_marks: ({ titleMarks }) => titleMarks,
          },
        });
        await withArchive(context, "read", async (store) => {
          let total = "";
          const hits = paged(
            store.search,
            toFilter(words, options, context.now()),
            options.limit,
            options.sort,
            (answer) => {
              total = `${answer.totalIsExact ? "" : "more than "}${answer.total}`;
            },
          );
          const shown = await printRows(context, options, listing, hits);
          context.log.info(shown === 0 ? "nothing found" : `${shown} of ${total} shown`);
        });
      }),
    );
};
