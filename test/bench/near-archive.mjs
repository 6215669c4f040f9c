/** Fills archives for the benchmark of near copies: as the crawler does, or straight to a million. */
import { statSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { pack } from "../../dist/codec/index.js";
import { fingerprint } from "../../dist/fingerprint/index.js";
import { openStore } from "../../dist/store/index.js";
import { connect, prepareForWriting } from "../../dist/store/sqlite/driver.js";
import { migrate } from "../../dist/store/sqlite/migrations/index.js";
import { createSameness } from "../../dist/store/sqlite/sameness.js";

const AT_ONCE = 20;

/**
 * One visit a page, through the archive's own door.
 *
 * @returns for each article of `news` its id; null when it was taken for another reading of one before
 */
export async function settleArticles(path, news) {
  const store = await openStore({ path, mode: "write" });
  const run = { at: 0, command: "crawl", sites: [], program: "bench", options: {} };
  const { id: runId } = await store.beginRun(run);
  const ids = [];
  for (const [number, made] of news.entries()) {
    const siteId = `outlet${made.outlet}`;
    const url = `https://${siteId}.example/${number}`;
    const page = {
      ...{ url, siteId, role: "article", foundBy: "feed" },
      ...{ title: null, publishedAt: null, lastModifiedAt: null },
    };
    await store.enqueue([page], { now: made.at, known: "keep" });
    const [lease] = await store.lease({
      now: made.at,
      limit: 1,
      holdMs: 60_000,
      siteIds: [siteId],
    });
    const body = Buffer.from(`<p>${number}</p>`);
    const article = articleOf(made);
    const settled = await store.settle(lease, {
      ...{ kind: "read", at: made.at, runId, nextAt: null },
      capture: {
        ...{ url, finalUrl: url, redirects: [], fetchedAt: made.at, status: 200 },
        ...{ headers: [], body, via: "live" },
      },
      reading: {
        extraction: {
          ...{ kind: "article", reasons: [], article, theme: null },
          ...{ nextPart: null, rule: "generic", trace: null },
        },
        ...{ fingerprint: fingerprint(article), packed: pack(body), encoding: "utf-8" },
        extractor: { program: "bench", rule: "generic" },
      },
    });
    ids.push(settled.result === "new" ? settled.articleId : null);
  }
  await store.close();
  return ids;
}

function articleOf({ title, body, at }) {
  const iso = new Date(at).toISOString();
  const published = {
    ...{ at, iso, precision: "second", raw: iso, source: "json-ld", confidence: 1, doubt: null },
  };
  return {
    ...{ title, subtitle: null, category: null, categories: [], body, excerpt: null, authors: [] },
    ...{ tags: [], published, modified: null, language: "ar", dir: "rtl", imageUrl: null },
    ...{ images: [], canonicalUrl: null, siteName: null, originalSource: null },
    ...{ wordCount: body.split(/\s+/u).length, method: "theme", confidence: 0.9 },
    ...{ isPartial: false, from: {} },
  };
}

/** Articles at whose number the cost of the next ones is told. */
const MARKS = [10_000, 100_000, 200_000, 500_000, 1_000_000];
const TOLD_ARTICLES = 5_000;

/** Rows of articles alone, without pages and search, so that a million takes minutes. */
export function putArticles(path, news, scale, say) {
  const db = connect(path, "write");
  migrate(db, path);
  prepareForWriting(db);
  db.pragma("foreign_keys = off");
  const addArticle = db.prepare(`
    INSERT INTO article (id, site_id, page_id, version_id, versions, kind, language, status_at,
      first_seen_at, last_seen_at, published_at, date_at, has_title, author_key)
    VALUES (@id, @siteId, 0, @id, 1, 'article', 'ar', @at, @at, @at, @at, @at, 1, '')`);
  const addVersion = db.prepare(`
    INSERT INTO version (id, article_id, number, capture_id, run_id, captured_at, content, text, near,
      published, program, rule, changed, title, word_count, details, body)
    VALUES (@id, @id, 1, 0, 0, @at, @hash, @text, @hash, @iso, '', '', '[]', @title, @words, '{}', @body)`);
  const sameness = createSameness(db);
  const rows = [];
  const commits = [];
  let spentUs = [];
  let id = 0;
  let bodyBytes = 0;
  const hash = Buffer.alloc(8);
  const begin = performance.now();
  db.exec("BEGIN");
  let commitUs = 0;
  for (const made of news) {
    id++;
    const { at, title, body } = made;
    bodyBytes += Buffer.byteLength(body);
    const row = { id, at, title, body, hash, text: Buffer.from(`${id}`), words: 300 };
    addArticle.run({ ...row, siteId: `outlet${made.outlet}` });
    addVersion.run({ ...row, iso: new Date(at).toISOString() });
    const start = process.cpuUsage();
    sameness.seeNew(id, at);
    spentUs.push(usSince(start));
    if (id % AT_ONCE === 0) {
      const committing = process.cpuUsage();
      db.exec("COMMIT; BEGIN");
      commitUs += usSince(committing);
      commits.push(commitUs / AT_ONCE);
      commitUs = 0;
    }
    if (MARKS.includes(id) || id === scale) {
      const last = spentUs.slice(-TOLD_ARTICLES).sort((a, b) => a - b);
      const commit = mean(commits.slice(-TOLD_ARTICLES / AT_ONCE));
      const cells = [
        `near copies: CPU of one more article at ${id}`,
        `${(mean(last) / 1000).toFixed(2)} ms`,
        `median ${(last[last.length >> 1] / 1000).toFixed(2)}, p99 ${(last[Math.floor(last.length * 0.99)] / 1000).toFixed(2)} ms; commit of all its rows ${(commit / 1000).toFixed(2)} ms more`,
      ];
      say(`  ${cells.join(" · ")} (${Math.round((performance.now() - begin) / 1000)} s)`);
      rows.push(cells);
      spentUs = [];
      commits.length = 0;
    }
  }
  db.exec("COMMIT");
  const bytes = (name) =>
    db.prepare("SELECT sum(pgsize) AS bytes FROM dbstat WHERE name = ?").get(name)?.bytes ?? 0;
  const index = bytes("shingle");
  const pairs =
    bytes("copy") + bytes("copy_by_other") + bytes("cluster") + bytes("article_by_cluster");
  rows.push([
    "near copies: bytes per article of the index / of pairs and clusters",
    `${Math.round(index / id)} / ${Math.round(pairs / id)}`,
    `texts of ${Math.round(bodyBytes / id)} bytes; archive file ${Math.round(statSync(path).size / id)} an article without pages and search`,
  ]);
  db.close();
  return rows;
}

function usSince(start) {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
