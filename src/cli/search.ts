/** `warraq search`: finds articles by their words, whatever their spelling. */
import { InvalidArgumentError } from "commander";
import type { Answer, FacetName, Facets, SearchHit } from "../store/store.ts";
import type { AddCommand, Context } from "./command.ts";
import { counted } from "./counted.ts";
import {
  addFilterOptions,
  addOutputOptions,
  addPagingOptions,
  type FilterOptions,
  names,
  type OutputOptions,
} from "./options.ts";
import type { Listing } from "./output.ts";

interface SearchOptions extends FilterOptions, OutputOptions {
  readonly limit: number;
  readonly cursor?: string;
  readonly facets?: readonly FacetName[];
  readonly sort: "date" | "relevance";
}

const DEFAULT_LIMIT = 20;

export const addSearchCommand: AddCommand = (program, act) => {
  const command = program
    .command("search")
    .description(
      "Finds articles by their words in title and body. Spelling does not matter: hamza, ة/ه, ى/ي,\ntashkeel, tatweel, ال- and both kinds of digits match each other.",
    )
    .argument(
      "<words...>",
      'words; "a phrase" in quotes; -word excludes; a OR b; begin*; title:word',
    );
  addFilterOptions(command);
  addPagingOptions(command, DEFAULT_LIMIT, ["relevance", "date"]);
  command.option(
    "--facets <names>",
    `instead of articles, how many there are of each ${FACETS.join(", ")}`,
    facetNames,
  );
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Table: id, date (~ first seen), site, category, title, and the place where the words stand.
JSON and CSV: the fields of an export (warraq schema article), snippet, snippet_marks, title_marks.
Quotes of a phrase need the shell's around them. Words may name a field: title:, author:, site:,
category:, place:, date:2019 date:2019-04..2019-06; what is no field is words. With --facets, --limit is
how many values of each; table and fields: facet, value, articles.

Examples:
  $ warraq search مصراتة
  $ warraq search '"المجلس الرئاسي" -طرابلس' --from 2024-01 --sort date
  $ warraq search title:نفط place:سرت date:2019-04..2019-06
  $ warraq search دينار --facets site,year -n 10
  $ warraq search نفط --json --fields id,title,url`,
    )
    .action(
      act(async (context, words: readonly string[], options: SearchOptions) => {
        const { askedFilter } = await import("./filters.ts");
        const { paged, withArchive } = await import("./open-archive.ts");
        const { articleListing } = await import("./articles.ts");
        const { printRows } = await import("./output.ts");
        const { facets, limit, sort, cursor } = options;
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
          const filter = await askedFilter(store, words, options, context.now());
          if (facets !== undefined) {
            const { articles, isExact, values } = await store.facets(filter, facets, limit);
            await printRows(context, options, facetListing, values);
            context.log.info(
              `of ${isExact ? "" : "the "}${counted(articles, "article")}${isExact ? "" : " archived last"}`,
            );
            return;
          }
          let answer: Answer<SearchHit> | null = null;
          let next: string | null = null;
          const hits = paged<SearchHit>(store.search, filter, {
            ...{ limit, sort },
            ...(cursor !== undefined && { cursor }),
            onFirst: (first) => {
              answer = first;
            },
            onLast: (cursor) => {
              next = cursor;
            },
          });
          const shown = await printRows(context, options, listing, hits);
          if (shown === 0) {
            const { sayNothingFound } = await import("./nothing-found.ts");
            await sayNothingFound(context, store, options);
          }
          tell(context, shown, answer, next);
        });
      }),
    );
};

/** What is said beside the results: how many there are, where to go on, what was perhaps meant. */
function tell(
  { log }: Context,
  shown: number,
  answer: Answer<SearchHit> | null,
  next: string | null,
): void {
  const { total = 0, totalIsExact = true, suggestion = null } = answer ?? {};
  const all = `${totalIsExact ? "" : "more than "}${total}`;
  const more = next === null ? "" : `; for more, add --cursor ${next}`;
  if (shown > 0) log.info(`${shown} of ${all} shown${more}`);
  if (suggestion !== null) log.info(`did you mean: ${suggestion}`);
}

const FACETS: readonly FacetName[] = ["site", "category", "year", "author", "place", "language"];

function facetNames(value: string, before: readonly FacetName[] = []): readonly FacetName[] {
  const wrong = names(value).find((name) => !FACETS.some((facet) => facet === name));
  if (wrong !== undefined) throw new InvalidArgumentError(`Give any of ${FACETS.join(", ")}.`);
  return [...before, ...FACETS.filter((facet) => names(value).includes(facet))];
}

const facetListing: Listing<Facets["values"][number]> = {
  fields: ["facet", "value", "articles"],
  toJson: ({ facet, value, articles }) => ({ facet, value, articles }),
  columns: [
    { title: "facet", cell: ({ facet }) => facet },
    { title: "value", cell: ({ value }) => value, shrinkTo: 12 },
    { title: "articles", cell: ({ articles }) => articles, align: "right" },
  ],
};
