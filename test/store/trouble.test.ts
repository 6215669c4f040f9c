/** Archives in trouble: each gets one clear error that names the file, and nothing is lost. */
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openStore, type Store } from "../../src/store/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { beginRun, givenPage, givenRead, NOW, visit } from "./given.ts";

let path: string;
beforeEach(() => {
  path = join(temporaryFolder(), "archive.db");
});

async function open(mode: "read" | "write", at = path): Promise<Store> {
  const store = await openStore({ path: at, mode });
  onTestFinished(() => store.close());
  return store;
}

/** A closed archive with some articles in it. */
async function givenArchive(articles = 3): Promise<void> {
  const store = await openStore({ path, mode: "write" });
  const runId = await beginRun(store);
  for (let index = 0; index < articles; index++) {
    const url = `https://a.ly/${index}`;
    const article = { title: `خبر ${index}`, body: `نص الخبر رقم ${index} `.repeat(40) };
    await visit(store, givenPage(url), givenRead(url, { runId, article }));
  }
  await store.close();
}

function alter(sql: string): void {
  const db = new Sqlite(path);
  db.exec(sql);
  db.close();
}

describe("opening", () => {
  test("a closed archive is one file and can be opened again", async () => {
    await givenArchive();
    expect(existsSync(`${path}-wal`)).toBe(false);
    const before = readFileSync(path);
    const store = await openStore({ path, mode: "read" });
    expect((await store.article("a1"))?.article.title).toBe("خبر 0");
    expect((await store.stats()).articles).toBe(3);
    for await (const row of store.sql("select count(*) as n from articles")) {
      expect(row).toEqual({ n: 3 });
    }
    await store.close();
    expect(readdirSync(dirname(path))).toEqual(["archive.db"]);
    expect(readFileSync(path)).toEqual(before);
  });

  test.each<[string, () => Promise<void> | void, string, string]>([
    ["no file", () => {}, "E_NO_ARCHIVE", "there is no archive at"],
    ["an empty file", () => writeFileSync(path, ""), "E_NO_ARCHIVE", "there is no archive at"],
    [
      "a text file",
      () => writeFileSync(path, "not a database ".repeat(99)),
      "E_ARCHIVE_CORRUPT",
      "is not an archive",
    ],
    [
      "another program's SQLite file",
      () => alter("create table t (x)"),
      "E_ARCHIVE_CORRUPT",
      "is not an archive",
    ],
    [
      "an archive of a newer program",
      async () => {
        await givenArchive();
        alter("pragma user_version = 999");
      },
      "E_ARCHIVE_NEWER",
      "update warraq",
    ],
    [
      "an archive cut short by one page",
      async () => {
        await givenArchive();
        truncateSync(path, readFileSync(path).length - 4096);
      },
      "E_ARCHIVE_CORRUPT",
      "was cut short",
    ],
    [
      "an archive cut to its first kilobyte",
      async () => {
        await givenArchive();
        truncateSync(path, 1024);
      },
      "E_ARCHIVE_CORRUPT",
      "was cut short",
    ],
    ["a folder", () => mkdirSync(path), "E_IO", "cannot read"],
  ])("%s cannot be read", async (_, prepare, code, message) => {
    await prepare();
    const opening = openStore({ path, mode: "read" });
    await expect(opening).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    await expect(opening).rejects.toThrow(path);
  });

  test.each<[string, () => Promise<void> | void, string]>([
    ["a text file", () => writeFileSync(path, "not a database ".repeat(99)), "E_ARCHIVE_CORRUPT"],
    ["another program's SQLite file", () => alter("create table t (x)"), "E_ARCHIVE_CORRUPT"],
    ["a folder that is missing", () => rmSync(dirname(path), { recursive: true }), "E_IO"],
  ])("%s is not written to", async (_, prepare, code) => {
    await prepare();
    const before = existsSync(path) ? readFileSync(path) : null;
    await expect(openStore({ path, mode: "write" })).rejects.toMatchObject({ code });
    if (before !== null) expect(readFileSync(path)).toEqual(before);
  });

  test("a newer archive is refused for writing too, and stays as it was", async () => {
    await givenArchive();
    alter("pragma user_version = 999");
    const before = readFileSync(path);
    await expect(openStore({ path, mode: "write" })).rejects.toMatchObject({
      code: "E_ARCHIVE_NEWER",
    });
    expect(readFileSync(path)).toEqual(before);
  });

  test("an upgrade that was interrupted begins again and ends whole", async () => {
    // Killed before the first migration's commit: an empty file with the right page size.
    writeFileSync(path, "");
    const store = await open("write");
    expect((await store.stats()).articles).toBe(0);
  });
});

describe("damage inside", () => {
  test("flipped bytes of a page's body are noticed when it is asked for", async () => {
    await givenArchive();
    alter("update body set bytes = zeroblob(length(bytes))");
    const store = await open("read");
    await expect(store.rawCapture("a1")).rejects.toMatchObject({ code: "E_ARCHIVE_CORRUPT" });
  });

  test("a page of the file overwritten with noise is an error of the archive, not a crash", async () => {
    await givenArchive(200);
    const bytes = readFileSync(path);
    for (let at = 4096; at < bytes.length; at += 4096) bytes.fill(0xa5, at, at + 512);
    writeFileSync(path, bytes);
    await expect(
      (async () => {
        const store = await open("read");
        await store.list({}, { limit: 10, sort: "date" });
      })(),
    ).rejects.toMatchObject({ code: "E_ARCHIVE_CORRUPT", message: expect.stringContaining(path) });
  });
});

describe("two at once", () => {
  test("a second crawl is refused at once, reading goes on", async () => {
    const first = await open("write");
    const second = await open("write");
    expect(first.lockForCrawl()).toBe(true);
    expect(first.lockForCrawl()).toBe(true);
    expect(second.lockForCrawl()).toBe(false);
    const runId = await beginRun(first);
    const url = "https://a.ly/1";
    await visit(first, givenPage(url), givenRead(url, { runId }));
    const reader = await open("read");
    expect((await reader.article(url))?.version).toBe(1);
    await first.close();
    expect(second.lockForCrawl()).toBe(true);
  });

  test("the lock of a killed process is free, and its pages are due again at once", async () => {
    const child = fork(new URL("./hold-lock.mjs", import.meta.url), [path], { stdio: "pipe" });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    const [leased] = await once(child, "message");
    expect(leased).toBe("https://a.ly/held");
    const store = await open("write");
    expect(store.lockForCrawl()).toBe(false);
    expect(await store.lease({ now: NOW, limit: 1, holdMs: 1 })).toEqual([]);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(store.lockForCrawl()).toBe(true);
    const [lease] = await store.lease({ now: NOW, limit: 1, holdMs: 1 });
    expect(lease?.page.url).toBe("https://a.ly/held");
  });

  test("settles of two processes take turns", async () => {
    const [one, two] = [await open("write"), await open("write")];
    const runId = await beginRun(one);
    const settle = async (store: Store, site: string): Promise<void> => {
      for (let index = 0; index < 20; index++) {
        const url = `https://${site}.ly/${index}`;
        const article = { title: `${site} ${index}` };
        await visit(store, givenPage(url), givenRead(url, { runId, article }));
      }
    };
    await Promise.all([settle(one, "a"), settle(two, "b")]);
    expect((await one.stats()).articles).toBe(40);
  });
});

describe("disks", () => {
  test.runIf(process.getuid?.() !== 0)("a folder without permission", async () => {
    await givenArchive();
    chmodSync(dirname(path), 0o555);
    onTestFinished(() => chmodSync(dirname(path), 0o755));
    chmodSync(path, 0o444);
    await expect(openStore({ path, mode: "write" })).rejects.toMatchObject({
      code: "E_ARCHIVE_READONLY",
    });
  });

  test("a read-only disk: reading works, writing is refused by name", async (context) => {
    await givenArchive();
    const disk = mount(context, "size=4m");
    const copy = join(disk, "archive.db");
    copyFileSync(path, copy);
    execFileSync("mount", ["-o", "remount,ro", disk]);
    await expect(openStore({ path: copy, mode: "write" })).rejects.toMatchObject({
      code: "E_ARCHIVE_READONLY",
      message: expect.stringContaining(copy),
    });
    const store = await open("read", copy);
    expect((await store.stats()).articles).toBe(3);
    expect((await store.list({ text: "خبر" }, { limit: 9, sort: "date" })).total).toBe(3);
  });

  test("a full disk: what was settled stays, what was not is due again", async (context) => {
    const disk = mount(context, "size=2m");
    path = join(disk, "archive.db");
    const store = await openStore({ path, mode: "write" });
    const runId = await beginRun(store);
    let settled = 0;
    const fill = async (): Promise<void> => {
      for (let index = 0; index < 500; index++) {
        const url = `https://a.ly/${index}`;
        const noise = Array.from({ length: 4000 }, (_, at) => (at * index * 7919) % 65536);
        const body = Buffer.from(Uint16Array.from(noise).buffer);
        const article = { title: `خبر ${index}`, body: `نص ${index}` };
        await visit(store, givenPage(url), givenRead(url, { runId, article, capture: { body } }));
        settled++;
      }
    };
    await expect(fill()).rejects.toMatchObject({
      code: "E_DISK_FULL",
      message: `no space left for ${path}`,
    });
    await store.close().catch(() => {});
    expect(settled).toBeGreaterThan(5);
    execFileSync("mount", ["-o", "remount,size=64m", disk]);
    const again = await openStore({ path, mode: "write" });
    expect((await again.stats()).articles).toBe(settled);
    const url = "https://a.ly/after";
    const { result } = await visit(again, givenPage(url), givenRead(url, { runId }));
    expect(result).toBe("new");
    await again.close();
    const db = new Sqlite(path, { readonly: true });
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    db.close();
  });
});

/** A small disk of its own; the test is skipped, with the reason, where mounting is not allowed. */
function mount(context: { skip: (note: string) => never }, options: string): string {
  const disk = join(dirname(path), "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk], { stdio: "pipe" });
  } catch {
    context.skip("mounting a small disk needs root");
  }
  onTestFinished(() => {
    execFileSync("umount", ["-l", disk]);
  });
  return disk;
}
