/** The views are for people who open the file without this program: the README says what is in them. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { beginRun, givenPage, givenRead, visit } from "./given.ts";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

async function archive(): Promise<string> {
  const path = `${temporaryFolder()}/archive.db`;
  const store = await openStore({ path, mode: "write" });
  const url = "https://a.ly/1";
  await visit(store, givenPage(url), givenRead(url, { runId: await beginRun(store) }));
  await store.close();
  return path;
}

/** SQLite's own shell, which knows nothing of us. */
const shell = (path: string, sql: string): string[] =>
  execFileSync("sqlite3", ["-readonly", path, sql]).toString().split("\n").filter(Boolean);

test("the README names every view and every column, in order, and no other", async () => {
  const path = await archive();
  const section = README.slice(README.indexOf("### The file itself")).split("\n## ")[0] ?? "";
  const documented = [...section.matchAll(/^\| `(\w+)` \| (.+) \|$/gmu)].map(
    ([, view = "", columns = ""]) => [
      view,
      [...columns.matchAll(/`(\w+)`/gu)].map(([, name]) => name),
    ],
  );
  const views = shell(path, "select name from sqlite_schema where type = 'view'");
  expect(documented.map(([view]) => view).sort()).toEqual(views.sort());
  for (const [view, columns] of documented) {
    expect([view, shell(path, `select name from pragma_table_info('${view}')`)]).toEqual([
      view,
      columns,
    ]);
  }
});

test("every view answers in SQLite's own shell, without our functions", async () => {
  const path = await archive();
  for (const view of ["articles", "versions", "captures", "sources", "runs", "visits", "about"]) {
    expect(shell(path, `select count(*) from ${view}`)).toEqual(["1"]);
  }
});
