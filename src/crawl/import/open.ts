/** From the words of a command line to sources: what a file is, is seen from its first bytes. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { fileTrouble, WarraqError } from "../../errors.ts";
import { loadWaczReader } from "../../warc/index.ts";
import { glanceAt } from "./glance.ts";
import { gunzipped } from "./gunzipped.ts";
import { type JsonLinesOptions, jsonLines } from "./json-lines.ts";
import { listSavedPages, savedPages } from "./saved-pages.ts";
import type { ImportItem, ImportKind, Source } from "./source.ts";
import { warcItems } from "./warc-items.ts";

/** Read at once from a file: a system call per megabyte costs nothing. */
const CHUNK_BYTES = 2 ** 20;
/** It is read from its beginning more than once, and again when an import goes on. */
const NO_FILE = {
  kind: null,
  why: "a pipe or a device: write what comes from it to a file",
} as const;
const GZIP_NAME = /\.gz$/iu;

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
    const facts = await stat(path);
    const place = { path, bytes: facts.size, modifiedAt: Math.floor(facts.mtimeMs) };
    if (facts.isDirectory()) return { ...place, kind: "html", isGzip: false };
    const seen = facts.isFile() ? await glanceAt(path) : NO_FILE;
    if (seen.kind === null) {
      throw new WarraqError("E_INPUT", `${path} cannot be imported: it is ${seen.why}`);
    }
    return { ...place, ...seen };
  } catch (error) {
    if (error instanceof WarraqError) throw error;
    throw new WarraqError("E_INPUT", `${path}: cannot be read: ${fileTrouble(error)}`);
  }
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
    case "warc": {
      const how = { via: "warc", isPacked: GZIP_NAME.test(name) } as const;
      return [{ ...base, items: (startAt) => warcItems(readFrom(name, startAt), startAt, how) }];
    }
    case "wacz": {
      const warcs = await (await loadWaczReader()).zippedWarcs(name);
      return warcs.map((warc) => ({
        ...{ name: `${name}!${warc.name}`, kind: "warc", bytes: warc.bytes, modifiedAt },
        items: (startAt) =>
          toTheBreak(
            warcItems(warc.read(startAt), startAt, {
              ...{ via: "wacz", isPacked: GZIP_NAME.test(warc.name) },
            }),
          ),
      }));
    }
    case "html": {
      const pages = await listSavedPages(name);
      const items: Source["items"] = (startAt) => savedPages(pages, startAt);
      return [{ ...base, bytes: pages.files.length, items }];
    }
    case "jsonl": {
      const options = { profile, timeZone, fileAt: modifiedAt };
      const items: Source["items"] = (startAt) =>
        toTheBreak(jsonLines(readUnpacked(place), startAt, options));
      return [{ ...base, items }];
    }
    case "urls":
    case "opml": {
      const { addressItems } = await import("./lists.ts");
      return [{ ...base, items: () => toTheBreak(addressItems(readUnpacked(place), kind)) }];
    }
  }
}

/** What cannot be unpacked further has a damaged place there; what came before it stands. */
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
  return isGzip ? gunzipped(bytes, path) : bytes;
}
