/**
 * Verifying rows against themselves: fingerprints of versions and what articles are filed under, keys of
 * pages, digests of rules, seals.
 */
import { fingerprint } from "../../fingerprint/index.ts";
import type { Article, Fingerprint } from "../../model.ts";
import { ruleDigest, type SiteRule } from "../../sites/index.ts";
import { findPlaces, fold } from "../../text/index.ts";
import { hostKeyOf, urlKey } from "../../url/index.ts";
import type { Fault } from "../upkeep.ts";
import type { Database } from "./driver.ts";
import { articleOfRow, type VersionText } from "./rows.ts";
import { createSeals } from "./seals.ts";
import type { Found } from "./verify-checks.ts";

/** A finding comes after this many rows: some milliseconds. */
const ROWS_AT_ONCE = 100;

interface VersionRow extends VersionText {
  readonly id: number;
  readonly program: string;
  readonly content: Buffer;
  readonly text: Buffer;
  readonly near: Buffer;
  /** Of the article, when this is its newest version. */
  readonly articleId: number | null;
  readonly authorKey: string;
  readonly places: string;
}

export function* checkRows(db: Database, program: string): Generator<Found, void> {
  yield* checkVersions(db, program);
  yield* checkPages(db);
  yield* checkSeals(db);
}

function* checkVersions(db: Database, program: string): Generator<Found, void> {
  const after = db.prepare<[number], VersionRow>(/* sql */ `
    SELECT v.id, v.program, v.content, v.text, v.near, v.title, v.subtitle, v.category, v.excerpt,
      v.word_count AS wordCount, v.details, v.body, a.id AS articleId, a.author_key AS authorKey,
      a.places
    FROM version v LEFT JOIN article a ON a.version_id = v.id
    WHERE v.id > ? ORDER BY v.id LIMIT ${ROWS_AT_ONCE}`);
  let filed = filedCategories(db);
  let seen = commitsOf(db);
  const lookAnew = db.transaction((from: number): readonly VersionRow[] => {
    filed = filedCategories(db);
    seen = commitsOf(db);
    return after.all(from);
  });
  for (let from = 0; ; ) {
    let rows: readonly VersionRow[] = after.all(from);
    let faults = rows.flatMap((row) => faultsOf(row, program, filed));
    // A crawl that goes on meanwhile files articles: both are looked at in one moment's state.
    if (faults.length > 0 && commitsOf(db) !== seen) {
      rows = lookAnew(from);
      faults = rows.flatMap((row) => faultsOf(row, program, filed));
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    yield { faults, versions: rows.length };
    from = last.id;
  }
}

/** Changes when somebody else has committed something. */
function commitsOf(db: Database): unknown {
  return db.pragma("data_version", { simple: true });
}

/** Of each article by its id, the sum of the hashes of the categories it is filed under. */
function filedCategories(db: Database): Int32Array {
  const most = db
    .prepare<[], number>(/* sql */ `SELECT coalesce(max(article_id), 0) FROM article_category`)
    .pluck()
    .get();
  const sums = new Int32Array((most ?? 0) + 1);
  const rows = db.prepare<[], { key: string; id: number }>(
    /* sql */ `SELECT key, article_id AS id FROM article_category`,
  );
  for (const { key, id } of rows.iterate()) sums[id] = ((sums[id] ?? 0) + hashOf(key)) | 0;
  return sums;
}

function sumOf(keys: ReadonlySet<string>): number {
  let sum = 0;
  for (const key of keys) sum = (sum + (key === "" ? 0 : hashOf(key))) | 0;
  return sum;
}

function hashOf(text: string): number {
  let hash = 17;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

/** What makes a fingerprint may change with the program: only its own are worked out again. */
function faultsOf(row: VersionRow, program: string, filed: Int32Array): readonly Fault[] {
  const digest = row.content.toString("hex");
  const fault = (what: string): Fault => ({ table: "version", id: row.id, digest, what });
  let article: Article;
  try {
    article = articleOfRow(row);
  } catch (error) {
    return [fault(`its details are no JSON: ${(error as Error).message}`)];
  }
  if (row.program !== program) return [];
  let found: Fingerprint;
  try {
    found = fingerprint(article);
  } catch (error) {
    return [fault(`its fields are none of an article: ${(error as Error).message}`)];
  }
  const { content, text, near } = found;
  if (content !== digest) return [fault("its fields do not match the content's digest")];
  if (text !== row.text.toString("hex")) return [fault("its words do not match the text's digest")];
  if (near !== row.near.toString("hex")) return [fault("its words do not match the SimHash")];
  if (row.articleId === null) return [];
  const { authors, categories, title, body } = article;
  if (row.authorKey !== authors.map((author) => fold(author)).join("\n")) {
    return [fault("its authors are not those its article is found by")];
  }
  if (row.places !== JSON.stringify(findPlaces(title, body))) {
    return [fault("its places are not those its article is found by")];
  }
  const keys = new Set(categories.map(({ label }) => fold(label)));
  const isFiled = sumOf(keys) === (filed[row.articleId] ?? 0);
  return isFiled ? [] : [fault("its categories are not those its article is filed under")];
}

interface PageRow {
  readonly id: number;
  readonly url: string;
  readonly urlKey: string;
  readonly host: string | null;
}

function* checkPages(db: Database): Generator<Found, void> {
  const after = db.prepare<[number], PageRow>(/* sql */ `
    SELECT p.id, p.url, p.url_key AS urlKey, q.host
    FROM page p LEFT JOIN queue q ON q.id = p.queue_id
    WHERE p.id > ? ORDER BY p.id LIMIT ${ROWS_AT_ONCE * 10}`);
  for (let from = 0; ; ) {
    const rows = after.all(from);
    const last = rows.at(-1);
    if (last === undefined) break;
    yield {
      faults: rows.flatMap(({ id, url, urlKey: key, host }) => {
        const fault = (what: string): Fault => ({ table: "page", id, digest: null, what });
        if (keyOf(url) !== key) return [fault(`its key is not the key of ${url}`)];
        return hostKeyOf(url) === host ? [] : [fault(`it waits in the line of ${host}`)];
      }),
    };
    from = last.id;
  }
  yield { faults: strayArticles(db) };
  const rules = db.prepare<[], { rowid: number; id: string; digest: string; rule: string }>(
    /* sql */ `SELECT rowid, id, digest, rule FROM site_rule`,
  );
  const wrong = rules.all().filter(({ id, digest, rule }) => digestOfRule(rule, id) !== digest);
  yield {
    faults: wrong.map(({ rowid, id, digest }) => {
      return { table: "site_rule", id: rowid, digest, what: `the rule ${id} does not match it` };
    }),
  };
}

function* checkSeals(db: Database): Generator<Found, void> {
  for (const { table, from, to, isSound } of createSeals(db).check()) {
    const what = `rows ${from} to ${to} are not what was sealed when their run ended`;
    yield { faults: isSound ? [] : [{ table, id: from, digest: null, what }] };
  }
}

/** Articles none of whose versions was captured at their own page, nor led there. */
function strayArticles(db: Database): readonly Fault[] {
  const strangers = db.prepare<[], { id: number; urlKey: string }>(/* sql */ `
    SELECT a.id, p.url_key AS urlKey FROM article a JOIN page p ON p.id = a.page_id
    WHERE NOT EXISTS (
      SELECT 1 FROM version v JOIN capture c ON c.id = v.capture_id
      WHERE v.article_id = a.id AND c.page_id = a.page_id)`);
  const ends = db
    .prepare<[number], string>(/* sql */ `
      SELECT coalesce(c.final_url, c.url) FROM version v JOIN capture c ON c.id = v.capture_id
      WHERE v.article_id = ?`)
    .pluck();
  return strangers
    .all()
    .filter(({ id, urlKey: key }) => ends.all(id).every((url) => keyOf(url) !== key))
    .map(({ id }): Fault => {
      const what = "none of its versions was captured at its page";
      return { table: "article", id, digest: null, what };
    });
}

function digestOfRule(text: string, id: string): string | null {
  try {
    const rule = JSON.parse(text) as SiteRule;
    return rule.id === id ? ruleDigest(rule) : null;
  } catch {
    return null;
  }
}

function keyOf(url: string): string | null {
  try {
    return urlKey(url);
  } catch {
    return null;
  }
}
