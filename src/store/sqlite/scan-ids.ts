/** Walking every article that matches a filter, in the order of ids. */
import type { Query } from "../query.ts";
import type { ArticleFilter } from "../store.ts";
import type { Database } from "./driver.ts";
import { conditionOf, matching } from "./filter.ts";

/**
 * @param most - ids of a batch; between batches other work of the process goes on
 * @yields ids in batches, ascending
 */
export function* matchingIds(
  db: Database,
  filter: ArticleFilter,
  expand: (query: Query) => Query,
  most: number,
): Generator<readonly number[]> {
  const condition = conditionOf(filter, expand);
  if (condition.isEmpty) return;
  const { sql, parameters } = matching(condition);
  const id = condition.match === null ? "a.id" : "search_index.rowid";
  const ids = db
    .prepare<unknown[], number>(/* sql */ `
      SELECT a.id ${sql} AND ${id} > ? ORDER BY ${id} LIMIT ${most}`)
    .pluck();
  for (let after = 0; ; ) {
    const batch = ids.all(...parameters, after);
    const last = batch.at(-1);
    if (last === undefined) return;
    yield batch;
    after = last;
  }
}
