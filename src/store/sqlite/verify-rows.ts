/** Verifying rows against themselves: fingerprints of versions, keys of pages, digests of rules, seals. */
import { fingerprint } from "../../fingerprint/index.ts";
import type { Article, Fingerprint } from "../../model.ts";
import { ruleDigest, type SiteRule } from "../../sites/index.ts";
import { fold } from "../../text/index.ts";
import { urlKey } from "../../url/index.ts";
import type { Fault, VerifyOptions } from "../upkeep.ts";
import type { Database } from "./driver.ts";
import { articleOfRow, type VersionText } from "./rows.ts";
import { createSeals } from "./seals.ts";
import type { Finding } from "./verify.ts";

/** A finding comes after this many rows: some milliseconds. */
const ROWS_AT_ONCE = 100;

interface VersionRow extends VersionText {
  readonly id: number;
  readonly program: string;
  readonly content: Buffer;
  readonly text: Buffer;
  readonly near: Buffer;
  /** Of the article, when this is its newest version. */
  readonly authorKey: string | null;
}

export function* checkRows(db: Database, options: VerifyOptions): Generator<Finding, void> {
  yield* checkVersions(db, options.program);
  yield* checkPages(db);
  yield* checkSeals(db);
}

function* checkVersions(db: Database, program: string): Generator<Finding, void> {
  const after = db.prepare<[number], VersionRow>(/* sql */ `
    SELECT v.id, v.program, v.content, v.text, v.near, v.title, v.subtitle, v.category, v.excerpt,
      v.word_count AS wordCount, v.details, v.body, a.author_key AS authorKey
    FROM version v LEFT JOIN article a ON a.version_id = v.id
    WHERE v.id > ? ORDER BY v.id LIMIT ${ROWS_AT_ONCE}`);
  for (let from = 0; ; ) {
    const rows = after.all(from);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield { faults: rows.flatMap((row) => faultsOf(row, program)), versions: rows.length };
    from = last.id;
  }
}

/** What makes a fingerprint may change with the program: only its own are worked out again. */
function faultsOf(row: VersionRow, program: string): readonly Fault[] {
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
  const { authorKey } = row;
  const isSo =
    authorKey === null || authorKey === article.authors.map((author) => fold(author)).join("\n");
  return isSo ? [] : [fault("its authors are not those its article is found by")];
}

function* checkPages(db: Database): Generator<Finding, void> {
  const after = db.prepare<[number], { id: number; url: string; urlKey: string }>(/* sql */ `
    SELECT id, url, url_key AS urlKey FROM page WHERE id > ? ORDER BY id LIMIT ${ROWS_AT_ONCE * 10}`);
  for (let from = 0; ; ) {
    const rows = after.all(from);
    const last = rows.at(-1);
    if (last === undefined) break;
    const wrong = rows.filter((row) => keyOf(row.url) !== row.urlKey);
    yield {
      faults: wrong.map(({ id, url }) => {
        return { table: "page", id, digest: null, what: `its key is not the key of ${url}` };
      }),
    };
    from = last.id;
  }
  const rules = db.prepare<[], { rowid: number; id: string; digest: string; rule: string }>(
    /* sql */ `SELECT rowid, id, digest, rule FROM site_rule`,
  );
  const wrong = rules.all().filter(({ digest, rule }) => digestOfRule(rule) !== digest);
  yield {
    faults: wrong.map(({ rowid, id, digest }) => {
      return { table: "site_rule", id: rowid, digest, what: `the rule ${id} does not match it` };
    }),
  };
}

function* checkSeals(db: Database): Generator<Finding, void> {
  for (const { table, from, to, isSound } of createSeals(db).check()) {
    const what = `rows ${from} to ${to} are not what was sealed when their run ended`;
    yield { faults: isSound ? [] : [{ table, id: from, digest: null, what }] };
  }
}

function digestOfRule(rule: string): string | null {
  try {
    return ruleDigest(JSON.parse(rule) as SiteRule);
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
