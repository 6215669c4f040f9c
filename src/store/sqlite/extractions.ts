/** Reading a version anew: its row holds the newest extraction, table `extraction` those before it. */
import { WarraqError } from "../../errors.ts";
import type { ArticleRecord, Capture } from "../../model.ts";
import type { NewReading } from "../extractions.ts";
import { type Captures, isPartOf } from "./captures.ts";
import type { Database } from "./driver.ts";
import type { Reread } from "./reread.ts";
import { fromArticleId, type RecordRow, recordOf, type VersionText } from "./rows.ts";

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

export function createExtractions(db: Database, captures: Captures, reread: Reread): Extractions {
  const parts = db
    .prepare<unknown[], number>(/* sql */ `
      SELECT c.id FROM version v JOIN capture c ON ${isPartOf("v.capture_id")}
      WHERE v.article_id = @articleId AND v.number = @version ORDER BY c.id`)
    .pluck();
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

    reread({ articleId, version }, reading, by) {
      const id = fromArticleId(articleId);
      if (id === null || !reread.replace({ articleId: id, version }, reading, by)) {
        throw new WarraqError("E_NOT_FOUND", `there is no version ${version} of ${articleId}`);
      }
    },

    as(row, number) {
      const { articleId, number: version } = row;
      if (current.get({ articleId, version }) === number) return recordOf(row);
      const old = before.get({ articleId, version, number });
      return old === undefined ? null : recordOf({ ...row, ...old });
    },
  };
}
