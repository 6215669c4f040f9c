/** From the words of a command line to sources: what a file is, is seen from its first bytes. */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { constants, createGunzip, gunzipSync } from "node:zlib";
import { fileTrouble, WarraqError } from "../../errors.ts";
import { loadWaczReader } from "../../warc/index.ts";
import { type JsonLinesOptions, jsonLines } from "./json-lines.ts";
import { listSavedPages, savedPages } from "./saved-pages.ts";
import type { ImportItem, ImportKind, Source } from "./source.ts";
import { warcItems } from "./warc-items.ts";

/** Read at once from a file: a system call per megabyte costs nothing. */
const CHUNK_BYTES = 2 ** 20;
const GLANCE_BYTES = 4096;
const SQLITE_START = "SQLite format 3\0";

/** What lies at a path, and what it holds. */
export interface ImportPlace {
  readonly path: string;
  readonly kind: ImportKind;
  readonly isGzip: boolean;
  readonly bytes: number;
  /** UTC ms. */
  readonly modifiedAt: number;
}

/** @throws {WarraqError} E_INPUT when it is missing, unreadable, or nothing that can be imported */
export async function lookAt(path: string): Promise<ImportPlace> {
  try {
    const { size, mtimeMs } = await stat(path);
    const place = { path, bytes: size, modifiedAt: Math.floor(mtimeMs) };
    if ((await stat(path)).isDirectory()) return { ...place, kind: "html", isGzip: false };
    const bytes = await firstBytes(path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const kind = kindOf(isGzip ? unpackedStart(bytes) : bytes);
    if (bytes.toString("latin1").startsWith(SQLITE_START)) {
      const how = "warraq archive merge takes over another archive's articles";
      throw new WarraqError("E_INPUT", `${path} cannot be imported: it is a database; ${how}`);
    }
    if (kind === null) {
      throw new WarraqError(
        "E_INPUT",
        `${path} cannot be imported: it is no WARC, WACZ, HTML page, JSON, OPML or list of URLs`,
      );
    }
    return { ...place, kind, isGzip };
  } catch (error) {
    if (error instanceof WarraqError) throw error;
    throw new WarraqError("E_INPUT", `${path}: cannot be read: ${fileTrouble(error)}`);
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GLANCE_BYTES), 0, GLANCE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unpackedStart(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

function kindOf(bytes: Buffer): ImportKind | null {
  const text = bytes
    .toString("utf8")
    .replace(/^\uFEFF/u, "")
    .trimStart();
  if (text.startsWith("WARC/")) return "warc";
  if (text.startsWith("PK\u0003\u0004")) return "wacz";
  if (/^(?:\{|\[\s*(?:\{|\]|$))/u.test(text)) return "jsonl";
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<opml\b/iu.test(text)) return "opml";
  if (/^<(?:!doctype|!--|html|head|\?xml|body|meta|title)/iu.test(text)) return "html";
  return isList(text) ? "urls" : null;
}

/** At least half of the lines begin with a web address; the others are counted when it is read. */
function isList(text: string): boolean {
  const lines = text.split("\n").filter((line) => !/^\s*(?:#|$)/u.test(line));
  const addresses = lines.filter((line) => /^\s*https?:\/\/\S/iu.test(line));
  return addresses.length > 0 && addresses.length * 2 >= lines.length;
}

/**
 * The sources of what lies at a place.
 *
 * @param options.profile - whose JSON lines they are; null: seen by their fields
 * @throws {WarraqError} E_INPUT
 */
export async function sourcesOf(
  place: ImportPlace,
  { profile, timeZone }: Pick<JsonLinesOptions, "profile" | "timeZone">,
): Promise<readonly Source[]> {
  const { path: name, bytes, modifiedAt, kind } = place;
  const base = { name, bytes, modifiedAt, kind };
  switch (kind) {
    case "warc":
      return [{ ...base, items: (startAt) => warcItems(readFrom(name, startAt), startAt, "warc") }];
    case "wacz": {
      const warcs = await (await loadWaczReader()).zippedWarcs(name);
      return warcs.map((warc) => ({
        ...{ name: `${name}!${warc.name}`, kind: "warc", bytes: warc.bytes, modifiedAt },
        items: (startAt) => toTheBreak(warcItems(warc.read(startAt), startAt, "wacz")),
      }));
    }
    case "html": {
      const pages = await listSavedPages(name);
      const items: Source["items"] = (startAt) => savedPages(pages, startAt);
      return [{ ...base, bytes: pages.files.length, items }];
    }
    case "jsonl": {
      const options = { profile, timeZone, fileAt: modifiedAt };
      return [{ ...base, items: (startAt) => jsonLines(readUnpacked(place), startAt, options) }];
    }
    case "urls":
    case "opml": {
      const { addressItems } = await import("./lists.ts");
      return [{ ...base, items: () => addressItems(readUnpacked(place), kind) }];
    }
  }
}

/** A ZIP that cannot be read further has a damaged place there; what came before it stands. */
async function* toTheBreak(items: AsyncGenerator<ImportItem>): AsyncGenerator<ImportItem> {
  let offset = 0;
  try {
    for await (const item of items) {
      ({ offset } = item);
      yield item;
    }
  } catch (error) {
    if (!(error instanceof WarraqError && error.code === "E_INPUT")) throw error;
    yield { offset, kind: "damage", detail: error.message };
  }
}

function readFrom(path: string, start: number): AsyncIterable<Uint8Array> {
  return createReadStream(path, { start, highWaterMark: CHUNK_BYTES });
}

/** A text file's bytes, unpacked where need be. */
function readUnpacked({ path, isGzip }: ImportPlace): AsyncIterable<Uint8Array> {
  const bytes = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  if (!isGzip) return bytes;
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  bytes.on("error", (error) => gunzip.destroy(error)).pipe(gunzip);
  return gunzip;
}
