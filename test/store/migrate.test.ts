import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { connect, type Database } from "../../src/store/sqlite/driver.ts";
import { createCrawlLock } from "../../src/store/sqlite/lock.ts";
import { isOlder, MIGRATIONS, migrate } from "../../src/store/sqlite/migrations/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const first = { name: "one", sql: "create table one (x); insert into one values (1)" };
const second = { name: "two", sql: "create table two (x); insert into two select x from one" };
const broken = { name: "broken", sql: "create table three (x); insert into missing values (1)" };

let path: string;
let db: Database;
beforeEach(() => {
  path = join(temporaryFolder(), "archive.db");
  db = connect(path, "write");
  onTestFinished(() => void db.close());
});
const version = () => db.pragma("user_version", { simple: true });
const tables = () =>
  db.prepare("select name from sqlite_schema where type = 'table' order by name").pluck().all();

test("an archive grows step by step, says so, and only once", () => {
  const said: string[] = [];
  migrate(db, path, (message) => said.push(message), [first]);
  expect([version(), said]).toEqual([1, []]);
  migrate(db, path, (message) => said.push(message), [first, second]);
  migrate(db, path, (message) => said.push(message), [first, second]);
  expect([version(), tables(), said]).toEqual([2, ["one", "two"], [`upgrading ${path}: two`]]);
});

test("a new archive takes every step without a word", () => {
  const said: string[] = [];
  migrate(db, path, (message) => said.push(message), [first, second]);
  expect([version(), said]).toEqual([2, []]);
});

test("a step that fails leaves the archive as it was, and can be tried again", () => {
  expect(() => migrate(db, path, () => {}, [first, second, broken])).toThrow(/missing/);
  expect([version(), tables()]).toEqual([2, ["one", "two"]]);
  migrate(db, path, () => {}, [first, second, { ...broken, sql: "create table three (x)" }]);
  expect([version(), tables()]).toEqual([3, ["one", "three", "two"]]);
});

test("an archive whose tables are not those of its version is refused by name, unchanged", () => {
  migrate(db, path, () => {}, [first]);
  db.exec("create table two (x)");
  expect(() => migrate(db, path, () => {}, [first, second])).toThrow(
    expect.objectContaining({
      code: "E_ARCHIVE_CORRUPT",
      message: `${path} says that it is of archive version 1, but the upgrade "two" does not fit its tables: table two already exists`,
    }),
  );
  expect([version(), tables()]).toEqual([1, ["one", "two"]]);
});

test("an archive knows whether it is older, or half upgraded", () => {
  expect(isOlder(db, 1)).toBe(false); // empty: there is nothing to upgrade
  migrate(db, path, () => {}, [first]);
  expect([isOlder(db, 1), isOlder(db, 2)]).toEqual([false, true]);
});

/** An archive as the first version of the program made it, with one article. */
function givenFirstArchive(): string {
  const old = join(temporaryFolder(), "old.db");
  const writer = connect(old, "write");
  migrate(writer, old, () => {}, MIGRATIONS.slice(0, 1));
  writer.exec(
    "insert into run values (1, 0, null, null, 'crawl', '[]', 'warraq/0.0.1', '{}', '{}')",
  );
  writer.close();
  return old;
}

test.each(["read", "write"] as const)(
  "whoever opens an old archive to %s upgrades it in place",
  async (mode) => {
    const old = givenFirstArchive();
    const said: string[] = [];
    const onProgress = (message: string) => void said.push(message);
    const store = await openStore({ path: old, mode, onProgress });
    expect(await store.runs(9)).toHaveLength(1);
    await store.close();
    expect(said).toHaveLength(MIGRATIONS.length - 1);
    expect(said[0]).toBe(`upgrading ${old}: revisits and manners over runs`);
  },
);

test("nobody upgrades under a running crawl", async () => {
  const old = givenFirstArchive();
  const lock = createCrawlLock(old);
  expect(lock.take()).toBe(true);
  await expect(openStore({ path: old, mode: "read" })).rejects.toMatchObject({ code: "E_LOCKED" });
  lock.release();
  await (await openStore({ path: old, mode: "read" })).close();
});

const seven = {
  name: "seven",
  sql: "create table seven (id integer primary key, y); insert into seven (id) values (1), (2), (5), (9)",
};
/** Two rows a batch; the second batch throws while `fails` says so. */
const filling = (fails: () => boolean) => ({
  name: "eight",
  sql: "create table eight (z)",
  fill: {
    count: (on: Database) =>
      on.prepare<[], number>("select count(*) from seven").pluck().get() ?? 0,
    batch: (on: Database, after: number) => {
      const ids = on
        .prepare<[number], number>("select id from seven where id > ? order by id limit 2")
        .pluck()
        .all(after);
      for (const id of ids) on.prepare("insert into eight values (?)").run(id * 10);
      if (after > 0 && fails()) throw new Error("killed here");
      const last = ids.at(-1);
      return last === undefined ? null : { last, rows: ids.length };
    },
  },
});
const eights = () => db.prepare("select z from eight order by z").pluck().all();

test("rows are filled batch by batch; what was interrupted goes on where it was, and nobody reads it meanwhile", () => {
  migrate(db, path, () => {}, [seven]);
  let isKilled = true;
  const steps = [seven, filling(() => isKilled)];
  expect(() => migrate(db, path, () => {}, steps)).toThrow("killed here");
  expect([version(), eights()]).toEqual([2, [10, 20]]);
  expect(isOlder(db, 2)).toBe(true);
  isKilled = false;
  migrate(db, path, () => {}, steps);
  expect([version(), eights(), tables()]).toEqual([2, [10, 20, 50, 90], ["eight", "seven"]]);
  expect(isOlder(db, 2)).toBe(false);
});

test("a new archive has nothing to fill", () => {
  migrate(db, path, () => {}, [seven, filling(() => true)]);
  expect([version(), eights(), tables()]).toEqual([2, [], ["eight", "seven"]]);
});
