/**
 * Verifying misses no column: of every column of every table of an archive in which all of them hold
 * something, one value is changed, and verify must say so; or the column is listed here with why not.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { pack } from "../../src/codec/index.ts";
import { WarraqError } from "../../src/errors.ts";
import { ruleDigest, type SiteRule } from "../../src/sites/index.ts";
import { openStore } from "../../src/store/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { beginRun, givenCapture, givenPage, givenRead, leaseOf, NOW, visit } from "./given.ts";

const PROGRAM = "warraq 0.1.0"; // as in given.ts
const never = new AbortController().signal;
const LONG =
  "قال رئيس المجلس البلدي إن أعمال صيانة الطريق الساحلي تبدأ الأسبوع المقبل بعد توقف دام عامين ".repeat(
    6,
  );

let sound: Buffer;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "warraq-columns-"));
  const path = join(folder, "sound.db");
  const store = await openStore({ path, mode: "write" });
  const runId = await beginRun(store);
  const read = (
    url: string,
    body: string,
    at: number,
    title = `خبر ${url.length} ${body.length}`,
  ) => {
    const html = Buffer.from(`<html>${title} ${"<p>خبر</p>".repeat(300)} ${body}`);
    const found = givenRead(url, {
      ...{ runId, at },
      article: { title, body, wordCount: body.split(/\s+/u).length, tags: ["طرق"] },
      capture: { body: html },
    });
    return visit(store, givenPage(url, { title: "من الخلاصة" }), found);
  };
  const rule = { id: "a", name: "a" } as unknown as SiteRule;
  await store.putSite({ id: "a", rule, digest: ruleDigest(rule), origin: "added", addedAt: NOW });
  await read("https://a.ly/1", LONG, NOW);
  await read("https://b.ly/copy", `${LONG}وأضاف أن المدة ثلاثة أشهر.`, NOW + 1);
  await read("https://c.ly/same", LONG, NOW + 2);
  for (const at of [3, 4]) await read(`https://a.ly/${at}`, `${at} ${LONG.slice(80)}`, NOW + at);
  await read("https://a.ly/1", `${LONG} وأضاف أن التكلفة مليون دينار.`, NOW + 10, "خبر عاجل");
  const gone = (at: number) =>
    visit(store, givenPage("https://a.ly/3"), {
      kind: "gone",
      status: 404,
      at,
      runId,
      nextAt: null,
    });
  await gone(NOW + 20);
  await gone(NOW + 30);
  const robots = givenCapture("https://a.ly/robots.txt", { fetchedAt: NOW + 31 });
  await store.putRobots(robots, pack(robots.body), { siteId: "a", runId });
  const feed = givenCapture("https://a.ly/feed", { fetchedAt: NOW + 32 });
  await visit(store, givenPage(feed.url, { role: "feed" }), {
    ...{ kind: "listed", at: NOW + 32, runId, nextAt: NOW + 99, intervalMs: 67, capture: feed },
    ...{ packed: pack(feed.body), found: [] },
  });
  const late = givenRead("https://a.ly/4", { runId, at: NOW - 50, article: { body: "أقدم" } });
  if (late.kind !== "read") throw new Error("not read");
  const file = { name: "old.warc.gz", bytes: 10, modifiedAt: NOW, terms: "all" };
  const { id } = await store.beginFile(file, runId);
  const imported = { page: givenPage("https://a.ly/4"), offset: 7, visit: late };
  await store.putImported(id, [imported], { reached: 9, now: NOW + 40 });
  const anew = givenRead("https://a.ly/1", {
    runId,
    article: { title: "بقواعد أخرى", body: LONG },
  });
  if (anew.kind !== "read") throw new Error("not read");
  await store.reread({ articleId: "a1", version: 2 }, anew.reading, { runId, at: NOW + 50 });
  await store.shutHost({ host: "d.ly", untilAt: NOW + 1_000, code: "E_DNS", detail: "dead" });
  await store.putWpTerms("a", new Map([["categories/1", "محلي"]]));
  const increment = await store.increment("nightly", "{}");
  increment.isNews("a1", 1, Buffer.alloc(32, 7));
  await increment.commit(NOW + 60);
  await store.packBodies({ everything: true, signal: never });
  await read("https://b.ly/alone", "جملة وحيدة", NOW + 61);
  const counters = {
    ...{ new: 5, changed: 1, same: 0, gone: 1, skipped: 0, failed: 0 },
    ...{ notModified: 0, requests: 9, bytes: 1_000 },
  };
  await store.endRun(runId, { at: NOW + 100, reason: "finished", counters });
  await leaseOf(store, givenPage("https://b.ly/alone"), NOW + 101);
  await store.close();
  const db = new Sqlite(path);
  db.exec(`INSERT INTO spent (site_id, day, requests) VALUES ('a', 19844, 9)`);
  db.close();
  sound = readFileSync(path);
  rmSync(folder, { recursive: true });
});

async function faultsOf(bytes: Buffer): Promise<readonly string[]> {
  const path = join(temporaryFolder(), "given.db");
  writeFileSync(path, bytes);
  const faults: string[] = [];
  const store = await openStore({ path, mode: "read" });
  try {
    await store.verify({
      ...{ program: PROGRAM, signal: never },
      onFault: ({ table, what }) => void faults.push(`${table}: ${what}`),
    });
  } finally {
    await store.close();
  }
  return faults;
}

/**
 * Where nothing is kept that a value could be held against, and why that may be. A value changed there
 * changes no article, version, capture or date of one.
 */
const NOT_HELD_AGAINST_ANYTHING: Readonly<Record<string, string>> = {
  "page.role": "the frontier's: what the next visit does with it",
  "page.found_by": "the frontier's: who named the page first",
  "page.found_at": "the frontier's: when",
  "page.due_at": "the frontier's: when it is visited next",
  "page.tries": "the frontier's: written anew by every visit",
  "page.visited_at": "the frontier's: written anew by every visit; visits themselves are sealed",
  "page.captured_at": "the frontier's: written anew by every visit; captures are sealed",
  "page.result": "the frontier's: written anew by every visit",
  "page.reason": "the frontier's: written anew by every visit",
  "page.gone_count": "the frontier's: written anew by every visit",
  "page.blocked_count": "the frontier's: written anew by every visit",
  "page.etag": "a validator: a wrong one brings the whole page once more",
  "page.last_modified": "a validator: a wrong one brings the whole page once more",
  "page.hint_title": "what a feed said: no fact of the archive",
  "page.hint_published_at": "what a feed said: no fact of the archive",
  "page.hint_modified_at": "what a feed said: no fact of the archive",
  "page.interval_ms": "the frontier's: adapts to what visits bring",
  "page.asked": "the frontier's: where a list is asked next time",
  "page.article_id": "which article an address leads to: any that there is",
  "loan.id": "pages on loan: forgotten when the crawl ends",
  "loan.page_id": "pages on loan: forgotten when the crawl ends",
  "loan.until": "pages on loan: forgotten when the crawl ends",
  "loan.due_before": "pages on loan: forgotten when the crawl ends",
  "spent.site_id": "manners of a day",
  "spent.day": "manners of a day",
  "spent.requests": "manners of a day",
  "shut_host.host": "manners: asked again when the time is over",
  "shut_host.until": "manners: asked again when the time is over",
  "shut_host.code": "manners: asked again when the time is over",
  "shut_host.detail": "manners: asked again when the time is over",
  "wp_term.site_id": "names that WordPress tells again",
  "wp_term.taxonomy": "names that WordPress tells again",
  "wp_term.id": "names that WordPress tells again",
  "wp_term.name": "names that WordPress tells again",
  "site_rule.added_at": "when a rule came: nothing else knows; the rule itself has a digest",
  "site_rule.removed_at": "when a rule went: nothing else knows",
  "article.duplicate_of": "which of several equal texts is called the first: any that there is",
  "capture.version_id": "which version an unchanged look showed: places late imports only",
  "shingle.hash": "derived: finds near copies, each of which is then compared",
  "shingle.article_id": "derived: finds near copies, each of which is then compared",
  "shingle.size": "derived: finds near copies, each of which is then compared",
  "copy.article_id": "derived: as measured when the later of the two came",
  "copy.other_id": "derived: as measured when the later of the two came",
  "copy.similarity": "derived: as measured when the later of the two came",
  "copy.containment": "derived: as measured when the later of the two came",
  "cluster.made_at": "when a cluster got its number: shown nowhere",
  "word.word": "a rough count, for spelling suggestions",
  "word.articles": "a rough count, for spelling suggestions",
  "date_block.first_at": "a bound that may be too wide; too narrow is found",
  "date_block.last_at": "a bound that may be too wide; too narrow is found",
  "import_file.run_id": "the last run that read it; captures name their own",
  "import_file.reached": "how far an import got: read again, it adds nothing",
  "import_file.ended_at": "how far an import got: read again, it adds nothing",
  "increment.committed_at": "when a named export was last whole",
  "increment_record.increment_id": "a record that is exported once more",
  "increment_record.is_pending": "a record that is exported once more",
  "increment_record.article_id": "a record that is exported once more",
  "increment_record.version": "a record that is exported once more",
  "increment_record.digest": "a record that is exported once more",
  "change.id": "the order of edits of one moment; takedowns and returns are bound by the chain",
  "change.run_id": "which run noted an edit; the version names its own",
  "sqlite_sequence.name": "SQLite's: the next number; none is used twice as long as rows stand",
  "sqlite_sequence.seq": "SQLite's: the next number; none is used twice as long as rows stand",
};

test("the archive is sound, and no table of it is empty", async () => {
  expect(await faultsOf(sound)).toEqual([]);
  const db = given();
  const isEmpty = (table: string) => db.prepare(`SELECT 1 FROM "${table}"`).get() === undefined;
  expect(tablesOf(db).filter(isEmpty)).toEqual([]);
});

test("a value changed in any column is found, or the column is listed with why not", async () => {
  const db = given();
  const columns = tablesOf(db).flatMap((table) =>
    columnsOf(db, table).map(({ name }) => [table, name] as const),
  );
  const missed: string[] = [];
  const unchanged: string[] = [];
  for (const [table, column] of columns) {
    const name = `${table}.${column}`;
    if (NOT_HELD_AGAINST_ANYTHING[name] !== undefined) continue;
    const bytes = changed(table, column);
    if (bytes === null) unchanged.push(name);
    else if (!(await isFound(bytes))) missed.push(name);
  }
  expect(missed).toEqual([]);
  expect(unchanged).toEqual([]);
  const names = columns.map((name) => name.join("."));
  const unknown = Object.keys(NOT_HELD_AGAINST_ANYTHING).filter((name) => !names.includes(name));
  expect(unknown).toEqual([]);
}, 300_000);

async function isFound(bytes: Buffer): Promise<boolean> {
  try {
    return (await faultsOf(bytes)).length > 0;
  } catch (error) {
    expect(error).toBeInstanceOf(WarraqError);
    return true;
  }
}

function given(): Sqlite.Database {
  const path = join(temporaryFolder(), "given.db");
  writeFileSync(path, sound);
  const db = new Sqlite(path);
  onTestFinished(() => void db.close());
  db.pragma("foreign_keys = off");
  db.pragma("ignore_check_constraints = on");
  return db;
}

function tablesOf(db: Sqlite.Database): string[] {
  return db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%'`,
    )
    .pluck()
    .all();
}

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

function columnsOf(db: Sqlite.Database, table: string): readonly ColumnInfo[] {
  return db.prepare<[], ColumnInfo>(`PRAGMA table_info("${table}")`).all();
}

/** The archive with one value of a column changed, in its last row that has one; null: it would not. */
function changed(table: string, column: string): Buffer | null {
  const db = given();
  const triggers = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`);
  for (const name of triggers.pluck().all()) db.exec(`DROP TRIGGER "${name}"`);
  const columns = columnsOf(db, table);
  const keys = columns.filter(({ pk }) => pk > 0);
  const by = (keys.length > 0 ? keys : columns).map(({ name }) => name);
  const rows = db.prepare<[], Readonly<Record<string, unknown>>>(`SELECT * FROM "${table}"`).all();
  const row = rows.findLast((one) => one[column] !== null) ?? rows.at(-1);
  const type = columns.find(({ name }) => name === column)?.type;
  if (row === undefined) return null;
  const where = by.map((name) => `"${name}" IS ?`).join(" AND ");
  const update = db.prepare(`UPDATE OR IGNORE "${table}" SET "${column}" = ? WHERE ${where}`);
  const { changes } = update.run(otherThan(row[column], type), ...by.map((name) => row[name]));
  db.close(); // the last to close brings the log home
  return changes === 0 ? null : readFileSync(db.name);
}

function otherThan(value: unknown, type: string | undefined): unknown {
  if (value === null) return type === "TEXT" ? "y" : 1;
  if (typeof value === "number") return value + 1;
  if (Buffer.isBuffer(value))
    return Buffer.from(value.map((byte, at) => (at === 3 ? byte ^ 1 : byte)));
  const text = String(value);
  const last = text.search(/[\p{L}\p{N}](?=[^\p{L}\p{N}]*$)/u);
  // Within JSON, so that it stays JSON.
  return last === -1
    ? `${text} `
    : `${text.slice(0, last)}${text[last] === "1" ? "2" : "1"}${text.slice(last + 1)}`;
}
