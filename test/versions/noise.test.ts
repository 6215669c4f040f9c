/** The noise suite: what changes on a page while nobody edits the article makes no version. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore, type Store } from "../../src/store/index.ts";
import { beginRun } from "../store/given.ts";
import { NOISE } from "./noise.ts";
import { answer, themePages } from "./pages.ts";

const pages = themePages();
/** A kind of noise that could be made on fewer pages would prove little, unless it is one theme's own. */
const FEWEST_PAGES = 1;
const folder = mkdtempSync(join(tmpdir(), "warraq-noise-"));
let store: Store;
let runId: number;
let visits = 0;

beforeAll(async () => {
  store = await openStore({ path: join(folder, "archive.db"), mode: "write" });
  runId = await beginRun(store);
  for (const page of pages) {
    expect([page.name, (await answer(store, runId, page, page.html, 0)).result]).toEqual([
      page.name,
      "new",
    ]);
  }
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

test.each(NOISE)("%s", async (_, make) => {
  const wrong: unknown[] = [];
  let touched = 0;
  for (const page of pages) {
    const html = make(page, page.html);
    if (html === page.html) continue;
    touched++;
    visits++;
    const settled = await answer(store, runId, page, html, visits / 60);
    if (settled.result === "same") continue;
    const [change] = (await store.changesOf(page.url)).slice(-1);
    wrong.push([page.name, settled.result, change?.kinds, change?.summary]);
    // Back to what it was, so that the next kind of noise is judged by itself.
    await answer(store, runId, page, page.html, visits / 60);
  }
  expect(wrong).toEqual([]);
  expect(touched).toBeGreaterThanOrEqual(FEWEST_PAGES);
});

test("all of it together makes no version either", async () => {
  const wrong: unknown[] = [];
  for (const page of pages) {
    const html = NOISE.reduce((text, [, make]) => make(page, text), page.html);
    const settled = await answer(store, runId, page, html, 3);
    const [change] = (await store.changesOf(page.url)).slice(-1);
    if (settled.result !== "same") wrong.push([page.name, settled.result, change?.summary]);
  }
  expect(wrong).toEqual([]);
});
