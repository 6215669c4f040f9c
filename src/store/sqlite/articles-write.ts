/** Writing articles and versions. What is one article and what is an edit was decided in identity.ts. */
import { editedFields } from "../../fingerprint/index.ts";
import type { Article, PageKind } from "../../model.ts";
import { findPlaces, fold } from "../../text/index.ts";
import type { NewReading } from "../extractions.ts";
import type { Changes } from "./changes.ts";
import type { Database } from "./driver.ts";
import { articleOfRow, detailsOf, type VersionText } from "./rows.ts";
import { createSameness } from "./sameness.ts";
import { createTextIndex, type TextIndex } from "./text-index.ts";

export interface VersionPlace {
  readonly runId: number;
  readonly captureId: number;
  readonly at: number;
  readonly article: Article;
  readonly reading: NewReading;
  readonly content: Buffer;
  readonly text: Buffer;
  readonly near: Buffer;
}

export interface ArticleWriter {
  /** Of the site that its page is of, whoever captured it. @returns the article's id */
  addArticle(
    place: VersionPlace,
    at: { readonly pageId: number; readonly duplicateOf: number | null },
  ): number;
  /** @returns the version's number, or null when it says the same as the newest after all */
  addVersion(articleId: number, place: VersionPlace): number | null;
  /** Writes a version under a number that is free, and nothing else. @returns its row */
  writeVersion(
    articleId: number,
    number: number,
    changed: readonly string[],
    place: VersionPlace,
  ): number;
  /** Sums the article up by its newest version, and makes that the one that is found. */
  showNewest(articleId: number, place: VersionPlace, of: NewestVersion): void;
  /** Indexes the newest version again: the article's date has changed without a version. */
  refile(articleId: number): void;
  /** What the index still holds in memory. */
  readonly index: Omit<TextIndex, "put">;
}

export interface NewestVersion {
  readonly versionId: number;
  readonly number: number;
  /** What was the newest before. */
  readonly before: Article;
}

export function createArticleWriter(db: Database, changes: Changes): ArticleWriter {
  const index = createTextIndex(db);
  const sameness = createSameness(db);
  const siteOf = db
    .prepare<[number], string>(/* sql */ `
      SELECT q.site_id FROM page p JOIN queue q ON q.id = p.queue_id WHERE p.id = ?`)
    .pluck();
  const insertArticle = db.prepare(/* sql */ `
    INSERT INTO article (site_id, page_id, versions, kind, language, status_at, first_seen_at,
      last_seen_at, published_at, date_at, duplicate_of, has_title, category, author_key, places)
    VALUES (@siteId, @pageId, 1, @kind, @language, @at, @at, @at, @publishedAt,
      coalesce(@publishedAt, @at), @duplicateOf, @hasTitle, @category, @authorKey,
      @places)`);
  const insertVersion = db.prepare(/* sql */ `
    INSERT INTO version (article_id, number, capture_id, run_id, captured_at, content, text, near,
      published, program, rule, changed, title, subtitle, category, excerpt, word_count, details,
      body)
    VALUES (@articleId, @number, @captureId, @runId, @at, @content, @text, @near, @published,
      @program, @rule, @changed, @title, @subtitle, @category, @excerpt, @wordCount, @details,
      @body)`);
  const pointToNewest = db.prepare<[number, number]>(
    /* sql */ `UPDATE article SET version_id = ? WHERE id = ?`,
  );
  const updateArticle = db.prepare(/* sql */ `
    UPDATE article SET version_id = @versionId, versions = @number, kind = @kind,
      language = @language, published_at = @publishedAt,
      date_at = coalesce(@publishedAt, first_seen_at), has_title = @hasTitle,
      category = @category, author_key = @authorKey, places = @places
    WHERE id = @articleId`);
  const addCategory = db.prepare<[string, number]>(
    /* sql */ `INSERT OR IGNORE INTO article_category (key, article_id) VALUES (?, ?)`,
  );
  const dropCategories = db.prepare(/* sql */ `
    DELETE FROM article_category WHERE article_id = @articleId
      AND key IN (SELECT value FROM json_each(@old))
      AND key NOT IN (SELECT value FROM json_each(@keys))`);
  const newest = db.prepare<[number], VersionText & { readonly number: number }>(/* sql */ `
    SELECT v.number, v.title, v.subtitle, v.category, v.excerpt, v.word_count AS wordCount,
      v.details, v.body, a.language
    FROM article a JOIN version v ON v.id = a.version_id WHERE a.id = ?`);
  const filed = db.prepare<[number], Filed>(
    /* sql */ `SELECT site_id AS siteId, date_at AS dateAt, kind, places FROM article WHERE id = ?`,
  );

  function writeVersion(
    articleId: number,
    number: number,
    changed: readonly string[],
    place: VersionPlace,
  ): number {
    const { article, reading, runId, captureId, at, content, text, near } = place;
    const { title, subtitle, category, excerpt, wordCount, body, published } = article;
    const { program, rule } = reading.extractor;
    const added = insertVersion.run({
      ...{ articleId, number, captureId, runId, at, content, text, near, program, rule },
      ...{ title, subtitle, category, excerpt, wordCount, body },
      published: published?.iso ?? null,
      changed: JSON.stringify(changed),
      details: detailsOf(article),
    });
    return Number(added.lastInsertRowid);
  }

  const summaryOf = ({ article, reading }: VersionPlace, places: readonly string[]) => ({
    kind: reading.extraction.kind,
    language: article.language,
    publishedAt: article.published?.at ?? null,
    hasTitle: article.title === "" ? 0 : 1,
    category: article.category,
    authorKey: article.authors.map((author) => fold(author)).join("\n"),
    places: JSON.stringify(places),
  });

  const showNewest: ArticleWriter["showNewest"] = (articleId, place, newest) => {
    const { versionId, number, before } = newest;
    const { article } = place;
    const places = findPlaces(article.title, article.body);
    const summary = summaryOf(place, places);
    updateArticle.run({ ...summary, articleId, versionId, number });
    const keys = categoryKeys(article);
    const old = JSON.stringify(categoryKeys(before));
    dropCategories.run({ articleId, old, keys: JSON.stringify(keys) });
    for (const key of keys) addCategory.run(key, articleId);
    const row = filed.get(articleId);
    if (row === undefined) throw new Error(`there is no article a${articleId}`);
    index.put(articleId, { article, ...row, places }, false);
    sameness.seeChanged(articleId, before.body, place.at);
  };

  return {
    addArticle(place, { pageId, duplicateOf }) {
      const siteId = siteOf.get(pageId);
      if (siteId === undefined) throw new Error(`page ${pageId} is in no queue`);
      const { article, at } = place;
      const places = findPlaces(article.title, article.body);
      const summary = summaryOf(place, places);
      const row = { ...summary, siteId, pageId, duplicateOf, at };
      const articleId = Number(insertArticle.run(row).lastInsertRowid);
      pointToNewest.run(writeVersion(articleId, 1, [], place), articleId);
      for (const key of categoryKeys(place.article)) addCategory.run(key, articleId);
      const dateAt = summary.publishedAt ?? at;
      index.put(articleId, { article, siteId, kind: summary.kind, dateAt, places }, true);
      sameness.seeNew(articleId, place.at);
      return articleId;
    },

    addVersion(articleId, place) {
      const row = newest.get(articleId);
      if (row === undefined) throw new Error(`article a${articleId} has no newest version`);
      const before = articleOfRow(row);
      const changed = editedFields(before, place.article);
      if (changed.length === 0) return null;
      const number = row.number + 1;
      const versionId = writeVersion(articleId, number, changed, place);
      showNewest(articleId, place, { versionId, number, before });
      changes.classify(versionId);
      return number;
    },

    writeVersion,
    showNewest,

    refile(articleId) {
      const row = newest.get(articleId);
      const at = filed.get(articleId);
      if (row === undefined || at === undefined)
        throw new Error(`there is no article a${articleId}`);
      const { kind, places, ...rest } = at;
      const article = articleOfRow(row);
      index.put(articleId, { article, ...rest, kind, places: JSON.parse(places) }, false);
    },
    index,
  };
}

interface Filed {
  readonly siteId: string;
  readonly dateAt: number;
  readonly kind: PageKind;
  /** JSON. */
  readonly places: string;
}

function categoryKeys(article: Article): string[] {
  const keys = article.categories.map(({ label }) => fold(label));
  return [...new Set(keys)].filter((key) => key !== "");
}
