/** An ArticleFilter as SQL: conditions over a (article) and, for words, over the full-text index. */
import { fold } from "../../text/index.ts";
import { parseQuery, type Query, type Term } from "../query.ts";
import type { ArticleFilter } from "../store.ts";
import { WORD_COLUMNS } from "./text-index.ts";

export interface Condition {
  /** FTS5 expression for `search_index MATCH`, or null when no word is asked for. */
  readonly match: string | null;
  /** Joined by AND; never empty. */
  readonly where: string;
  readonly parameters: readonly (string | number)[];
  readonly query: Query;
  /** True when nothing can match: a text without a word. */
  readonly isEmpty: boolean;
}

const NO_QUERY: Query = { clauses: [] };

export function conditionOf(filter: ArticleFilter): Condition {
  const where: string[] = [];
  const parameters: (string | number)[] = [];
  const add = (sql: string, ...values: (string | number)[]): void => {
    where.push(sql);
    parameters.push(...values);
  };
  const { text, siteIds, category, author, language, kind, from, to, seenSince, status } = filter;
  const query = text === undefined ? NO_QUERY : parseQuery(text);
  const { match, exclude } = matchOf(query);
  if (match === null && exclude !== null) {
    add(
      /* sql */ `a.id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)`,
      exclude,
    );
  }
  if (siteIds !== undefined) {
    const [only] = siteIds;
    // One site can walk its own index; several are looked up.
    if (siteIds.length === 1 && only !== undefined) add(/* sql */ `a.site_id = ?`, only);
    else add(/* sql */ `a.site_id IN (SELECT value FROM json_each(?))`, JSON.stringify(siteIds));
  }
  if (category !== undefined) {
    add(
      /* sql */ `a.id IN (SELECT article_id FROM article_category WHERE key = ?)`,
      fold(category),
    );
  }
  if (author !== undefined) add(/* sql */ `instr(a.author_key, ?) > 0`, fold(author));
  if (language !== undefined) add(/* sql */ `a.language = ?`, language);
  if (kind !== undefined) add(/* sql */ `a.kind = ?`, kind);
  if (from !== undefined) add(/* sql */ `a.date_at >= ?`, from);
  if (to !== undefined) add(/* sql */ `a.date_at < ?`, to);
  if (seenSince !== undefined) add(/* sql */ `a.last_seen_at >= ?`, seenSince);
  if (status !== undefined) add(/* sql */ `a.status = ?`, status);
  return {
    match,
    where: where.length === 0 ? "1" : where.join(" AND "),
    parameters,
    query,
    isEmpty: text !== undefined && query.clauses.length === 0,
  };
}

/** Every word is quoted, so nothing in it can be syntax. */
function matchOf(query: Query): { readonly match: string | null; readonly exclude: string | null } {
  const expression = (isExcluded: boolean): string[] =>
    query.clauses
      .filter((clause) => clause.isExcluded === isExcluded)
      .map(({ any }) => `(${any.map(expressionOf).join(" OR ")})`);
  const wanted = expression(false).join(" AND ");
  const unwanted = expression(true).join(" OR ");
  return {
    match: wanted === "" ? null : unwanted === "" ? wanted : `(${wanted}) NOT (${unwanted})`,
    exclude: unwanted === "" ? null : unwanted,
  };
}

function expressionOf(term: Term): string {
  switch (term.kind) {
    case "word":
      return term.stem === term.word
        ? quoted(term.word)
        : `${quoted(term.word)} OR ${quoted(term.stem)}`;
    case "prefix":
      return `${WORD_COLUMNS} : ${quoted(term.prefix)} *`;
    case "phrase":
      return `${WORD_COLUMNS} : ${quoted(term.words.join(" "))}`;
  }
}

function quoted(words: string): string {
  return `"${words.replaceAll('"', '""')}"`;
}
