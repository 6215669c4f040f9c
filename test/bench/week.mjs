/**
 * A week of ten newsrooms in a few minutes: what `warraq crawl` every hour asks for to stay current,
 * beside a naive crawl that fetches the home page and what it links every hour. The clock is a
 * parameter; the servers are real HTTP on loopback and publish by that clock.
 *
 *   node test/bench/week.mjs [--days N]     prints a table; exits 1 below full recall
 *
 * Sites differ as real ones do: 3 to 40 articles a day (fewer at night), feeds of 10 items with
 * validators (WordPress sends them), REST on three, a feedless site, a news sitemap; pages without
 * validators on six of ten; one article in twelve is edited within a day.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { articleOf, pageOf } from "./pages.mjs";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Monday, midnight UTC. */
const START = Date.UTC(2026, 5, 1);
/** Published before the week began, so that home pages and feeds are full. */
const HISTORY_DAYS = 3;
/** Home pages of the outlets seen show 30 to 60 articles. */
const HOME_LINKS = 40;
const FEED_ITEMS = 10;
const EDITED_SHARE = 12;
/** How much of a day's articles each hour publishes, as newsrooms do: mostly 8 to 22 o'clock. */
const BY_HOUR = [1, 1, 0, 0, 0, 0, 1, 2, 4, 5, 6, 6, 6, 5, 5, 5, 5, 6, 6, 6, 5, 4, 3, 2];

const SITES = [
  { perDay: 40, feed: true, rest: true },
  { perDay: 30, feed: true, rest: true, validators: true },
  { perDay: 24, feed: true },
  { perDay: 20, feed: true, validators: true },
  { perDay: 16, feed: true, sitemap: true },
  { perDay: 12, feed: true, rest: true },
  { perDay: 10, sitemap: true, validators: true },
  { perDay: 8, feed: true },
  { perDay: 5 }, // a home page and nothing else
  { perDay: 3, feed: true, validators: true },
];

/** @returns {Promise<{rows: string[][], recall: number, ratio: number}>} */
export async function week({ days = 7, say = () => {} } = {}) {
  const { chooseTargets, runCrawl } = await import("../../dist/crawl/index.js");
  const { openStore } = await import("../../dist/store/index.js");
  const world = await openWorld(days);
  const folder = mkdtempSync(join(tmpdir(), "warraq-week-"));
  const store = await openStore({ path: join(folder, "week.db"), mode: "write" });
  try {
    const ours = counter();
    for (let hour = 0; hour < days * 24; hour++) {
      world.now = START + hour * HOUR_MS;
      world.count = ours;
      const options = {
        targets: chooseTargets(
          world.sites.map(({ origin }) => `${origin}/`),
          [],
        ),
        ...{ mode: "crawl", since: null, maxPages: null, maxAgeMs: null, timeLimitMs: null },
        ...{ include: [], exclude: [], concurrency: 10, delayMs: 0, program: "warraq/bench" },
      };
      const realStart = Date.now();
      const report = await runCrawl(options, {
        store,
        userAgent: "warraq-bench/0",
        allowPrivate: true,
        now: () => world.now + (Date.now() - realStart),
        signal: new AbortController().signal,
        onEvent: () => {},
      });
      if (report.trouble !== null) throw report.trouble;
      if (hour % 24 === 23) {
        say(`  day ${(hour + 1) / 24}: ${ours.requests} requests, ${mb(ours.bytes)} MB`);
      }
    }
    const naive = counter(); // home and all it links, every hour
    const fresh = counter(); // home every hour, each article once: remembers, but sees no edit
    const seen = new Set();
    for (let hour = 0; hour < days * 24; hour++) {
      world.now = START + hour * HOUR_MS;
      for (const site of world.sites) {
        for (const counted of [naive, fresh]) {
          world.count = counted;
          await get(`${site.origin}/`);
        }
        for (const article of site.newest(HOME_LINKS)) {
          const url = site.origin + article.path;
          world.count = naive;
          await get(url);
          world.count = fresh;
          if (!seen.has(url)) await get(url);
          seen.add(url);
        }
      }
    }
    return await report({ world, store, ours, naive, fresh, seen });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
    world.close();
  }
}

async function report({ world, store, ours, naive, fresh, seen }) {
  const expected = world.sites.flatMap((site) =>
    site.articles
      // What is published in the last hour is the next run's.
      .filter(({ at }) => at >= START && at <= world.now)
      .map((article) => ({ ...article, url: site.origin + article.path })),
  );
  let known = 0;
  let edits = 0;
  let editsSeen = 0;
  for (const { url, editedAt } of expected) {
    const record = await store.article(url);
    if (record !== null) known++;
    // An edit counts once its article's next look is past: a day.
    if (editedAt === null || editedAt > world.now - DAY_MS) continue;
    edits++;
    if ((record?.versions ?? 0) > 1) editsSeen++;
  }
  const recall = known / expected.length;
  const ofNaive = expected.filter(({ url }) => seen.has(url)).length / expected.length;
  const ratio = ours.bytes / naive.bytes;
  const percent = (share) => `${(share * 100).toFixed(share < 1 ? 1 : 0)} %`;
  const cost = (count) => `${count.requests} requests, ${mb(count.bytes)} MB`;
  const row = (what, figure, compared = "") => [what, figure, compared];
  return {
    recall,
    ratio,
    rows: [
      row(
        `${Math.round((world.now - START) / DAY_MS)} days of 10 newsrooms, ${expected.length} articles: crawl every hour`,
        cost(ours),
      ),
      row("its recall of articles", percent(recall), `naive: ${percent(ofNaive)}`),
      row("edits found within a day", `${editsSeen} of ${edits}`, "by crawl alone, no recheck"),
      row(
        "naive hourly crawl of home and all it links",
        cost(naive),
        `ours: ${percent(ratio)} of its bytes, ${percent(ours.requests / naive.requests)} of its requests`,
      ),
      row(
        "hourly home page, each article once, edits unseen",
        cost(fresh),
        `ours: ${percent(ours.bytes / fresh.bytes)} of its bytes, ${percent(ours.requests / fresh.requests)} of its requests`,
      ),
    ],
  };
}

/** An answer ready to be sent; articles are made once per state, or the servers would be the bench. */
function rendered(site, path, now) {
  const article = site.byPath.get(path);
  if (article !== undefined && article.at > now) return { ...MISSING, headers: {} };
  const key = article === undefined ? null : `${path} ${isEdited(article, now)}`;
  const known = key === null ? undefined : site.made.get(key);
  if (known !== undefined) return known;
  const { status, type, text, headers = {} } = answer(site, path, now);
  const body = gzipSync(text, { level: 1 });
  const etag = `"${createHash("md5").update(text).digest("hex")}"`;
  const made = { status, type, headers, body, etag };
  if (key !== null) site.made.set(key, made);
  return made;
}

const MISSING = { status: 404, type: "text/html", body: gzipSync("<h1>404</h1>"), etag: "" };

async function openWorld(days) {
  const world = { now: START, count: counter(), sites: [], close: () => {} };
  const servers = [];
  for (const [number, kind] of SITES.entries()) {
    const site = { ...kind, articles: schedule(number, kind.perDay, days), origin: "" };
    site.byPath = new Map(site.articles.map((article) => [article.path, article]));
    site.made = new Map();
    site.newest = (count) =>
      site.articles
        .filter(({ at }) => at <= world.now)
        .slice(-count)
        .reverse();
    const server = createServer((request, response) => {
      const { status, type, headers, body, etag } = rendered(site, request.url, world.now);
      const isList = type !== "text/html" && type !== "application/json";
      const validated = status === 200 && (site.validators === true || isList);
      const isSame = validated && request.headers["if-none-match"] === etag;
      const sent = isSame ? Buffer.alloc(0) : body;
      world.count.requests++;
      world.count.bytes += sent.length;
      response.writeHead(isSame ? 304 : status, {
        "content-type": `${type}; charset=utf-8`,
        ...(validated && { etag }),
        ...(!isSame && { "content-encoding": "gzip" }),
        ...headers,
      });
      response.end(sent);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    site.origin = `http://127.0.0.1:${server.address().port}`;
    world.sites.push(site);
    servers.push(server);
  }
  world.close = () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  };
  return world;
}

/** Articles of one site in order of publication, from before the week to its end. */
function schedule(site, perDay, days) {
  const random = createRandom(site + 1);
  const weight = BY_HOUR.reduce((sum, share) => sum + share, 0);
  const articles = [];
  for (let day = -HISTORY_DAYS; day < days; day++) {
    for (const [hour, share] of BY_HOUR.entries()) {
      const expected = (perDay * share) / weight;
      const count = Math.floor(expected) + (random() < expected % 1 ? 1 : 0);
      const minutes = Array.from({ length: count }, () => random() * 60).sort((a, b) => a - b);
      for (const minute of minutes) {
        const at = Math.round(START + day * DAY_MS + hour * HOUR_MS + minute * 60_000);
        const number = articles.length;
        const isEdited = number % EDITED_SHARE === site % EDITED_SHARE;
        const date = new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
        const editedAt = isEdited ? at + random() * 12 * HOUR_MS : null;
        articles.push({ number, site, at, editedAt, path: `/${date}/story-${number}/` });
      }
    }
  }
  return articles;
}

function answer(site, path, now) {
  const url = new URL(path, site.origin);
  const html = (text, headers) => ({ status: 200, type: "text/html", text, headers });
  const newest = site.newest;
  if (path === "/") return home(site, newest(HOME_LINKS));
  if (path === "/robots.txt") {
    const sitemap = site.sitemap ? `Sitemap: ${site.origin}/news-sitemap.xml\n` : "";
    return { status: 200, type: "text/plain", text: `User-agent: *\nAllow: /\n${sitemap}` };
  }
  if (path === "/feed/" && site.feed) {
    const items = newest(FEED_ITEMS).map(
      (one) =>
        `<item><title>${titleOf(one)}</title><link>${site.origin}${one.path}</link><pubDate>${new Date(one.at).toUTCString()}</pubDate><description>${titleOf(one)}</description></item>`,
    );
    const text = `<?xml version="1.0"?><rss version="2.0"><channel><title>صحيفة</title><link>${site.origin}/</link>${items.join("")}</channel></rss>`;
    return { status: 200, type: "application/rss+xml", text };
  }
  if (path === "/news-sitemap.xml" && site.sitemap) {
    const urls = site.articles
      .filter(({ at }) => at <= now && at > now - 2 * DAY_MS)
      .map(
        (one) =>
          `<url><loc>${site.origin}${one.path}</loc><news:news><news:publication_date>${new Date(one.at).toISOString()}</news:publication_date><news:title>${titleOf(one)}</news:title></news:news></url>`,
      );
    const text = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${urls.join("")}</urlset>`;
    return { status: 200, type: "application/xml", text };
  }
  if (site.rest && url.pathname.startsWith("/wp-json/wp/v2/")) return rest(site, url, now);
  const article = site.byPath.get(path);
  if (article === undefined) return { status: 404, type: "text/html", text: "<h1>404</h1>" };
  return html(articlePage(site, article, now));
}

function home(site, articles) {
  const feed = site.feed ? '<link rel="alternate" type="application/rss+xml" href="/feed/">' : "";
  const api = site.rest ? { link: `<${site.origin}/wp-json/>; rel="https://api.w.org/"` } : {};
  // As heavy as an article page: the same theme around other words.
  const frame = pageOf(site.articles[0].site, 0, site.origin);
  const chrome = frame
    .slice(0, frame.indexOf("<body"))
    .replace(
      /<title>.*?<\/title>|<meta[^>]*>|<link[^>]*>|<script type="application\/ld\+json">.*?<\/script>/gs,
      "",
    );
  const links = articles.map(
    (one) =>
      `<article><h2><a href="${one.path}">${titleOf(one)}</a></h2><p>${titleOf(one)}</p></article>`,
  );
  const text = `${chrome}<title>صحيفة</title>${feed}</head><body>${links.join("\n")}</body></html>`;
  return { status: 200, type: "text/html", text, headers: api };
}

function rest(site, url, now) {
  const type = "application/json";
  if (!url.pathname.endsWith("/posts")) {
    const ids = (url.searchParams.get("include") ?? "").split(",").map(Number);
    const text = JSON.stringify(ids.map((id) => ({ id, name: `قسم ${id}` })));
    return { status: 200, type, text };
  }
  const after = Date.parse(url.searchParams.get("after") ?? "1970-01-01");
  const all = site.articles.filter(({ at }) => at <= now && secondOf(at) > after);
  if (url.searchParams.get("order") !== "asc") all.reverse();
  const page = Number(url.searchParams.get("page") ?? 1);
  const list = all.slice((page - 1) * 100, page * 100).map((one) => ({
    id: one.number,
    date_gmt: new Date(secondOf(one.at)).toISOString().slice(0, 19),
    link: site.origin + one.path,
    title: { rendered: titleOf(one) },
    content: { rendered: textOf(site, one, now) },
    categories: [1 + (one.number % 5)],
    tags: [],
  }));
  const headers = { "x-wp-totalpages": `${Math.max(1, Math.ceil(all.length / 100))}` };
  return { status: 200, type, text: JSON.stringify(list), headers };
}

function articlePage(site, article, now) {
  const text = pageOf(article.site, article.number, site.origin);
  const date = new Date(article.at).toISOString();
  const own = text.replaceAll(articleOf(article.site, article.number).path, article.path);
  const dated = own.replace(/20\d\d-\d\d-\d\dT[\d:.+Z-]+/g, date);
  return isEdited(article, now) ? dated.replace(FIRST_WORD, "$1وفي تصحيح لاحق: ") : dated;
}

function textOf(site, article, now) {
  const paragraphs = articlePage(site, article, now).match(/<p>[^<]{40,}<\/p>/g) ?? [];
  return paragraphs.slice(0, 12).join("\n");
}

/** Where the first long paragraph begins. */
const FIRST_WORD = /(<p>)(?=[^<]{40,}<\/p>)/;

const isEdited = ({ editedAt }, now) => editedAt !== null && editedAt <= now;
const secondOf = (at) => Math.floor(at / 1000) * 1000;
const titleOf = ({ number, site }) => `خبر رقم ${number} من صحيفة ${site} عن شؤون المدينة والبلدية`;
const counter = () => ({ requests: 0, bytes: 0 });
const mb = (bytes) => (bytes / 1e6).toFixed(1);

async function get(url) {
  const response = await fetch(url, { headers: { "accept-encoding": "gzip" } });
  await response.arrayBuffer();
}

function createRandom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf("--days");
  const days = at === -1 ? 7 : Number(process.argv[at + 1]);
  const { rows, recall } = await week({ days, say: (text) => console.error(text) });
  for (const cells of rows) console.log(`| ${cells.join(" | ")} |`);
  process.exitCode = recall === 1 ? 0 : 1;
}
