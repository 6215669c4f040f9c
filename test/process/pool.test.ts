import { expect, test } from "vitest";
import { openWorkers } from "../../src/process/index.ts";

/** Far less than the large page needs on any machine, far more than the small one does in a new thread. */
const BUDGET_MS = 1_500;
const LINE = "<p>The council met on the coast road and agreed that the repairs would begin.</p>";

const job = (html: string) => ({
  url: "https://www.example.ly/news/1",
  fetchedAt: 0,
  headers: [],
  body: Buffer.from(`<h1>Roads</h1><article>${html}</article>`),
  siteId: null,
  explain: false,
  pack: false as const,
});

test("a page beyond its time costs its thread, never the run: it is named, and the next is read", async () => {
  const workers = openWorkers({ sites: [], threads: 1, budgetMs: BUDGET_MS });
  try {
    const [large, small] = await Promise.all([
      workers.read(job(LINE.repeat(250_000))),
      workers.read(job(LINE.repeat(5))),
    ]);
    expect(large).toEqual({
      kind: "unreadable",
      detail: "https://www.example.ly/news/1: reading took longer than 1.5 s",
    });
    expect(small).toMatchObject({ kind: "read", reading: { extraction: { kind: "article" } } });
  } finally {
    await workers.close();
  }
}, 60_000);

test("a page that is more than its thread can hold is named, and the next is read at once", async () => {
  const workers = openWorkers({ sites: [], threads: 1, maxOldSpaceMb: 24 });
  try {
    const [large, small] = await Promise.all([
      workers.read(job(LINE.repeat(120_000))),
      workers.read(job(LINE.repeat(5))),
    ]);
    expect(large).toMatchObject({
      kind: "unreadable",
      detail: expect.stringContaining("news/1: reading failed: Worker terminated"),
    });
    expect(small).toMatchObject({ kind: "read", reading: { extraction: { kind: "article" } } });
  } finally {
    await workers.close();
  }
}, 60_000);
