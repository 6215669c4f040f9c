/** Packing: what was stored comes back exactly, whatever form it is kept in and whatever happens. */
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { openStore, type Store } from "../../src/store/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { beginRun, givenCapture, givenPage, givenRead, NOW, visit } from "./given.ts";

const never = new AbortController().signal;
const all = { everything: true, signal: never };
const whole = { everything: false, signal: never };

let path: string;
let store: Store;
let runId: number;
beforeEach(async () => {
  path = join(temporaryFolder(), "archive.db");
  store = await openStore({ path, mode: "write" });
  onTestFinished(() => store.close());
  runId = await beginRun(store);
});

/** About 60 KB, nearly all of it the site's own; the number makes it a page. */
function pageOf(site: string, number: number): Buffer {
  const boxes = Array.from(
    { length: 1_600 },
    (_, at) => `<div class="${site}-${(at * 7919) % 997}">${site} ${(at * 104_729) % 7_907}</div>`,
  );
  const noise = Array.from({ length: 40 }, (_, at) => ((at + 1) * (number + 3) * 2_654_435) % 1e9);
  return Buffer.from(
    `<html><h1>${site} ${number}</h1>${boxes.join("\n")}${noise.join(" ")}</html>`,
  );
}

const urlOf = (site: string, number: number): string => `https://${site}.ly/${number}`;

async function givenPages(site: string, count: number, from = 0): Promise<void> {
  for (let number = from; number < from + count; number++) {
    const url = urlOf(site, number);
    const article = { title: `${site} ${number}`, body: `${site} ${number} `.repeat(20) };
    const body = pageOf(site, number);
    await visit(store, givenPage(url), givenRead(url, { runId, article, capture: { body } }));
  }
}

async function expectAllExact(site: string, count: number): Promise<void> {
  for (let number = 0; number < count; number++) {
    const raw = await store.rawCapture(urlOf(site, number));
    expect(Buffer.from(raw?.body ?? []).equals(pageOf(site, number))).toBe(true);
  }
}

function inside<T>(sql: string): T[] {
  const db = new Sqlite(path, { readonly: true });
  try {
    return db.prepare<[], T>(sql).pluck().all();
  } finally {
    db.close();
  }
}

const blocks = () => inside<number>("select id from block order by id");
const alone = () => inside<number>("select id from body where block_id is null");

test("bodies of a site that fill a block go into it, the rest waits for its like", async () => {
  await givenPages("sahel", 100);
  await givenPages("marsa", 3);
  const report = await store.packBodies(whole);
  expect(report).toMatchObject({ blocks: blocks().length, damaged: [], waiting: alone().length });
  expect(report.blocks).toBeGreaterThan(0);
  expect(report.afterBytes).toBeLessThan(report.beforeBytes / 6);
  expect(alone().length).toBeGreaterThan(3);
  expect(report.bodies + report.waiting).toBe(103);
  await expectAllExact("sahel", 100);
  await expectAllExact("marsa", 3);
  expect(inside("pragma foreign_key_check")).toEqual([]);
});

test("packed again there is nothing to do; everything packs what was left", async () => {
  await givenPages("sahel", 60);
  await store.packBodies(whole);
  expect(await store.packBodies(whole)).toMatchObject({ bodies: 0, blocks: 0 });
  await store.packBodies(all);
  expect(alone()).toEqual([]);
  const before = blocks();
  expect(await store.packBodies(all)).toMatchObject({ bodies: 0, blocks: 0, waiting: 0 });
  expect(blocks()).toEqual(before);
  await expectAllExact("sahel", 60);
});

test("a block left half empty is packed again with what has come since, and then is gone", async () => {
  await givenPages("sahel", 4);
  await store.packBodies(all);
  const [first] = blocks();
  await givenPages("sahel", 4, 4);
  await store.packBodies(all);
  expect(blocks()).toHaveLength(1);
  expect(blocks()).not.toContain(first);
  await expectAllExact("sahel", 8);
});

test("pages of many sites with little each are packed together once they are many", async () => {
  for (let site = 0; site < 5; site++) await givenPages(`s${site}`, 2);
  expect(await store.packBodies(whole)).toMatchObject({ blocks: 0, waiting: 10 });
  expect(await store.packBodies(all)).toMatchObject({ blocks: 1, waiting: 0 });
  for (let site = 0; site < 5; site++) await expectAllExact(`s${site}`, 2);
});

test("a signal stops between two blocks, and the next time goes on", async () => {
  await givenPages("sahel", 120);
  const stop = new AbortController();
  const onProgress = (): void => stop.abort();
  const first = await store.packBodies({ everything: true, signal: stop.signal, onProgress });
  expect(first.blocks).toBe(1);
  expect(first.waiting).toBeGreaterThan(0);
  expect((await store.packBodies(all)).waiting).toBe(0);
  await expectAllExact("sahel", 120);
});

test("a body that cannot be unpacked stays as it is and is named; the others are packed", async () => {
  await givenPages("sahel", 5);
  const db = new Sqlite(path);
  db.exec("update body set bytes = x'8b00' where id = 2");
  db.close();
  const report = await store.packBodies(all);
  expect(report).toMatchObject({ bodies: 4, waiting: 1 });
  expect(report.damaged).toEqual([
    inside<string>("select lower(hex(digest)) from body where id = 2")[0],
  ]);
});

test("a block that bodies are in cannot be deleted", async () => {
  await givenPages("sahel", 5);
  await store.packBodies(all);
  const db = new Sqlite(path);
  onTestFinished(() => void db.close());
  db.pragma("foreign_keys = on");
  expect(() => db.exec("delete from block")).toThrow(/FOREIGN KEY/);
});

test("bytes that come again while they are in a block are not stored again", async () => {
  await givenPages("sahel", 5);
  await store.packBodies(all);
  const url = "https://sahel.ly/again";
  const body = pageOf("sahel", 2);
  await visit(store, givenPage(url), givenRead(url, { runId, capture: { body }, at: NOW + 1 }));
  expect(alone()).toEqual([]);
  expect(Buffer.from((await store.rawCapture(url))?.body ?? []).equals(body)).toBe(true);
});

test("nothing, one byte and a body larger than a block are packed too", async () => {
  const bodies = [Buffer.alloc(0), Buffer.from("x"), Buffer.from("<p>".repeat(1_500_000))];
  for (const [at, body] of bodies.entries()) {
    const url = `https://odd.ly/${at}`;
    const capture = givenCapture(url, { body });
    await visit(
      store,
      givenPage(url),
      givenRead(url, { runId, article: { title: `${at}` }, capture }),
    );
  }
  expect(await store.packBodies(all)).toMatchObject({ waiting: 0 });
  for (const [at, body] of bodies.entries()) {
    const raw = await store.lastCapture(`https://odd.ly/${at}`);
    expect(Buffer.from(raw?.body ?? "none").equals(body)).toBe(true);
  }
});

test("the file gets smaller by itself", async () => {
  for (let site = 0; site < 4; site++) await givenPages(`s${site}`, 60);
  const [before] = inside<number>("pragma page_count");
  const report = await store.packBodies(all);
  expect(report.freedBytes).toBeGreaterThan(0);
  expect(inside<number>("pragma page_count")[0]).toBeLessThan(before ?? 0);
  expect(inside<string>("pragma integrity_check")).toEqual(["ok"]);
  expect(await store.vacuum()).toBeGreaterThanOrEqual(0);
  expect(inside<number>("pragma freelist_count")).toEqual([0]);
});
