/** `warraq archive …` and `warraq verify`, as typed: what is said, which exit code, what is left behind. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { pack } from "../../src/codec/index.ts";
import { openStore } from "../../src/store/index.ts";
import { beginRun, givenCapture, givenPage, givenRead, visit } from "../store/given.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { EDITED, filledArchive, PAGES, type SeedPage, sha256, visitAll } from "./given-archive.ts";
import { warraq } from "./harness.ts";

const URL_OF_A1 = PAGES[0]?.url ?? "";

test("pack packs all there is, and says nothing is left the second time", async () => {
  const archive = await filledArchive();
  const before = await warraq(["show", "a1", "--raw", "--archive", archive]);
  const first = await warraq(["archive", "pack", "--json", "--archive", archive]);
  expect(first).toMatchObject({ code: 0, err: expect.stringContaining("0 stand by themselves") });
  expect(JSON.parse(first.out)).toMatchObject({ bodies: 4, blocks: 1, waiting: 0, damaged: [] });
  const again = await warraq(["archive", "pack", "--vacuum", "--json", "--archive", archive]);
  expect(JSON.parse(again.out)).toMatchObject({ bodies: 0, blocks: 0 });
  const after = await warraq(["show", "a1", "--raw", "--archive", archive]);
  expect(sha256(after.bytes)).toBe(sha256(before.bytes));
});

test("a backup is whole while others write, and reads as the archive did at its beginning", async () => {
  const archive = await filledArchive();
  const target = join(temporaryFolder(), "copy.db");
  const store = await openStore({ path: archive, mode: "write" });
  onTestFinished(() => store.close());
  const [said] = await Promise.all([
    warraq(["archive", "backup", target, "--json", "--archive", archive]),
    store.shutHost({ host: "x.ly", untilAt: 9e15, code: "E_DNS", detail: "written meanwhile" }),
  ]);
  expect(said.code).toBe(0);
  expect(JSON.parse(said.out)).toMatchObject({ file: target });
  expect(await warraq(["verify", "--archive", target])).toMatchObject({ code: 0, out: "" });
  const listed = (path: string) => warraq(["list", "--json", "--archive", path]);
  expect((await listed(target)).out).toBe((await listed(archive)).out);
  expect(readdirSync(join(target, ".."))).toEqual(["copy.db"]);
});

test.each([
  ["a file that exists", "there.db", 2, "--force replaces it"],
  ["a folder", "folder", 2, "is a folder"],
  ["a folder that is not there", "none/copy.db", 2, "there is no folder"],
])("a backup to %s is refused and changes nothing", async (_, name, code, what) => {
  const archive = await filledArchive();
  const folder = temporaryFolder();
  writeFileSync(join(folder, "there.db"), "before");
  mkdirSync(join(folder, "folder"));
  const said = await warraq(["archive", "backup", join(folder, name), "--archive", archive]);
  expect(said).toMatchObject({ code, out: "", err: expect.stringContaining(what) });
  expect(readFileSync(join(folder, "there.db"), "utf8")).toBe("before");
});

test("--force replaces a file; the archive itself never", async () => {
  const archive = await filledArchive();
  const target = join(temporaryFolder(), "there.db");
  writeFileSync(target, "before");
  const words = ["archive", "backup", "--force", "--archive", archive];
  expect(await warraq([...words, target])).toMatchObject({ code: 0 });
  expect(await warraq(["verify", "--archive", target])).toMatchObject({ code: 0 });
  expect(await warraq([...words, archive])).toMatchObject({ code: 2 });
});

test("a backup onto a full disk is one line and exit 6, and leaves no half file", async ({
  skip,
}) => {
  const archive = await filledArchive();
  const disk = join(temporaryFolder(), "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], { stdio: "pipe" });
  } catch {
    skip("mounting a small disk needs root");
  }
  onTestFinished(() => void execFileSync("umount", ["-l", disk]));
  const target = join(disk, "copy.db");
  const said = await warraq(["archive", "backup", target, "--archive", archive]);
  expect(said).toMatchObject({
    code: 6,
    out: "",
    err: expect.stringMatching(/^warraq: [^\n]+\n$/u),
  });
  expect(said.err).toContain(target);
  expect(readdirSync(disk)).toEqual([]);
});

test("prune says what would be lost, takes nothing without --apply, and then only what is old", async () => {
  const archive = await filledArchive();
  await warraq(["archive", "pack", "--archive", archive]);
  const words = ["archive", "prune", "--raw", "--before", "2026-05-17", "--json"];
  const dry = await warraq([...words, "--archive", archive]);
  expect(JSON.parse(dry.out)).toMatchObject({ applied: false, captures: 3, versions: 3 });
  expect(
    await warraq(["show", URL_OF_A1, "--version", "1", "--raw", "--archive", archive]),
  ).toMatchObject({ code: 0 });
  const done = await warraq([...words, "--apply", "--archive", archive]);
  expect(JSON.parse(done.out)).toMatchObject({ ...JSON.parse(dry.out), applied: true });
  const gone = await warraq(["show", URL_OF_A1, "--version", "1", "--raw", "--archive", archive]);
  expect(gone).toMatchObject({ code: 2, out: "", err: expect.stringContaining("pruned on 2026-") });
  expect(gone.err).toMatch(/sha256:[0-9a-f]{64}/u);
  // The newer one was in the same block.
  expect(await warraq(["show", URL_OF_A1, "--raw", "--archive", archive])).toMatchObject({
    code: 0,
  });
  expect(await warraq(["show", URL_OF_A1, "--version", "1", "--archive", archive])).toMatchObject({
    code: 0,
  });
  const verified = await warraq(["verify", "--archive", archive]);
  expect(verified).toMatchObject({ code: 0, out: "" });
  expect(verified.err).toMatch(/^sound: 1 page \(.+; 3 pages pruned, not looked at\n$/u);
  const stats = await warraq(["stats", "--archive", archive]);
  expect(stats.out).toMatch(
    /captures {2}4, \d+ bytes kept in [\d.]+ (?:bytes|kB), \d+ bytes pruned\n/u,
  );
  expect(JSON.parse((await warraq([...words, "--archive", archive])).out)).toMatchObject({
    captures: 0,
  });
});

test("bytes that were pruned and come again are kept again", async () => {
  const archive = await filledArchive();
  const words = ["archive", "prune", "--raw", "--before", "2027", "--apply", "--archive", archive];
  expect(await warraq(words)).toMatchObject({ code: 0 });
  const page = PAGES[2];
  if (page === undefined) throw new Error("no third page");
  // The harness's page has its number in its title; in the same place it is the same bytes.
  await visitAll(archive, PAGES, Date.parse("2026-06-01T00:00:00Z"));
  expect(await warraq(["show", page.url, "--raw", "--archive", archive])).toMatchObject({
    code: 0,
  });
  expect(await warraq(["verify", "--archive", archive])).toMatchObject({ code: 0, out: "" });
});

test("verify names each fault on a line of stdout and ends with 6", async () => {
  const archive = await filledArchive();
  const db = new Sqlite(archive);
  db.exec(
    "update body set bytes = x'00' where id = 2; update version set title = 'x' where id = 1",
  );
  db.close();
  const said = await warraq(["verify", "--archive", archive]);
  expect(said.code).toBe(6);
  expect(said.out).toMatch(/^body 2 [0-9a-f]{64}: .*damaged/mu);
  expect(said.err).toMatch(/^\d faults: /u);
  const json = JSON.parse((await warraq(["verify", "--json", "--archive", archive])).out);
  expect(json).toMatchObject({ sound: false, complete: true });
  expect(json.faults.length).toBe(said.out.trim().split("\n").length);
});

test.each([
  [["archive", "pack"]],
  [["archive", "prune", "--raw", "--before", "2020"]],
  [["archive", "backup", "copy.db"]],
  [["verify"]],
])("%j where there is no archive: exit 2, and none is made", async (words) => {
  const archive = join(temporaryFolder(), "none.db");
  expect(await warraq([...words, "--archive", archive])).toMatchObject({ code: 2, out: "" });
  expect(existsSync(archive)).toBe(false);
});

test("pack and prune wait for nobody by default while a crawl holds the archive", async () => {
  const archive = await filledArchive();
  const store = await openStore({ path: archive, mode: "write" });
  onTestFinished(() => store.close());
  expect(store.lockForCrawl()).toBe(true);
  expect(await warraq(["archive", "pack", "--archive", archive])).toMatchObject({ code: 75 });
});

const versionsOf = async (archive: string) => {
  const sql = "select url, version, captured, content_hash from versions order by 1, 2";
  return JSON.parse((await warraq(["sql", sql, "--json", "--archive", archive])).out);
};
const mergedWith = async (archive: string, other: string) => {
  const said = await warraq(["archive", "merge", other, "--json", "--archive", archive]);
  expect(said).toMatchObject({ code: 0 });
  return JSON.parse(said.out);
};
const FIRST = Date.parse("2026-05-16T20:00:00Z");
const LATER = Date.parse("2026-06-01T00:00:00Z");
const [ONE, TWO, THREE] = PAGES as readonly [SeedPage, SeedPage, SeedPage];

test("merging takes over what is not here, between the versions that are, and twice adds nothing", async () => {
  const here = join(temporaryFolder(), "here.db");
  const there = join(temporaryFolder(), "there.db");
  // Here its first and third state, there the first and the one between, and an article of its own.
  await visitAll(here, [ONE, TWO], FIRST);
  await visitAll(here, [{ ...ONE, article: { title: "العنوان الثالث لهذا الخبر" } }], LATER);
  await visitAll(there, [ONE], FIRST);
  await visitAll(there, [{ ...ONE, article: EDITED }, THREE], LATER - 86_400_000);
  const ids = async () =>
    JSON.parse(
      (
        await warraq([
          "sql",
          "select id, url from articles where id <> 'a3'",
          "--json",
          "--archive",
          here,
        ])
      ).out,
    );
  const before = await ids();
  await warraq(["archive", "pack", "--archive", there]);
  expect(await mergedWith(here, there)).toMatchObject({
    articles: 1,
    versions: 2,
    known: 1,
    complete: true,
  });
  const versions = await versionsOf(here);
  expect(
    versions.map(({ url, version }: { url: string; version: number }) => [url, version]),
  ).toEqual([
    [THREE.url, 1],
    [ONE.url, 1],
    [ONE.url, 2],
    [ONE.url, 3],
    [TWO.url, 1],
  ]);
  expect(await ids()).toEqual(before);
  expect(await warraq(["verify", "--archive", here])).toMatchObject({ code: 0, out: "" });
  // What a merge brought is bound as what a crawl brought: another visit has nothing to catch up on.
  expect(await warraq(["verify", "--chain", "--archive", here])).toMatchObject({ code: 0 });
  const again = await mergedWith(here, there);
  expect(again).toMatchObject({ captures: 0, articles: 0, versions: 0, runs: 0, known: 3 });
  expect(await versionsOf(here)).toEqual(versions);
});

test("an article cut into pages comes with all of them, and is read anew as a whole there", async () => {
  const here = join(temporaryFolder(), "here.db");
  const there = join(temporaryFolder(), "there.db");
  await visitAll(here, [TWO], FIRST);
  const url = "https://sahel.example/long";
  const second = givenCapture(`${url}?page=2`, { body: Buffer.from("<html>الجزء الثاني") });
  const store = await openStore({ path: there, mode: "write" });
  const runId = await beginRun(store);
  const first = givenRead(url, { runId });
  if (first.kind !== "read") throw new Error("not read");
  const parts = [{ capture: second, packed: pack(second.body) }];
  await visit(store, givenPage(url), { ...first, parts });
  await store.close();
  for (let time = 0; time < 2; time++) await mergedWith(here, there);
  const merged = await openStore({ path: here, mode: "read" });
  onTestFinished(() => merged.close());
  const id = (await merged.article(url))?.id ?? "";
  expect(await merged.rawParts(id, 1)).toEqual([second]);
  expect((await merged.article(second.url))?.id).toBe(id);
  expect(await warraq(["verify", "--archive", here])).toMatchObject({ code: 0, out: "" });
});

test("what a merge brought is packed with its like, as what a run brought", async () => {
  const [here, there] = [await filledArchive(), join(temporaryFolder(), "there.db")];
  const store = await openStore({ path: there, mode: "write" });
  const runId = await beginRun(store);
  const frame = Array.from(
    { length: 2_000 },
    (_, at) => `<div class="box-${(at * 7919) % 997}">${(at * 104_729) % 7_907}</div>`,
  ).join("\n");
  for (let number = 0; number < 60; number++) {
    const url = `https://wadi.example/${number}`;
    const article = { title: `خبر ${number}`, body: `نص الخبر ${number} `.repeat(20) };
    const body = Buffer.from(`<html><h1>${number}</h1>${frame}${number}</html>`);
    await visit(store, givenPage(url), givenRead(url, { runId, article, capture: { body } }));
  }
  await store.close();
  await mergedWith(here, there);
  const db = new Sqlite(here, { readonly: true });
  onTestFinished(() => void db.close());
  const blocks = db.prepare("SELECT count(*) FROM block").pluck().get();
  const packed = db.prepare("SELECT count(*) FROM body WHERE block_id IS NOT NULL").pluck().get();
  expect([blocks, packed]).toEqual([1, expect.any(Number)]);
  expect(packed).toBeGreaterThan(30);
  expect(await warraq(["verify", "--archive", here])).toMatchObject({ code: 0, out: "" });
});

test("the order in which two archives are merged does not matter for their versions", async () => {
  const paths = ["a.db", "b.db"].map((name) => join(temporaryFolder(), name)) as [string, string];
  const copies: string[] = [];
  await visitAll(paths[0], [ONE, TWO], FIRST);
  await visitAll(paths[1], [{ ...ONE, article: EDITED }, THREE], LATER);
  for (const path of paths) {
    const copy = join(temporaryFolder(), "copy.db");
    await warraq(["archive", "backup", copy, "--archive", path]);
    copies.push(copy);
  }
  await mergedWith(paths[0], copies[1] ?? "");
  await mergedWith(paths[1], copies[0] ?? "");
  expect(await versionsOf(paths[0])).toEqual(await versionsOf(paths[1]));
});

test.each([
  ["itself", (archive: string) => archive, 2, "the archive itself"],
  ["nothing", () => "/nowhere/x.db", 2, "there is no archive"],
  [
    "a text file",
    (archive: string) => {
      writeFileSync(`${archive}.txt`, "خبر ".repeat(2_000));
      return `${archive}.txt`;
    },
    6,
    "is not an archive",
  ],
])("merging %s is one line and changes nothing", async (_, other, code, what) => {
  const archive = await filledArchive();
  const before = await versionsOf(archive);
  const said = await warraq(["archive", "merge", other(archive), "--archive", archive]);
  expect(said).toMatchObject({ code, out: "", err: expect.stringContaining(what) });
  expect(await versionsOf(archive)).toEqual(before);
});
