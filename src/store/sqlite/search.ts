/** search and list: pages of answers, by date or by relevance. */
import { WarraqError } from "../../errors.ts";
import type { ArticleRecord } from "../../model.ts";
import { marksOf, snippetOf } from "../snippet.ts";
import type { Answer, ArticleFilter, FacetName, Facets, Paging, SearchHit } from "../store.ts";
import { type Database, damage } from "./driver.ts";
import { createFacets } from "./facets.ts";
import { type Condition, conditionOf, type Place } from "./filter.ts";
import { createNewest } from "./newest.ts";
import { FROM_RECORD, type RecordRow, recordOf, SELECT_RECORD } from "./rows.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Search {
  search(filter: ArticleFilter, paging: Paging): Answer<SearchHit>;
  list(filter: ArticleFilter, paging: Paging): Answer<ArticleRecord>;
  facets(filter: ArticleFilter, names: readonly FacetName[], most: number): Facets;
}

/** Below this many answers a word may be misspelt. */
const FEW_ANSWERS = 3;

/** The last article of a page, and the step of the ladder it stands on (by date: none). */
interface Cursor {
  readonly step: number | null;
  readonly place: Place;
}

export function createSearch(db: Database, vocabulary: Vocabulary): Search {
  const byId = db.prepare<[number], RecordRow>(/* sql */ `
    ${SELECT_RECORD} FROM article a JOIN version v ON v.id = a.version_id ${FROM_RECORD}
    WHERE a.id = ?`);
  const newest = createNewest(db);
  const facets = createFacets(db, newest);
  const condition = (filter: ArticleFilter): Condition => conditionOf(filter, vocabulary.expand);

  /** @returns one more than the limit when there are more */
  function ranked(condition: Condition, cursor: Cursor | null, limit: number): Cursor[] {
    const found: Cursor[] = [];
    for (const { number, expression } of condition.steps) {
      if (found.length > limit) break;
      if (cursor !== null && number < (cursor.step ?? 0)) continue;
      const before = cursor?.step === number ? cursor.place : null;
      const places = newest.page(condition, expression, before, limit + 1 - found.length);
      found.push(...places.map((place) => ({ step: number, place })));
    }
    return found;
  }

  function page(filter: ArticleFilter, paging: Paging): Page {
    const asked = condition(filter);
    if (asked.isEmpty) return { ...NOTHING, condition: asked };
    const limit = Math.max(0, paging.limit);
    const isRanked = paging.sort === "relevance" && asked.match !== null;
    const cursor = paging.cursor === undefined ? null : parseCursor(paging.cursor, isRanked);
    const found = isRanked
      ? ranked(asked, cursor, limit)
      : newest
          .page(asked, asked.match, cursor?.place ?? null, limit + 1)
          .map((place): Cursor => ({ step: null, place }));
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const { total, isExact } = newest.count(asked);
    return {
      records: shown.map(({ place }) => recordAt(place.id)),
      next: found.length > limit && last !== undefined ? formatCursor(last) : null,
      ...{ total, totalIsExact: isExact },
      suggestion: null,
      condition: asked,
    };
  }

  function recordAt(id: number): ArticleRecord {
    const row = byId.get(id);
    if (row === undefined) throw damage(`article a${id} has lost its page or version`);
    return recordOf(row);
  }

  return {
    search(filter, paging) {
      const { records, condition, ...rest } = page(filter, paging);
      const { text } = filter;
      const isFew = rest.total < FEW_ANSWERS && text !== undefined;
      const items = records.map((record): SearchHit => {
        const { title, body } = record.article;
        return {
          record,
          ...snippetOf(body, condition.query),
          titleMarks: marksOf(title, condition.query),
        };
      });
      const suggestion = isFew ? vocabulary.suggest(text, condition.query) : null;
      return { items, ...rest, suggestion };
    },
    list(filter, paging) {
      const { records, condition: _, ...rest } = page(filter, paging);
      return { items: records, ...rest };
    },
    facets: (filter, names, most) => facets(condition(filter), names, most),
  };
}

interface Page extends Omit<Answer<never>, "items"> {
  readonly records: readonly ArticleRecord[];
  readonly condition: Condition;
}

const NOTHING = {
  records: [],
  next: null,
  total: 0,
  totalIsExact: true,
  suggestion: null,
} as const;

function formatCursor({ step, place }: Cursor): string {
  const kind = step === null ? "d" : `r${step}`;
  return [kind, place.dateAt, place.id].join(".");
}

const CURSOR = /^(?:d|r(?<step>\d))\.(?<dateAt>-?\d{1,16})\.(?<id>\d{1,15})$/;

function parseCursor(text: string, isRanked: boolean): Cursor {
  const { groups } = CURSOR.exec(text) ?? {};
  if (groups === undefined || isRanked !== (groups.step !== undefined)) {
    const order = isRanked ? "relevance" : "date";
    throw new WarraqError("E_USAGE", `"${text}" is not a cursor of this search by ${order}`);
  }
  const step = groups.step === undefined ? null : Number(groups.step);
  return { step, place: { dateAt: Number(groups.dateAt), id: Number(groups.id) } };
}
