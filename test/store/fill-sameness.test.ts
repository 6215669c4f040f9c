/** Archives from before: the upgrade finds the same copies as if they had been there from the start. */
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { connect } from "../../src/store/sqlite/driver.ts";
import { sameness } from "../../src/store/sqlite/migrations/004-sameness.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { beginRun, givenPage, givenRead, visit } from "./given.ts";
import { givenText } from "./given-text.ts";

test("old articles are indexed in batches that may be cut off anywhere", async () => {
  const path = `${temporaryFolder()}/archive.db`;
  const store = await openStore({ path, mode: "write" });
  const runId = await beginRun(store);
  for (let number = 0; number < 12; number++) {
    const url = `https://site${number % 5}.ly/${number}`;
    const body = `${givenText(number % 4, 120)} ${givenText(100 + number, 10)}`;
    const article = { body, title: `${number}`, wordCount: 130 };
    await visit(store, givenPage(url), givenRead(url, { runId, article }));
  }
  await store.close();
  const db = connect(path, "write");
  onTestFinished(() => void db.close());
  const known = () => [
    db.prepare("SELECT id, cluster_id FROM article ORDER BY id").all(),
    db.prepare("SELECT * FROM copy").all(),
    db.prepare("SELECT * FROM shingle").all(),
  ];
  const before = known();
  expect(db.prepare("SELECT count(DISTINCT cluster_id) FROM article").pluck().get()).toBe(4);
  db.exec(`UPDATE article SET cluster_id = NULL; DELETE FROM copy; DELETE FROM shingle;
    DELETE FROM cluster; DELETE FROM sqlite_sequence WHERE name = 'cluster'`);
  const { fill } = sameness;
  expect(fill?.count(db)).toBe(12);
  let rows = 0;
  for (let after = 0; ; ) {
    const batch = db.transaction(() => fill?.batch(db, after) ?? null)();
    if (batch === null) break;
    ({ last: after } = batch);
    rows += batch.rows;
  }
  expect(rows).toBe(12);
  expect(known()).toEqual(before);
});
