/** Reading articles: one, its history, its raw bytes, or all of them as a stream. */
import type { ArticleRecord, Capture } from "../../model.ts";
import { urlKey } from "../../url/index.ts";
import type { Query } from "../query.ts";
import type { ArticleFilter, VersionRecord } from "../store.ts";
import { createCaptures } from "./captures.ts";
import type { Database } from "./driver.ts";
import { FROM_RECORD, fromArticleId, type RecordRow, recordOf, SELECT_RECORD } from "./rows.ts";
import { matchingIds } from "./scan-ids.ts";

export interface Articles {
  /** The row of a version; default newest. */
  rowOf(idOrUrl: string, version: number | undefined): RecordRow | undefined;
  article(idOrUrl: string, version?: number): ArticleRecord | null;
  history(idOrUrl: string): VersionRecord[];
  rawCapture(idOrUrl: string, version?: number): Capture | null;
  scan(filter: ArticleFilter, versions: "latest" | "all"): Generator<readonly ArticleRecord[]>;
}

/** Articles read at once by a scan: a few megabytes. */
const SCAN_ARTICLES = 200;

export function createArticles(db: Database, expand: (query: Query) => Query): Articles {
  const captures = createCaptures(db);
  const articleOfUrl = db
    .prepare<[string], number | null>(/* sql */ `SELECT article_id FROM page WHERE url_key = ?`)
    .pluck();
  const select = /* sql */ `
    ${SELECT_RECORD} FROM article a JOIN version v ON v.article_id = a.id ${FROM_RECORD}`;
  const newest = db.prepare<[number], RecordRow>(
    /* sql */ `${select} WHERE a.id = ? AND v.id = a.version_id`,
  );
  const numbered = db.prepare<[number, number], RecordRow>(
    /* sql */ `${select} WHERE a.id = ? AND v.number = ?`,
  );
  const all = db.prepare<[number], RecordRow>(
    /* sql */ `${select} WHERE a.id = ? ORDER BY v.number`,
  );

  function rowOf(idOrUrl: string, version: number | undefined): RecordRow | undefined {
    const id = fromArticleId(idOrUrl) ?? articleOfUrl.get(urlKey(idOrUrl)) ?? null;
    if (id === null) return undefined;
    return version === undefined ? newest.get(id) : numbered.get(id, version);
  }

  return {
    rowOf,

    article(idOrUrl, version) {
      const row = rowOf(idOrUrl, version);
      return row === undefined ? null : recordOf(row);
    },

    history(idOrUrl) {
      const row = rowOf(idOrUrl, undefined);
      if (row === undefined) return [];
      return all.all(row.articleId).map((one) => ({
        record: recordOf(one),
        capturedAt: one.capturedAt,
        runId: one.runId,
        changed: JSON.parse(one.changed) as readonly string[],
      }));
    },

    rawCapture(idOrUrl, version) {
      const row = rowOf(idOrUrl, version);
      return row === undefined ? null : captures.get(row.captureId);
    },

    *scan(filter, versions) {
      for (const ids of matchingIds(db, filter, expand, SCAN_ARTICLES)) {
        yield ids
          .flatMap((id) => (versions === "all" ? all.all(id) : (newest.get(id) ?? [])))
          .map(recordOf);
      }
    },
  };
}
