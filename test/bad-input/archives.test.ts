/**
 * Archives that are not: every command names the file on one line, ends with the documented code, and
 * leaves the file as it was.
 */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { expectIntact, expectOneLine, warraq } from "./program.ts";
import { serveSite } from "./site.ts";

const shared = mkdtempSync(join(tmpdir(), "warraq-archives-"));
afterAll(() => rmSync(shared, { recursive: true, force: true }));
let master: Promise<string> | undefined;

/** A copy of an archive with a dozen articles, made once. */
async function givenArchive(): Promise<string> {
  master ??= (async () => {
    const site = await serveSite("given", 12);
    const archive = join(shared, "master.db");
    const words = ["crawl", `${site.origin}/`, "--allow-private", "--delay", "0", "-q"];
    expect(await warraq([...words, "--archive", archive])).toMatchObject({ code: 0 });
    expectIntact(archive);
    return archive;
  })();
  const copy = join(temporaryFolder(), "given.db");
  copyFileSync(await master, copy);
  return copy;
}

const PAGE_BYTES = 4096;

function alter(archive: string, sql: string): void {
  const db = new Sqlite(archive);
  db.exec(sql);
  db.close();
}

const READING = [
  ["list"],
  ["search", "مدرسة"],
  ["show", "a1"],
  ["history", "a1"],
  ["stats"],
  ["sql", "select count(*) from articles"],
  ["export", "-o", "-"],
] as const;
const WRITING = [
  ["crawl", "http://127.0.0.1:9/"],
  ["recheck"],
  ["sites", "remove", "almarsad"],
] as const;

const TROUBLES: readonly (readonly [string, number, string, (archive: string) => void])[] = [
  ["a text file", 6, "is not an archive", (at) => writeFileSync(at, "خبر ".repeat(5_000))],
  ["an empty file", 2, "there is no archive", (at) => truncateSync(at, 0)],
  [
    "another program's SQLite",
    6,
    "is not an archive",
    (at) => {
      rmSync(at);
      alter(at, "create table t (x); insert into t values (1)");
    },
  ],
  ["a newer warraq's", 6, "newer", (at) => alter(at, "pragma user_version = 99")],
  [
    "cut short by one page",
    6,
    "cut short",
    (at) => truncateSync(at, statSync(at).size - PAGE_BYTES),
  ],
  [
    "a folder",
    6,
    "given.db",
    (at) => {
      rmSync(at);
      mkdirSync(at);
    },
  ],
];

test.each(TROUBLES)("%s: exit %d, %s", async (name, code, words, spoil) => {
  const archive = await givenArchive();
  spoil(archive);
  const before = name === "a folder" ? null : readFileSync(archive);
  const commands = [...READING, ...(name === "an empty file" ? [] : WRITING)];
  const said = await inTurns(commands, (command) => warraq([...command, "--archive", archive]));
  for (const ended of said) expectOneLine(ended, code, archive, words);
  if (before !== null) expect(readFileSync(archive).equals(before)).toBe(true);
});

test("an archive in a folder that does not exist is named", async () => {
  const archive = join(temporaryFolder(), "none", "warraq.db");
  expectOneLine(await warraq(["list", "--archive", archive]), 2, archive);
  expectOneLine(await warraq(["crawl", "http://127.0.0.1:9/", "--archive", archive]), 6, archive);
});

test("a database with nothing in it, as a kill at the very first moment leaves it, becomes one too", async () => {
  const archive = join(temporaryFolder(), "new.db");
  alter(archive, "pragma journal_mode = wal");
  expectOneLine(await warraq(["list", "--archive", archive]), 2, archive);
  const ended = await warraq(["crawl", "http://127.0.0.1:9/", "--archive", archive]);
  expect(ended.code).toBe(0);
  expectIntact(archive);
});

test("an empty file becomes an archive when it is crawled into", async () => {
  const archive = join(temporaryFolder(), "new.db");
  writeFileSync(archive, "");
  const ended = await warraq(["crawl", "http://127.0.0.1:9/", "--archive", archive]);
  expect(ended.code).toBe(0);
  expectIntact(archive);
});

test.each<[string, string, readonly string[]]>([
  ["JSON that is none", "update version set details = '{' where article_id = 1", ["list"]],
  ["JSON that is none, exported", "update version set details = '{'", ["export", "-o", "-"]],
  ["an article without its page", "update article set page_id = 999 where id = 1", ["list"]],
  ["a codec nobody knows", "update body set codec = 'x'", ["show", "a1", "--raw"]],
  ["bytes that are not those stored", "update body set bytes = x'00'", ["show", "a1", "--raw"]],
])("%s in a row is damage of the archive, exit 6", async (_, sql, words) => {
  const archive = await givenArchive();
  alter(archive, `pragma foreign_keys = off; ${sql}`);
  const { code, err } = await warraq([...words, "--archive", archive]);
  expect({ code, err }).toEqual({
    code: 6,
    err: expect.stringMatching(/^warraq: [^\n]*damaged[^\n]*\n$/u),
  });
});

/** Every command on an archive one page of which is noise: an answer or one line, never a stack. */
test("pages of noise anywhere: an answer or one line with code 6, never a stack", async () => {
  const archive = await givenArchive();
  const sound = readFileSync(archive);
  const pages = sound.length / PAGE_BYTES;
  const damaged = Array.from({ length: 12 }, (_, at) => 1 + Math.floor((at * (pages - 1)) / 12));
  const jobs = damaged.map((page, at) => {
    const copy = join(temporaryFolder(), "given.db");
    const bytes = Buffer.from(sound);
    const noise = Buffer.from(Array.from({ length: PAGE_BYTES }, (_, i) => (i * 7919 + at) % 251));
    noise.copy(bytes, page * PAGE_BYTES);
    writeFileSync(copy, bytes);
    return [READING[at % READING.length] as readonly string[], copy] as const;
  });
  const said = await inTurns(jobs, ([command, copy]) => warraq([...command, "--archive", copy]));
  for (const [at, { code, err }] of said.entries()) {
    const [command, copy] = jobs[at] ?? [];
    expect({ command, page: damaged[at], code, err }).toEqual({
      command,
      page: damaged[at],
      code: code === 0 ? 0 : 6,
      err: code === 0 ? expect.anything() : expect.stringMatching(/^warraq: [^\n]+\n$/u),
    });
    if (code !== 0) expect(err).toContain(copy);
  }
});

/** Two at a time: what two cores can do. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      results[at] = await work(items[at] as T);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
}
