/** Streaming the looks at articles: captures with their bytes, and the 304s between them. */
import { WarraqError } from "../../errors.ts";
import type { Capture } from "../../model.ts";
import type { ArticleFilter, Sighting } from "../store.ts";
import type { Articles } from "./articles.ts";
import type { Captures } from "./captures.ts";
import type { Database } from "./driver.ts";
import { fromArticleId } from "./rows.ts";

interface Look {
  /** Null for a 304. */
  readonly captureId: number | null;
  readonly digest: Buffer | null;
  readonly url: string;
  readonly at: number;
}

export function createSightings(
  db: Database,
  articles: Articles,
  captures: Captures,
): (filter: ArticleFilter) => Generator<readonly Sighting[]> {
  // An import's own revisits are dated by the import: what they saw is in first and last sight.
  const looks = db.prepare<unknown[], Look>(/* sql */ `
    SELECT c.id AS captureId, b.digest, c.url, c.fetched_at AS at
    FROM page p JOIN capture c ON c.page_id = p.id JOIN body b ON b.id = c.body_id
    WHERE p.article_id = @articleId
    UNION ALL
    SELECT NULL, NULL, p.url, v.at
    FROM page p JOIN visit v INDEXED BY visit_unchanged ON v.page_id = p.id JOIN run r ON r.id = v.run_id
    WHERE p.article_id = @articleId AND v.result = 'not-modified' AND r.command <> 'import'
    ORDER BY at, captureId`);
  const startedHere = db
    .prepare<[number, number], number>(
      /* sql */ `SELECT number FROM version WHERE article_id = ? AND capture_id = ? ORDER BY number`,
    )
    .pluck();

  return function* sightings(filter) {
    for (const batch of articles.scan(filter, "latest")) {
      for (const { id } of batch) {
        const articleId = fromArticleId(id);
        if (articleId === null) continue;
        for (const look of looks.all({ articleId })) yield [sightingOf(id, articleId, look)];
      }
    }
  };

  function sightingOf(id: string, articleId: number, look: Look): Sighting {
    const { captureId, digest, url, at } = look;
    if (captureId === null || digest === null) {
      return { articleId: id, kind: "not-modified", url, at };
    }
    const numbers = startedHere.all(articleId, captureId);
    const records = numbers.flatMap((number) => articles.article(id, number) ?? []);
    const capture = bytesOf(captureId);
    return capture === null
      ? { articleId: id, kind: "pruned", url, at, records }
      : { articleId: id, kind: "captured", digest: digest.toString("hex"), capture, records };
  }

  function bytesOf(captureId: number): Capture | null {
    try {
      return captures.get(captureId);
    } catch (error) {
      if (error instanceof WarraqError && error.code === "E_PRUNED") return null;
      throw error;
    }
  }
}
