/** Fills archives for the benchmark of near copies: as the crawler does, or straight to a million. */
import { performance } from "node:perf_hooks";
import { pack } from "../../dist/codec/index.js";
import { fingerprint, shinglesOf } from "../../dist/fingerprint/index.js";
import { openStore } from "../../dist/store/index.js";
import { connect, prepareForWriting } from "../../dist/store/sqlite/driver.js";
import { migrate } from "../../dist/store/sqlite/migrations/index.js";
import { createSameness } from "../../dist/store/sqlite/sameness.js";
import { fold } from "../../dist/text/index.js";

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

/** Sizes of the archive at which the cost of the next articles is told. */
const MARKS = [10_000, 100_000, 1_000_000];
const TOLD_ARTICLES = 2_000;

/**
 * Articles alone, without pages and search. Up to each mark the index is written in its own order, so
 * that a million takes minutes; the articles after the mark go the way of every other article.
 */
export function putArticles(path, news, scale, say) {
  const db = connect(path, "write");
  migrate(db, path);
  prepareForWriting(db);
  db.pragma("foreign_keys = off");
  db.pragma("synchronous = normal");
  const put = rowWriter(db);
  const sameness = createSameness(db);
  const rows = [];
  for (const mark of [...MARKS.filter((one) => one < scale), scale]) {
    const begin = performance.now();
    fillUpTo(db, news, put, mark);
    const spent = [];
    const commits = [];
    db.exec("BEGIN");
    for (let told = 0; told < TOLD_ARTICLES; told++) {
      const made = news.next().value;
      const id = put(made);
      const start = process.cpuUsage();
      sameness.seeNew(id, made.at);
      spent.push(usSince(start));
      if (told % AT_ONCE === AT_ONCE - 1) {
        const committing = process.cpuUsage();
        db.exec("COMMIT; BEGIN");
        commits.push(usSince(committing) / AT_ONCE);
      }
    }
    db.exec("COMMIT");
    spent.sort((a, b) => a - b);
    const ms = (us) => (us / 1000).toFixed(2);
    const at = (share) => ms(spent[Math.floor(spent.length * share)]);
    rows.push([
      `near copies: CPU of one more article at ${mark}`,
      `${ms(mean(spent) + mean(commits))} ms`,
      `found and indexed in ${ms(mean(spent))} (median ${at(0.5)}, p99 ${at(0.99)}), commit of its rows ${ms(mean(commits))}`,
    ]);
    say(`  ${rows.at(-1).join(" · ")} (${Math.round((performance.now() - begin) / 1000)} s)`);
  }
  const articles = db.prepare("SELECT count(*) AS count FROM article").get().count;
  const bytes = (name) =>
    db
      .prepare("SELECT sum(pgsize) AS bytes FROM dbstat WHERE aggregate = TRUE AND name = ?")
      .get(name).bytes;
  rows.push([
    "near copies: bytes of the index per article",
    `${Math.round(bytes("shingle") / articles)}`,
    `texts of ${Math.round(bytes("version") / articles)} bytes with their rows`,
  ]);
  db.close();
  return rows;
}

function rowWriter(db) {
  const addArticle = db.prepare(`
    INSERT INTO article (id, site_id, page_id, version_id, versions, kind, language, status_at,
      first_seen_at, last_seen_at, published_at, date_at, has_title, author_key)
    VALUES (@id, @siteId, 0, @id, 1, 'article', 'ar', @at, @at, @at, @at, @at, 1, '')`);
  const addVersion = db.prepare(`
    INSERT INTO version (id, article_id, number, capture_id, run_id, captured_at, content, text, near,
      published, program, rule, changed, title, word_count, details, body)
    VALUES (@id, @id, 1, 0, 0, @at, @hash, @text, @hash, @iso, '', '', '[]', @title, 300, '{}', @body)`);
  const hash = Buffer.alloc(8);
  let id = 0;
  return ({ at, title, body, outlet }) => {
    id++;
    const row = { id, at, title, body, hash, text: Buffer.from(`${id}`) };
    addArticle.run({ ...row, siteId: `outlet${outlet}` });
    addVersion.run({ ...row, iso: new Date(at).toISOString() });
    return id;
  };
}

/** Ids of a million need 21 bits beside the 32 of a hash: 53, as a number holds. */
const ID_SPACE = 2 ** 21;
const MOST_SELECTED = 40;

function fillUpTo(db, news, put, mark) {
  const before = db.prepare("SELECT coalesce(max(id), 0) AS id FROM article").get().id;
  const keys = new Float64Array((mark - before) * MOST_SELECTED);
  const sizes = new Uint8Array(mark + 1);
  let count = 0;
  db.exec("BEGIN");
  for (let id = before; id < mark; ) {
    const made = news.next().value;
    id = put(made);
    const { hashes, selected } = shinglesOf(fold(made.body));
    const own = new Set(selected.map((place) => hashes[place] | 0));
    sizes[id] = own.size;
    for (const hash of own) keys[count++] = hash * ID_SPACE + id;
    if (id % 10_000 === 0) db.exec("COMMIT; BEGIN");
  }
  const add = db.prepare("INSERT INTO shingle (hash, article_id, size) VALUES (?, ?, ?)");
  for (const key of keys.subarray(0, count).sort()) {
    const hash = Math.floor(key / ID_SPACE);
    const id = key - hash * ID_SPACE;
    add.run(hash, id, sizes[id]);
  }
  db.exec("COMMIT");
}

function usSince(start) {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
