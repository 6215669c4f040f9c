/**
 * Pages for the figures of storage: real ones, where the folder of them is (it is no part of the
 * project), and an archive that holds given pages as a crawl stores them.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const FOLDER = fileURLToPath(new URL("../../../shared/eval", import.meta.url));
/** Another set written anew: nearly the same pages twice, which no crawl would meet. */
const REWRITTEN = "aebar";
const NOW = Date.UTC(2026, 10, 1);

/** @returns {{site: string, url: string, body: Buffer}[]} in order of site; none without the folder */
export function realPages() {
  if (!existsSync(FOLDER)) return [];
  const sets = readdirSync(FOLDER).filter(
    (set) => set !== REWRITTEN && existsSync(join(FOLDER, set, "truth.json")),
  );
  const pages = new Map();
  for (const set of sets) {
    const truth = JSON.parse(readFileSync(join(FOLDER, set, "truth.json"), "utf8"));
    for (const [id, { site, html_path }] of Object.entries(truth)) {
      const file = join(FOLDER, html_path);
      if (!existsSync(file)) continue;
      const body = gunzipSync(readFileSync(file));
      pages.set(body.toString("latin1"), { site, url: `https://${site}/${id}`, body });
    }
  }
  return [...pages.values()].sort((a, b) => (a.site < b.site ? -1 : Number(a.site > b.site)));
}

/** An archive at `path` with these pages, each an article of a few words, not packed yet. */
export async function storePages(path, pages) {
  const { pack } = await import("../../dist/codec/index.js");
  const { fingerprint } = await import("../../dist/fingerprint/index.js");
  const { openStore } = await import("../../dist/store/index.js");
  const store = await openStore({ path, mode: "write" });
  if (!store.lockForCrawl()) throw new Error(`${path} is held by another run`);
  const run = { at: NOW, command: "crawl", sites: [], program: "bench", options: {} };
  const { id: runId } = await store.beginRun(run);
  const hints = { title: null, publishedAt: null, lastModifiedAt: null };
  for (const { site, url, body } of pages) {
    const page = { url, siteId: site, role: "article", foundBy: "seed", ...hints };
    await store.enqueue([page], { now: NOW, known: "keep" });
    const [lease] = await store.lease({ now: NOW, limit: 1, holdMs: 60_000 });
    const article = {
      ...{ title: url, subtitle: null, category: null, categories: [], tags: [], body: url },
      ...{ excerpt: null, authors: [], published: null, modified: null, language: "en" },
      ...{ dir: "ltr", imageUrl: null, images: [], canonicalUrl: null, siteName: null },
      ...{ originalSource: null, wordCount: 1, method: "scored", confidence: 1 },
      ...{ isPartial: false, from: {} },
    };
    const of = { kind: "article", reasons: [], article, theme: null, rule: "", trace: null };
    const at = { fetchedAt: NOW, status: 200, headers: [], body, via: "live" };
    await store.settle(lease, {
      ...{ kind: "read", at: NOW, runId, nextAt: null },
      capture: { url, finalUrl: url, redirects: [], ...at },
      reading: {
        ...{ extraction: of, fingerprint: fingerprint(article), packed: pack(body) },
        ...{ encoding: "utf-8", extractor: { program: "bench", rule: "" } },
      },
    });
  }
  await store.close();
}
