/**
 * Whether an article is still where it was. Never believed from one answer: `gone` after two 404/410
 * without a good answer between them, `blocked` after two refusals (403, challenge page), `moved`
 * when its address leads to another article; a good answer at its own address makes it `live` again.
 * The evidence is kept with the article.
 */
import type { ArticleRecord } from "../../model.ts";
import type { Database } from "./driver.ts";
import type { PageState } from "./page-state.ts";
import { toArticleId } from "./rows.ts";

/** How many answers of a kind are evidence. */
const GONE_AFTER = 2;
const BLOCKED_AFTER = 2;

export interface Takedowns {
  /** The article was answered; at its own address (or the page asked for is it) it is live. */
  saw(articleId: number, at: number, isOwnAddress: boolean): void;
  /** The same, for a page whose validators still hold. */
  sawUnchanged(articleId: number, at: number, pageId: number): void;
  /** After trouble with a page: is there evidence enough? */
  doubt(pageId: number, at: number, answer: string): void;
  moved(articleId: number, at: number, pageId: number, toArticle: number): void;
}

export function createTakedowns(db: Database, pages: PageState): Takedowns {
  const seen = db.prepare(/* sql */ `
    UPDATE article SET last_seen_at = max(last_seen_at, @at),
      status = iif(@isOwn, 'live', status),
      status_detail = iif(@isOwn AND status <> 'live', NULL, status_detail),
      status_at = iif(@isOwn AND status <> 'live', @at, status_at)
    WHERE id = @articleId`);
  const ownsPage = db
    .prepare<[number, number], number>(
      /* sql */ `SELECT 1 FROM article WHERE id = ? AND page_id = ?`,
    )
    .pluck();
  const setStatus = db.prepare(/* sql */ `
    UPDATE article SET status = @status, status_at = @at, status_detail = @detail
    WHERE id = @articleId AND status <> @status AND page_id = @pageId`);

  const saw: Takedowns["saw"] = (articleId, at, isOwnAddress) => {
    seen.run({ articleId, at, isOwn: isOwnAddress ? 1 : 0 });
  };
  return {
    saw,
    sawUnchanged: (articleId, at, pageId) =>
      saw(articleId, at, ownsPage.get(articleId, pageId) !== undefined),
    doubt(pageId, at, answer) {
      const { articleId, goneCount, blockedCount } = pages.get(pageId);
      const status: ArticleRecord["status"] | null =
        goneCount >= GONE_AFTER ? "gone" : blockedCount >= BLOCKED_AFTER ? "blocked" : null;
      if (articleId === null || status === null) return;
      const detail = `${answer}, ${status === "gone" ? goneCount : blockedCount} visits`;
      setStatus.run({ articleId, pageId, status, at, detail });
    },
    moved(articleId, at, pageId, toArticle) {
      const detail = `leads to ${toArticleId(toArticle)}`;
      setStatus.run({ articleId, pageId, status: "moved", at, detail });
    },
  };
}
