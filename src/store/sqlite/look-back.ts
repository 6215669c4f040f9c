/** Looking back at one URL: what its last visit came to, and the newest body it answered with. */
import type { Capture } from "../../model.ts";
import { urlKey } from "../../url/index.ts";
import type { LastVisit } from "../store.ts";
import { createCaptures } from "./captures.ts";
import type { Database } from "./driver.ts";
import { toArticleId } from "./rows.ts";

export interface LookBack {
  visit(url: string): LastVisit | null;
  capture(url: string): Capture | null;
}

export function createLookBack(db: Database): LookBack {
  const captures = createCaptures(db);
  const visitOf = db.prepare<
    [string],
    { readonly at: number; readonly result: LastVisit["result"]; readonly article: number | null }
  >(/* sql */ `
    SELECT visited_at AS at, result, article_id AS article FROM page
    WHERE url_key = ? AND visited_at IS NOT NULL AND result IS NOT NULL`);
  const captureOf = db
    .prepare<[string], number>(/* sql */ `
      SELECT c.id FROM capture c JOIN page p ON p.id = c.page_id
      WHERE p.url_key = ? AND c.via <> 'wp-json' ORDER BY c.fetched_at DESC, c.id DESC LIMIT 1`)
    .pluck();

  return {
    visit(url) {
      const row = visitOf.get(urlKey(url));
      if (row === undefined) return null;
      const { at, result, article } = row;
      return { at, result, articleId: article === null ? null : toArticleId(article) };
    },
    capture(url) {
      const id = captureOf.get(urlKey(url));
      return id === undefined ? null : captures.get(id);
    },
  };
}
