/** How articles look in a listing: the columns `search` and `list` share. */
import { EXPORT_FIELDS, toExportRecord } from "../export/index.ts";
import type { ArticleRecord } from "../model.ts";
import type { Listing } from "./output.ts";
import type { Cell, Marks, TableColumn } from "./table.ts";

/** A listing of anything that holds an article. */
export function articleListing<Row>(view: {
  readonly record: (row: Row) => ArticleRecord;
  readonly titleMarks?: (row: Row) => Marks;
  readonly details?: (row: Row) => readonly Cell[];
  readonly extraFields?: Readonly<Record<string, (row: Row) => unknown>>;
}): Listing<Row> {
  const { record, titleMarks = () => [], extraFields = {} } = view;
  const extras = Object.entries(extraFields);
  const columns: readonly TableColumn<Row>[] = [
    { title: "id", cell: (row) => record(row).id },
    { title: "date", cell: (row) => dayOf(record(row)) },
    { title: "site", cell: (row) => record(row).siteId, shrinkTo: 8, isOptional: true },
    {
      title: "category",
      cell: (row) => record(row).article.category,
      shrinkTo: 8,
      isOptional: true,
    },
    {
      title: "title",
      cell: (row) => ({ text: record(row).article.title, marks: titleMarks(row) }),
      shrinkTo: 16,
    },
  ];
  return {
    aliases: { date: "date_published", site: "source" },
    fields: [...EXPORT_FIELDS, ...extras.map(([name]) => name)],
    toJson: (row) => ({
      ...toExportRecord(record(row)),
      ...Object.fromEntries(extras.map(([name, value]) => [name, value(row)])),
    }),
    columns,
    ...(view.details !== undefined && { details: view.details }),
  };
}

/** The day of publication on the outlet's own calendar; without one, when it was first seen, with a `~`. */
export function dayOf({ article, firstSeenAt }: ArticleRecord): string {
  const { published } = article;
  if (published === null) return `~${new Date(firstSeenAt).toISOString().slice(0, 10)}`;
  const length = { year: 4, month: 7 }[published.precision as string] ?? 10;
  return published.iso.slice(0, length);
}
