/** How much an export will hold, and what a named one has handed out before. */
import { WarraqError } from "../../errors.ts";
import type { Extent, Increment } from "../datasets.ts";
import type { Query } from "../query.ts";
import type { ArticleFilter } from "../store.ts";
import type { Database } from "./driver.ts";
import { conditionOf, matching } from "./filter.ts";
import { fromArticleId } from "./rows.ts";

export interface Datasets {
  extent(filter: ArticleFilter, versions: "latest" | "all"): Extent;
  increment(name: string, terms: string): Increment;
}

/** Notes written in one transaction: a crawl beside it waits only so long. */
const NOTES_AT_ONCE = 1_000;

interface Note {
  readonly articleId: number;
  readonly version: number;
  readonly digest: Uint8Array;
}

/**
 * @param write - runs work in one transaction, with the archive's errors translated
 * @param expand - as for a search: an export holds what a search finds
 */
export function createDatasets(
  db: Database,
  write: <T>(work: () => T) => T,
  expand: (query: Query) => Query,
): Datasets {
  const findIncrement = db.prepare<[string], { id: number; terms: string; isBegun: 0 | 1 }>(
    /* sql */ `
    SELECT id, terms, committed_at IS NOT NULL AS isBegun FROM increment WHERE name = ?`,
  );
  const addIncrement = db.prepare<[string, string]>(
    /* sql */ `INSERT INTO increment (name, terms) VALUES (?, ?)`,
  );
  const dropPending = db.prepare<[number]>(
    /* sql */ `DELETE FROM increment_record WHERE increment_id = ? AND is_pending = 1`,
  );
  const findRecord = db
    .prepare<[number, number, number], Buffer>(/* sql */ `
      SELECT digest FROM increment_record
      WHERE increment_id = ? AND is_pending = 0 AND article_id = ? AND version = ?`)
    .pluck();
  const addNote = db.prepare<[number, number, number, Uint8Array]>(/* sql */ `
    INSERT OR REPLACE INTO increment_record (increment_id, is_pending, article_id, version, digest)
    VALUES (?, 1, ?, ?, ?)`);
  const keepNotes = db.prepare<[number]>(/* sql */ `
    INSERT OR REPLACE INTO increment_record (increment_id, is_pending, article_id, version, digest)
    SELECT increment_id, 0, article_id, version, digest FROM increment_record
    WHERE increment_id = ? AND is_pending = 1`);
  const committed = db.prepare<[number, string, number]>(
    /* sql */ `UPDATE increment SET committed_at = ?, terms = ? WHERE id = ?`,
  );

  return {
    extent(filter, versions) {
      const condition = conditionOf(filter, expand);
      if (condition.isEmpty) return { records: 0, fromAt: null, toAt: null };
      const count = versions === "all" ? "coalesce(sum(a.versions), 0)" : "count(*)";
      const { sql, parameters } = matching(condition);
      return db
        .prepare<unknown[], Extent>(/* sql */ `
          SELECT ${count} AS records, min(a.date_at) AS fromAt, max(a.date_at) AS toAt ${sql}`)
        .get(...parameters) as Extent;
    },

    increment(name, terms) {
      const id = write(() => {
        const known = findIncrement.get(name);
        if (known === undefined) return Number(addIncrement.run(name, terms).lastInsertRowid);
        // An export that was never whole binds nobody to what it was begun with.
        if (known.isBegun && known.terms !== terms && !isExtended(known.terms, terms)) {
          throw new WarraqError(
            "E_USAGE",
            `the export "${name}" was begun with ${known.terms}, not with ${terms}: give the same, or another name`,
          );
        }
        dropPending.run(known.id); // of an export that was never whole
        return known.id;
      });
      let notes: Note[] = [];
      const flush = (): void => {
        const batch = notes;
        notes = [];
        if (batch.length === 0) return;
        write(() => {
          for (const { articleId, version, digest } of batch) {
            addNote.run(id, articleId, version, digest);
          }
        });
      };
      return {
        isNews(articleIdText, version, digest) {
          const articleId = fromArticleId(articleIdText) ?? 0;
          if (findRecord.get(id, articleId, version)?.equals(digest) === true) return false;
          notes.push({ articleId, version, digest });
          if (notes.length >= NOTES_AT_ONCE) flush();
          return true;
        },
        async commit(at) {
          flush();
          write(() => {
            keepNotes.run(id);
            dropPending.run(id);
            committed.run(at, terms, id);
          });
        },
      };
    },
  };
}

/** The same terms with more fields behind them (they stand last): every record has changed, and comes. */
function isExtended(known: string, terms: string): boolean {
  const END = '"}';
  return known.endsWith(END) && terms.startsWith(`${known.slice(0, -END.length)},`);
}
