/**
 * Whether another program's record repeats what is here: an article whose own address showed, when the
 * record says it was captured, what the record tells. An export of this archive brings nothing back.
 */
import { asOfOneCapture, editedFields } from "../../fingerprint/index.ts";
import type { Article } from "../../model.ts";
import type { ToldTime } from "../store.ts";
import type { Database } from "./driver.ts";
import { articleOfRow, type VersionText } from "./rows.ts";

export function createRecordRepeats(
  db: Database,
): (articleId: number, article: Article, told: ToldTime) => boolean {
  const shown = db.prepare<unknown[], VersionText>(/* sql */ `
    SELECT v.title, v.subtitle, v.category, v.excerpt, v.word_count AS wordCount, v.details, v.body
    FROM version v
    WHERE v.article_id = @articleId AND EXISTS (
      SELECT 1 FROM page p JOIN capture c ON c.page_id = p.id
      WHERE p.article_id = @articleId AND c.version_id = v.id
        AND c.fetched_at BETWEEN @at AND @until - 1)`);

  return (articleId, article, told) => {
    const within = told === "untold" ? ALWAYS : { ...told, at: startOfSecond(told.at) };
    const record = asOfOneCapture(article);
    return shown
      .all({ articleId, ...within })
      .some((row) => editedFields(articleOfRow(row), record).length === 0);
  };
}

/** Every instant that a Date can hold. */
const ALWAYS: Exclude<ToldTime, "untold"> = { at: -8.64e15, until: 8.64e15 };

function startOfSecond(at: number): number {
  return Math.floor(at / 1_000) * 1_000;
}
