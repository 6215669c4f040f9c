/** `warraq export`: the archive's articles as files other programs read. */
import { Option } from "commander";
import type { ExportFormat, Profile, Shard } from "../export/index.ts";
import type { AddCommand } from "./command.ts";
import { addFilterOptions, type FilterOptions, names } from "./options.ts";

export interface ExportCommandOptions extends FilterOptions {
  readonly output: string;
  readonly format?: ExportFormat;
  readonly gzip?: boolean;
  readonly as: Profile;
  readonly fields?: readonly string[];
  readonly versions: "latest" | "all";
  readonly shard?: Shard;
  readonly sinceExport?: string;
  readonly manifest?: boolean;
  readonly title?: string;
  readonly license?: string;
  readonly takedown?: string;
  readonly force?: boolean;
  readonly bom?: boolean;
}

// Named here too, so that `--help` loads nothing; a test holds them against the export's own lists.
export const FORMAT_NAMES = [
  "jsonl",
  "json",
  "csv",
  "parquet",
  "md",
  "sqlite",
  "warc",
  "wacz",
] as const;
export const PROFILE_NAMES = [
  "warraq",
  "news-please",
  "trafilatura",
  "newspaper4k",
  "mediacloud",
  "schema.org",
] as const;
export const SHARD_NAMES = ["month", "source"] as const;

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
      "where to: .jsonl .json .csv .parquet .md .sqlite .warc, also with .gz; .wacz; - for stdout",
    )
    .addOption(
      new Option("-f, --format <format>", "format, whatever the suffix says").choices(FORMAT_NAMES),
    )
    .option("--gzip", "compress; a file's name gets .gz where it has none")
    .addOption(
      new Option("--as <profile>", "under the field names of another program")
        .choices(PROFILE_NAMES)
        .default("warraq"),
    )
    .option("--fields <names>", "only these fields, comma-separated, in this order", names)
    .addOption(
      new Option("--versions <which>", "the newest version of each article, or every one")
        .choices(["latest", "all"])
        .default("latest"),
    )
    .addOption(
      new Option(
        "--shard <by>",
        "several files: one a month of publication, or one a source",
      ).choices(SHARD_NAMES),
    )
    .addOption(
      new Option(
        "--since-export <name>",
        "only what the export of this name has not written yet, or has changed",
      ).conflicts("since"),
    )
    .option("--force", "replace files that exist")
    .option("--bom", "begin CSV with a byte order mark (Excel needs it for Arabic)")
    .optionsGroup("Description:")
    .option(
      "--manifest",
      "write SHA256SUMS, datapackage.json, croissant.json and DATA-CARD.md beside it",
    )
    .option("--title <text>", "what the dataset is called there")
    .option("--license <text>", "your licence, for the card (default: not stated)")
    .option("--takedown <contact>", "whom to write to so that something is taken out");
  addFilterOptions(command)
    .addHelpText(
      "after",
      `
Fields: see "warraq schema article". Missing values are null (CSV: empty). In CSV, lists of texts are
joined with "; ", images and extractor are JSON, and cells that begin with = + - @ get a leading '.
WARC and WACZ hold every capture of these articles' pages, with what was extracted beside it as metadata.
Parquet has typed timestamps (UTC) and lists; date_published_iso keeps the printed offset.

Examples:
  $ warraq export -o articles.parquet --manifest
  $ warraq export -o sirte-2024.csv.gz سرت --from 2024 --to 2024 --fields id,title,date_published,url
  $ warraq export -o by-month/articles.jsonl.gz --shard month
  $ warraq export -o almarsad.wacz --site almarsad
  $ warraq export -o today.jsonl --since-export nightly
  $ warraq export -o - --versions all | jq -r .title`,
    )
    .action(
      act(async (context, words: readonly string[], options: ExportCommandOptions) => {
        const { exportToFiles } = await import("./export-files.ts");
        await exportToFiles(context, words, options);
      }),
    );
};
