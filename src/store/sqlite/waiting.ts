/** What is in line and was never asked for, read without taking anything on loan. */
import type { PageRef } from "../../model.ts";
import type { Database } from "./driver.ts";

export type Waiting = (request: {
  readonly now: number;
  readonly siteIds: readonly string[];
}) => Generator<readonly PageRef[], void>;

const BATCH_ROWS = 1_000;

interface Row extends PageRef {
  readonly id: number;
  readonly dueAt: number;
}

export function createWaiting(db: Database): Waiting {
  const lines = db
    .prepare<[string], number>(/* sql */ `
      SELECT id FROM queue WHERE site_id IN (SELECT value FROM json_each(?)) ORDER BY id`)
    .pluck();
  // Along the index of a host's line; each batch goes on behind the last page of the one before.
  const after = db.prepare<unknown[], Row>(/* sql */ `
    SELECT p.id, p.due_at AS dueAt, p.url, q.site_id AS siteId, p.role, p.found_by AS foundBy,
      p.hint_title AS title, p.hint_published_at AS publishedAt, p.hint_modified_at AS lastModifiedAt
    FROM page p INDEXED BY page_due JOIN queue q ON q.id = p.queue_id
    WHERE p.queue_id = @queueId AND p.due_at <= @now AND (p.due_at, p.id) > (@dueAt, @id)
      AND p.role = 'article' AND p.visited_at IS NULL
    ORDER BY p.due_at, p.id LIMIT ${BATCH_ROWS}`);

  return function* ({ now, siteIds }) {
    for (const queueId of lines.all(JSON.stringify(siteIds))) {
      let place = { dueAt: -1, id: -1 };
      for (;;) {
        const rows = after.all({ queueId, now, ...place });
        const last = rows.at(-1);
        if (last === undefined) break;
        place = { dueAt: last.dueAt, id: last.id };
        yield rows.map(({ id: _, dueAt: __, ...page }) => page);
      }
    }
  };
}
