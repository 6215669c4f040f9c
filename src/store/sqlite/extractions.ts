/** Reading a version anew: its row holds the newest extraction, table `extraction` those before it. */
import { WarraqError } from "../../errors.ts";
import type { ArticleRecord, Capture } from "../../model.ts";
import type { NewReading } from "../extractions.ts";
import type { ArticleWriter } from "./articles-write.ts";
import { type Captures, isPartOf } from "./captures.ts";
import type { Database } from "./driver.ts";
import {
  articleOfRow,
  detailsOf,
  fromArticleId,
  type RecordRow,
  recordOf,
  type VersionText,
} from "./rows.ts";
import type { Seals } from "./seals.ts";

export interface Extractions {
  rawParts(articleId: string, version: number): Capture[];
  reread(
    of: { readonly articleId: string; readonly version: number },
    reading: NewReading,
    by: { readonly runId: number; readonly at: number },
  ): void;
  /** `row` as it was read the `number`th time, or null. */
  as(row: RecordRow, number: number): ArticleRecord | null;
}

interface Place extends VersionText {
  readonly versionId: number;
  readonly captureId: number;
  readonly isNewest: number;
  readonly number: number;
}

const OF_VERSION = /* sql */ `FROM version v JOIN article a ON a.id = v.article_id
  WHERE v.article_id = @articleId AND v.number = @version`;

export function createExtractions(
  db: Database,
  writer: ArticleWriter,
  captures: Captures,
  seals: Seals,
): Extractions {
  const place = db.prepare<unknown[], Place>(/* sql */ `
    SELECT v.id AS versionId, v.capture_id AS captureId, v.number, a.version_id = v.id AS isNewest,
      v.title, v.subtitle, v.category, v.excerpt, v.word_count AS wordCount, v.details, v.body
    ${OF_VERSION}`);
  const parts = db
    .prepare<unknown[], number>(/* sql */ `
      SELECT c.id FROM version v JOIN capture c ON ${isPartOf("v.capture_id")}
      WHERE v.article_id = @articleId AND v.number = @version ORDER BY c.id`)
    .pluck();
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
  const current = db
    .prepare<unknown[], number>(/* sql */ `
      SELECT extraction FROM version WHERE article_id = @articleId AND number = @version`)
    .pluck();
  const before = db.prepare<
    unknown[],
    VersionText & Pick<RecordRow, "content" | "text" | "near" | "program" | "rule">
  >(/* sql */ `
    SELECT e.title, e.subtitle, e.category, e.excerpt, e.word_count AS wordCount, e.details, e.body,
      e.content, e.text, e.near, e.program, e.rule
    FROM version v JOIN extraction e ON e.version_id = v.id
    WHERE v.article_id = @articleId AND v.number = @version AND e.number = @number`);

  return {
    rawParts(articleId, version) {
      const ids = parts.all({ articleId: fromArticleId(articleId), version });
      return ids.flatMap((id) => captures.get(id) ?? []);
    },

    reread({ articleId, version }, reading, { runId, at }) {
      const id = fromArticleId(articleId);
      const old = id === null ? undefined : place.get({ articleId: id, version });
      const { article } = reading.extraction;
      const { fingerprint, extractor } = reading;
      if (id === null || old === undefined) {
        throw new WarraqError("E_NOT_FOUND", `there is no version ${version} of ${articleId}`);
      }
      if (article === null || fingerprint === null) {
        throw new TypeError(`nothing was read of version ${version} of ${articleId}`);
      }
      const { versionId, captureId, number } = old;
      const hashes = {
        content: Buffer.from(fingerprint.content, "hex"),
        text: Buffer.from(fingerprint.text, "hex"),
        near: Buffer.from(fingerprint.near, "hex"),
      };
      const { title, subtitle, category, excerpt, wordCount, body, published } = article;
      keepOld.run({ runId, at, versionId });
      sayAnew.run({
        ...{ versionId, ...hashes, ...extractor, title, subtitle, category, excerpt, wordCount },
        ...{ body, published: published?.iso ?? null, details: detailsOf(article) },
      });
      seals.renew("version", versionId);
      if (old.isNewest === 0) return;
      const shown = { runId, captureId, at, article, reading, ...hashes };
      writer.showNewest(id, shown, { versionId, number, before: articleOfRow(old) });
    },

    as(row, number) {
      const { articleId, number: version } = row;
      if (current.get({ articleId, version }) === number) return recordOf(row);
      const old = before.get({ articleId, version, number });
      return old === undefined ? null : recordOf({ ...row, ...old });
    },
  };
}
