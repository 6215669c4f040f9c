/**
 * WARC and WACZ as others read them: every digest worked out again, offsets opened one by one, the
 * ZIP tested by unzip, and the way back: what is imported from them is what was exported.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { CDXIndexer, WARCParser, type WARCRecord } from "warcio";
import { exportArticles } from "../../src/export/index.ts";
import { openNewsroom } from "../../src/newsroom/index.ts";
import { openStore } from "../../src/store/index.ts";
import { readWarc, surtOf } from "../../src/warc/index.ts";
import { warraq } from "../cli/harness.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { http, packed, page, record } from "../warc/given.ts";

const sha256 = (bytes: Uint8Array | string): string =>
  `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** A newsroom crawled, edited, and visited again: edits, unchanged pages with and without validators. */
const folder = mkdtempSync(join(tmpdir(), "warraq-web-archive-"));
const crawled = join(folder, "warraq.db");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const path = crawled;
  const newsroom = await openNewsroom();
  const urls = newsroom.sites.map(({ origin }) => `${origin}/`);
  const flags = ["--allow-private", "--delay", "0", "--archive", path];
  const world = { now: Date.now };
  await warraq(["crawl", ...urls, ...flags], world);
  newsroom.publishNextEdition();
  await warraq(["recheck", ...flags, ...urls], world);
  await newsroom.close();
}, 60_000);

/** A copy of that archive, in a folder of the test's own. */
function givenArchive(): string {
  const path = join(temporaryFolder(), "warraq.db");
  copyFileSync(crawled, path);
  return path;
}

async function exported(archive: string, name: string, ...flags: string[]): Promise<string> {
  const file = join(dirname(archive), name);
  const { code, err } = await warraq(["export", "-o", file, "--archive", archive, ...flags]);
  expect(code, err).toBe(0);
  return file;
}

interface ReadRecord {
  readonly type: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly block: Buffer;
}

/** Without any code of ours: members by zlib, heads by splitting at the blank line. */
function recordsOf(bytes: Buffer): ReadRecord[] {
  const text = gunzipSync(bytes);
  const records: ReadRecord[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\r\n\r\n", at);
    const [, ...lines] = text.toString("utf8", at, end).split("\r\n");
    const headers = new Map(
      lines.map((line) => {
        const colon = line.indexOf(": ");
        return [line.slice(0, colon), line.slice(colon + 2)] as const;
      }),
    );
    const length = Number(headers.get("Content-Length"));
    const block = text.subarray(end + 4, end + 4 + length);
    records.push({ type: headers.get("WARC-Type") ?? "", headers, block });
    at = end + 4 + length + 4;
  }
  return records;
}

function count(records: readonly ReadRecord[]): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { type } of records) kinds[type] = (kinds[type] ?? 0) + 1;
  return kinds;
}

test("a WARC holds every capture, each digest is right, and revisits refer to what is there", async () => {
  const file = await exported(givenArchive(), "news.warc.gz");
  execFileSync("gunzip", ["-t", file]);
  const records = recordsOf(readFileSync(file));
  const kinds = count(records);
  expect(kinds.warcinfo).toBe(1);
  expect(kinds.response).toBeGreaterThan(15);
  expect(kinds.request).toBe(kinds.response);
  expect(kinds.revisit).toBeGreaterThan(5);
  expect(kinds.metadata).toBeGreaterThan(15);
  expect(records[0]?.block.toString()).toMatch(
    /^software: warraq\/[\d.]+\r\nformat: WARC File Format 1\.1\r\n/u,
  );
  const payloads = new Map<string, string>();
  const ids = new Set<string>();
  const profiles = new Set<string>();
  for (const { type, headers, block } of records) {
    expect(sha256(block)).toBe(headers.get("WARC-Block-Digest"));
    const id = headers.get("WARC-Record-ID") ?? "";
    expect(id).toMatch(
      /^<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}>$/u,
    );
    expect(ids.has(id)).toBe(false);
    ids.add(id);
    const payload = block.subarray(block.indexOf("\r\n\r\n") + 4);
    if (type === "response") {
      expect(sha256(payload)).toBe(headers.get("WARC-Payload-Digest"));
      payloads.set(id, sha256(payload));
      const head = block.toString("utf8", 0, block.length - payload.length);
      expect(head).toMatch(new RegExp(`^content-length: ${payload.length}$`, "mu"));
      expect(head).not.toMatch(/^(?:content|transfer)-encoding:/imu);
    }
    if (type === "revisit") {
      profiles.add(headers.get("WARC-Profile")?.split("/").at(-1) ?? "");
      expect(headers.get("WARC-Payload-Digest")).toBe(
        payloads.get(headers.get("WARC-Refers-To") ?? ""),
      );
      expect(headers.get("WARC-Refers-To-Date")).toMatch(/^\d{4}-.*Z$/u);
      expect(payload).toHaveLength(0);
    }
    if (type === "metadata") {
      expect(payloads.has(headers.get("WARC-Concurrent-To") ?? "")).toBe(true);
      expect(headers.has("WARC-Payload-Digest")).toBe(false);
      expect(JSON.parse(block.toString())).toMatchObject({
        url: expect.any(String),
        title: expect.any(String),
      });
    }
  }
  expect([...profiles].sort()).toEqual(["identical-payload-digest", "server-not-modified"]);
  expect(readFileSync(file).includes("gzip")).toBe(false); // said only inside of packed records
  expect(records.some(({ block }) => block.includes("x-archive-orig-content-encoding: gzip"))).toBe(
    true,
  );
});

test("an edit that was taken back: what was extracted stands with the revisit it came from, under a URI", async () => {
  const archive = join(temporaryFolder(), "warraq.db");
  const url = "https://dead.example/2014/خبر-أول?q=بحث";
  const captures = ["أول", "ثان", "أول"].map((word, day) =>
    record({ url, at: `2014-03-0${day + 1}T10:00:00Z`, block: http(page(word)) }),
  );
  writeFileSync(`${archive}.warc.gz`, packed(...captures));
  await warraq(["import", `${archive}.warc.gz`, "--archive", archive]);
  const records = recordsOf(readFileSync(await exported(archive, "back.warc.gz")));
  expect(count(records)).toMatchObject({ response: 2, revisit: 1, metadata: 3 });
  const ids = new Set(records.map(({ headers }) => headers.get("WARC-Record-ID")));
  for (const { type, headers } of records) {
    if (type === "metadata") expect(ids).toContain(headers.get("WARC-Concurrent-To"));
    if (type === "warcinfo") continue;
    expect(headers.get("WARC-Target-URI")).toBe(
      "https://dead.example/2014/%D8%AE%D8%A8%D8%B1-%D8%A3%D9%88%D9%84?q=%D8%A8%D8%AD%D8%AB",
    );
  }
  const again = await warraq([
    "import",
    join(dirname(archive), "back.warc.gz"),
    "--archive",
    archive,
    "--json",
  ]);
  expect(JSON.parse(again.out)).toMatchObject({ new: 0, changed: 0, same: 3 });
});

test("warcio reads the same records at the same places", async () => {
  const file = await exported(givenArchive(), "news.warc.gz");
  const ours: string[] = [];
  for await (const item of readWarc(Readable.from([readFileSync(file)]))) {
    if (item.kind === "damage") throw new Error(item.detail);
    ours.push(`${item.head.type} ${item.head.url} ${item.offset}`);
  }
  const theirs: string[] = [];
  const parser = new WARCParser(Readable.toWeb(Readable.from([readFileSync(file)])) as never);
  for await (const record of parser as AsyncIterable<WARCRecord>) {
    await record.readFully(false);
    theirs.push(`${record.warcType} ${record.warcTargetURI ?? null} ${parser.offset}`);
  }
  expect(theirs.map((line) => line.replace("undefined", "null"))).toEqual(ours);
});

test("a stream has no file name, and the same records", async () => {
  const archive = givenArchive();
  const { bytes } = await warraq([
    "export",
    "-o",
    "-",
    "-f",
    "warc",
    "--gzip",
    "--archive",
    archive,
  ]);
  const [info, ...streamed] = recordsOf(Buffer.from(bytes));
  expect(info?.type).toBe("warcinfo");
  expect(info?.headers.has("WARC-Filename")).toBe(false);
  const [, ...filed] = recordsOf(readFileSync(await exported(archive, "a.warc.gz")));
  expect(streamed).toEqual(filed);
});

test("the same archive gives the same bytes", async () => {
  const archive = givenArchive();
  for (const suffix of ["warc.gz", "wacz"]) {
    const [one, two] = [
      await exported(archive, `a.${suffix}`),
      join(dirname(archive), `b.${suffix}`),
    ];
    const before = readFileSync(one);
    copyFileSync(one, two);
    await exported(archive, `a.${suffix}`, "--force");
    expect(readFileSync(one).equals(before)).toBe(true);
  }
});

test.each(["jsonl", "csv", "parquet", "sqlite", "warc.gz", "wacz"])(
  "a machine of another time zone writes the same .%s",
  (suffix) => {
    const archive = givenArchive();
    const bin = fileURLToPath(new URL("../../bin/warraq.js", import.meta.url));
    const [utc, tokyo] = ["UTC", "Asia/Tokyo"].map((TZ) => {
      const file = join(dirname(archive), `news.${suffix}`);
      const words = ["export", "-q", "-o", file, "--force", "--archive", archive];
      execFileSync(process.execPath, [bin, ...words], { env: { ...process.env, TZ } });
      return readFileSync(file);
    });
    expect(utc?.equals(tokyo ?? Buffer.of())).toBe(true);
  },
);

test.each(["news.warc.gz", "news.warc", "news.wacz"])(
  "exported as %s and imported into a new archive, the articles are equal",
  async (name) => {
    const archive = givenArchive();
    const file = await exported(archive, name);
    const copy = join(temporaryFolder(), "copy.db");
    const imported = await warraq(["import", file, "--archive", copy, "--json"]);
    expect(imported.code, imported.err).toBe(0);
    const rows = async (path: string): Promise<unknown> => {
      const { out } = await warraq(["export", "-o", "-", "--versions", "all", "--archive", path]);
      return out
        .trim()
        .split("\n")
        .map((line) => {
          // Who read it and by which road it came differ; ids are each archive's own.
          const { id, duplicate_of, via, extractor, source, ...rest } = JSON.parse(line) as Record<
            string,
            unknown
          >;
          return rest as { url: string; version: number };
        })
        .sort((a, b) => (a.url === b.url ? a.version - b.version : a.url < b.url ? -1 : 1));
    };
    const [was, is] = [await rows(archive), await rows(copy)];
    expect(is).toEqual(was);
    expect(was).not.toHaveLength(0);
    const again = JSON.parse(
      (await warraq(["import", file, "--archive", copy, "--json"])).out,
    ) as object;
    expect(again).toMatchObject({ new: 0, changed: 0 });
  },
);

test("a WACZ: unzip agrees, every hash is right, the index is sorted and its offsets open", async () => {
  const file = await exported(givenArchive(), "news.wacz");
  execFileSync("unzip", ["-t", file]);
  const part = (name: string): Buffer =>
    execFileSync("unzip", ["-p", file, name], { maxBuffer: 64 << 20 });
  const methods = execFileSync("unzip", ["-v", file]).toString();
  for (const name of ["archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx"]) {
    expect(methods).toMatch(new RegExp(`Stored .*${name}`, "u"));
  }
  const description = part("datapackage.json");
  expect(JSON.parse(part("datapackage-digest.json").toString())).toEqual({
    path: "datapackage.json",
    hash: sha256(description),
  });
  const { resources, ...facts } = JSON.parse(description.toString()) as {
    resources: { name: string; path: string; hash: string; bytes: number }[];
  };
  expect(facts).toMatchObject({ profile: "data-package", wacz_version: "1.1.1", title: "news" });
  expect(resources.map(({ path }) => path).sort()).toEqual([
    ...["archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl"],
  ]);
  for (const { path, hash, bytes } of resources) {
    expect([path, sha256(part(path)), part(path).length]).toEqual([path, hash, bytes]);
  }

  const warc = part("archive/data.warc.gz");
  const lines = gunzipSync(part("indexes/index.cdx.gz")).toString().trim().split("\n");
  expect(lines).toEqual(lines.toSorted());
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines) {
    const [surt = "", time = ""] = line.split(" ");
    const facts = JSON.parse(line.slice(surt.length + time.length + 2)) as Record<string, string>;
    const at = Number(facts.offset);
    const [record] = recordsOf(warc.subarray(at, at + Number(facts.length)));
    expect(record?.headers.get("WARC-Target-URI")).toBe(facts.url);
    expect(record?.headers.get("WARC-Payload-Digest")).toBe(facts.digest);
    expect(record?.headers.get("WARC-Date")?.replace(/\D/gu, "").slice(0, 14)).toBe(time);
    expect(surtOf(facts.url ?? "")).toBe(surt);
  }
  const [header, pointer] = part("indexes/index.idx").toString().trim().split("\n");
  expect(header).toBe('!meta 0 {"format":"cdxj-gzip-1.0","filename":"index.cdx.gz"}');
  const block = JSON.parse(pointer?.split(" ").slice(2).join(" ") ?? "") as Record<string, unknown>;
  expect(block).toMatchObject({ offset: 0, digest: sha256(part("indexes/index.cdx.gz")) });

  const theirs: string[] = [];
  const stream = Readable.toWeb(Readable.from([warc]));
  const indexer = new CDXIndexer({ format: "cdxj", noSurt: false } as never);
  for await (const cdx of indexer.iterIndex([
    { reader: stream, filename: "data.warc.gz" },
  ] as never)) {
    const { urlkey, timestamp, offset, length, mime } = cdx as Record<string, string>;
    if (mime !== "application/json") theirs.push(`${urlkey} ${timestamp} ${offset} ${length}`);
  }
  const ours = lines.map((line) => {
    const { offset, length } = JSON.parse(line.slice(line.indexOf("{"))) as Record<string, string>;
    return `${line.split(" ").slice(0, 2).join(" ")} ${offset} ${length}`;
  });
  expect(ours).toEqual(theirs.toSorted());

  const [pagesHeader, ...pages] = part("pages/pages.jsonl").toString().trim().split("\n");
  expect(JSON.parse(pagesHeader ?? "")).toMatchObject({ format: "json-pages-1.0", hasText: true });
  expect(pages.length).toBeGreaterThan(15);
  for (const page of pages) {
    expect(JSON.parse(page)).toMatchObject({
      url: expect.any(String),
      title: expect.stringMatching(/./u),
      text: expect.stringMatching(/./u),
      ts: expect.stringMatching(/Z$/u),
    });
  }
});

test("a large WARC becomes several files, all of them or none", async () => {
  const archive = givenArchive();
  const store = await openStore({ path: archive, mode: "read" });
  onTestFinished(() => store.close());
  const target = join(dirname(archive), "big.warc.gz");
  const { files, records } = await exportArticles(store, { target, mostBytes: 30_000 });
  expect(files.map(({ target }) => target.split("/").at(-1))).toEqual(
    files.map((_, index) => (index === 0 ? "big.warc.gz" : `big-${index + 1}.warc.gz`)),
  );
  expect(files.length).toBeGreaterThan(2);
  expect(records).toBeGreaterThan(15);
  for (const { target: path, sha256: digest, records: written } of files) {
    const inFile = recordsOf(readFileSync(path));
    expect(inFile).toHaveLength(written);
    expect(inFile[0]?.headers.get("WARC-Filename")).toBe(path.split("/").at(-1));
    expect(sha256(readFileSync(path))).toBe(`sha256:${digest}`);
  }
  const stop = new AbortController();
  const other = join(dirname(archive), "other.warc.gz");
  const stopped = exportArticles(store, {
    ...{ target: other, mostBytes: 30_000, signal: stop.signal },
    onRecord: (count) => count > 15 && stop.abort(),
  });
  await expect(stopped).rejects.toThrow();
  expect(readdirSync(dirname(archive)).filter((name) => name.includes("other"))).toEqual([]);
});

test.each([
  [["--fields", "id"], "--fields is for records"],
  [["--as", "trafilatura"], "--as is for records"],
  [["--shard", "month"], "--shard is for records"],
  [["--manifest"], "--manifest is for records"],
])("a web archive with %j is refused", async (flags, why) => {
  const archive = givenArchive();
  const file = join(dirname(archive), "news.wacz");
  const { code, err } = await warraq(["export", "-o", file, "--archive", archive, ...flags]);
  expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  expect(existsSync(file)).toBe(false);
});

test.each([
  ["http://example.ly", "ly,example)/"],
  ["https://www.Example.ly/News/A?b=2&a=1", "ly,example)/news/a?a=1&b=2"],
  ["http://www2.example.ly:8080/x/", "ly,example:8080)/x/"],
  ["https://example.ly:443/%D8%A7", "ly,example)/%d8%a7"],
  ["dns:example.ly", "dns:example.ly"],
])("%s is %s in an index", (url, surt) => {
  expect(surtOf(url)).toBe(surt);
});
