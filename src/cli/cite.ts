/** `warraq cite`: one version of an article, as a paper cites it. */
import { Option } from "commander";
import type { AddCommand } from "./command.ts";
import { positiveNumber } from "./parse.ts";

interface CiteOptions {
  readonly version?: number;
  readonly style: "bibtex" | "ris" | "csl-json" | "text-ar" | "text-en" | "all";
}

const STYLES = ["bibtex", "ris", "csl-json", "text-ar", "text-en", "all"];

export const addCiteCommand: AddCommand = (program, act) => {
  program
    .command("cite")
    .description(
      "Prints the citation of one version of an article: outlet, title, authors, date as far as the outlet\nprinted it, address, time of capture, hashes, and the program and rule that read it.",
    )
    .argument("<id|url>", "an article's id, or any URL that led to it")
    .optionsGroup("Output:")
    .option(
      "--version <number>",
      "this version, counted from 1 (default: the newest)",
      positiveNumber,
    )
    .addOption(new Option("--style <style>", "how").choices(STYLES).default("text-en"))
    .addHelpText(
      "after",
      `
Examples:
  $ warraq cite a1
  $ warraq cite a1 --version 1 --style bibtex >> paper.bib
  $ warraq cite https://example.ly/news/1 --style text-ar`,
    )
    .action(
      act(async (context, idOrUrl: string, { version, style }: CiteOptions) => {
        const { noSuchVersion, withArchive } = await import("./open-archive.ts");
        const { CITE_STYLES, cite, citedFacts } = await import("../export/index.ts");
        await withArchive(context, "read", async (store) => {
          const record = await store.article(idOrUrl, version);
          if (record === null) throw await noSuchVersion(store, idOrUrl, context.archivePath);
          const facts = citedFacts(record);
          const styles = style === "all" ? CITE_STYLES : [style];
          await context.stdout(styles.map((one) => cite(facts, one)).join("\n"));
        });
      }),
    );
};
