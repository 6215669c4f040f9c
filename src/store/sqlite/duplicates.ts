/** Reading copies: groups of each level, and the cluster of one article. */
import { byPublication } from "../../fingerprint/index.ts";
import type { ArticleRecord } from "../../model.ts";
import { urlKey } from "../../url/index.ts";
import type { ArticleFilter, Copy, CopyGroup, SamenessLevel } from "../store.ts";
import { createClusters } from "./clusters.ts";
import type { Database } from "./driver.ts";
import { asRows } from "./filter.ts";
import {
  FROM_RECORD,
  fromArticleId,
  type RecordRow,
  recordOf,
  SELECT_RECORD,
  toArticleId,
} from "./rows.ts";

export interface Duplicates {
  groups(filter: ArticleFilter, level: SamenessLevel): Generator<readonly CopyGroup[]>;
  copiesOf(idOrUrl: string): CopyGroup | null;
}

/** Groups read at once: between batches other work of the process goes on. */
const BATCH_GROUPS = 50;

interface CopyRow {
  readonly articleId: number;
  readonly otherId: number;
  readonly similarity: number;
  readonly containment: number;
}

export function createDuplicates(db: Database): Duplicates {
  const clusters = createClusters(db);
  const select = /* sql */ `
    ${SELECT_RECORD} FROM article a JOIN version v ON v.id = a.version_id ${FROM_RECORD}`;
  const ofArticle = db.prepare<[number], RecordRow>(/* sql */ `${select} WHERE a.id = ?`);
  const ofCluster = db.prepare<[number], RecordRow>(
    /* sql */ `${select} WHERE a.cluster_id = ? ORDER BY a.id`,
  );
  const ofRoot = db.prepare<[number, number], RecordRow>(
    /* sql */ `${select} WHERE a.id = ? OR a.duplicate_of = ? ORDER BY a.id`,
  );
  const ofBody = db.prepare<[number], RecordRow>(/* sql */ `
    ${select} WHERE a.id IN (
      SELECT p.article_id FROM capture x JOIN page p ON p.id = x.page_id WHERE x.body_id = ?)
    ORDER BY a.id`);
  const addresses = db.prepare<[number], { url: string; redirects: number }>(/* sql */ `
    SELECT p.url, EXISTS (
      SELECT 1 FROM capture x WHERE x.page_id = p.id AND x.final_url IS NOT NULL) AS redirects
    FROM page p JOIN article a ON a.id = p.article_id
    WHERE p.article_id = ? AND p.id <> a.page_id ORDER BY p.id`);
  const pairsAmong = db.prepare<{ ids: string }, CopyRow>(/* sql */ `
    SELECT article_id AS articleId, other_id AS otherId, similarity, containment FROM copy
    WHERE article_id IN (SELECT value FROM json_each(@ids))
      AND other_id IN (SELECT value FROM json_each(@ids))`);
  const articleOfUrl = db
    .prepare<[string], number | null>(/* sql */ `SELECT article_id FROM page WHERE url_key = ?`)
    .pluck();

  /** A level's groups by a number that ascends; the articles of a group, and how to show it. */
  const levels: Readonly<Record<SamenessLevel, Level>> = {
    near: {
      keys: (where) => /* sql */ `
        SELECT DISTINCT a.cluster_id FROM article a
        WHERE a.cluster_id > ? AND ${where} ORDER BY a.cluster_id LIMIT ${BATCH_GROUPS}`,
      group: (key) => storyGroup(`c${key}`, "near", ofCluster.all(key)),
    },
    exact: {
      keys: (where) => /* sql */ `
        SELECT DISTINCT d.duplicate_of FROM article d JOIN article a
          ON a.id = d.id OR a.id = d.duplicate_of
        WHERE d.duplicate_of > ? AND ${where} ORDER BY d.duplicate_of LIMIT ${BATCH_GROUPS}`,
      group: (key) => alikeGroup("exact", "text", ofRoot.all(key, key)),
    },
    bytes: {
      keys: (where) => /* sql */ `
        SELECT x.body_id FROM capture x JOIN page p ON p.id = x.page_id
          JOIN article a ON a.id = p.article_id
        WHERE x.body_id > ? AND x.body_id IN (
          SELECT body_id FROM capture GROUP BY body_id HAVING count(*) > 1)
        GROUP BY x.body_id HAVING count(DISTINCT a.id) > 1 AND max(${where})
        ORDER BY x.body_id LIMIT ${BATCH_GROUPS}`,
      group: (key) => alikeGroup("bytes", "bytes", ofBody.all(key)),
    },
    url: {
      keys: (where) => /* sql */ `
        SELECT DISTINCT p.article_id FROM page p JOIN article a ON a.id = p.article_id
        WHERE p.article_id > ? AND p.id <> a.page_id AND ${where}
        ORDER BY p.article_id LIMIT ${BATCH_GROUPS}`,
      group: addressGroup,
    },
  };

  function storyGroup(id: string, level: SamenessLevel, rows: readonly RecordRow[]): CopyGroup {
    const records = inOrder(rows);
    const [first] = records;
    const pairs = pairsAmong.all({ ids: JSON.stringify(rows.map(({ articleId }) => articleId)) });
    const places = new Map(records.map((record, place) => [record.id, place]));
    const copies = records.map((record, place): Copy => {
      if (record === first) return firstOf(record);
      const links = pairs
        .flatMap(({ articleId, otherId, ...figures }) => {
          const [low, high] = [toArticleId(articleId), toArticleId(otherId)];
          const of = low === record.id ? high : high === record.id ? low : null;
          return of === null ? [] : [{ ...figures, of, place: places.get(of) ?? 0 }];
        })
        // Of the first publisher if that is so, else of the nearest among those before it.
        .sort(
          (a, b) =>
            Number(b.place === 0) - Number(a.place === 0) ||
            Number(b.place < place) - Number(a.place < place) ||
            b.containment - a.containment ||
            a.place - b.place,
        );
      const [link] = links;
      const other = records[link?.place ?? 0] ?? record;
      return {
        record,
        url: record.url,
        relation: relationOf(record, other),
        of: other.id,
        similarity: link?.similarity ?? null,
        containment: link?.containment ?? null,
      };
    });
    return { id, level, copies };
  }

  function alikeGroup(
    level: SamenessLevel,
    relation: Copy["relation"],
    rows: readonly RecordRow[],
  ): CopyGroup {
    const [first, ...others] = inOrder(rows);
    if (first === undefined) throw new Error(`a group of level ${level} is empty`);
    const copies = others.map(
      (record): Copy => ({
        ...{ record, url: record.url, relation, of: first.id },
        ...{ similarity: 1, containment: 1 },
      }),
    );
    return { id: first.id, level, copies: [firstOf(first), ...copies] };
  }

  function addressGroup(articleId: number): CopyGroup {
    const row = ofArticle.get(articleId);
    if (row === undefined) throw new Error(`a page leads to no article (${articleId})`);
    const record = recordOf(row);
    const copies = addresses.all(articleId).map(
      ({ url, redirects }): Copy => ({
        ...{ record, url, relation: redirects === 1 ? "redirect" : "address", of: record.id },
        ...{ similarity: 1, containment: 1 },
      }),
    );
    return { id: record.id, level: "url", copies: [firstOf(record), ...copies] };
  }

  /** Texts contained in round-ups, a group for each pair. */
  function* parts(filter: ArticleFilter): Generator<readonly CopyGroup[]> {
    const { where, parameters } = asRows(filter);
    const pairs = db.prepare<unknown[], CopyRow>(/* sql */ `
      SELECT DISTINCT c.article_id AS articleId, c.other_id AS otherId, c.similarity, c.containment
      FROM copy c JOIN article a ON a.id = c.article_id OR a.id = c.other_id
      WHERE c.is_story = 0 AND (c.article_id, c.other_id) > (?, ?) AND ${where}
      ORDER BY c.article_id, c.other_id LIMIT ${BATCH_GROUPS}`);
    for (let after = [0, 0]; ; ) {
      const batch = pairs.all(...after, ...parameters);
      const last = batch.at(-1);
      if (last === undefined) return;
      yield batch.map(partGroup);
      after = [last.articleId, last.otherId];
    }
  }

  function partGroup({ articleId, otherId, similarity, containment }: CopyRow): CopyGroup {
    const [whole, part] = [articleId, otherId]
      .flatMap((id) => ofArticle.get(id) ?? [])
      .map(recordOf)
      .sort((a, b) => b.article.wordCount - a.article.wordCount);
    if (whole === undefined || part === undefined) throw new Error("a copy of no article");
    const copy: Copy = {
      ...{ record: part, url: part.url, relation: "part", of: whole.id },
      ...{ similarity, containment },
    };
    return { id: whole.id, level: "near", copies: [firstOf(whole), copy] };
  }

  return {
    *groups(filter, level) {
      const { where, parameters } = asRows(filter);
      const { keys, group } = levels[level];
      const next = db.prepare<unknown[], number>(keys(where)).pluck();
      for (let after = 0; ; ) {
        const batch = next.all(after, ...parameters);
        const last = batch.at(-1);
        if (last === undefined) break;
        yield batch.map(group);
        after = last;
      }
      if (level === "near") yield* parts(filter);
    },

    copiesOf(idOrUrl) {
      const number = /^c([1-9]\d{0,14})$/i.exec(idOrUrl.trim())?.[1];
      if (number !== undefined) {
        const cluster = clusters.surviving(Number(number));
        const rows = cluster === null ? [] : ofCluster.all(cluster);
        return rows.length === 0 ? null : storyGroup(`c${cluster}`, "near", rows);
      }
      const id = fromArticleId(idOrUrl) ?? articleOfUrl.get(urlKey(idOrUrl)) ?? null;
      const row = id === null ? undefined : ofArticle.get(id);
      if (row === undefined) return null;
      return row.clusterId === null
        ? storyGroup(toArticleId(row.articleId), "near", [row])
        : storyGroup(`c${row.clusterId}`, "near", ofCluster.all(row.clusterId));
    },
  };
}

interface Level {
  /** Keys after the bound one, of groups of which an article (a) matches. */
  readonly keys: (where: string) => string;
  readonly group: (key: number) => CopyGroup;
}

function firstOf(record: ArticleRecord): Copy {
  const { url } = record;
  return { record, url, relation: "first", of: null, similarity: null, containment: null };
}

function relationOf(record: ArticleRecord, other: ArticleRecord): Copy["relation"] {
  if (record.rawDigest === other.rawDigest) return "bytes";
  return record.fingerprint.text === other.fingerprint.text ? "text" : "near";
}

function inOrder(rows: readonly RecordRow[]): readonly ArticleRecord[] {
  const published = ({ article, firstSeenAt }: ArticleRecord) => ({
    published: article.published,
    firstSeenAt,
    namesItsSource: article.originalSource !== null,
  });
  return rows.map(recordOf).sort((a, b) => byPublication(published(a), published(b)));
}
