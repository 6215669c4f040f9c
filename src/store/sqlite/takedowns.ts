/**
 * Whether an article is still where it was. Never believed from one answer: `gone` after two 404/410
 * (or pages that say "not found") without a good answer between them, `blocked` after two refusals (403, challenge page), `moved`
 * when its address leads to another article; a good answer at its own address makes it `live` again.
 * The evidence is kept with the article, and each change of status is recorded as one.
 */
import type { ArticleRecord } from "../../model.ts";
import type { Changes } from "./changes.ts";
import type { Database } from "./driver.ts";
import type { PageState } from "./page-state.ts";
import { toArticleId } from "./rows.ts";

/** How many answers of a kind are evidence. */
const GONE_AFTER = 2;
const BLOCKED_AFTER = 2;

export interface Takedowns {
  /** The article was answered; at its own address (or the page asked for is it) it is live. */
  saw(articleId: number, moment: Moment, isOwnAddress: boolean): void;
  /** The same, for a page whose validators still hold. */
  sawUnchanged(articleId: number, moment: Moment, pageId: number): void;
  /** After trouble with a page: is there evidence enough? */
  doubt(pageId: number, moment: Moment, answer: string): void;
  moved(articleId: number, moment: Moment, pageId: number, toArticle: number): void;
}

/** When something was seen, and by which run. */
export interface Moment {
  readonly at: number;
  readonly runId: number;
}

export function createTakedowns(db: Database, pages: PageState, changes: Changes): Takedowns {
  const statusOf = db
    .prepare<[number], ArticleRecord["status"]>(/* sql */ `SELECT status FROM article WHERE id = ?`)
    .pluck();
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

  const saw: Takedowns["saw"] = (articleId, moment, isOwnAddress) => {
    const was = isOwnAddress ? statusOf.get(articleId) : "live";
    seen.run({ articleId, at: moment.at, isOwn: isOwnAddress ? 1 : 0 });
    if (was !== "live") changes.setStatus(articleId, "live", { ...moment, detail: `was ${was}` });
  };
  const become = (
    status: Exclude<ArticleRecord["status"], "live">,
    articleId: number,
    pageId: number,
    { at, runId }: Moment,
    detail: string,
  ): void => {
    const { changes: count } = setStatus.run({ articleId, pageId, status, at, detail });
    if (count > 0) changes.setStatus(articleId, status, { at, runId, detail });
  };
  return {
    saw,
    sawUnchanged: (articleId, moment, pageId) =>
      saw(articleId, moment, ownsPage.get(articleId, pageId) !== undefined),
    doubt(pageId, moment, answer) {
      const { articleId, goneCount, blockedCount } = pages.get(pageId);
      const status =
        goneCount >= GONE_AFTER ? "gone" : blockedCount >= BLOCKED_AFTER ? "blocked" : null;
      if (articleId === null || status === null) return;
      const count = status === "gone" ? goneCount : blockedCount;
      become(status, articleId, pageId, moment, `${answer}, ${count} visits`);
    },
    moved(articleId, moment, pageId, toArticle) {
      become("moved", articleId, pageId, moment, `leads to ${toArticleId(toArticle)}`);
    },
  };
}
