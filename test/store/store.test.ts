import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach } from "vitest";
import { openStore, type Store } from "../../src/store/index.ts";
import { chainContract } from "./chain.contract.ts";
import { changesContract } from "./changes.contract.ts";
import { samenessContract } from "./sameness.contract.ts";
import { storeContract } from "./store.contract.ts";

const opened: { store: Store; folder: string }[] = [];

afterEach(async () => {
  for (const { store, folder } of opened.splice(0)) {
    await store.close();
    rmSync(folder, { recursive: true });
  }
});

async function openEmpty(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), "warraq-store-"));
  const store = await openStore({ path: join(folder, "archive.db"), mode: "write" });
  opened.push({ store, folder });
  return store;
}

storeContract(openEmpty);
changesContract(openEmpty);
samenessContract(openEmpty);
chainContract(openEmpty, (sql) => {
  const { folder } = opened.at(-1) ?? {};
  const db = new Sqlite(join(folder ?? "", "archive.db"));
  db.exec(sql);
  db.close();
});
