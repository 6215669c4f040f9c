/**
 * The columns of a dataset and their types: what Parquet, SQLite, data packages and cards are typed
 * by, so that all of them say the same. A column named here is a column of every file.
 */
import { EXPORT_FIELDS, type ExportField } from "./record.ts";

export type ColumnType =
  | "text"
  /** A whole number. */
  | "integer"
  | "number"
  | "boolean"
  /** ISO 8601 text with offset; a typed timestamp (UTC) where the format has one. */
  | "instant"
  | { readonly list: ColumnType }
  | { readonly fields: readonly Column[] };

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether it may be null. */
  readonly isNullable: boolean;
}

/** One record of a dataset, by column name. */
export type Row = Readonly<Record<string, unknown>>;

const always = (name: string, type: ColumnType = "text"): Column => ({
  name,
  type,
  isNullable: false,
});
const maybe = (name: string, type: ColumnType = "text"): Column => ({
  name,
  type,
  isNullable: true,
});

const TEXTS: ColumnType = { list: "text" };
const IMAGES: ColumnType = {
  list: { fields: [always("url"), maybe("alt"), maybe("caption"), maybe("credit")] },
};
const OUTLET: ColumnType = { fields: [always("name"), maybe("url")] };
const EXTRACTOR: ColumnType = {
  fields: [
    always("program"),
    always("rule"),
    always("method"),
    always("confidence", "number"),
    always("partial", "boolean"),
  ],
};

/** Fields that are not plain text that may be null. */
const TYPES: Readonly<Partial<Record<ExportField, Omit<Column, "name">>>> = {
  id: always(""),
  url: always(""),
  source: always(""),
  source_domain: always(""),
  title: always(""),
  body: always(""),
  language: always(""),
  dir: always(""),
  status: always(""),
  via: always(""),
  content_hash: always(""),
  raw_hash: always(""),
  simhash: always(""),
  categories: always("", TEXTS),
  tags: always("", TEXTS),
  places: always("", TEXTS),
  authors: always("", TEXTS),
  images: always("", IMAGES),
  extractor: always("", EXTRACTOR),
  original_source: maybe("", OUTLET),
  word_count: always("", "integer"),
  version: always("", "integer"),
  versions: always("", "integer"),
  http_status: always("", "integer"),
  date_published: maybe("", "instant"),
  date_modified: maybe("", "instant"),
  date_first_seen: always("", "instant"),
  date_last_seen: always("", "instant"),
  date_downloaded: always("", "instant"),
};

/** The columns of our own records, in their order. */
export const EXPORT_COLUMNS: readonly Column[] = EXPORT_FIELDS.map((name) => ({
  ...maybe(name),
  ...TYPES[name],
  name,
}));

/** A timestamp has no offset: where the format has typed ones (Parquet), its text stands beside each. */
export function withTexts(columns: readonly Column[]): readonly Column[] {
  return columns.flatMap((column) =>
    column.type === "instant" ? [column, textOf(column)] : [column],
  );
}

/** `date_published_iso` beside `date_published`. */
export function textOf({ name, isNullable }: Column): Column {
  return { name: `${name}_iso`, type: "text", isNullable };
}
