import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { connect } from "../../src/store/sqlite/driver.ts";
import { chain } from "../../src/store/sqlite/migrations/006-chain.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { beginRun, givenPage, givenRead, NOW, visit } from "./given.ts";

test("what was there before is adopted, said to be so, and bound from then on", async () => {
  const path = join(temporaryFolder(), "archive.db");
  const store = await openStore({ path, mode: "write" });
  const runId = await beginRun(store);
  const url = "https://a.ly/1";
  for (const [at, title] of ["أول عنوان", "ثاني عنوان", "ثالث عنوان"].entries()) {
    await visit(store, givenPage(url), givenRead(url, { runId, at: NOW + at, article: { title } }));
  }
  await store.close();
  const db = connect(path, "write");
  db.exec("DELETE FROM link");
  const batch = chain.fill?.batch(db, 0);
  expect(batch).toEqual({ last: 3, rows: 3 });
  expect(chain.fill?.batch(db, 3)).toBeNull();
  db.close();
  const again = await openStore({ path, mode: "write" });
  expect(await again.verifyChain()).toMatchObject({ links: 1, adopted: 1, broken: null });
  const late = givenRead(url, { runId, at: NOW + 9, article: { title: "رابع" } });
  await visit(again, givenPage(url), late);
  expect(await again.verifyChain()).toMatchObject({ links: 2, adopted: 1, broken: null });
  await again.close();
  const tampered = connect(path, "write");
  tampered.exec("UPDATE version SET title = 'x' WHERE number = 2");
  tampered.close();
  const read = await openStore({ path, mode: "read" });
  expect((await read.verifyChain()).broken).toMatchObject({
    ...{ link: 1, runId: null, table: "version" },
    detail: "version 1 to 3 are not as stored",
  });
  await read.close();
});
