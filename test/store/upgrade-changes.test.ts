import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { connect } from "../../src/store/sqlite/driver.ts";
import { changes } from "../../src/store/sqlite/migrations/006-changes.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { beginRun, givenPage, givenRead, NOW, visit } from "./given.ts";

test("the edits of an archive from before are classified by the upgrade, once", async () => {
  const path = join(temporaryFolder(), "archive.db");
  const store = await openStore({ path, mode: "write" });
  const runId = await beginRun(store);
  const url = "https://a.ly/1";
  for (const [at, title] of ["أول عنوان", "ثاني عنوان", "ثالث عنوان"].entries()) {
    await visit(store, givenPage(url), givenRead(url, { runId, at: NOW + at, article: { title } }));
  }
  const before = await store.changesOf(url);
  await store.close();
  const db = connect(path, "write");
  db.exec("DELETE FROM change");
  const { fill } = changes;
  expect(fill?.count(db)).toBe(2);
  for (let after = 0; ; ) {
    const batch = fill?.batch(db, after) ?? null;
    if (batch === null) break;
    after = batch.last;
  }
  fill?.batch(db, 0);
  db.close();
  const again = await openStore({ path, mode: "read" });
  expect(await again.changesOf(url)).toEqual(before);
  expect(before.map(({ kind, version }) => [kind, version])).toEqual([
    ["headline", 2],
    ["headline", 3],
  ]);
  await again.close();
});
