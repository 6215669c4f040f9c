/** Which fields of a record to export, in which format: the small decisions, as pure functions. */
import { WarraqError } from "../errors.ts";
import { EXPORT_FIELDS, type ExportField, type ExportRecord } from "./record.ts";

export type ExportFormat = "jsonl" | "json" | "csv";

const SUFFIXES: Readonly<Record<string, ExportFormat>> = {
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".json": "json",
  ".csv": "csv",
};
const GZIP_SUFFIX = ".gz";

/**
 * What a target's name says about its format: `articles.csv.gz` is gzipped CSV.
 *
 * @param asked - the format asked for in words; wins over the suffix
 * @throws {WarraqError} E_USAGE when neither says it
 */
export function formatOfTarget(
  target: string,
  asked: ExportFormat | null,
): { readonly format: ExportFormat; readonly isGzip: boolean } {
  const name = target.toLowerCase();
  const isGzip = name.endsWith(GZIP_SUFFIX);
  if (asked !== null) return { format: asked, isGzip };
  if (target === "-") return { format: "jsonl", isGzip };
  const plain = isGzip ? name.slice(0, -GZIP_SUFFIX.length) : name;
  const suffix = Object.keys(SUFFIXES).find((known) => plain.endsWith(known));
  const format = SUFFIXES[suffix ?? ""];
  if (format === undefined) {
    throw new WarraqError(
      "E_USAGE",
      `${target}: which format? Name it .jsonl, .json or .csv, or give -f`,
    );
  }
  return { format, isGzip };
}

/** @throws {WarraqError} E_USAGE naming the first field that does not exist */
export function checkFields(asked: readonly string[]): readonly ExportField[] {
  const isKnown = (field: string): field is ExportField =>
    (EXPORT_FIELDS as readonly string[]).includes(field);
  return asked.map((field) => {
    if (isKnown(field)) return field;
    throw new WarraqError(
      "E_USAGE",
      `there is no field "${field}"; there are ${EXPORT_FIELDS.join(", ")}`,
    );
  });
}

/** The record with these fields only, in this order. */
export function pickFields(
  record: ExportRecord,
  fields: readonly ExportField[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field) => [field, record[field]]));
}
