/**
 * Articles as a web archive (WARC, WACZ): not records of what was extracted but every capture of the
 * pages themselves, with what was extracted beside each. The archive's own filters choose the articles.
 */
import { createHash } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { WarraqError } from "../errors.ts";
import type { Capture } from "../model.ts";
import type { Sighting, Store } from "../store/store.ts";
import {
  loadWaczWriter,
  openWarcWriter,
  type WarcEntry,
  type WarcOptions,
  type Write,
} from "../warc/index.ts";
import { explained, writeAtomically } from "./atomic-file.ts";
import type { ExportOptions, ExportReport } from "./export.ts";
import { toExportRecord } from "./record.ts";
import type { WrittenFile } from "./write-file.ts";

/**
 * Writes the file; a large WARC becomes several: `news.warc.gz`, `news-2.warc.gz` …
 *
 * @throws {WarraqError} E_USAGE for options that only records have
 */
export async function exportWebArchive(
  store: Pick<Store, "sightings">,
  format: "warc" | "wacz",
  isGzip: boolean,
  options: ExportOptions,
): Promise<ExportReport> {
  const { target, filter = {}, signal, program = "warraq", mostBytes } = options;
  refuseRowOptions(format, options);
  const count = { records: 0 };
  const entries = entriesOf(store.sightings(filter), signal, () => {
    count.records++;
    options.onRecord?.(count.records);
  });
  const settings = { software: program, ...(mostBytes !== undefined && { mostBytes }) };
  const files =
    format === "wacz"
      ? [await writeWaczFile(entries, settings, options)]
      : await writeWarcFiles(entries, { ...settings, isGzip }, options);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { target, format, files, records: count.records, bytes, card: [] };
}

/** A web archive holds captures, whole and all of them. */
function refuseRowOptions(format: string, options: ExportOptions): void {
  const { fields, profile = "warraq", shard, sinceExport, card } = options;
  const refused = [
    fields !== undefined && "--fields",
    profile !== "warraq" && "--as",
    shard !== undefined && "--shard",
    sinceExport !== undefined && "--since-export",
    card !== undefined && "--manifest",
  ].find((flag) => flag !== false);
  if (refused !== undefined) {
    throw new WarraqError("E_USAGE", `${refused} is for records; a ${format} holds whole captures`);
  }
}

type Settings = Pick<WarcOptions, "software" | "mostBytes">;

async function writeWaczFile(
  entries: AsyncIterable<WarcEntry>,
  settings: Settings,
  { target, isForced = false }: ExportOptions,
): Promise<WrittenFile> {
  if (target === "-") {
    throw new WarraqError("E_USAGE", "a WACZ needs a file: it cannot go to stdout");
  }
  const { writeWacz } = await loadWaczWriter();
  let written: WrittenFile | null = null;
  await writeAtomically(target, isForced, async (write) => {
    const folder = mkdtemp(join(dirname(target), `.${basename(target)}-`));
    const scratch = await explained(target, folder);
    const { write: take, facts } = counting(write);
    const title = basename(target).replace(/\.wacz$/iu, "");
    const work = writeWacz(entries, take, { ...settings, title, scratch });
    const records = await explained(target, work);
    written = { target, records, ...facts() };
  });
  if (written === null) throw new Error(`${target} was not written`);
  return written;
}

async function writeWarcFiles(
  entries: AsyncIterable<WarcEntry>,
  settings: Settings & Pick<WarcOptions, "isGzip">,
  { target, stdout, isForced = false }: ExportOptions,
): Promise<WrittenFile[]> {
  const files: WrittenFile[] = [];
  const writer = openWarcWriter(entries, {
    ...settings,
    // A pipe is one file, however long.
    ...(target === "-" && { mostBytes: Number.POSITIVE_INFINITY }),
  });
  const writePart = async (path: string, write: Write): Promise<boolean> => {
    const { write: take, facts } = counting(write);
    const before = writer.records;
    const place = files.push({ target: path, records: 0, bytes: 0, sha256: "" }) - 1;
    const isMore = await writer.writeFile(path === "-" ? null : basename(path), take);
    files[place] = { target: path, records: writer.records - before, ...facts() };
    return isMore;
  };
  /** Each within the one before: all of them appear, or none. */
  const writeFrom = (number: number): Promise<void> => {
    const path = partName(target, number);
    return writeAtomically(path, isForced, async (write) => {
      if (await writePart(path, write)) await writeFrom(number + 1);
    });
  };
  if (target === "-") await writePart("-", async (bytes) => stdout?.(bytes));
  else await writeFrom(1);
  return files;
}

async function* entriesOf(
  sightings: AsyncIterable<Sighting>,
  signal: AbortSignal | undefined,
  onArticle: () => void,
): AsyncGenerator<WarcEntry> {
  let last = "";
  for await (const sighting of sightings) {
    signal?.throwIfAborted();
    const { articleId: group } = sighting;
    if (group !== last) onArticle();
    last = group;
    if (sighting.kind === "not-modified") {
      yield { group, kind: "not-modified", url: uriOf(sighting.url), at: sighting.at };
      continue;
    }
    const { records } = sighting;
    const metadata = records.map((record) => ({ ...toExportRecord(record) }));
    if (sighting.kind === "pruned") {
      yield { group, kind: "pruned", url: uriOf(sighting.url), at: sighting.at, metadata };
      continue;
    }
    const { digest } = sighting;
    const capture = withUris(sighting.capture);
    const [first] = records;
    yield {
      ...{ group, kind: "captured", capture, digest, metadata },
      title: first?.article.title ?? null,
      text: first?.article.body ?? null,
    };
  }
}

function withUris(capture: Capture): Capture {
  const { url, finalUrl, redirects } = capture;
  return {
    ...{ ...capture, url: uriOf(url), finalUrl: uriOf(finalUrl) },
    redirects: redirects.map((hop) => ({ ...hop, url: uriOf(hop.url) })),
  };
}

/** What other crawlers wrote down as it was typed: a WARC's target is a URI (RFC 3986), in ASCII. */
function uriOf(url: string): string {
  return /^[\x21-\x7e]*$/u.test(url) || !URL.canParse(url) ? url : new URL(url).href;
}

function counting(write: Write) {
  const digest = createHash("sha256");
  let bytes = 0;
  return {
    async write(chunk: Uint8Array): Promise<void> {
      bytes += chunk.length;
      digest.update(chunk);
      await write(chunk);
    },
    facts: () => ({ bytes, sha256: digest.digest("hex") }),
  };
}

/** `news/a.warc.gz`, 2 → `news/a-2.warc.gz` */
function partName(target: string, number: number): string {
  if (number === 1) return target;
  const name = basename(target);
  const dot = name.search(/\.warc(?:\.gz)?$|\.[^.]*$/iu);
  const stem = dot <= 0 ? name.length : dot;
  return join(dirname(target), `${name.slice(0, stem)}-${number}${name.slice(stem)}`);
}
