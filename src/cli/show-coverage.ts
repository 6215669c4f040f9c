/** The work of `coverage`: asks the archive, lays out the days, prints them. */
import { WarraqError } from "../errors.ts";
import { AROUND_MS, type CoverageDay, type CoverageTable, tabulate } from "../health/index.ts";
import type { Store } from "../store/store.ts";
import { offsetMs } from "../text/index.ts";
import { archivedSites } from "./archived-sites.ts";
import { timeLines } from "./chart.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import type { CoverageOptions } from "./coverage.ts";
import { endOf, startOf } from "./filters.ts";
import { dayInLibya, TIME_ZONE } from "./libya-time.ts";
import { withArchive } from "./open-archive.ts";
import { formatOf } from "./options.ts";
import { type JsonObject, type Listing, printObject, printRows } from "./output.ts";
import { reportSkipped } from "./report-skipped.ts";

const DAY_MS = 24 * 60 * 60_000;
const DEFAULT_DAYS = 30;

interface Report extends CoverageTable {
  readonly site: string;
  readonly from: number;
  readonly to: number;
}

/** @throws {WarraqError} E_UNKNOWN_SITE, E_NO_ARCHIVE, E_USAGE (no day between), E_TARGET_EXISTS */
export async function showCoverage(
  context: Context,
  word: string,
  options: CoverageOptions,
): Promise<undefined> {
  await withArchive(context, "read", async (store) => {
    const [site = ""] = await archivedSites(store, [word]);
    const report = await coverageOf(store, site, options, context.now());
    const days = report.days.filter(({ marks }) => options.gaps !== true || marks.length > 0);
    await print(context, options, { ...report, days });
    if (options.reportSkipped !== undefined) {
      const { from, to } = report;
      await reportSkipped(
        context,
        store,
        { siteIds: [site], from, to },
        {
          target: options.reportSkipped,
          isForced: options.force === true,
        },
      );
    }
    if (options.gaps === true && days.length === 0) context.log.info("no gaps");
  });
}

async function coverageOf(
  store: Store,
  site: string,
  options: CoverageOptions,
  now: number,
): Promise<Report> {
  const to = options.to === undefined ? now + 1 : Math.min(endOf(options.to), now + 1);
  const asked = options.from === undefined ? to - DEFAULT_DAYS * DAY_MS : startOf(options.from);
  if (asked >= to) throw new WarraqError("E_USAGE", "--from is not before --to, or lies ahead");
  const offset = (at: number): number => offsetMs(at, TIME_ZONE);
  const facts = await store.coverage({
    siteId: site,
    from: asked - AROUND_MS,
    to: to + AROUND_MS,
  });
  // A row for each year before the first article would say nothing.
  const earliest = Math.min(
    ...[facts.published[0]?.at, facts.found[0]?.at, facts.firstVisitAt ?? undefined].filter(
      (at) => at !== undefined,
    ),
    to - 1,
  );
  const from = Math.max(asked, earliest);
  return { site, from, to, ...tabulate(facts, { from, to, now }, offset) };
}

async function print(context: Context, options: CoverageOptions, report: Report): Promise<void> {
  if (options.json === true && options.fields === undefined) {
    return printObject(context, toJson(report));
  }
  if (formatOf(options) === "table") {
    // Days with a mark alone are no picture of time.
    const picture = options.gaps === true ? "" : chart(report, context);
    await context.stdout(summary(report) + picture);
  }
  await printRows(context, options, DAYS, report.days);
}

const FIELDS = [
  ...["day", "found", "found_by", "visited", "fetched", "extracted", "new", "changed"],
  ...["unchanged", "gone", "skipped", "skipped_why", "failed", "failed_why", "sources_read"],
  ...["sources_failed", "published", "usual", "marks"],
];

const DAYS: Listing<CoverageDay> = {
  fields: FIELDS,
  toJson: dayJson,
  columns: [
    { title: "day", cell: ({ day }) => day },
    { title: "found", cell: ({ found }) => total(found), align: "right" },
    { title: "visited", cell: ({ visited }) => visited, align: "right", isOptional: true },
    { title: "fetched", cell: ({ fetched }) => fetched, align: "right" },
    { title: "new", cell: (row) => row.new, align: "right" },
    { title: "changed", cell: ({ changed }) => changed, align: "right", isOptional: true },
    { title: "skipped", cell: ({ skipped }) => total(skipped), align: "right" },
    { title: "failed", cell: ({ failed }) => total(failed), align: "right" },
    { title: "published", cell: ({ published }) => published, align: "right" },
    { title: "marks", cell: ({ marks, usual }) => marksText(marks, usual), shrinkTo: 10 },
  ],
  details: (row) => detailsOf(row).map((text) => ({ text })),
};

function dayJson(row: CoverageDay): JsonObject {
  const { day, usual, marks } = row;
  return { day, ...countsJson(row), usual, marks };
}

function countsJson(row: CoverageTable["totals"]): JsonObject {
  return {
    found: total(row.found),
    found_by: row.found,
    visited: row.visited,
    fetched: row.fetched,
    extracted: row.extracted,
    new: row.new,
    changed: row.changed,
    unchanged: row.unchanged,
    gone: row.gone,
    skipped: total(row.skipped),
    skipped_why: row.skipped,
    failed: total(row.failed),
    failed_why: row.failed,
    sources_read: row.sourcesRead,
    sources_failed: row.sourcesFailed,
    published: row.published,
  };
}

function toJson({ site, from, to, totals, days }: Report): object {
  return {
    site,
    zone: TIME_ZONE,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    totals: countsJson(totals),
    days: days.map(dayJson),
  };
}

function summary({ site, from, to, totals, days }: Report): string {
  const marked = days.filter(({ marks }) => marks.length > 0).length;
  const lines: readonly (readonly [string, string])[] = [
    ["source", `${site}, ${dayInLibya(from)} to ${dayInLibya(to - 1)}`],
    ["found", withReasons(totals.found)],
    [
      "fetched",
      `${totals.fetched} of ${counted(totals.visited, "visit")}; ${totals.new} new, ${totals.changed} changed, ${totals.unchanged} unchanged, ${totals.gone} gone`,
    ],
    ["skipped", withReasons(totals.skipped)],
    ["failed", withReasons(totals.failed)],
    ["sources", `${totals.sourcesRead} read, ${totals.sourcesFailed} failed`],
    ["published", `${counted(totals.published, "article")}; ${counted(marked, "day")} with a mark`],
  ];
  return `${lines.map(([name, text]) => `${name.padEnd(10)}${text}`).join("\n")}\n\n`;
}

/** Articles by the day they were published on; of a single day there is nothing to see. */
function chart({ days }: Report, { columns }: Context): string {
  const points = days.map(({ day, published }) => ({ label: day, count: published }));
  const lines = points.length < 2 ? [] : timeLines(points, { width: columns });
  return lines.length === 0 ? "" : `published by day\n${lines.join("\n")}\n\n`;
}

/** What the columns leave out: ways, where there is more than one, and reasons. */
function detailsOf({ found, skipped, failed, sourcesFailed }: CoverageDay): string[] {
  const parts = [
    ...(Object.keys(found).length > 1 ? [`by ${named(found)}`] : []),
    ...(total(skipped) > 0 ? [`skipped: ${named(skipped)}`] : []),
    ...(total(failed) > 0 ? [`failed: ${named(failed)}`] : []),
    ...(sourcesFailed > 0 ? [`sources failed: ${sourcesFailed}`] : []),
  ];
  return parts.length === 0 ? [] : [parts.join("; ")];
}

function marksText(marks: CoverageDay["marks"], usual: number | null): string {
  const isAmount = marks.some((mark) => mark === "silent" || mark === "low");
  return `${marks.join(", ")}${isAmount ? ` (usual ${usual})` : ""}`;
}

function withReasons(counts: Readonly<Record<string, number>>): string {
  const sum = total(counts);
  return sum === 0 ? "0" : `${sum}: ${named(counts)}`;
}

function named(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
