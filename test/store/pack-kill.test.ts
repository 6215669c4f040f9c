/**
 * Kill drills of packing, pruning and upgrading: a real process works without end and is killed with
 * SIGKILL at random moments. Every page comes back exactly, pruned ones excepted, and `verify` finds
 * nothing. WARRAQ_KILLS sets how often each is killed (default 15).
 */
import { fork } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Fault, openStore } from "../../src/store/index.ts";
import { connect } from "../../src/store/sqlite/driver.ts";
import { MIGRATIONS, migrate } from "../../src/store/sqlite/migrations/index.ts";
import { urlKey } from "../../src/url/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const KILLS = Number(process.env.WARRAQ_KILLS ?? 15);
/** From a child's first sign: packing, pruning and settling take turns within it. */
const LONGEST_LIFE_MS = 250;
const SECONDS_PER_KILL = 4;
const never = new AbortController().signal;

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function faultsOf(path: string, program: string): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  const store = await openStore({ path, mode: "read" });
  await store
    .verify({ program, signal: never, onFault: (fault) => faults.push(fault) })
    .finally(() => store.close());
  return faults;
}

test(
  `${KILLS} kills while packing and pruning: every page comes back exactly`,
  async () => {
    const path = join(temporaryFolder(), "archive.db");
    const acknowledged = new Map<string, string>();
    const random = createRandom(20_261_129);
    for (let kill = 0; kill < KILLS; kill++) {
      const child = fork(new URL("./pack-forever.mjs", import.meta.url), [path, String(kill)]);
      const closed = once(child, "close");
      let isPacking = (): void => {};
      const packing = new Promise<void>((resolve) => {
        isPacking = resolve;
      });
      child.on("message", (message) => {
        const { url, digest } = message as { url?: string; digest?: string };
        if (url !== undefined && digest !== undefined) acknowledged.set(url, digest);
        else isPacking();
      });
      await Promise.race([packing, closed]);
      await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_LIFE_MS));
      child.kill("SIGKILL");
      await closed;
    }
    expect(acknowledged.size).toBeGreaterThan(KILLS * 10);
    expect(await faultsOf(path, "drill")).toEqual([]);
    const store = await openStore({ path, mode: "read" });
    expect((await store.verifyChain()).broken).toBeNull();
    let pruned = 0;
    const wrong: string[] = [];
    for (const [url, digest] of acknowledged) {
      try {
        const raw = await store.rawCapture(url);
        if (raw === null || hash("sha256", raw.body, "hex") !== digest) wrong.push(url);
      } catch (error) {
        if ((error as { code?: string }).code === "E_PRUNED" && url.endsWith("7")) pruned++;
        else wrong.push(url);
      }
    }
    await store.close();
    console.log(`pack drill: ${KILLS} kills, ${acknowledged.size} pages, ${pruned} pruned`);
    expect(wrong).toEqual([]);
  },
  KILLS * SECONDS_PER_KILL * 1_000 + 30_000,
);

/** An archive as warraq 0.1 left it: the first two migrations, and rows in every table that matters. */
function archiveOfTheFirst(path: string, articles: number): void {
  const db = connect(path, "write");
  migrate(db, path, () => {}, MIGRATIONS.slice(0, 2));
  db.exec(`insert into run values (1, 1, 2, 'finished', 'crawl', '[]', 'warraq 0.1.0', '{}', '{}');
    insert into queue values (1, 'h', 'h.ly')`);
  const details = JSON.stringify({
    ...{ categories: [], authors: [], tags: [], published: null, modified: null, language: "ar" },
    ...{ dir: "rtl", imageUrl: null, images: [], canonicalUrl: null, siteName: null },
    ...{ originalSource: null, method: "scored", confidence: 1, isPartial: false, from: {} },
  });
  const insert = (sql: string) => db.prepare(sql);
  const page = insert(
    "insert into page (id, queue_id, role, found_by, found_at, visited_at, captured_at, result, url_key, url) values (?, 1, 'article', 'seed', 1, 2, 2, 'new', ?, ?)",
  );
  const body = insert("insert into body values (?, ?, 'identity', ?, ?)");
  const capture = insert(
    "insert into capture (id, page_id, run_id, body_id, fetched_at, status, via, url, headers) values (?, ?, 1, ?, 2, 200, 'live', ?, '[]')",
  );
  const article = insert(
    "insert into article (id, site_id, page_id, version_id, versions, kind, language, status_at, first_seen_at, last_seen_at, date_at, has_title, author_key) values (?, 'h', ?, ?, 2, 'article', 'ar', 2, 2, 2, 2, 1, '')",
  );
  const version = insert(
    `insert into version (id, article_id, number, capture_id, run_id, captured_at, content, text, near, program, rule, changed, title, word_count, details, body)
     values (?, ?, ?, ?, 1, 2, zeroblob(32), zeroblob(32), zeroblob(8), 'warraq 0.1.0', 'generic', '[]', ?, 3, ?, ?)`,
  );
  const index = insert(
    "insert into search_index (rowid, title, body, authors, categories, stems) values (?, ?, ?, '', '', '')",
  );
  db.transaction(() => {
    for (let id = 1; id <= articles; id++) {
      const url = `https://h.ly/${id}`;
      const bytes = Buffer.from(`<html>${id} ${"خبر ".repeat(500)}</html>`);
      page.run(id, urlKey(url), url);
      body.run(id, Buffer.from(hash("sha256", bytes, "hex"), "hex"), bytes.length, bytes);
      capture.run(id, id, id, url);
      article.run(id, id, id * 2);
      version.run(id * 2 - 1, id, 1, id, `خبر ${id}`, details, `نص ${id} قديم`);
      version.run(id * 2, id, 2, id, `خبر ${id}`, details, `نص ${id} جديد`);
      index.run(id, `خبر ${id}`, `نص ${id} جديد`);
    }
  })();
  db.exec("update page set article_id = id");
  db.close();
}

test(
  `${KILLS} kills while an archive of warraq 0.1 is upgraded: it goes on, and nothing is lost`,
  async () => {
    const folder = temporaryFolder();
    const old = join(folder, "old.db");
    const ARTICLES = 1_500;
    archiveOfTheFirst(old, ARTICLES);
    const random = createRandom(7);
    let path = "";
    let upgrades = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      if (path === "") {
        path = join(folder, `given-${kill}.db`);
        copyFileSync(old, path);
      }
      const child = fork(new URL("./upgrade-once.mjs", import.meta.url), [path], { stdio: "pipe" });
      const closed = once(child, "close"); // it may be done before it is killed
      let isUpgraded = false;
      child.on("message", (message) => {
        if (message === "upgraded") isUpgraded = true;
      });
      await once(child, "message");
      await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_LIFE_MS));
      child.kill("SIGKILL");
      await closed;
      if (isUpgraded || kill === KILLS - 1) {
        await expectUpgraded(path, ARTICLES);
        upgrades++;
        path = "";
      }
    }
    console.log(`upgrade drill: ${KILLS} kills, ${upgrades} upgrades`);
  },
  KILLS * SECONDS_PER_KILL * 1_000 + 30_000,
);

async function expectUpgraded(path: string, articles: number): Promise<void> {
  const store = await openStore({ path, mode: "write" });
  expect((await store.stats()).articles).toBe(articles);
  expect((await store.history("a7")).length).toBe(2);
  await store.packBodies({ everything: true, signal: never });
  expect((await store.rawCapture("a7"))?.body.length).toBeGreaterThan(500);
  expect((await store.verifyChain()).broken).toBeNull();
  await store.close();
  expect(await faultsOf(path, "none")).toEqual([]);
}
