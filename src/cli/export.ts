/** `warraq export`: the archive's articles as a file other programs read. */
import { Option } from "commander";
import type { AddCommand, Context } from "./command.ts";
import { addFilterOptions, type FilterOptions, names } from "./options.ts";

interface ExportCommandOptions extends FilterOptions {
  readonly output: string;
  readonly format?: "jsonl" | "json" | "csv";
  readonly gzip?: boolean;
  readonly fields?: readonly string[];
  readonly versions: "latest" | "all";
  readonly force?: boolean;
  readonly bom?: boolean;
}

export const addExportCommand: AddCommand = (program, act) => {
  const command = program
    .command("export")
    .description(
      "Writes the articles that match to a file, ordered by id and version. The file appears when it is\ncomplete; memory stays flat whatever its size.",
    )
    .argument("[words...]", "only articles with these words, as in search")
    .optionsGroup("Output:")
    .requiredOption(
      "-o, --output <file>",
      "where to: .jsonl, .json or .csv, also with .gz; - for stdout",
    )
    .addOption(
      new Option("-f, --format <format>", "format, whatever the suffix says").choices([
        "jsonl",
        "json",
        "csv",
      ]),
    )
    .option("--gzip", "compress, whatever the suffix says")
    .option("--fields <names>", "only these fields, comma-separated, in this order", names)
    .addOption(
      new Option("--versions <which>", "the newest version of each article, or every one")
        .choices(["latest", "all"])
        .default("latest"),
    )
    .option("--force", "replace the file if it exists")
    .option("--bom", "begin CSV with a byte order mark (Excel needs it for Arabic)");
  addFilterOptions(command)
    .addHelpText(
      "after",
      `
Fields: see "warraq schema article". Missing values are null (CSV: empty). In CSV, lists of texts are
joined with "; ", images and extractor are JSON, and cells that begin with = + - @ get a leading '.

Examples:
  $ warraq export -o articles.jsonl
  $ warraq export -o sirte-2024.csv.gz سرت --from 2024 --to 2024 --fields id,title,date_published,url
  $ warraq export -o - --versions all | jq -r .title`,
    )
    .action(
      act(async (context, words: readonly string[], options: ExportCommandOptions) => {
        const { exportArticles } = await import("../export/index.ts");
        const { toFilter } = await import("./filters.ts");
        const { withArchive } = await import("./open-archive.ts");
        const { output, format, gzip, fields, versions, force, bom } = options;
        const stdout = context.isTty ? await harmless(context) : context.stdout;
        const report = await withArchive(context, "read", (store) =>
          exportArticles(store, {
            target: output,
            versions,
            filter: toFilter(words, options, context.now()),
            isForced: force === true,
            hasBom: bom === true,
            stdout,
            signal: context.signal,
            ...(format !== undefined && { format }),
            ...(gzip === true && { isGzip: true }),
            ...(fields !== undefined && { fields }),
          }),
        );
        context.log.info(
          `exported ${report.records} records, ${report.bytes} bytes, to ${report.target}`,
        );
      }),
    );
};

/** On a terminal no page's text may act; elsewhere every byte counts. */
async function harmless({ stdout }: Context): Promise<(bytes: Uint8Array) => Promise<void> | void> {
  const { forTerminal } = await import("../text/index.ts");
  return (bytes) =>
    stdout(Buffer.from(bytes).toString("utf8").split("\n").map(forTerminal).join("\n"));
}
