/** The formats a dataset can have: what a file's name says about it, and who writes it. */
import { WarraqError } from "../errors.ts";
import type { Column, Row } from "./columns.ts";

/** Formats of records, in the order they are documented. */
const ROW_FORMATS = ["jsonl", "json", "csv", "parquet", "md", "sqlite"] as const;
/** Those of captures come after them. */
export const EXPORT_FORMATS = [...ROW_FORMATS, "warc", "wacz"] as const;

export type RowFormat = (typeof ROW_FORMATS)[number];
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const SUFFIXES: Readonly<Record<string, ExportFormat>> = {
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".json": "json",
  ".csv": "csv",
  ".parquet": "parquet",
  ".md": "md",
  ".sqlite": "sqlite",
  ".db": "sqlite",
  ".warc": "warc",
  ".wacz": "wacz",
};
const GZIP_SUFFIX = ".gz";

export interface EncodeOptions {
  readonly columns: readonly Column[];
  readonly hasBom: boolean;
  /** The file's path, or `-`: for messages, and for what a format cannot stream. */
  readonly target: string;
}

/** Turns records into the file's bytes, in order, holding only some of them at a time. */
export type Encode = (
  rows: AsyncIterable<Row>,
  options: EncodeOptions,
) => AsyncIterable<string | Uint8Array>;

/** The writer of a format; heavy libraries are loaded when they are asked for. */
export async function encoderOf(format: RowFormat): Promise<Encode> {
  switch (format) {
    case "parquet": {
      const { encodeParquet } = await import("./parquet.ts");
      return (rows, { columns }) => encodeParquet(rows, columns);
    }
    case "sqlite": {
      const { encodeSqlite } = await import("./sqlite.ts");
      return (rows, { columns, target }) => encodeSqlite(rows, columns, target);
    }
    default: {
      const { encodeCsv, encodeJson, encodeJsonLines, encodeMarkdown } = await import(
        "./text-formats.ts"
      );
      const text: Readonly<Record<typeof format, Encode>> = {
        jsonl: encodeJsonLines,
        json: encodeJson,
        csv: (rows, { columns, hasBom }) => encodeCsv(rows, columns, hasBom),
        md: (rows, { columns }) => encodeMarkdown(rows, columns),
      };
      return text[format];
    }
  }
}

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
      `${target}: which format? Name it ${Object.keys(SUFFIXES).join(", ")}, or give -f`,
    );
  }
  return { format, isGzip };
}
