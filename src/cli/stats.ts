/** `warraq stats`: what the archive holds, and how well each site is read. */
import type { ArchiveStats, PageCounts } from "../store/store.ts";
import { humanBytes } from "./bytes.ts";
import type { AddCommand, Context } from "./command.ts";
import { counted } from "./counted.ts";
import { dayInLibya } from "./libya-time.ts";
import { addOutputOptions, names, type OutputOptions } from "./options.ts";
import type { Listing } from "./output.ts";
import type { TableColumn } from "./table.ts";

interface StatsOptions extends OutputOptions {
  readonly site?: readonly string[];
}

type SiteRow = ArchiveStats["bySite"][number];

export const addStatsCommand: AddCommand = (program, act) => {
  const command = program
    .command("stats")
    .description(
      "Counts articles, versions, pages and bytes, and how often each field was found, by site.",
    )
    .option("--site <ids>", "only these sites, comma-separated", names);
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Table, CSV and JSONL, one row per site: site, articles, versions, queued (pages nobody has visited yet),
title, category, date, author (how many articles have one), first, last (dates of publication).
JSON: one object with the totals and by_site. Pages are counted by their last visit.
Under the table: small charts by source, by category and by day.

Examples:
  $ warraq stats
  $ warraq stats --site almarsad --json`,
    )
    .action(
      act(async (context, options: StatsOptions) => {
        const { withArchive } = await import("./open-archive.ts");
        const { printObject, printRows } = await import("./output.ts");
        await withArchive(context, "read", async (store) => {
          const { askedSites } = await import("./filters.ts");
          const sites =
            options.site === undefined ? undefined : await askedSites(store, options.site);
          const stats = await store.stats(sites);
          if (options.json) return printObject(context, toJson(stats));
          const { formatOf } = await import("./options.ts");
          if (formatOf(options) === "table") await context.stdout(totals(stats, context));
          await printRows(context, options, SITES, stats.bySite);
          if (formatOf(options) !== "table" || options.fields !== undefined) return;
          const { statsCharts } = await import("./stats-charts.ts");
          await context.stdout(await statsCharts(context, store, stats, sites));
        });
      }),
    );
};

const FOUND = [
  ["date", ({ withDate }: SiteRow) => withDate],
  ["category", ({ withCategory }: SiteRow) => withCategory],
  ["author", ({ withAuthor }: SiteRow) => withAuthor],
  ["title", ({ withTitle }: SiteRow) => withTitle],
] as const;

/** On a narrow screen the last columns go first: of title nearly every site has all. */
const SITES: Listing<SiteRow> = {
  fields: [
    ...["site", "articles", "versions", "queued", "title", "category", "date", "author"],
    ...["first", "last"],
  ],
  toJson: siteJson,
  columns: [
    { title: "site", cell: ({ siteId }) => siteId, shrinkTo: 12 },
    { title: "articles", cell: ({ articles }) => articles, align: "right" },
    { title: "versions", cell: ({ versions }) => versions, align: "right" },
    { title: "queued", cell: ({ queued }) => queued, align: "right" },
    { title: "first", cell: ({ first }) => dayInLibya(first), isOptional: true },
    { title: "last", cell: ({ last }) => dayInLibya(last), isOptional: true },
    ...FOUND.map(
      ([title, count]): TableColumn<SiteRow> => ({
        ...{ title, align: "right", isOptional: true },
        cell: (row) => percent(count(row), row),
      }),
    ),
  ],
};

function siteJson(row: SiteRow) {
  return {
    site: row.siteId,
    articles: row.articles,
    versions: row.versions,
    queued: row.queued,
    title: row.withTitle,
    category: row.withCategory,
    date: row.withDate,
    author: row.withAuthor,
    first: instant(row.first),
    last: instant(row.last),
  };
}

function toJson(stats: ArchiveStats): object {
  const { articles, versions, captures, rawBytes, prunedBytes, packedBytes, fileBytes } = stats;
  const { pages, lastRun } = stats;
  return {
    articles,
    versions,
    captures,
    raw_bytes: rawBytes,
    pruned_bytes: prunedBytes,
    packed_bytes: packedBytes,
    file_bytes: fileBytes,
    pages,
    last_run:
      lastRun === null
        ? null
        : {
            id: lastRun.id,
            command: lastRun.command,
            sites: lastRun.sites,
            started: instant(lastRun.at),
            ended: instant(lastRun.endedAt),
            reason: lastRun.reason,
            counters: lastRun.counters,
          },
    by_site: stats.bySite.map(siteJson),
  };
}

function totals(stats: ArchiveStats, { archivePath }: Context): string {
  const { articles, versions, captures, rawBytes, prunedBytes, packedBytes, fileBytes } = stats;
  const { pages, lastRun } = stats;
  const run =
    lastRun === null
      ? "none"
      : `${lastRun.command} ${instant(lastRun.at)}, ${lastRun.reason ?? "not ended"}, ${lastRun.counters.new} new`;
  const gone = prunedBytes === 0 ? "" : `, ${humanBytes(prunedBytes)} pruned`;
  return `archive   ${archivePath}, ${humanBytes(fileBytes)}
articles  ${articles} in ${counted(versions, "version")}
pages     ${pagesInWords(pages)}
captures  ${captures}, ${humanBytes(rawBytes - prunedBytes)} kept in ${humanBytes(packedBytes)}${gone}
last run  ${run}

`;
}

function pagesInWords({ done, queued, gone, skipped, failed }: PageCounts): string {
  return `${done} read, ${queued} queued, ${gone} gone, ${skipped} skipped, ${failed} failed`;
}

function percent(count: number, { articles }: SiteRow): string {
  return articles === 0 ? "" : `${Math.round((count / articles) * 100)}%`;
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
