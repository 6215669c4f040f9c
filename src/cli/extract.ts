/** `warraq extract`: extraction alone, on files, a URL or stdin. Nothing is stored. */
import type { AddCommand, Context } from "./command.ts";
import { addNetworkOptions, type NetworkOptions } from "./run-options.ts";

export interface ExtractOptions extends NetworkOptions {
  readonly json?: boolean;
  readonly jsonl?: boolean;
  readonly explain?: boolean;
  readonly filesFrom?: string;
  readonly url?: string;
  readonly site?: string;
}

export const addExtractCommand: AddCommand = (program, act) => {
  const command = program
    .command("extract")
    .description(
      "Reads pages and prints their articles. One page is printed for reading, or with --json as one object;\nmany pages as one JSON object per line, read on all cores. Nothing is stored.",
    )
    .argument(
      "[file|url...]",
      "HTML files (also .gz), URLs, or - for stdin; of WARC files: warraq import",
    )
    .optionsGroup("Input:")
    .option(
      "--files-from <file>",
      'a path or URL a line, or JSON lines {"file", "url", "id"} (url and id may be left out); - for stdin',
    )
    .option("--url <url>", "where the page of a file or stdin is from")
    .option("--site <id>", "read with this site's rule (default: by the page's URL)");
  addNetworkOptions(command)
    .optionsGroup("Output:")
    .option("--json", "one JSON object for one page, one array for many")
    .option("--jsonl", "one JSON object per line (the default for many pages)")
    .option("--explain", "print the steps, every field's candidates and all removals")
    .addHelpText(
      "after",
      `
JSON: the fields of an export (warraq schema article), null where only an archive knows; then kind
(article, listing, block-page …), reasons, encoding, file, error, and trace with --explain.
Exit 3 when a page of one could not be had or is no article, or more than 20 % of many could not be read.

Examples:
  $ warraq extract page.html --url https://example.ly/2024/05/01/news
  $ warraq extract https://example.ly/2024/05/01/news --json | jq -r .title
  $ warraq extract pages/*.html.gz > articles.jsonl
  $ cat page.html | warraq extract - --explain`,
    )
    .action(
      act(async (context: Context, words: readonly string[], options: ExtractOptions) => {
        const { extractPages } = await import("./extract-pages.ts");
        return extractPages(context, words, options);
      }),
    );
};
