/**
 * The kill drill: a real process settles visits as fast as it can and is killed with SIGKILL at random
 * moments. Nothing it was told is stored may be missing, and nothing may be stored by half.
 * WARRAQ_KILLS sets how often (default 30).
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const KILLS = Number(process.env.WARRAQ_KILLS ?? 30);
/** A child lives this long after its first settled visit, at most. */
const LONGEST_LIFE_MS = 60;
const SECONDS_PER_KILL = 5;

test(
  `${KILLS} kills lose nothing that was acknowledged and leave no half article`,
  async () => {
    const path = join(temporaryFolder(), "archive.db");
    const acknowledged = new Map<string, string>();
    let seed = 20241124;
    const random = (): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed / 2 ** 32;
    };
    for (let kill = 0; kill < KILLS; kill++) {
      const child = fork(new URL("./settle-forever.mjs", import.meta.url), [path, String(kill)]);
      child.on("message", (message) => {
        const { url, articleId } = message as { url: string; articleId: string };
        acknowledged.set(url, articleId);
      });
      await once(child, "message");
      await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_LIFE_MS));
      child.kill("SIGKILL");
      await once(child, "close");
    }
    expect(acknowledged.size).toBeGreaterThan(KILLS);

    const db = new Sqlite(path);
    onTestFinished(() => {
      db.close();
    });
    const count = (sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? -1;
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.pragma("foreign_key_check")).toEqual([]);
    db.exec("insert into search_index(search_index) values ('integrity-check')");
    const stored = new Map(
      db
        .prepare<[], { url: string; id: string }>("select url, id from articles")
        .all()
        .map(({ url, id }) => [url, id]),
    );
    expect([...acknowledged].filter(([url, id]) => stored.get(url) !== id)).toEqual([]);
    const articles = count("select count(*) from article");
    expect(count("select count(*) from article where version_id is null")).toBe(0);
    expect(count("select count(*) from version")).toBe(articles);
    expect(count("select count(*) from capture")).toBe(articles);
    expect(count("select count(*) from visit")).toBe(articles);
    expect(count("select count(*) from search_index where search_index match 'drill'")).toBe(
      articles,
    );
    expect(count("select count(*) from page where article_id is not null")).toBe(articles);
    // Settled pages are at rest; pages that were on loan are on loan or due, never forgotten.
    expect(count("select count(*) from page where article_id is null and due_at is null")).toBe(0);
    expect(
      count("select count(*) from page where article_id is not null and due_at is not null"),
    ).toBe(0);
    // Whatever was settled was sealed in the same transaction.
    const store = await openStore({ path, mode: "read" });
    const { broken, links } = await store.verifyChain().finally(() => store.close());
    expect(broken).toBeNull();
    expect(links).toBeGreaterThan(0);
    console.log(`settle drill: ${KILLS} kills, ${acknowledged.size} pages, ${links} links`);
  },
  KILLS * SECONDS_PER_KILL * 1000 + 10_000,
);
