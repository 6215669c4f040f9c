/**
 * A generated archive of any size: news-like texts of about 3 KB whose words are spread as those of a
 * language are (the commonest in nearly every article, the rarest in one of thousands), written through
 * the archive's own writing code in large transactions. Ten years in order of time, every seventh
 * article out of it, as a backfill leaves them. The same seed gives the same archive.
 *
 *   node test/bench/archive.mjs FILE ARTICLES     writes one and prints what inserting cost
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);
const WORDS_PER_BODY = 270;
const PARAGRAPHS = 6;
const TRANSACTION_ROWS = 2_000;
const RARE_WORDS = 200_000;
const FIRST_AT = Date.UTC(2015, 0, 1);
const YEARS_MS = 10 * 365.25 * 86_400_000;
const SITES = 30;
const CATEGORIES = ["محلي", "سياسة", "اقتصاد", "رياضة", "ثقافة", "صحة", "تقارير", "مقالات"];
const NAMES = ["سالم", "محمد", "فاطمة", "علي", "هدى", "خالد", "مريم", "عمر", "نور", "أحمد"];
const FAMILIES = [
  "الفيتوري",
  "الورفلي",
  "بن علي",
  "المصراتي",
  "الزوي",
  "القذافي",
  "الشريف",
  "التاجوري",
];

/** Small, quick, the same everywhere. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** The words, commonest first: those of the bundled fixtures, then made ones with their forms. */
export function lexicon() {
  const counts = new Map();
  for (const file of readdirSync(new URL("fixtures/", ROOT), { recursive: true })) {
    if (!/(expected|articles)\.json$/.test(file)) continue;
    const text = readFileSync(new URL(`fixtures/${file}`, ROOT), "utf8");
    for (const [word] of text.matchAll(/[\u0621-\u0652]{2,14}/gu)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const words = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
  const known = new Set(words);
  const random = randomFrom(11);
  const letters = "بتثجحخدذرزسشصضطظعغفقكلمنهوي";
  const prefixes = ["", "", "", "ال", "ال", "و", "وال", "بال", "لل", "ب", "ل"];
  const suffixes = ["", "", "", "ة", "ات", "ين", "ون", "ية", "ها", "ي"];
  while (words.length < RARE_WORDS) {
    const root = Array.from({ length: 3 + random(2) }, () => letters[random(letters.length)]);
    if (random(2) === 0) root.splice(1 + random(2), 0, "اوي"[random(3)]);
    const stem = root.join("");
    for (let form = 0; form < 3; form++) {
      const word = prefixes[random(prefixes.length)] + stem + suffixes[random(suffixes.length)];
      if (!known.has(word)) words.push(word);
      known.add(word);
    }
  }
  return words;
}

/** A word by its place: place r is met as often as 1/r. */
function zipf(words, random) {
  const scale = Math.log(words.length + 1);
  return () => words[Math.min(words.length, Math.floor(Math.exp((random(1e9) / 1e9) * scale))) - 1];
}

export async function buildArchive({ path, articles, say = () => {} }) {
  const dist = (file) => import(new URL(`dist/${file}`, ROOT).href);
  const { connect, prepareForWriting } = await dist("store/sqlite/driver.js");
  const { migrate } = await dist("store/sqlite/migrations/index.js");
  const { wireForWriting } = await writing(dist);
  rmSync(path, { force: true });
  const db = connect(path, "write");
  migrate(db, path);
  prepareForWriting(db);
  // A machine that dies meanwhile only costs starting again.
  db.pragma("synchronous = off");
  const { settle, index } = wireForWriting(db);
  const random = randomFrom(7);
  const word = zipf(lexicon(), random);
  const runId = Number(
    db
      .prepare(
        "INSERT INTO run (started_at, command, sites, program, options, counters) VALUES (0, 'bench', '[]', 'bench', '{}', '{}')",
      )
      .run().lastInsertRowid,
  );
  const costs = [];
  const insert = db.transaction((from, to) => {
    index.hold();
    for (let number = from; number < to; number++)
      settle(visitOf(number, articles, runId, word, random));
    index.release();
    index.flush();
  });
  for (let from = 0; from < articles; from += TRANSACTION_ROWS) {
    const before = process.cpuUsage();
    const to = Math.min(articles, from + TRANSACTION_ROWS);
    insert(from, to);
    const { user, system } = process.cpuUsage(before);
    costs.push({ from, msPerArticle: (user + system) / 1000 / (to - from) });
    if (to % 10_000 < TRANSACTION_ROWS)
      say(`${to} articles, ${costs.at(-1).msPerArticle.toFixed(2)} ms each`);
  }
  db.pragma("wal_checkpoint(truncate)");
  const indexBytes = db
    .prepare("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_index%' AND aggregate = TRUE")
    .pluck();
  const sizes = {
    fileBytes: statSync(path).size,
    indexBytes: articles <= 200_000 ? indexBytes.get() : null,
  };
  db.close();
  return { costs, ...sizes };
}

/**
 * What one more article costs an archive: `run` inserts some, with all that a commit would write, and
 * takes them back.
 */
export async function trialOf(path) {
  const dist = (file) => import(new URL(`dist/${file}`, ROOT).href);
  const { connect, prepareForWriting } = await dist("store/sqlite/driver.js");
  const { wireForWriting } = await writing(dist);
  const db = connect(path, "write");
  prepareForWriting(db);
  const { settle, index } = wireForWriting(db);
  const words = lexicon();
  return {
    run(seed, count) {
      const random = randomFrom(seed);
      const word = zipf(words, random);
      const before = process.cpuUsage();
      db.exec("BEGIN IMMEDIATE");
      index.hold();
      // Numbers no archive has: new articles, newer than all.
      for (let number = 2e9; number < 2e9 + count; number++)
        settle(visitOf(number, 1.99e9, 1, word, random));
      index.release();
      index.flush();
      db.exec("SAVEPOINT written"); // the index writes its segment
      const { user, system } = process.cpuUsage(before);
      db.exec("ROLLBACK");
      return (user + system) / 1_000 / count;
    },
    close: () => db.close(),
  };
}

async function writing(dist) {
  const load = async (file, name) => (await dist(`store/sqlite/${file}.js`))[name];
  const createFrontier = await load("frontier", "createFrontier");
  const createCaptures = await load("captures", "createCaptures");
  const createSources = await load("sources", "createSources");
  const createManners = await load("manners", "createManners");
  const createWpTexts = await load("wp-texts", "createWpTexts");
  const createArticleWriter = await load("articles-write", "createArticleWriter");
  const createSettle = await load("settle", "createSettle");
  const createChanges = await load("changes", "createChanges");
  return {
    wireForWriting(db) {
      const frontier = createFrontier(db);
      const captures = createCaptures(db);
      const changes = createChanges(db);
      const writer = createArticleWriter(db, changes);
      const settle = createSettle(db, {
        ...{ writer, changes, frontier, captures },
        sources: createSources(db),
        manners: createManners(db, frontier, captures),
        wpTexts: createWpTexts(db, frontier, captures),
      });
      return { settle: ({ lease, visit }) => settle(lease, visit), index: writer.index };
    },
  };
}

function visitOf(number, articles, runId, word, random) {
  const words = (count) => Array.from({ length: count }, word).join(" ");
  const site = Math.floor(Math.exp((random(1e6) / 1e6) * Math.log(SITES + 1))) - 1;
  const siteId = `site${String(site).padStart(2, "0")}`;
  const url = `https://${siteId}.example.ly/news/${number}`;
  const inOrder = FIRST_AT + (number / articles) * YEARS_MS;
  const at = Math.floor(inOrder);
  const publishedAt = number % 7 === 3 ? FIRST_AT + (random(1e9) / 1e9) * (at - FIRST_AT) : inOrder;
  const whole = Math.floor(publishedAt / 60_000) * 60_000;
  const hasDate = number % 50 !== 9;
  const category = CATEGORIES[random(CATEGORIES.length)];
  const authors =
    random(3) === 0 ? [] : [`${NAMES[random(NAMES.length)]} ${FAMILIES[random(FAMILIES.length)]}`];
  const paragraph = Math.floor(WORDS_PER_BODY / PARAGRAPHS);
  const body = Array.from(
    { length: PARAGRAPHS },
    () => `${words(paragraph - 8 + random(16))}.`,
  ).join("\n\n");
  const article = {
    ...{ title: words(7 + random(5)), subtitle: null, body, excerpt: null, authors, tags: [] },
    ...{ category, categories: [{ label: category, kind: "topic", detail: null, medtops: [] }] },
    published: hasDate
      ? {
          ...{ at: whole, iso: new Date(whole).toISOString().replace(".000Z", "+00:00") },
          ...{ precision: "minute", raw: "", source: "bench", confidence: 1, doubt: null },
        }
      : null,
    ...{
      modified: null,
      language: "ar",
      dir: "rtl",
      imageUrl: null,
      images: [],
      canonicalUrl: null,
    },
    ...{ siteName: null, originalSource: null, wordCount: WORDS_PER_BODY, method: "theme" },
    ...{ confidence: 1, isPartial: false, from: {} },
  };
  const hex = createHash("sha256").update(url).digest("hex");
  const page = {
    ...{ url, siteId, role: "article", foundBy: "feed", title: null },
    ...{ publishedAt: null, lastModifiedAt: null },
  };
  const bytes = Buffer.from(`<html>${number}</html>`);
  const capture = {
    ...{ url, finalUrl: url, redirects: [], fetchedAt: at, status: 200, via: "live" },
    ...{ headers: [["content-type", "text/html; charset=utf-8"]], body: bytes },
  };
  const packed = {
    ...{ digest: createHash("sha256").update(bytes).digest("hex"), codec: "identity" },
    ...{ unpackedBytes: bytes.length, bytes },
  };
  const extraction = {
    ...{ kind: "article", reasons: [], article, theme: null, nextPart: null },
    ...{ rule: "generic", trace: null },
  };
  const reading = {
    ...{ extraction, packed, encoding: "utf-8" },
    fingerprint: { content: hex, text: hex, near: hex.slice(0, 16) },
    extractor: { program: "bench", rule: "generic" },
  };
  const lease = { id: 0, page };
  return { lease, visit: { kind: "read", at, runId, nextAt: null, capture, reading } };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path, articles] = process.argv.slice(2);
  const { costs, fileBytes } = await buildArchive({
    path,
    articles: Number(articles),
    say: console.error,
  });
  const mean = (part) =>
    part.reduce((sum, { msPerArticle }) => sum + msPerArticle, 0) / part.length;
  console.log(
    JSON.stringify({ first: mean(costs.slice(0, 5)), last: mean(costs.slice(-5)), fileBytes }),
  );
}
