/** search and list: pages of answers, by date or by relevance. */
import { WarraqError } from "../../errors.ts";
import type { ArticleRecord } from "../../model.ts";
import { marksOf, snippetOf } from "../snippet.ts";
import type { Answer, ArticleFilter, Paging, SearchHit } from "../store.ts";
import { type Database, damage } from "./driver.ts";
import { type Condition, conditionOf } from "./filter.ts";
import { FROM_RECORD, type RecordRow, recordOf, SELECT_RECORD } from "./rows.ts";
import { RANK } from "./text-index.ts";

export interface Search {
  search(filter: ArticleFilter, paging: Paging): Answer<SearchHit>;
  list(filter: ArticleFilter, paging: Paging): Answer<ArticleRecord>;
}

/** Counting further costs as much as the answer itself, and nobody reads ten thousand articles. */
const COUNT_UP_TO = 10_000;

/** Where the next page begins: after this article in the order of dates, or after so many by rank. */
type Cursor = readonly ["d", dateAt: number, id: number] | readonly ["r", offset: number];

export function createSearch(db: Database): Search {
  const byId = db.prepare<[number], RecordRow>(/* sql */ `
    ${SELECT_RECORD} FROM article a JOIN version v ON v.id = a.version_id ${FROM_RECORD}
    WHERE a.id = ?`);

  function page(filter: ArticleFilter, paging: Paging): Page {
    const condition = conditionOf(filter);
    if (condition.isEmpty)
      return { records: [], next: null, total: 0, totalIsExact: true, condition };
    const { match, where, parameters } = condition;
    const from =
      match === null
        ? /* sql */ `FROM article a WHERE ${where}`
        : /* sql */ `FROM search_index JOIN article a ON a.id = search_index.rowid
            WHERE search_index MATCH ? AND ${where}`;
    const bound = match === null ? parameters : [match, ...parameters];
    const cursor = paging.cursor === undefined ? null : parseCursor(paging.cursor);
    const isRanked = paging.sort === "relevance" && match !== null;
    const limit = Math.max(0, paging.limit);
    const offset = cursor?.[0] === "r" ? cursor[1] : 0;
    const rows = isRanked
      ? db
          .prepare<unknown[], Place>(/* sql */ `
            SELECT a.id, a.date_at AS dateAt ${from} ORDER BY ${RANK}, a.id LIMIT ? OFFSET ?`)
          .all(...bound, limit + 1, offset)
      : db
          .prepare<unknown[], Place>(/* sql */ `
            SELECT a.id, a.date_at AS dateAt ${from}
              ${cursor?.[0] === "d" ? /* sql */ `AND (a.date_at, a.id) < (?, ?)` : ""}
            ORDER BY a.date_at DESC, a.id DESC LIMIT ?`)
          .all(...bound, ...(cursor?.[0] === "d" ? cursor.slice(1) : []), limit + 1);
    const count = db
      .prepare<unknown[], number>(
        /* sql */ `SELECT count(*) FROM (SELECT 1 ${from} LIMIT ${COUNT_UP_TO + 1})`,
      )
      .pluck()
      .get(...bound);
    const total = Math.min(count ?? 0, COUNT_UP_TO);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return {
      records: shown.map(({ id }) => {
        const row = byId.get(id);
        if (row === undefined) throw damage(`article a${id} has lost its page or version`);
        return recordOf(row);
      }),
      next: !hasMore
        ? null
        : formatCursor(isRanked ? ["r", offset + limit] : ["d", last.dateAt, last.id]),
      total,
      totalIsExact: (count ?? 0) <= COUNT_UP_TO,
      condition,
    };
  }

  return {
    search(filter, paging) {
      const { records, condition, ...rest } = page(filter, paging);
      const items = records.map((record): SearchHit => {
        const { title, body } = record.article;
        return {
          record,
          ...snippetOf(body, condition.query),
          titleMarks: marksOf(title, condition.query),
        };
      });
      return { items, ...rest };
    },
    list(filter, paging) {
      const { records, condition: _, ...rest } = page(filter, paging);
      return { items: records, ...rest };
    },
  };
}

interface Place {
  readonly id: number;
  readonly dateAt: number;
}

interface Page extends Omit<Answer<never>, "items"> {
  readonly records: readonly ArticleRecord[];
  readonly condition: Condition;
}

function formatCursor(cursor: Cursor): string {
  return cursor.join(".");
}

function parseCursor(text: string): Cursor {
  const [kind, ...numbers] = text.split(".");
  const [first = Number.NaN, second = Number.NaN] = numbers.map(Number);
  if (kind === "r" && Number.isInteger(first)) return ["r", first];
  if (kind === "d" && Number.isInteger(first) && Number.isInteger(second)) {
    return ["d", first, second];
  }
  throw new WarraqError("E_USAGE", `"${text}" is not a cursor of this archive`);
}
