/**
 * The newest articles that match, without looking at all that match. The index is in the order of ids,
 * which is only nearly that of dates (a backfill comes late); `date_block` says between which dates each
 * 512 ids lie. So: take the stretch of dates that holds the 64 newest articles, ask the index about the
 * blocks that may hold such dates, and when that does not fill the page go on to the eight times as many
 * before them. A common word is answered from a few blocks, a rare one by a single look at all its
 * matches; only the stretch that filled the page was read. Where blocks do not narrow (an archive filled
 * in no order) the days of the stretch are asked for with the words.
 */

import { dayOf } from "../days.ts";
import { dayTokens } from "./day-tokens.ts";
import type { Database } from "./driver.ts";
import { type Bounds, boundsOf, type Condition, type Place, rowsOf } from "./filter.ts";
import { either } from "./match.ts";

export interface Newest {
  /** In order of date and id, newest first; after `before` when given. */
  page(
    condition: Condition,
    expression: string | null,
    before: Place | null,
    limit: number,
  ): Place[];
  /** How many match: exact up to COUNT_UP_TO, or a lower bound. */
  count(condition: Condition): { readonly total: number; readonly isExact: boolean };
  /** Ids that match, at most so many, those archived last. */
  sample(condition: Condition, limit: number): number[];
}

/** Counting further costs as much as the answer itself, and nobody reads ten thousand articles. */
export const COUNT_UP_TO = 10_000;
/** As many matches are fetched and sorted in about two milliseconds: then nothing is walked. */
const FEW = 1_500;
/** A page of twenty of a word that every third article has. */
const FIRST_STRETCH = 64;
const STRETCH_GROWS = 8;
/** Rows looked up to count what also depends on the row: about 30 ms. */
const MOST_COUNTED_ROWS = 20_000;

/** Blocks side by side, as ids: [from, to). */
interface IdRange {
  readonly from: number;
  readonly to: number;
}

const BLOCK_IDS = 512;
/** Blocks that hold this many times the articles wanted do not narrow; then the signs of days do. */
const LOOSE = 64;
/** More lists than these to merge cost more than rows that are read for nothing. */
const MOST_DAY_SIGNS = 48;

const EVERYWHERE: IdRange = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** The days of a stretch as an expression; null when it is open or they are too many. */
function signsBetween(from: number, last: number): string | null {
  if (!Number.isFinite(from) || last >= Number.MAX_SAFE_INTEGER) return null;
  const end = dayOf(last);
  const tokens = dayTokens({ from: dayOf(from), to: { ...end, day: end.day + 1 } });
  return tokens.length > MOST_DAY_SIGNS ? null : either(tokens);
}

export function createNewest(db: Database): Newest {
  const blocks = db
    .prepare<[number, number], number>(/* sql */ `
      SELECT id FROM date_block WHERE last_at >= ? AND first_at <= ? ORDER BY id`)
    .pluck();
  const dateOfNth = db
    .prepare<[number, number], number>(/* sql */ `
      SELECT date_at FROM article WHERE date_at <= ? ORDER BY date_at DESC LIMIT 1 OFFSET ?`)
    .pluck();
  const idsOf = db
    .prepare<[string, number], number>(/* sql */ `
      SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?`)
    .pluck();
  const countOf = db
    .prepare<[string, number], number>(/* sql */ `
      SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?)`)
    .pluck();

  const seenCount = db
    .prepare<[number, number], number>(/* sql */ `
      SELECT count(*) FROM (SELECT 1 FROM article WHERE last_seen_at >= ? LIMIT ?)`)
    .pluck();

  function rangesOf(from: number, last: number): IdRange[] {
    const ranges: IdRange[] = [];
    for (const block of blocks.all(from, last)) {
      const previous = ranges.at(-1);
      if (previous?.to === block * BLOCK_IDS) {
        ranges[ranges.length - 1] = { from: previous.from, to: previous.to + BLOCK_IDS };
      } else ranges.push({ from: block * BLOCK_IDS, to: (block + 1) * BLOCK_IDS });
    }
    return ranges;
  }

  /** Where to look for a stretch of dates that holds about `wanted` articles. */
  function narrowed(
    expression: string,
    { from, last }: Pick<Bounds, "from" | "last">,
    wanted: number,
  ): { readonly words: string; readonly ranges: readonly IdRange[] } {
    const ranges = rangesOf(from, last).reverse();
    const ids = ranges.reduce((sum, range) => sum + range.to - range.from, 0);
    const signs = ids > wanted * LOOSE ? signsBetween(from, last) : null;
    if (signs === null) return { words: expression, ranges };
    return { words: `(${expression}) AND (${signs})`, ranges: [EVERYWHERE] };
  }

  /** The few that match, whole; null when they are many. */
  function few(condition: Condition, expression: string, bounds: Bounds): Place[] | null {
    const ids = idsOf.all(expression, FEW + 1);
    if (ids.length > FEW) return null;
    const { sql, parameters } = rowsOf(condition, bounds);
    return db
      .prepare<unknown[], Place>(/* sql */ `
        SELECT a.id, a.date_at AS dateAt FROM json_each(?) m JOIN article a ON a.id = m.value
        WHERE ${sql}`)
      .all(JSON.stringify(ids), ...parameters);
  }

  function walk(
    condition: Condition,
    expression: string,
    { last, before }: Bounds,
    limit: number,
  ): Place[] {
    const found: Place[] = [];
    const from = condition.from ?? Number.NEGATIVE_INFINITY;
    let end = dateOfNth.get(last, 0) ?? Number.NEGATIVE_INFINITY;
    for (
      let stretch = FIRST_STRETCH;
      end >= from && found.length < limit;
      stretch *= STRETCH_GROWS
    ) {
      const nth = dateOfNth.get(last, stretch) ?? Number.NEGATIVE_INFINITY;
      const begin = Math.max(nth, from);
      const { sql, parameters } = rowsOf(condition, { from: begin, last: end, before });
      const within = db.prepare<unknown[], Place>(/* sql */ `
        SELECT a.id, a.date_at AS dateAt
        FROM search_index JOIN article a ON a.id = search_index.rowid
        WHERE search_index MATCH ? AND search_index.rowid >= ? AND search_index.rowid < ? AND ${sql}
        ORDER BY search_index.rowid DESC`);
      const { words, ranges } = narrowed(expression, { from: begin, last: end }, stretch);
      for (const range of ranges) {
        for (const place of within.all(words, range.from, range.to, ...parameters)) {
          found.push(place);
        }
      }
      if (begin === from || begin === Number.NEGATIVE_INFINITY) break;
      end = begin - 1;
    }
    return found;
  }

  /** The articles to look through without words: in order of dates, or the few that were seen since. */
  function tableOf({ seenSince, siteId, status }: Condition): string {
    const isRare = status !== null && status !== "live";
    const isFew = seenSince !== null && (seenCount.get(seenSince, COUNT_UP_TO) ?? 0) < COUNT_UP_TO;
    // The planner would go by date, past a million live ones.
    const index = isFew ? "article_by_seen" : isRare && siteId === null ? "article_not_live" : null;
    return `article a ${index === null ? "" : `INDEXED BY ${index}`}
      WHERE ${siteId === null ? "1" : "a.site_id = ?"}`;
  }

  /** Without words the indexes by date are already in order. */
  function plainPage(condition: Condition, bounds: Bounds | undefined, limit: number): Place[] {
    const { sql, parameters } = rowsOf(condition, bounds);
    const { siteId } = condition;
    return db
      .prepare<unknown[], Place>(/* sql */ `
        SELECT a.id, a.date_at AS dateAt FROM ${tableOf(condition)} AND ${sql}
        ORDER BY a.date_at DESC, a.id DESC LIMIT ?`)
      .all(...(siteId === null ? [] : [siteId]), ...parameters, limit);
  }

  return {
    page(condition, expression, before, limit) {
      if (limit <= 0) return [];
      const bounds = boundsOf(condition, before);
      if (expression === null) return plainPage(condition, bounds, limit);
      const found =
        few(condition, expression, bounds) ?? walk(condition, expression, bounds, limit);
      return found.sort((a, b) => b.dateAt - a.dateAt || b.id - a.id).slice(0, limit);
    },

    count(condition) {
      const { match, from, to, siteId, where } = condition;
      const isFree = where === "1" && from === null && to === null;
      if (match !== null && isFree) {
        const total = countOf.get(match, COUNT_UP_TO + 1) ?? 0;
        return { total: Math.min(total, COUNT_UP_TO), isExact: total <= COUNT_UP_TO };
      }
      const { last, from: begin } = boundsOf(condition);
      const { sql, parameters } = rowsOf(condition);
      if (match === null) {
        const total =
          db
            .prepare<unknown[], number>(/* sql */ `
              SELECT count(*) FROM (SELECT 1 FROM ${tableOf(condition)} AND ${sql} LIMIT ?)`)
            .pluck()
            .get(...(siteId === null ? [] : [siteId]), ...parameters, COUNT_UP_TO + 1) ?? 0;
        return { total: Math.min(total, COUNT_UP_TO), isExact: total <= COUNT_UP_TO };
      }
      const rows = db.prepare<unknown[], { read: number; matching: number | null }>(/* sql */ `
        SELECT count(*) AS read, sum(${sql}) AS matching FROM (
          SELECT rowid AS id FROM search_index
          WHERE search_index MATCH ? AND rowid >= ? AND rowid < ? LIMIT ?) m
        JOIN article a ON a.id = m.id`);
      let total = 0;
      let left = MOST_COUNTED_ROWS;
      const { words, ranges } = narrowed(match, { from: begin, last }, 0);
      for (const range of ranges) {
        const { read = 0, matching = 0 } =
          rows.get(...parameters, words, range.from, range.to, left) ?? {};
        total += matching ?? 0;
        left -= read;
        if (left <= 0 || total > COUNT_UP_TO) {
          return { total: Math.min(total, COUNT_UP_TO), isExact: false };
        }
      }
      return { total, isExact: true };
    },

    sample(condition, limit) {
      const { match } = condition;
      const { from, last } = boundsOf(condition);
      if (match === null) return plainPage(condition, undefined, limit).map(({ id }) => id);
      const { sql, parameters } = rowsOf(condition);
      const rows = db
        .prepare<unknown[], number>(/* sql */ `
          SELECT a.id FROM search_index JOIN article a ON a.id = search_index.rowid
          WHERE search_index MATCH ? AND search_index.rowid >= ? AND search_index.rowid < ? AND ${sql}
          ORDER BY search_index.rowid DESC LIMIT ?`)
        .pluck();
      const ids: number[] = [];
      const { words, ranges } = narrowed(match, { from, last }, 0);
      for (const range of ranges) {
        if (ids.length >= limit) break;
        const left = limit - ids.length;
        ids.push(...rows.all(words, range.from, range.to, ...parameters, left));
      }
      return ids;
    },
  };
}
