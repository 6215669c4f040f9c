/** `warraq history`: the versions of one article. */
import type { ChangeRecord, VersionRecord } from "../store/store.ts";
import type { AddCommand } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import type { Listing } from "./output.ts";

interface Row extends VersionRecord {
  /** How it came to be; null for the first. */
  readonly change: ChangeRecord | null;
}

export const addHistoryCommand: AddCommand = (program, act) => {
  const command = program
    .command("history")
    .description(
      "Lists the versions of one article, oldest first: which fields each one changed, what kind of\nedit that is, and what it was in a few words.",
    )
    .argument("<id|url>", "an article's id, or any URL that led to it");
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Table: version, captured (UTC), kinds of edit, what changed, title.
JSON and CSV: ${FIELDS.join(", ")}.

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
          const changes = await store.changesOf(idOrUrl);
          const rows = versions.map((version) => ({
            ...version,
            change: changes.find((change) => change.version === version.record.version) ?? null,
          }));
          await printRows(context, options, listing, rows);
        });
      }),
    );
};

const FIELDS = [
  "id",
  "version",
  "captured",
  "run",
  "changed",
  "kinds",
  "summary",
  "title",
  "url",
  "content_hash",
  "raw_hash",
] as const;

async function versionListing(): Promise<Listing<Row>> {
  const { isoInstant, toExportRecord } = await import("../export/index.ts");
  const toJson = ({ record, capturedAt, runId, changed, change }: Row) => {
    const { id, version, title, url, content_hash, raw_hash } = toExportRecord(record);
    const captured = isoInstant(capturedAt);
    return {
      ...{ id, version, captured, run: runId, changed },
      ...{ kinds: change?.kinds ?? [], summary: change?.summary ?? "" },
      ...{ title, url, content_hash, raw_hash },
    };
  };
  return {
    fields: FIELDS,
    aliases: { what: "summary" },
    toJson,
    columns: [
      { title: "version", cell: ({ record }) => record.version, align: "right" },
      { title: "captured", cell: (row) => toJson(row).captured.slice(0, 19).replace("T", " ") },
      { title: "kinds", cell: ({ change }) => change?.kinds.join(", ") ?? "", shrinkTo: 8 },
      { title: "what", cell: ({ change }) => change?.summary ?? "", isBelow: true },
      { title: "title", cell: ({ record }) => record.article.title, shrinkTo: 12 },
    ],
  };
}
