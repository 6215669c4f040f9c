/**
 * Writing a WARC: each record a gzip member of its own, a new file where one has become large. One
 * record is held at a time.
 */
import { gzipSync } from "node:zlib";
import type { IndexEntry, WarcEntry, Write } from "./entry.ts";
import {
  identical,
  idOf,
  metadata,
  notModified,
  payloadDigest,
  redirect,
  request,
  resource,
  response,
  type Written,
  warcinfo,
} from "./records.ts";

export interface WarcOptions {
  /** Named in each file's warcinfo: `warraq/0.1.0`. */
  readonly software: string;
  /** A file that has grown to this is followed by another. @default 1 GB, as the standard advises */
  readonly mostBytes?: number;
  /** Each record packed by itself. @default true */
  readonly isGzip?: boolean;
  readonly onIndex?: (entry: IndexEntry) => Promise<void> | void;
}

export interface WarcWriter {
  /** Writes one file; one without a name is a stream. @returns whether there is more, for another file */
  writeFile(name: string | null, write: Write): Promise<boolean>;
  /** Records written so far, of all kinds. */
  readonly records: number;
}

const MOST_BYTES = 10 ** 9;

/** Roads on which an HTTP answer came, to us or to who kept it. */
const BY_HTTP: ReadonlySet<string> = new Set(["live", "warc", "wacz", "wayback", "commoncrawl"]);
/** A look at the past is dated by what it saw; of a file without any, this. */
const NO_TIME = 0;

export function openWarcWriter(
  entries: AsyncIterable<WarcEntry>,
  options: WarcOptions,
): WarcWriter {
  const { software, mostBytes = MOST_BYTES, isGzip = true, onIndex = () => {} } = options;
  const source = entries[Symbol.asyncIterator]();
  let next: IteratorResult<WarcEntry> | null = null;
  let group = "";
  /** What this article's captures have shown so far: by digest, and by address the last. */
  const byDigest = new Map<string, Written>();
  const byUrl = new Map<string, Written>();
  let records = 0;

  return {
    get records() {
      return records;
    },
    async writeFile(name, write) {
      let offset = 0;
      const put = async (record: Buffer): Promise<{ offset: number; length: number }> => {
        const bytes = isGzip ? gzipSync(record) : record;
        const place = { offset, length: bytes.length };
        await write(bytes);
        offset += bytes.length;
        records++;
        return place;
      };
      next ??= await source.next();
      await put(warcinfo(name, next.done === true ? NO_TIME : timeOf(next.value), software));
      while (next.done !== true) {
        const { value: entry } = next;
        // An article's captures may refer to each other: they stay in one file.
        if (entry.group !== group) {
          if (group !== "" && offset >= mostBytes) {
            group = "";
            return true;
          }
          group = entry.group;
          byDigest.clear();
          byUrl.clear();
        }
        await writeEntry(entry, name ?? "", put);
        next = await source.next();
      }
      return false;
    },
  };

  async function writeEntry(
    entry: WarcEntry,
    file: string,
    put: (record: Buffer) => Promise<{ readonly offset: number; readonly length: number }>,
  ): Promise<void> {
    if (entry.kind === "not-modified") {
      const { url, at } = entry;
      const before = byUrl.get(url);
      if (before === undefined) return; // of bytes that are not here there is nothing to say
      const place = await put(notModified(url, at, before));
      const digest = payloadDigest(before.digest);
      await onIndex({
        type: "revisit",
        url,
        at,
        mime: "warc/revisit",
        status: 304,
        digest,
        file,
        ...place,
      });
      return;
    }
    if (entry.kind === "pruned") {
      const { url, at } = entry;
      for (const values of entry.metadata) await put(metadata({ id: null, url, at }, values));
      return;
    }
    const { capture, digest } = entry;
    const { finalUrl: url, fetchedAt: at, status, redirects, via } = capture;
    const isHttp = BY_HTTP.has(via);
    const type = isHttp ? "response" : "resource";
    for (const hop of redirects) {
      const place = await put(redirect(hop, at));
      const digest = payloadDigest(EMPTY_DIGEST);
      await onIndex({
        type,
        url: hop.url,
        at,
        mime: "unk",
        status: hop.status,
        digest,
        file,
        ...place,
      });
    }
    const before = isHttp ? byDigest.get(digest) : undefined;
    const id = idOf(before === undefined ? type : "revisit", url, at, digest);
    const written: Written = { id, url, at, digest };
    const facts = { url, at, status, digest: payloadDigest(digest), file };
    if (before !== undefined) {
      const place = await put(identical(capture, written, before));
      await onIndex({ type: "revisit", mime: "warc/revisit", ...facts, ...place });
    } else {
      if (via === "live") await put(request(capture, written.id));
      const place = await put(isHttp ? response(capture, written) : resource(capture, written));
      await onIndex({ type, mime: mimeOf(capture.headers), ...facts, ...place });
      byDigest.set(digest, written);
    }
    byUrl.set(url, before ?? written);
    byUrl.set(capture.url, before ?? written);
    for (const values of entry.metadata) await put(metadata(written, values));
  }
}

/** SHA-256 of no bytes. */
const EMPTY_DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

function timeOf(entry: WarcEntry): number {
  return entry.kind === "captured" ? entry.capture.fetchedAt : entry.at;
}

function mimeOf(headers: readonly (readonly [string, string])[]): string {
  const told = headers.find(([name]) => name === "content-type")?.[1] ?? "";
  return told.toLowerCase().split(/[;,]/u)[0]?.trim() || "unk";
}
