/**
 * Costs of the archive, printed as JSON lines: CPU of settling articles (3 KB of text, pages packed
 * to about 12 KB), bytes a page, search times, and a lease among a million URLs.
 *
 *   npm run build && node test/store/bench.mjs [articles] [urls]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack } from "../../dist/codec/index.js";
import { fingerprint } from "../../dist/fingerprint/index.js";
import { openStore } from "../../dist/store/index.js";
import { articleOf, pageOf } from "../bench/pages.mjs";

const ARTICLES = Number(process.argv[2] ?? 20_000);
const URLS = Number(process.argv[3] ?? 1_000_000);
const HOSTS = 10;
const AT_ONCE = 20;
const NOW = Date.UTC(2024, 4, 1);
const folder = mkdtempSync(join(tmpdir(), "warraq-bench-"));
const hints = { title: null, publishedAt: null, lastModifiedAt: null };
const print = (figures) => process.stdout.write(`${JSON.stringify(figures)}\n`);
const cpuMs = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

const packs = Array.from({ length: 20 }, (_, at) =>
  Buffer.from(pageOf(at % HOSTS, at, "http://x.ly").toString()),
);

await settling();
await leasing();
rmSync(folder, { recursive: true });

async function settling() {
  const path = join(folder, "articles.db");
  const store = await openStore({ path, mode: "write" });
  const run = { at: NOW, command: "crawl", sites: [], program: "bench", options: {} };
  const { id: runId } = await store.beginRun(run);
  const spent = { settle: 0, lease: 0, enqueue: 0 };
  const settleMs = [];
  for (let at = 0; at < ARTICLES; at += AT_ONCE) {
    const pages = Array.from({ length: AT_ONCE }, (_, index) => ({
      url: `https://site${(at + index) % AT_ONCE}.ly/2024/05/01/${at + index}`,
      siteId: `site${(at + index) % AT_ONCE}`,
      role: "article",
      foundBy: "feed",
      ...hints,
    }));
    let start = process.cpuUsage();
    await store.enqueue(pages, { now: NOW + at, known: "keep" });
    spent.enqueue += cpuMs(start);
    start = process.cpuUsage();
    const leases = await store.lease({ now: NOW + at, limit: AT_ONCE, holdMs: 60_000 });
    spent.lease += cpuMs(start);
    const visits = leases.map((lease, index) => visitOf(lease, at + index, runId));
    start = process.cpuUsage();
    await Promise.all(leases.map((lease, index) => store.settle(lease, visits[index])));
    const ms = cpuMs(start);
    spent.settle += ms;
    settleMs.push(ms / AT_ONCE);
  }
  const each = (ms) => Math.round((ms / ARTICLES) * 1000);
  const stats = await store.stats();
  print({
    articles: stats.articles,
    settleUs: each(spent.settle),
    settleUsFirst: Math.round(mean(settleMs.slice(0, 50)) * 1000),
    settleUsLast: Math.round(mean(settleMs.slice(-50)) * 1000),
    leaseUs: each(spent.lease),
    enqueueUs: each(spent.enqueue),
    bytesPerPage: Math.round(stats.fileBytes / ARTICLES),
    packedBytesPerPage: Math.round(stats.packedBytes / ARTICLES),
  });
  for (const text of [
    "مصراته",
    "ميناء طرابلس",
    '"المجلس وزارة"',
    "قطار*",
    "سمك -نفط",
    "الصحه OR قانون",
  ]) {
    for (const sort of ["relevance", "date"]) {
      const times = [];
      let total;
      for (let round = 0; round < 30; round++) {
        const start = performance.now();
        ({ total } = await store.search({ text }, { limit: 20, sort }));
        times.push(performance.now() - start);
      }
      times.sort((a, b) => a - b);
      print({ text, sort, total, p50Ms: round2(times[15]), p95Ms: round2(times[28]) });
    }
  }
  for (const [name, ask] of Object.entries({
    list: () => store.list({}, { limit: 20, sort: "date" }),
    history: () => store.history("a77"),
    stats: () => store.stats(),
  })) {
    const start = performance.now();
    await ask();
    print({ ask: name, ms: round2(performance.now() - start) });
  }
  await store.close();
}

async function leasing() {
  const path = join(folder, "urls.db");
  let store = await openStore({ path, mode: "write" });
  let start = process.cpuUsage();
  for (let at = 0; at < URLS; at += 5000) {
    const pages = Array.from({ length: 5000 }, (_, index) => ({
      url: `https://site${(at + index) % 40}.ly/2024/05/01/article-with-a-slug-${at + index}`,
      siteId: `site${(at + index) % 40}`,
      role: "article",
      foundBy: "sitemap",
      ...hints,
    }));
    await store.enqueue(pages, { now: NOW + at, known: "keep" });
  }
  const enqueueUs = Math.round((cpuMs(start) / URLS) * 1000);
  await store.close();
  const opening = performance.now();
  store = await openStore({ path, mode: "write" });
  const openMs = round2(performance.now() - opening);
  start = process.cpuUsage();
  const LEASES = 200;
  for (let at = 0; at < LEASES; at++) await store.lease({ now: NOW + URLS, limit: 1, holdMs: 1 });
  const leaseUs = Math.round((cpuMs(start) / LEASES) * 1000);
  const rssMb = Math.round(process.memoryUsage().rss / 2 ** 20);
  const { fileBytes } = await store.stats();
  print({
    urls: URLS,
    enqueueUs,
    openMs,
    leaseUs,
    bytesPerUrl: Math.round(fileBytes / URLS),
    rssMb,
  });
  await store.close();
}

function visitOf(lease, number, runId) {
  const made = articleOf(number % HOSTS, number);
  const body = made.paragraphs.join("\n\n");
  const published = {
    ...{ at: NOW - number * 60_000, iso: new Date(NOW - number * 60_000).toISOString() },
    ...{ precision: "second", raw: "2024-05-01", source: "json-ld", confidence: 1, doubt: null },
  };
  const article = {
    ...{ title: made.title, subtitle: null, category: made.category, tags: ["وسم", "خبر"] },
    categories: [{ label: made.category, kind: "topic", detail: null, medtops: [] }],
    ...{ body, excerpt: body.slice(0, 160), authors: ["سالم الفيتوري"], published, modified: null },
    ...{ language: "ar", dir: "rtl", imageUrl: "https://x.ly/a.jpg", images: [] },
    ...{ canonicalUrl: lease.page.url, siteName: "موقع", originalSource: null },
    ...{ wordCount: 400, method: "theme", confidence: 0.9, isPartial: false },
    from: { title: "theme:x h1", body: "theme:x .entry", published: "json-ld" },
  };
  const page = Buffer.concat([packs[number % packs.length], Buffer.from(`<!-- ${number} -->`)]);
  const { url } = lease.page;
  const headers = [
    ["content-type", "text/html; charset=UTF-8"],
    ["server", "nginx"],
    ["date", "Wed, 01 May 2024 00:00:00 GMT"],
    ["link", '<https://x.ly/wp-json/>; rel="https://api.w.org/"'],
    ["etag", `"${number}"`],
  ];
  const capture = {
    ...{ url, finalUrl: url, redirects: [], fetchedAt: NOW, status: 200, headers, body: page },
    via: "live",
  };
  const extraction = { kind: "article", reasons: [], article, theme: "x", rule: "x", trace: null };
  const reading = {
    ...{ extraction, fingerprint: fingerprint(article), packed: pack(page), encoding: "utf-8" },
    extractor: { program: "bench", rule: "theme:x@1a2b3c4d" },
  };
  return { kind: "read", at: NOW + number, runId, nextAt: null, capture, reading };
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round2(value) {
  return Math.round(value * 100) / 100;
}
