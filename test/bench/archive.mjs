/**
 * An archive of generated articles, for benchmarks that begin where a crawl has ended: about 3 KB of
 * Arabic text each, stored through the archive's own door, their pages kept small.
 */
import { pack } from "../../dist/codec/index.js";
import { fingerprint } from "../../dist/fingerprint/index.js";
import { openStore } from "../../dist/store/index.js";
import { articleOf } from "./pages.mjs";

const SITES = 20;
const NOW = Date.UTC(2024, 4, 1);
const AT_ONCE = SITES;
const HINTS = { title: null, publishedAt: null, lastModifiedAt: null };

/** Makes an archive of `articles` articles at `path`. */
export async function makeArchive(path, articles) {
  const store = await openStore({ path, mode: "write" });
  const run = { at: NOW, command: "crawl", sites: [], program: "bench", options: {} };
  const { id: runId } = await store.beginRun(run);
  for (let from = 0; from < articles; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, articles - from) }, (_, i) => from + i);
    const pages = numbers.map((number) => pageRef(number));
    await store.enqueue(pages, { now: NOW, known: "keep" });
    const leases = await store.lease({ now: NOW, limit: AT_ONCE, holdMs: 60_000 });
    await Promise.all(leases.map((lease) => store.settle(lease, visitOf(lease, runId))));
  }
  await store.close();
}

function pageRef(number) {
  const site = number % SITES;
  const url = `https://site${site}.ly/2024/05/01/${number}`;
  return { url, siteId: `site${site}`, role: "article", foundBy: "feed", ...HINTS };
}

function visitOf(lease, runId) {
  const { url, siteId } = lease.page;
  const number = Number(url.slice(url.lastIndexOf("/") + 1));
  const article = toArticle(articleOf(number % SITES, number));
  const body = Buffer.from(`<html><h1>${article.title}</h1><p>${article.body}</p></html>`);
  const capture = {
    ...{ url, finalUrl: url, redirects: [], fetchedAt: NOW + number, status: 200 },
    ...{ headers: [["content-type", "text/html; charset=utf-8"]], body, via: "live" },
  };
  const extraction = {
    ...{ kind: "article", reasons: [], article, theme: null, nextPart: null },
    ...{ rule: `site:${siteId}@bench`, trace: null },
  };
  const extractor = { program: "warraq/bench", rule: extraction.rule };
  const reading = {
    ...{ extraction, fingerprint: fingerprint(article), extractor },
    ...{ packed: pack(body), encoding: "utf-8" },
  };
  return { kind: "read", at: NOW + number, runId, nextAt: null, capture, reading };
}

function toArticle({ title, category, published, paragraphs }) {
  const body = paragraphs.join("\n\n");
  return {
    ...{ title, subtitle: null, category, body, excerpt: paragraphs[0].slice(0, 160) },
    categories: [{ label: category, kind: "topic", detail: null, medtops: [] }],
    ...{ authors: ["قسم الأخبار"], tags: [category], modified: null, language: "ar", dir: "rtl" },
    published: {
      at: Date.parse(published),
      iso: published,
      ...{ precision: "minute", raw: published, source: "bench", confidence: 1, doubt: null },
    },
    ...{ imageUrl: null, images: [], canonicalUrl: null, siteName: "صحيفة", originalSource: null },
    ...{ wordCount: body.split(" ").length, method: "site", confidence: 1, isPartial: false },
    from: { title: "bench", body: "bench" },
  };
}
