/**
 * Every command: its name, one line about it, and where it is. A command's file is read from disk only
 * when it is asked for, so that `--help` starts nearly as fast as Node itself.
 */
import type { AddCommand } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<AddCommand>;
}

export const COMMANDS: readonly (readonly [group: string, entries: readonly CommandEntry[]])[] = [
  [
    "Collect:",
    [
      {
        name: "crawl",
        summary: "find, fetch and archive articles",
        load: async () => (await import("./crawl.ts")).addCrawlCommand,
      },
      {
        name: "recheck",
        summary: "visit archived articles again",
        load: async () => (await import("./recheck.ts")).addRecheckCommand,
      },
      {
        name: "discover",
        summary: "show what a site offers, by which way; stores nothing",
        load: async () => (await import("./discover.ts")).addDiscoverCommand,
      },
      {
        name: "backfill",
        summary: "fill the gaps of a stretch of time, also from public archives",
        load: async () => (await import("./backfill.ts")).addBackfillCommand,
      },
      {
        name: "import",
        summary: "read what others captured: WARC, WACZ, saved pages, JSON lines, lists",
        load: async () => (await import("./import.ts")).addImportCommand,
      },
      {
        name: "extract",
        summary: "extract articles from files, a URL or stdin",
        load: async () => (await import("./extract.ts")).addExtractCommand,
      },
      {
        name: "reextract",
        summary: "read archived pages again with today's rules",
        load: async () => (await import("./reextract.ts")).addReextractCommand,
      },
      {
        name: "sites",
        summary: "list, show, propose, check, test and add site rules",
        load: async () => (await import("./sites.ts")).addSitesCommand,
      },
    ],
  ],
  [
    "Read the archive:",
    [
      {
        name: "search",
        summary: "find articles by their words",
        load: async () => (await import("./search.ts")).addSearchCommand,
      },
      {
        name: "list",
        summary: "list articles, newest first",
        load: async () => (await import("./list.ts")).addListCommand,
      },
      {
        name: "show",
        summary: "show one article",
        load: async () => (await import("./show.ts")).addShowCommand,
      },
      {
        name: "history",
        summary: "list the versions of one article",
        load: async () => (await import("./history.ts")).addHistoryCommand,
      },
      {
        name: "diff",
        summary: "show what changed between two versions",
        load: async () => (await import("./diff.ts")).addDiffCommand,
      },
      {
        name: "changes",
        summary: "list edits and takedowns over the whole archive, newest first",
        load: async () => (await import("./changes.ts")).addChangesCommand,
      },
      {
        name: "duplicates",
        summary: "list copies, and who published first",
        load: async () => (await import("./duplicates.ts")).addDuplicatesCommand,
      },
      {
        name: "stats",
        summary: "count what the archive holds",
        load: async () => (await import("./stats.ts")).addStatsCommand,
      },
      {
        name: "coverage",
        summary: "show day by day what was found, fetched and missed",
        load: async () => (await import("./coverage.ts")).addCoverageCommand,
      },
      {
        name: "check",
        summary: "compare sources with their own past; exit 4 when one is unwell",
        load: async () => (await import("./check.ts")).addCheckCommand,
      },
      {
        name: "sql",
        summary: "ask the archive in SQL, read-only",
        load: async () => (await import("./sql.ts")).addSqlCommand,
      },
    ],
  ],
  [
    "Pass it on:",
    [
      {
        name: "export",
        summary: "write a dataset: JSONL, JSON, CSV, Parquet, Markdown, SQLite",
        load: async () => (await import("./export.ts")).addExportCommand,
      },
      {
        name: "cite",
        summary: "print the citation of one version of an article",
        load: async () => (await import("./cite.ts")).addCiteCommand,
      },
      {
        name: "schema",
        summary: "print the JSON Schema of exports or of site rules",
        load: async () => (await import("./schema.ts")).addSchemaCommand,
      },
    ],
  ],
  [
    "Look after it:",
    [
      {
        name: "archive",
        summary: "pack, back up, merge and prune archives",
        load: async () => (await import("./archive.ts")).addArchiveCommand,
      },
      {
        name: "verify",
        summary: "check every digest and relation; exit 6 when one does not hold",
        load: async () => (await import("./verify.ts")).addVerifyCommand,
      },
    ],
  ],
  [
    "First steps:",
    [
      {
        name: "demo",
        summary: "see it work: crawl, search and diff a small web of its own",
        load: async () => (await import("./demo.ts")).addDemoCommand,
      },
    ],
  ],
];
