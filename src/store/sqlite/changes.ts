/**
 * The record of what happened to articles: written with each edit and each change of status, read as
 * one feed. Kinds of edits are worked out when written, so that the feed is read without the texts.
 */
import { WarraqError } from "../../errors.ts";
import { classifyEdit } from "../../fingerprint/index.ts";
import type { ArticleRecord } from "../../model.ts";
import { urlKey } from "../../url/index.ts";
import type { ChangeFilter, ChangeKind, ChangeRecord } from "../store.ts";
import type { Database } from "./driver.ts";
import { articleOfRow, fromArticleId, toArticleId, type VersionText } from "./rows.ts";

export interface Changes {
  /**
   * Classifies a version against the one before it and records the edit; again, when either has moved
   * in time. A first version is no edit.
   */
  classify(versionId: number): void;
  /** Records that an article's page is no longer, or again, what it was. */
  setStatus(articleId: number, status: ArticleRecord["status"], of: StatusChange): void;
  list(
    filter: ChangeFilter,
    paging: { readonly limit: number; readonly cursor?: string },
  ): { readonly items: readonly ChangeRecord[]; readonly next: string | null };
  ofArticle(idOrUrl: string): readonly ChangeRecord[];
}

export interface StatusChange {
  readonly at: number;
  readonly runId: number;
  readonly detail: string;
}

interface ChangeRow {
  readonly id: number;
  readonly articleId: number;
  readonly siteId: string;
  readonly url: string;
  readonly title: string;
  readonly at: number;
  readonly kind: ChangeKind;
  readonly kinds: string;
  readonly summary: string;
  readonly version: number | null;
  readonly runId: number | null;
}

/** Where a change stands in the feed. */
type Place = Pick<ChangeRow, "at" | "id">;

type Edited = VersionText & {
  readonly articleId: number;
  readonly number: number;
  readonly siteId: string;
  readonly at: number;
  readonly runId: number;
};

const STATUS_KIND: Readonly<Record<ArticleRecord["status"], ChangeKind>> = {
  live: "return",
  gone: "takedown",
  blocked: "blocked",
  moved: "moved",
};

const SELECT_CHANGE = /* sql */ `
  SELECT e.id, e.article_id AS articleId, e.site_id AS siteId, p.url,
    coalesce(v.title, n.title) AS title, e.at, e.kind, e.kinds, e.summary, v.number AS version,
    e.run_id AS runId
  FROM change e
  JOIN article a ON a.id = e.article_id
  JOIN page p ON p.id = a.page_id
  LEFT JOIN version v ON v.id = e.version_id
  LEFT JOIN version n ON n.id = a.version_id`;

export function createChanges(db: Database): Changes {
  const add = db.prepare(/* sql */ `
    INSERT INTO change (article_id, version_id, run_id, site_id, at, kind, kinds, summary)
    VALUES (@articleId, @versionId, @runId, @siteId, @at, @kind, @kinds, @summary)`);
  const again = db.prepare(/* sql */ `
    UPDATE change SET kind = @kind, kinds = @kinds, summary = @summary, at = @at
    WHERE article_id = @articleId AND version_id = @versionId`);
  const forget = db.prepare<[number, number]>(
    /* sql */ `DELETE FROM change WHERE article_id = ? AND version_id = ?`,
  );
  const siteOf = db
    .prepare<[number], string>(/* sql */ `SELECT site_id FROM article WHERE id = ?`)
    .pluck();
  const SELECT_EDITED = /* sql */ `
    SELECT v.article_id AS articleId, v.number, a.site_id AS siteId, v.captured_at AS at,
      v.run_id AS runId, v.title, v.subtitle, v.category, v.excerpt, v.word_count AS wordCount,
      v.details, v.body
    FROM version v JOIN article a ON a.id = v.article_id`;
  const edited = db.prepare<[number], Edited>(/* sql */ `${SELECT_EDITED} WHERE v.id = ?`);
  const numbered = db.prepare<[number, number], Edited>(
    /* sql */ `${SELECT_EDITED} WHERE v.article_id = ? AND v.number = ?`,
  );
  const articleOfUrl = db
    .prepare<[string], number | null>(/* sql */ `SELECT article_id FROM page WHERE url_key = ?`)
    .pluck();
  const ofArticle = db.prepare<[number], ChangeRow>(
    /* sql */ `${SELECT_CHANGE} WHERE e.article_id = ? ORDER BY e.at, e.id`,
  );

  const shown = db.prepare<[string], ChangeRow>(/* sql */ `
    ${SELECT_CHANGE} WHERE e.id IN (SELECT value FROM json_each(?))
    ORDER BY e.at DESC, e.id DESC`);

  /** The newest, by an index that holds all that is asked: every site has its own. */
  function placesOf(filter: ChangeFilter, after: Place | null, limit: number): readonly Place[] {
    const { where, parameters } = conditionOf(filter, after);
    const newest = (site: string) =>
      db.prepare<unknown[], Place>(/* sql */ `
        SELECT at, id FROM change WHERE ${site} AND ${where} ORDER BY at DESC, id DESC LIMIT ?`);
    if (filter.siteIds === undefined) return newest("1").all(...parameters, limit);
    const ofSite = newest(/* sql */ `site_id = ?`);
    return [...new Set(filter.siteIds)]
      .flatMap((siteId) => ofSite.all(siteId, ...parameters, limit))
      .sort((a, b) => b.at - a.at || b.id - a.id)
      .slice(0, limit);
  }

  return {
    classify(versionId) {
      const after = edited.get(versionId);
      const before = after && numbered.get(after.articleId, after.number - 1);
      if (after === undefined) return;
      if (before === undefined) {
        forget.run(after.articleId, versionId);
        return;
      }
      const { kind, kinds, summary } = classifyEdit(articleOfRow(before), articleOfRow(after));
      const { articleId, siteId, at, runId } = after;
      const words = { kind, kinds: JSON.stringify(kinds), summary };
      if (again.run({ articleId, versionId, at, ...words }).changes > 0) return;
      add.run({ ...{ articleId, versionId, runId, siteId, at }, ...words });
    },

    setStatus(articleId, status, { at, runId, detail }) {
      const kind = STATUS_KIND[status];
      add.run({
        ...{ articleId, versionId: null, runId, siteId: siteOf.get(articleId), at },
        ...{ kind, kinds: JSON.stringify([kind]), summary: detail },
      });
    },

    list(filter, { limit, cursor }) {
      const place = cursor === undefined ? null : parseCursor(cursor);
      const places = placesOf(filter, place, limit + 1);
      const ids = places.slice(0, limit).map(({ id }) => id);
      const items = shown.all(JSON.stringify(ids)).map(changeOf);
      const last = places[limit - 1];
      const isMore = places.length > limit && last !== undefined;
      return { items, next: isMore ? `${last.at}.${last.id}` : null };
    },

    ofArticle(idOrUrl) {
      const id = fromArticleId(idOrUrl) ?? articleOfUrl.get(urlKey(idOrUrl)) ?? null;
      return id === null ? [] : ofArticle.all(id).map(changeOf);
    },
  };
}

function conditionOf({ kinds, from, to }: ChangeFilter, place: Place | null) {
  const where: string[] = ["1"];
  const parameters: (string | number)[] = [];
  const add = (sql: string, ...values: readonly (string | number)[]): void => {
    where.push(sql);
    parameters.push(...values);
  };
  if (from !== undefined) add(/* sql */ `at >= ?`, from);
  if (to !== undefined) add(/* sql */ `at < ?`, to);
  if (place !== null) add(/* sql */ `(at, id) < (?, ?)`, place.at, place.id);
  if (kinds !== undefined) {
    const any = kinds.map(() => /* sql */ `instr(kinds, ?) > 0`).join(" OR ");
    add(`(${any || "0"})`, ...kinds.map((kind) => JSON.stringify(kind)));
  }
  return { where: where.join(" AND "), parameters };
}

function changeOf(row: ChangeRow): ChangeRecord {
  const { articleId, siteId, url, title, at, kind, kinds, summary, version, runId } = row;
  return {
    ...{ articleId: toArticleId(articleId), siteId, url, title, at, kind },
    kinds: JSON.parse(kinds) as readonly ChangeKind[],
    ...{ summary, version, runId },
  };
}

/** @throws {WarraqError} E_USAGE */
function parseCursor(text: string): Place {
  const [, at, id] = /^(-?\d{1,16})\.(\d{1,16})$/u.exec(text) ?? [];
  if (at === undefined || id === undefined) {
    throw new WarraqError("E_USAGE", `"${text}" is not a cursor of this archive`);
  }
  return { at: Number(at), id: Number(id) };
}
