/** The WARCs in a WACZ (or any ZIP of them), each as a stream; nothing is unpacked to the disk. */
import { type Entry, open, type ZipFile } from "yauzl";
import { WarraqError } from "../errors.ts";

export interface ZippedWarc {
  /** As the ZIP names it. */
  readonly name: string;
  /** Unpacked. */
  readonly bytes: number;
  /** Its bytes from this one on. */
  readonly read: (startAt: number) => AsyncGenerator<Uint8Array>;
}

const WARC_NAME = /\.warc(?:\.gz)?$/iu;
const STORED = 0;

/**
 * @throws {WarraqError} E_INPUT when it is no ZIP, is cut short, holds no WARC, or names files outside
 *   of itself
 */
export async function zippedWarcs(path: string): Promise<readonly ZippedWarc[]> {
  const entries: Entry[] = [];
  const zip = await opened(path);
  try {
    for await (const entry of entriesOf(zip, path)) entries.push(entry);
  } finally {
    zip.close();
  }
  const warcs = entries.filter(({ fileName }) => WARC_NAME.test(fileName));
  if (warcs.length === 0) {
    throw new WarraqError("E_INPUT", `${path}: there is no WARC among its ${entries.length} files`);
  }
  return warcs
    .map((entry) => ({
      name: entry.fileName,
      bytes: entry.uncompressedSize,
      read: (startAt: number) => read(path, entry, startAt),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function opened(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error !== null) reject(unreadable(path, error));
      else resolve(zip);
    });
  });
}

/** yauzl refuses names that are absolute or climb out (`..`). */
async function* entriesOf(zip: ZipFile, path: string): AsyncGenerator<Entry> {
  for (let left = zip.entryCount; left > 0; left--) {
    yield await new Promise<Entry>((resolve, reject) => {
      zip.once("entry", resolve);
      zip.once("error", (error: Error) => reject(unreadable(path, error)));
      zip.readEntry();
    });
    zip.removeAllListeners();
  }
}

async function* read(path: string, entry: Entry, startAt: number): AsyncGenerator<Uint8Array> {
  const zip = await opened(path);
  const isStored = entry.compressionMethod === STORED;
  try {
    const stream = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
      const range = isStored && startAt > 0 ? { start: startAt, end: entry.compressedSize } : null;
      const done = (error: Error | null, opened_: AsyncIterable<Buffer>): void => {
        if (error === null) resolve(opened_);
        else reject(unreadable(path, error));
      };
      if (range === null) zip.openReadStream(entry, done);
      else zip.openReadStream(entry, { ...range }, done);
    });
    let skip = isStored ? 0 : startAt;
    for await (const chunk of stream) {
      const rest = chunk.subarray(skip);
      skip -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
    }
  } catch (error) {
    if (error instanceof WarraqError) throw error;
    throw unreadable(path, error as Error);
  } finally {
    zip.close();
  }
}

function unreadable(path: string, error: Error): WarraqError {
  return new WarraqError("E_INPUT", `${path} cannot be read: ${error.message}`, { cause: error });
}
