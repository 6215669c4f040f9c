/**
 * Replacing what was read of a version: the row gets the new reading, table `extraction` keeps the old
 * one. The version stays what it was: one content, seen at its time.
 */
import type { NewReading } from "../extractions.ts";
import type { ArticleWriter } from "./articles-write.ts";
import type { Database } from "./driver.ts";
import { articleOfRow, detailsOf, hashesOf, type VersionText } from "./rows.ts";
import type { Seals } from "./seals.ts";

export interface VersionName {
  readonly articleId: number;
  readonly version: number;
}

export interface Reread {
  /** @returns whether there is such a version */
  replace(
    of: VersionName,
    reading: NewReading,
    by: { readonly runId: number; readonly at: number },
  ): boolean;
}

interface Place extends VersionText {
  readonly versionId: number;
  readonly captureId: number;
  readonly isNewest: number;
  readonly number: number;
}

export function createReread(db: Database, writer: ArticleWriter, seals: Seals): Reread {
  const place = db.prepare<unknown[], Place>(/* sql */ `
    SELECT v.id AS versionId, v.capture_id AS captureId, v.number, a.version_id = v.id AS isNewest,
      v.title, v.subtitle, v.category, v.excerpt, v.word_count AS wordCount, v.details, v.body
    FROM version v JOIN article a ON a.id = v.article_id
    WHERE v.article_id = @articleId AND v.number = @version`);
  const keepOld = db.prepare(/* sql */ `
    INSERT INTO extraction (version_id, number, run_id, replaced_at, content, text, near, published,
      program, rule, title, subtitle, category, excerpt, word_count, details, body)
    SELECT id, extraction, @runId, @at, content, text, near, published, program, rule, title,
      subtitle, category, excerpt, word_count, details, body
    FROM version WHERE id = @versionId`);
  const sayAnew = db.prepare(/* sql */ `
    UPDATE version SET extraction = extraction + 1, content = @content, text = @text, near = @near,
      published = @published, program = @program, rule = @rule, title = @title,
      subtitle = @subtitle, category = @category, excerpt = @excerpt, word_count = @wordCount,
      details = @details, body = @body
    WHERE id = @versionId`);

  const replace: Reread["replace"] = (of, reading, { runId, at }) => {
    const old = place.get({ ...of });
    if (old === undefined) return false;
    const { article } = reading.extraction;
    const { fingerprint, extractor } = reading;
    if (article === null || fingerprint === null) {
      throw new TypeError(`nothing was read of version ${of.version} of a${of.articleId}`);
    }
    const { versionId, captureId, number } = old;
    const hashes = hashesOf(fingerprint);
    const { title, subtitle, category, excerpt, wordCount, body, published } = article;
    keepOld.run({ runId, at, versionId });
    sayAnew.run({
      ...{ versionId, ...hashes, ...extractor, title, subtitle, category, excerpt, wordCount },
      ...{ body, published: published?.iso ?? null, details: detailsOf(article) },
    });
    seals.renew("version", versionId);
    if (old.isNewest === 0) return true;
    const shown = { runId, captureId, at, article, reading, ...hashes };
    writer.showNewest(of.articleId, shown, { versionId, number, before: articleOfRow(old) });
    return true;
  };

  return { replace };
}
