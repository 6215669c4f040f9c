/** The suite of real edits: each makes exactly one version, of its kind; takedowns are told without one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore, type Store, type Visit } from "../../src/store/index.ts";
import { beginRun, givenPage, visit } from "../store/given.ts";
import { EDITS } from "./edits.ts";
import { answer, type Page, themePages } from "./pages.ts";

const pages = themePages();
let folder: string;
let store: Store;
let runId: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "warraq-edits-"));
  store = await openStore({ path: join(folder, "archive.db"), mode: "write" });
  runId = await beginRun(store);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

test.each(EDITS)("%s: %s", async (_, kind, make) => {
  const seen: (readonly [page: string, versions: number, told: string])[] = [];
  for (const page of pages) {
    const html = make(page, page.html);
    if (html === page.html) continue;
    await answer(store, runId, page, page.html, 0);
    await answer(store, runId, page, html, 5);
    await answer(store, runId, page, html, 10);
    const changes = await store.changesOf(page.url);
    const versions = (await store.history(page.url)).length;
    seen.push([
      page.name,
      versions,
      changes.map((change) => `${change.kind}: ${change.summary}`).join(),
    ]);
  }
  expect(seen.length).toBeGreaterThanOrEqual(3);
  expect(
    seen.filter(([, versions, told]) => versions !== 2 || !told.startsWith(`${kind}: `)),
  ).toEqual([]);
});

const page = pages[0] as Page;
const trouble = (hours: number, of: "gone" | "soft-404" | "forbidden"): Visit => {
  const base = { at: page.capturedAt + hours * 3_600_000, runId, nextAt: null };
  if (of === "gone") return { ...base, kind: "gone", status: 410 };
  if (of === "soft-404") return { ...base, kind: "skipped", reason: "soft-404", detail: "" };
  return { ...base, kind: "failed", code: "E_HTTP_FORBIDDEN", status: 403, detail: "" };
};

test.each([
  ["gone", "takedown", "HTTP 410, 2 visits"],
  ["soft-404", "takedown", "soft-404, 2 visits"],
  ["forbidden", "blocked", "HTTP 403, 2 visits"],
] as const)("a page that is %s twice is one %s, and returns", async (of, kind, summary) => {
  await answer(store, runId, page, page.html, 0);
  for (const hours of [1, 2, 3]) await visit(store, givenPage(page.url), trouble(hours, of));
  const changes = await store.changesOf(page.url);
  expect(changes).toMatchObject([{ kind, summary, version: null, title: page.title }]);
  await answer(store, runId, page, page.html, 9);
  expect((await store.changesOf(page.url)).map((change) => change.kind)).toEqual([kind, "return"]);
  expect((await store.history(page.url)).length).toBe(1);
});
