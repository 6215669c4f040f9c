/** Settles visits without end, several at once, and tells its parent which are stored. */
import { pack } from "../../dist/codec/index.js";
import { fingerprint } from "../../dist/fingerprint/index.js";
import { openStore } from "../../dist/store/index.js";

const [, , path, round] = process.argv;
const NOW = Date.UTC(2024, 4, 1, 12);
const AT_ONCE = 8;
const store = await openStore({ path, mode: "write" });
if (!store.lockForCrawl()) throw new Error("the lock of the killed process before is not free");
const run = { at: NOW, command: "crawl", sites: [], program: "drill", options: {} };
const { id: runId } = await store.beginRun(run);
const hints = { title: null, publishedAt: null, lastModifiedAt: null };

for (let batch = 0; ; batch++) {
  const pages = Array.from({ length: AT_ONCE }, (_, host) => ({
    url: `https://h${host}.ly/${round}/${batch}`,
    siteId: `h${host}`,
    role: "article",
    foundBy: "seed",
    ...hints,
  }));
  await store.enqueue(pages, { now: NOW, known: "keep" });
  const leases = await store.lease({ now: NOW, limit: AT_ONCE, holdMs: 60_000 });
  await Promise.all(leases.map(settle));
}

async function settle(lease) {
  const { url } = lease.page;
  const body = Buffer.from(`<html>${url.repeat(300)}</html>`);
  const article = {
    ...{ title: `drill ${url}`, subtitle: null, category: null, categories: [], tags: [] },
    body: `${url} `.repeat(100),
    ...{ excerpt: null, authors: [], published: null, modified: null, language: "en" },
    ...{ dir: "ltr", imageUrl: null, images: [], canonicalUrl: null, siteName: null },
    ...{ originalSource: null, wordCount: 100, method: "scored", confidence: 1 },
    ...{ isPartial: false, from: {} },
  };
  const extraction = { kind: "article", reasons: [], article, theme: null, rule: "", trace: null };
  const capture = {
    ...{ url, finalUrl: url, redirects: [], fetchedAt: NOW, status: 200, headers: [], body },
    via: "live",
  };
  const reading = {
    ...{ extraction, fingerprint: fingerprint(article), packed: pack(body), encoding: "utf-8" },
    extractor: { program: "drill", rule: "" },
  };
  const settled = await store.settle(lease, {
    ...{ kind: "read", at: NOW, runId, nextAt: null, capture, reading },
  });
  process.send({ url, articleId: settled.articleId });
}
