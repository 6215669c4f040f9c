/**
 * From the archive to files: streamed, so that an export of any size needs the memory of one batch;
 * ordered by id and version, so that the same archive gives the same bytes; and atomic, so that a
 * file of the target's name is always whole.
 *
 *   records → those not handed out before → profile → fields → format → gzip → file(s) → card
 *
 * Our own records as JSON take a short way: the archive writes them itself (json-lines.ts).
 */
import { createHash } from "node:crypto";
import type { ArticleRecord } from "../model.ts";
import type { ArticleFilter, Increment, Store } from "../store/store.ts";
import { refuseExisting } from "./atomic-file.ts";
import { type Column, type Row, withTexts } from "./columns.ts";
import { type CardOptions, cardFilesOf } from "./dataset.ts";
import { pickColumns, pickFields } from "./fields.ts";
import { type ExportFormat, encoderOf, formatOfTarget, type RowFormat } from "./formats.ts";
import { jsonFieldsOf } from "./json-fields.ts";
import { asArray, jsonLinesOf, lineWriter } from "./json-lines.ts";
import { type Profile, type Shape, shapeOf } from "./profiles.ts";
import { type Part, partsOf, type Shard } from "./shards.ts";
import { createTally, factsOf, type Tally } from "./tally.ts";
import { type WrittenFile, writeFile } from "./write-file.ts";

export interface ExportOptions {
  /** Path of the file, or `-` for `stdout`. The suffix says the format; `.gz` compresses. */
  readonly target: string;
  /** Wins over the suffix. @default by suffix, `jsonl` for `-` */
  readonly format?: ExportFormat;
  /** Compress whatever the name says. @default by suffix */
  readonly isGzip?: boolean;
  /** Under whose names. @default "warraq" */
  readonly profile?: Profile;
  /** @default all, in the profile's order */
  readonly fields?: readonly string[];
  /** @default "latest" */
  readonly versions?: "latest" | "all";
  /** @default everything */
  readonly filter?: ArticleFilter;
  /** Several files, one a month or source. @default one file */
  readonly shard?: Shard;
  /** Zone whose months shards are. @default "UTC" */
  readonly zone?: string;
  /** Only what this named export has not handed out before, or that has changed since. */
  readonly sinceExport?: string;
  /** Describe the dataset beside its files. @default no */
  readonly card?: CardOptions;
  /** Replace files that exist. @default false */
  readonly isForced?: boolean;
  /** Begin CSV with a byte order mark: Excel takes it for the local 8-bit encoding otherwise. */
  readonly hasBom?: boolean;
  /** Takes the bytes when the target is `-`; awaited before the next are made. */
  readonly stdout?: (bytes: Uint8Array) => Promise<void> | void;
  /** Aborting removes the unfinished file and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called for each record, with how many there were. */
  readonly onRecord?: (records: number) => void;
  /** What writes it, for files that name that. @default "warraq" */
  readonly program?: string;
  /** A WARC grown to this is followed by another. @default 1 GB */
  readonly mostBytes?: number;
  /** UTC ms, for the card and the increment. @default 0 */
  readonly now?: number;
}

export interface ExportReport {
  readonly target: string;
  readonly format: ExportFormat;
  readonly files: readonly WrittenFile[];
  readonly records: number;
  readonly bytes: number;
  /** The card's files, when one was asked for. */
  readonly card: readonly string[];
}

/**
 * Exports every article that matches.
 *
 * @throws {WarraqError} E_USAGE (format, field, an increment's other terms), E_TARGET_EXISTS,
 *   E_INPUT (no such folder), E_DISK_FULL, E_IO, and the store's own
 */
export async function exportArticles(
  store: Pick<Store, "scan" | "scanJson" | "sightings" | "extent" | "siteIds" | "increment">,
  options: ExportOptions,
): Promise<ExportReport> {
  const { target, versions = "latest", filter = {}, signal, now = 0 } = options;
  const bySuffix = formatOfTarget(target, options.format ?? null);
  const { format } = bySuffix;
  if (format === "warc" || format === "wacz") {
    const { exportWebArchive } = await import("./web-archive.ts");
    return exportWebArchive(store, format, options.isGzip ?? bySuffix.isGzip, options);
  }
  const isForced = options.isForced === true;
  const shape = shapeOf(options.profile ?? "warraq");
  const columns = pickColumns(shape.columns, options.fields);
  const parts = await partsOf(store, target, filter, options.shard ?? null, options.zone ?? "UTC");
  const cardFiles = options.card === undefined ? [] : cardFilesOf(target);
  await refuseExisting([...parts.map((part) => part.target), ...cardFiles], isForced);
  const increment = await incrementOf(store, options, columns);
  const tally = createTally();
  let records = 0;
  const parcel: Parcel = {
    ...{ store, format, shape, columns, versions, increment, tally, signal },
    isOurs: options.profile === undefined || options.profile === "warraq",
    hasBom: options.hasBom === true,
    hasFacts: options.card !== undefined,
    onRow() {
      records++;
      options.onRecord?.(records);
    },
  };
  const files: WrittenFile[] = [];
  for (const part of parts) {
    const before = records;
    const { isEmpty, content } = await contentOf(part, parcel);
    if (isEmpty && part.isOptional) continue;
    const file = await writeFile(part.target, content, {
      isGzip: options.isGzip ?? bySuffix.isGzip,
      isForced,
      isHashed: options.card !== undefined,
      ...(options.stdout !== undefined && { stdout: options.stdout }),
    });
    files.push({ ...file, records: records - before });
  }
  const facts = tally.facts();
  if (options.card !== undefined) {
    const { writeCard } = await import("./data-card.ts");
    await writeCard(
      {
        ...{ target, format, files, facts, filter, versions, now, isForced },
        columns: format === "parquet" ? withTexts(columns) : columns,
      },
      options.card,
    );
  }
  // Last: what was not written counts as not handed out, and comes again.
  await increment?.commit(now);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { target, format, files, records, bytes, card: cardFiles };
}

async function incrementOf(
  store: Pick<Store, "increment">,
  { sinceExport, filter = {}, versions = "latest", profile = "warraq" }: ExportOptions,
  columns: readonly Column[],
): Promise<Increment | null> {
  if (sinceExport === undefined) return null;
  const fields = columns.map(({ name }) => name).join(",");
  return store.increment(sinceExport, JSON.stringify({ as: profile, versions, filter, fields }));
}

interface Parcel {
  readonly store: Pick<Store, "scan" | "scanJson">;
  readonly format: RowFormat;
  /** Whether the records have our own names and values. */
  readonly isOurs: boolean;
  readonly shape: Shape;
  readonly columns: readonly Column[];
  readonly versions: "latest" | "all";
  readonly hasBom: boolean;
  /** Whether a card will tell what was counted. */
  readonly hasFacts: boolean;
  readonly increment: Increment | null;
  readonly tally: Tally;
  readonly signal: AbortSignal | undefined;
  readonly onRow: () => void;
}

interface Content {
  readonly isEmpty: boolean;
  readonly content: AsyncIterable<string | Uint8Array>;
}

/** What one file holds, made while it is read. */
async function contentOf({ filter, target }: Part, parcel: Parcel): Promise<Content> {
  const { store, format, isOurs, columns, versions, hasBom, hasFacts } = parcel;
  if (isOurs && (format === "jsonl" || format === "json")) {
    const fields = jsonFieldsOf(columns);
    const lineOf = lineWriter(columns);
    const source = store.scanJson({ filter, versions, fields, hasFacts, lineOf });
    const { isEmpty, all } = await begun(jsonLinesOf(source, parcel));
    return { isEmpty, content: format === "json" ? asArray(all) : all };
  }
  const encode = await encoderOf(format);
  const { isEmpty, all } = await begun(rowsOf(store.scan(filter, versions), parcel));
  return { isEmpty, content: encode(all, { columns, hasBom, target }) };
}

async function* rowsOf(
  records: AsyncIterable<ArticleRecord>,
  { shape, columns, increment, tally, signal, onRow }: Parcel,
): AsyncGenerator<Row> {
  for await (const record of records) {
    signal?.throwIfAborted();
    const row = pickFields(shape.toRow(record), columns);
    if (increment !== null) {
      const digest = createHash("sha256").update(JSON.stringify(row)).digest();
      if (!increment.isNews(record.id, record.version, digest)) continue;
    }
    tally.add(factsOf(record));
    yield row;
    onRow();
  }
}

/** Looks at the first, so that it is known whether there are any. */
async function begun<T>(
  all: AsyncGenerator<T>,
): Promise<{ readonly isEmpty: boolean; readonly all: AsyncIterable<T> }> {
  const first = await all.next();
  return {
    isEmpty: first.done === true,
    all: (async function* () {
      if (first.done === true) return;
      yield first.value;
      yield* all;
    })(),
  };
}
