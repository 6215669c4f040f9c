/** `warraq history`: the versions of one article. */
import type { VersionRecord } from "../store/store.ts";
import type { AddCommand } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import type { Listing } from "./output.ts";

export const addHistoryCommand: AddCommand = (program, act) => {
  const command = program
    .command("history")
    .description(
      "Lists the versions of one article, oldest first, and which fields each one changed.",
    )
    .argument("<id|url>", "an article's id, or any URL that led to it");
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Table: version, captured (UTC), changed fields, title.
JSON and CSV: id, version, captured, run, changed, title, url, content_hash, raw_hash.

Examples:
  $ warraq history a1b2c3d4
  $ warraq diff a1b2c3d4 1..2`,
    )
    .action(
      act(async (context, idOrUrl: string, options: OutputOptions) => {
        const { noSuchArticle, withArchive } = await import("./open-archive.ts");
        const { printRows } = await import("./output.ts");
        const listing = await versionListing();
        await withArchive(context, "read", async (store) => {
          const versions = await store.history(idOrUrl);
          if (versions.length === 0) throw noSuchArticle(idOrUrl, context.archivePath);
          await printRows(context, options, listing, versions);
        });
      }),
    );
};

async function versionListing(): Promise<Listing<VersionRecord>> {
  const { isoInstant, toExportRecord } = await import("../export/index.ts");
  const toJson = ({ record, capturedAt, runId, changed }: VersionRecord) => {
    const { id, version, title, url, content_hash, raw_hash } = toExportRecord(record);
    const captured = isoInstant(capturedAt);
    return { id, version, captured, run: runId, changed, title, url, content_hash, raw_hash };
  };
  return {
    fields: [
      "id",
      "version",
      "captured",
      "run",
      "changed",
      "title",
      "url",
      "content_hash",
      "raw_hash",
    ],
    toJson,
    columns: [
      { title: "version", cell: ({ record }) => record.version, align: "right" },
      { title: "captured", cell: (row) => toJson(row).captured.slice(0, 19).replace("T", " ") },
      { title: "changed", cell: ({ changed }) => changed.join(", "), shrinkTo: 8 },
      { title: "title", cell: ({ record }) => record.article.title, shrinkTo: 16 },
    ],
  };
}
