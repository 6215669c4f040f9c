/**
 * An ArticleFilter as what SQLite can answer: an expression of the full-text index (words, and all that
 * an article is filed under, see signs.ts), a stretch of dates, and conditions over a (article) for the
 * little that changes without a new version.
 */
import { fold, placeNamed } from "../../text/index.ts";
import { startOf } from "../days.ts";
import { parseQuery, type Query } from "../query.ts";
import type { ArticleFilter } from "../store.ts";
import { either, matchOf, type Step, stepsOf } from "./match.ts";
import { exactSign, sign, wordSigns } from "./signs.ts";

export interface Condition {
  /** Expression for `search_index MATCH`, or null when the index is not needed. */
  readonly match: string | null;
  /** The same by relevance, best first. */
  readonly steps: readonly Step[];
  /** Joined by AND; never empty. */
  readonly where: string;
  readonly parameters: readonly (string | number)[];
  /** Of `date_at`: from inclusive, to exclusive; null where open. */
  readonly from: number | null;
  readonly to: number | null;
  /** UTC ms, or null; also in `where`. */
  readonly seenSince: number | null;
  readonly status: ArticleFilter["status"] | null;
  /** Set when all articles of one site are asked for and the index is not needed. */
  readonly siteId: string | null;
  readonly query: Query;
  /** True when nothing can match: a text without a word, an empty list of sites. */
  readonly isEmpty: boolean;
}

const NO_QUERY: Query = { clauses: [] };

/**
 * @param expand - adds what the archive's own words know about the words of a query
 * @throws {WarraqError} E_QUERY
 */
export function conditionOf(
  filter: ArticleFilter,
  expand: (query: Query) => Query = (query) => query,
): Condition {
  const { text, siteIds, seenSince, status } = filter;
  const parsed = text === undefined ? NO_QUERY : expand(parseQuery(text));
  const { query, from, to } = withoutDates(parsed, filter);
  const filters = filtersOf(filter);
  const siteId = siteIds?.length === 1 ? (siteIds[0] ?? null) : null;
  const needsIndex = query.clauses.length > 0 || filters.length > 0 || (siteIds?.length ?? 0) > 1;
  if (needsIndex && siteIds !== undefined) {
    filters.push(either(siteIds.map((id) => exactSign("site", id))));
  }
  const where: string[] = [];
  const parameters: number[] = [];
  if (seenSince !== undefined) {
    where.push(/* sql */ `a.last_seen_at >= ?`);
    parameters.push(seenSince);
  }
  // Written out, with what its index holds: SQLite does not conclude one from the other.
  if (status === "live") where.push(/* sql */ `a.status = 'live'`);
  else if (status !== undefined) {
    where.push(/* sql */ `a.status = '${status}' AND a.status <> 'live'`);
  }
  return {
    match: needsIndex ? matchOf(query, filters) : null,
    steps: needsIndex ? stepsOf(query, filters) : [],
    where: where.length === 0 ? "1" : where.join(" AND "),
    parameters,
    ...{ from, to },
    seenSince: seenSince ?? null,
    status: status ?? null,
    siteId: needsIndex ? null : siteId,
    query: parsed,
    isEmpty: (text !== undefined && parsed.clauses.length === 0) || siteIds?.length === 0,
  };
}

function filtersOf({ category, author, language, kind, place }: ArticleFilter): string[] {
  const filters: string[] = [];
  if (category !== undefined) filters.push(either([sign("category", category)]));
  if (place !== undefined) filters.push(either([sign("place", placeNamed(place) ?? place)]));
  if (author !== undefined) filters.push(`${either([wordSigns("author", fold(author))])} *`);
  if (language !== undefined) filters.push(either([exactSign("language", language)]));
  if (kind !== undefined) filters.push(either([exactSign("kind", kind)]));
  return filters;
}

/** Dates that must hold by themselves bound the walk; only those in a choice or excluded stay. */
function withoutDates(
  { clauses }: Query,
  filter: ArticleFilter,
): Pick<Condition, "query" | "from" | "to"> {
  let { from = null, to = null } = filter;
  const kept = clauses.filter(({ isExcluded, any }) => {
    const [term] = any;
    if (isExcluded || any.length !== 1 || term?.kind !== "date") return true;
    const [first, end] = [startOf(term.from), startOf(term.to)];
    from = from === null ? first : Math.max(from, first);
    to = to === null ? end : Math.min(to, end);
    return false;
  });
  return { query: { clauses: kept }, from, to };
}

/** An article in the order of dates. */
export interface Place {
  readonly id: number;
  readonly dateAt: number;
}

/** A stretch of dates, and the article after which it begins in their order. */
export interface Bounds {
  readonly from: number;
  /** Inclusive. */
  readonly last: number;
  readonly before: Place | null;
}

/** The dates a condition leaves, back from an article when one is given. */
export function boundsOf({ from, to }: Condition, before: Place | null = null): Bounds {
  const last = to === null ? Number.MAX_SAFE_INTEGER : to - 1;
  return {
    from: from ?? Number.NEGATIVE_INFINITY,
    last: before === null ? last : Math.min(last, before.dateAt),
    before,
  };
}

/** Conditions over a (article): those of the filter within the bounds. */
export function rowsOf(
  condition: Condition,
  { from, last, before }: Bounds = boundsOf(condition),
): { readonly sql: string; readonly parameters: readonly (string | number)[] } {
  const { where, parameters } = condition;
  const sql = [where];
  const bound: (string | number)[] = [...parameters];
  if (Number.isFinite(from)) {
    sql.push(/* sql */ `a.date_at >= ?`);
    bound.push(from);
  }
  if (last < Number.MAX_SAFE_INTEGER) {
    sql.push(/* sql */ `a.date_at <= ?`);
    bound.push(last);
  }
  if (before !== null) {
    sql.push(/* sql */ `(a.date_at, a.id) < (?, ?)`);
    bound.push(before.dateAt, before.id);
  }
  return { sql: sql.join(" AND "), parameters: bound };
}

/** All articles that match, for reading them from end to end: `FROM …  WHERE …` and what is bound. */
export function matching(condition: Condition): {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
} {
  const { match, siteId } = condition;
  const { sql, parameters } = rowsOf(condition);
  if (match !== null) {
    const words = /* sql */ `FROM search_index JOIN article a ON a.id = search_index.rowid
      WHERE search_index MATCH ? AND ${sql}`;
    return { sql: words, parameters: [match, ...parameters] };
  }
  if (siteId === null) return { sql: /* sql */ `FROM article a WHERE ${sql}`, parameters };
  const site = /* sql */ `FROM article a WHERE a.site_id = ? AND ${sql}`;
  return { sql: site, parameters: [siteId, ...parameters] };
}

/** A whole filter as one condition over a (article), for questions that begin elsewhere. */
export function asRows(filter: ArticleFilter): {
  readonly where: string;
  readonly parameters: readonly (string | number)[];
} {
  const condition = conditionOf(filter);
  if (condition.isEmpty) return { where: "0", parameters: [] };
  const { sql, parameters } = matching(condition);
  return { where: /* sql */ `a.id IN (SELECT a.id ${sql})`, parameters };
}
