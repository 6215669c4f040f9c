/**
 * From the archive to a file: streamed, so that an export of any size needs the memory of one batch;
 * ordered by id and version, so that the same archive gives the same bytes; and atomic, so that a
 * file of the target's name is always whole.
 */
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { ArticleFilter, Store } from "../store/store.ts";
import { writeAtomically } from "./atomic-file.ts";
import { csvLine } from "./csv.ts";
import { checkFields, type ExportFormat, formatOfTarget, pickFields } from "./fields.ts";
import { EXPORT_FIELDS, type ExportField, toExportRecord } from "./record.ts";

export interface ExportOptions {
  /** Path of the file, or `-` for `stdout`. The suffix says the format; `.gz` compresses. */
  readonly target: string;
  /** Wins over the suffix. @default by suffix, `jsonl` for `-` */
  readonly format?: ExportFormat;
  /** Compress whatever the name says. @default by suffix */
  readonly isGzip?: boolean;
  /** @default all, in the order of EXPORT_FIELDS */
  readonly fields?: readonly string[];
  /** @default "latest" */
  readonly versions?: "latest" | "all";
  /** @default everything */
  readonly filter?: ArticleFilter;
  /** Replace a file that exists. @default false */
  readonly isForced?: boolean;
  /** Begin CSV with a byte order mark: Excel takes it for the local 8-bit encoding otherwise. */
  readonly hasBom?: boolean;
  /** Takes the bytes when the target is `-`; awaited before the next are made. */
  readonly stdout?: (bytes: Uint8Array) => Promise<void> | void;
  /** Aborting removes the unfinished file and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface ExportReport {
  readonly target: string;
  readonly format: ExportFormat;
  readonly records: number;
  /** Written, after compression. */
  readonly bytes: number;
}

/** Small enough to stay in a CPU cache, large enough that a system call per batch costs nothing. */
const BATCH_CHARS = 64 * 1024;

/**
 * Exports every article that matches.
 *
 * @throws {WarraqError} E_USAGE (format, field), E_TARGET_EXISTS, E_INPUT (no such folder),
 *   E_DISK_FULL, E_IO, and the store's own
 */
export async function exportArticles(
  store: Pick<Store, "scan">,
  options: ExportOptions,
): Promise<ExportReport> {
  const { target, versions = "latest", filter = {}, signal } = options;
  const bySuffix = formatOfTarget(target, options.format ?? null);
  const { format } = bySuffix;
  const isGzip = options.isGzip ?? bySuffix.isGzip;
  const fields = options.fields === undefined ? EXPORT_FIELDS : checkFields(options.fields);
  let records = 0;
  let bytes = 0;

  async function* rows(): AsyncGenerator<Readonly<Record<string, unknown>>> {
    for await (const record of store.scan(filter, versions)) {
      signal?.throwIfAborted();
      yield pickFields(toExportRecord(record), fields);
      records++;
    }
  }
  async function* counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  const text = batched(FORMATS[format](rows(), fields, options.hasBom === true));
  const send = async (
    take: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
  ): Promise<void> => {
    const sink = (chunks: AsyncIterable<Uint8Array>): Promise<void> => take(counted(chunks));
    if (isGzip) await pipeline(text, createGzip(), sink);
    else await sink(text);
  };

  if (target === "-") {
    await send(async (chunks) => {
      for await (const chunk of chunks) await options.stdout?.(chunk);
    });
  } else {
    await writeAtomically(target, options.isForced === true, (write) =>
      send(async (chunks) => {
        for await (const chunk of chunks) await write(chunk);
      }),
    );
  }
  return { target, format, records, bytes };
}

type Rows = AsyncIterable<Readonly<Record<string, unknown>>>;
type Encode = (
  rows: Rows,
  fields: readonly ExportField[],
  hasBom: boolean,
) => AsyncGenerator<string>;

const FORMATS: Readonly<Record<ExportFormat, Encode>> = {
  async *jsonl(rows) {
    for await (const row of rows) yield `${JSON.stringify(row)}\n`;
  },
  async *json(rows) {
    let before = "[\n";
    for await (const row of rows) {
      yield `${before}${JSON.stringify(row)}`;
      before = ",\n";
    }
    yield before === "[\n" ? "[]\n" : "\n]\n";
  },
  async *csv(rows, fields, hasBom) {
    yield `${hasBom ? "\uFEFF" : ""}${csvLine(fields)}`;
    for await (const row of rows) yield csvLine(fields.map((field) => row[field]));
  },
};

async function* batched(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let batch = "";
  for await (const text of texts) {
    batch += text;
    if (batch.length >= BATCH_CHARS) {
      yield Buffer.from(batch);
      batch = "";
    }
  }
  if (batch !== "") yield Buffer.from(batch);
}
