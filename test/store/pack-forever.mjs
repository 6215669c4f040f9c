/** Settles pages and packs them without end, and tells its parent which are stored, with their digests. */
import { pack } from "../../dist/codec/index.js";
import { fingerprint } from "../../dist/fingerprint/index.js";
import { openStore } from "../../dist/store/index.js";

const [, , path, round] = process.argv;
const NOW = Date.UTC(2024, 4, 1, 12);
const PAGES = 12;
const store = await openStore({ path, mode: "write" });
if (!store.lockForCrawl()) throw new Error("the lock of the killed process before is not free");
const signal = new AbortController().signal;
const hints = { title: null, publishedAt: null, lastModifiedAt: null };

for (let batch = 0; ; batch++) {
  const run = { at: NOW, command: "crawl", sites: [], program: "drill", options: {} };
  const { id: runId } = await store.beginRun(run);
  for (let number = 0; number < PAGES; number++) await settle(runId, `${round}/${batch}/${number}`);
  const counters = { new: PAGES, changed: 0, same: 0, gone: 0, skipped: 0, failed: 0 };
  const more = { notModified: 0, requests: PAGES, bytes: 0 };
  await store.endRun(runId, { at: NOW, reason: "finished", counters: { ...counters, ...more } });
  process.send({ batch });
  // Now everything, so that half empty blocks are opened again; now what fills some.
  await store.packBodies({ everything: batch % 2 === 0, signal });
  await store.prune({ before: NOW - 1, now: NOW, isApplied: true, signal });
}

async function settle(runId, name) {
  const url = `https://h.ly/${name}`;
  const page = { url, siteId: "h", role: "article", foundBy: "seed", ...hints };
  await store.enqueue([page], { now: NOW, known: "keep" });
  const [lease] = await store.lease({ now: NOW, limit: 1, holdMs: 60_000 });
  const boxes = Array.from({ length: 1_500 }, (_, at) => `<div class="c${at % 97}">${at}</div>`);
  const body = Buffer.from(`<html>${url}${boxes.join("\n")}</html>`);
  const article = {
    ...{ title: `drill ${url}`, subtitle: null, category: null, categories: [], tags: [] },
    body: `${url} `.repeat(50),
    ...{ excerpt: null, authors: [], published: null, modified: null, language: "en" },
    ...{ dir: "ltr", imageUrl: null, images: [], canonicalUrl: null, siteName: null },
    ...{ originalSource: null, wordCount: 50, method: "scored", confidence: 1 },
    ...{ isPartial: false, from: {} },
  };
  const extraction = { kind: "article", reasons: [], article, theme: null, rule: "", trace: null };
  // Some are old enough to be pruned.
  const fetchedAt = name.endsWith("7") ? NOW - 2 : NOW;
  const capture = {
    ...{ url, finalUrl: url, redirects: [], fetchedAt, status: 200, headers: [], body },
    via: "live",
  };
  const reading = {
    ...{ extraction, fingerprint: fingerprint(article), packed: pack(body), encoding: "utf-8" },
    extractor: { program: "drill", rule: "" },
  };
  await store.settle(lease, {
    ...{ kind: "read", at: fetchedAt, runId, nextAt: null, capture, reading },
  });
  process.send({ url, digest: reading.packed.digest });
}
