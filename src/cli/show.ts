/** `warraq show`: one article, whole. */
import { Option } from "commander";
import type { ArticleRecord, Capture } from "../model.ts";
import type { AddCommand, Context } from "./command.ts";
import { positiveNumber } from "./parse.ts";

interface ShowOptions {
  readonly version?: number;
  readonly extraction?: number;
  readonly raw?: boolean;
  readonly json?: boolean;
}

export const addShowCommand: AddCommand = (program, act) => {
  program
    .command("show")
    .description(
      "Shows one article: its newest version, or another one, or the page it was read from.",
    )
    .argument("<id|url>", "an article's id, or any URL that led to it")
    .optionsGroup("Output:")
    .option(
      "--version <number>",
      "this version, counted from 1 (default: the newest)",
      positiveNumber,
    )
    .addOption(
      new Option("--extraction <number>", "as it was read the first, second … time (reextract)")
        .argParser(positiveNumber)
        .conflicts("raw"),
    )
    .option("--raw", "the bytes of the page as they were answered")
    .option("--json", "one JSON object: the fields of an export (warraq schema article)")
    .addHelpText(
      "after",
      `
Examples:
  $ warraq show a1b2c3d4
  $ warraq show https://example.ly/news/1 --version 1 --json
  $ warraq show a1b2c3d4 --raw > page.html`,
    )
    .action(
      act(async (context, idOrUrl: string, options: ShowOptions) => {
        const { noSuchVersion, withArchive } = await import("./open-archive.ts");
        const { printObject } = await import("./output.ts");
        const { toExportRecord } = await import("../export/index.ts");
        await withArchive(context, "read", async (store) => {
          const found = options.raw
            ? await store.rawCapture(idOrUrl, options.version)
            : options.extraction === undefined
              ? await store.article(idOrUrl, options.version)
              : await store.extraction(idOrUrl, options.version, options.extraction);
          if (found === null) throw await noSuchVersion(store, idOrUrl, context.archivePath);
          if ("body" in found) return printRaw(context, found);
          if (options.json) return printObject(context, toExportRecord(found));
          return printArticle(context, found);
        });
      }),
    );
};

/** Exact bytes, except on a terminal, where a page must not be able to do anything. */
async function printRaw({ stdout, isTty }: Context, { body }: Capture): Promise<void> {
  if (!isTty) return stdout(body);
  const { forTerminal } = await import("../text/index.ts");
  const lines = new TextDecoder().decode(body).split("\n");
  return stdout(`${lines.map(forTerminal).join("\n")}\n`);
}

async function printArticle(context: Context, record: ArticleRecord): Promise<void> {
  const { fieldLine } = await import("./output.ts");
  const { isoInstant } = await import("../export/index.ts");
  const { forTerminal } = await import("../text/index.ts");
  const { article } = record;
  const { published, modified } = article;
  const facts: readonly (readonly [name: string, value: unknown])[] = [
    ["id", record.id],
    ["url", record.url],
    ["site", article.siteName ?? record.siteId],
    ["category", article.categories.map(({ label }) => label)],
    ["authors", article.authors],
    ["published", published === null ? null : `${published.iso} (${published.raw})`],
    ["modified", modified?.iso],
    ["tags", article.tags],
    ["version", `${record.version} of ${record.versions}, ${isoInstant(record.downloadedAt)}`],
    ["status", record.status === "live" ? null : `${record.status} (HTTP ${record.httpStatus})`],
    ["read by", `${record.extractor.rule}, ${record.extractor.program}`],
    ["doubt", article.isPartial ? "the page shows only a part of the article" : published?.doubt],
  ];
  const title = forTerminal(article.title);
  const body = article.body.split("\n").map(forTerminal).join("\n");
  const lines = facts
    .filter(([, value]) => value !== null && value !== undefined && String(value) !== "")
    .map(([name, value]) => fieldLine(name, value, context.color));
  await context.stdout(
    `${context.color ? `\x1b[1m${title}\x1b[0m` : title}\n\n${lines.join("\n")}\n\n${body}\n`,
  );
}
