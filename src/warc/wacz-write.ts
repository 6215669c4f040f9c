/**
 * Writing a WACZ (1.1.1): a ZIP with WARCs, their index, the list of pages with their texts, and a
 * description with the SHA-256 of each. The parts are made in a scratch folder and then put into the
 * ZIP one after another; archives and index lie in it as they are (stored), so that a replay tool can
 * reach into them.
 */
import { createHash, hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { ZipFile } from "yazl";
import { cdxLine, indexBlocks, pointerHeader } from "./cdxj.ts";
import type { WarcEntry, Write } from "./entry.ts";
import { createSortedLines } from "./sorted-lines.ts";
import { openWarcWriter, type WarcOptions } from "./write.ts";

export interface WaczOptions extends Pick<WarcOptions, "software" | "mostBytes"> {
  readonly title: string;
  /** An empty folder on a disk with room for the archive; removed. */
  readonly scratch: string;
}

interface Part {
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
}

const CDX = "index.cdx.gz";

/** @returns how many WARC records there are in it */
export async function writeWacz(
  entries: AsyncIterable<WarcEntry>,
  write: Write,
  options: WaczOptions,
): Promise<number> {
  const { scratch } = options;
  for (const folder of ["archive", "indexes", "pages", "runs"]) {
    await mkdir(join(scratch, folder), { recursive: true });
  }
  try {
    const parts: Part[] = [];
    const lines = createSortedLines(join(scratch, "runs"));
    const pages = await openPart(scratch, "pages/pages.jsonl");
    await pages.write(`${JSON.stringify(PAGES_HEADER)}\n`);
    let newestAt = 0;
    async function* listed(): AsyncGenerator<WarcEntry> {
      for await (const entry of entries) {
        if (entry.kind === "captured") {
          newestAt = Math.max(newestAt, entry.capture.fetchedAt);
          if (entry.text !== null) await pages.write(`${JSON.stringify(pageOf(entry))}\n`);
        }
        yield entry;
      }
    }
    const writer = openWarcWriter(listed(), {
      ...options,
      onIndex: (entry) => lines.add(cdxLine(entry)),
    });
    for (let number = 1, isMore = true; isMore; number++) {
      const name = number === 1 ? "data.warc.gz" : `data-${number}.warc.gz`;
      const warc = await openPart(scratch, `archive/${name}`);
      isMore = await writer.writeFile(name, warc.write);
      parts.push(await warc.close());
    }
    const cdx = await openPart(scratch, `indexes/${CDX}`);
    const idx = await openPart(scratch, "indexes/index.idx");
    await idx.write(pointerHeader(CDX));
    for await (const { block, pointer } of indexBlocks(lines.all(), CDX)) {
      await cdx.write(block);
      await idx.write(pointer);
    }
    parts.push(await cdx.close(), await idx.close(), await pages.close());
    await zip(parts, newestAt, options, write);
    return writer.records;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const PAGES_HEADER = { format: "json-pages-1.0", id: "pages", title: "All Pages", hasText: true };

function pageOf({ capture, title, text, digest }: Extract<WarcEntry, { kind: "captured" }>) {
  const { finalUrl: url, fetchedAt } = capture;
  const id = hash("sha256", `${url} ${fetchedAt} ${digest}`, "hex").slice(0, 22);
  return { id, url, ts: new Date(fetchedAt).toISOString(), title: title ?? "", text: text ?? "" };
}

/** A file of the archive while it is written, counted and hashed. */
async function openPart(scratch: string, path: string) {
  const file: FileHandle = await open(join(scratch, path), "wx");
  const digest = createHash("sha256");
  let bytes = 0;
  return {
    async write(data: Uint8Array | string): Promise<void> {
      const chunk = typeof data === "string" ? Buffer.from(data) : data;
      digest.update(chunk);
      bytes += chunk.length;
      for (let from = 0; from < chunk.length; ) {
        from += (await file.write(chunk, from)).bytesWritten;
      }
    },
    async close(): Promise<Part> {
      await file.close();
      return { path, bytes, hash: `sha256:${digest.digest("hex")}` };
    },
  };
}

/**
 * A ZIP tells times by the clock of the machine that wrote it: the same archive would not be the same
 * file elsewhere. So entries have the earliest there is, as reproducible archives do.
 */
const NO_TIME = new Date(1980, 0, 1);

async function zip(
  parts: readonly Part[],
  newestAt: number,
  { title, software, scratch }: WaczOptions,
  write: Write,
): Promise<void> {
  const description = Buffer.from(
    `${JSON.stringify(
      {
        ...{ profile: "data-package", wacz_version: "1.1.1", title, software },
        created: new Date(newestAt).toISOString(),
        resources: parts.map(({ path, ...facts }) => ({ name: basename(path), path, ...facts })),
      },
      null,
      2,
    )}\n`,
  );
  const digest = { path: "datapackage.json", hash: `sha256:${hash("sha256", description, "hex")}` };
  const file = new ZipFile();
  const settings = { mtime: NO_TIME, mode: 0o100644, forceDosTimestamp: true };
  for (const { path, bytes } of parts) {
    const isText = path.endsWith(".jsonl");
    file.addReadStreamLazy(
      path,
      { ...settings, compress: isText, ...(!isText && { size: bytes }) },
      (take) => take(null, createReadStream(join(scratch, path))),
    );
  }
  file.addBuffer(description, "datapackage.json", settings);
  const digestBytes = Buffer.from(`${JSON.stringify(digest)}\n`);
  file.addBuffer(digestBytes, "datapackage-digest.json", settings);
  file.end();
  const failed = new Promise<never>((_, reject) => void file.on("error", reject));
  failed.catch(() => {}); // heard below
  const sent = (async () => {
    for await (const chunk of file.outputStream) await write(chunk as Buffer);
  })();
  await Promise.race([sent, failed]);
}
