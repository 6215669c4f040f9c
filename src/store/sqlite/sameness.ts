/**
 * Keeps what is known of copies true as versions come: who has the same text, who is a near copy, and
 * which cluster that makes. Part of the transaction that wrote the version.
 */
import { createClusters } from "./clusters.ts";
import type { Database } from "./driver.ts";
import { TELLING_WORDS } from "./identity.ts";
import { createNearIndex, type NearCopy, type NearText } from "./near-index.ts";

export interface Sameness {
  /** After an article's first version was written. */
  seeNew(articleId: number, at: number): void;
  /** After another version became the newest; `before` is the body of the one that was. */
  seeChanged(articleId: number, before: string, at: number): void;
}

interface NewestText extends NearText {
  readonly text: Buffer;
  readonly words: number;
}

export function createSameness(db: Database): Sameness {
  const near = createNearIndex(db);
  const clusters = createClusters(db);
  const newest = db.prepare<[number], NewestText>(/* sql */ `
    SELECT a.id, a.site_id AS siteId, v.body, v.published, a.date_at AS dateAt, v.text, v.word_count AS words
    FROM article a JOIN version v ON v.id = a.version_id WHERE a.id = ?`);
  const twinsOf = db
    .prepare<[Buffer, number], number>(/* sql */ `
      SELECT DISTINCT a.id FROM version v JOIN article a ON a.id = v.article_id AND a.version_id = v.id
      WHERE v.text = ? AND a.id <> ? ORDER BY a.id LIMIT 20`)
    .pluck();
  const firstWith = db.prepare<[Buffer], { id: number; root: number }>(/* sql */ `
    SELECT a.id, coalesce(a.duplicate_of, a.id) AS root
    FROM version v JOIN article a ON a.id = v.article_id WHERE v.text = ? ORDER BY v.id LIMIT 1`);
  const setDuplicate = db.prepare<[number | null, number]>(
    /* sql */ `UPDATE article SET duplicate_of = ? WHERE id = ?`,
  );
  const clusterOf = db
    .prepare<[number], number | null>(/* sql */ `SELECT cluster_id FROM article WHERE id = ?`)
    .pluck();
  const pair = db.prepare<[number, number]>(
    /* sql */ `SELECT 1 FROM copy WHERE article_id = ? AND other_id = ?`,
  );
  const forget = db.prepare<[number, number]>(
    /* sql */ `DELETE FROM copy WHERE article_id = ? OR other_id = ?`,
  );
  const addCopy = db.prepare(/* sql */ `
    INSERT OR REPLACE INTO copy (article_id, other_id, similarity, containment, is_story)
    VALUES (@low, @high, @similarity, @containment, @isStory)`);

  function copiesOf(article: NewestText): readonly NearCopy[] {
    const found = near.find(article);
    if (article.words < TELLING_WORDS) return found;
    // Too short for runs of words, or one of more twins than are compared: the same text all the same.
    const twins = twinsOf
      .all(article.text, article.id)
      .filter((id) => found.every((copy) => copy.id !== id))
      .map((id) => ({ id, similarity: 1, containment: 1, isStory: true, isWithin: false }));
    return [...found, ...twins];
  }

  /** A text that contains two which are no copies of each other is a round-up, and none of its stories. */
  function withoutRoundUp(copies: readonly NearCopy[]): readonly NearCopy[] {
    const within = copies.filter(({ isWithin }) => isWithin);
    const [first, ...others] = within.map(({ id }) => id);
    if (first === undefined || others.every((id) => isKnownCopy(first, id))) return copies;
    return copies.map((copy) => (copy.isWithin ? { ...copy, isStory: false } : copy));
  }

  function isKnownCopy(a: number, b: number): boolean {
    const cluster = clusterOf.get(a) ?? null;
    if (cluster !== null && cluster === clusterOf.get(b)) return true;
    return pair.get(Math.min(a, b), Math.max(a, b)) !== undefined;
  }

  function record(article: NewestText, at: number): void {
    const { id } = article;
    const copies = withoutRoundUp(copiesOf(article));
    for (const copy of copies) {
      const [low, high] = [Math.min(id, copy.id), Math.max(id, copy.id)];
      addCopy.run({ ...copy, low, high, isStory: copy.isStory ? 1 : 0 });
    }
    const stories = copies.filter(({ isStory }) => isStory);
    clusters.place(
      id,
      stories.map((copy) => copy.id),
      at,
    );
  }

  return {
    seeNew(articleId, at) {
      const article = newest.get(articleId);
      if (article === undefined) return;
      record(article, at);
      near.put(article, null);
    },

    seeChanged(articleId, before, at) {
      const article = newest.get(articleId);
      if (article === undefined) return;
      forget.run(articleId, articleId);
      record(article, at);
      near.put(article, before);
      const first = article.words < TELLING_WORDS ? undefined : firstWith.get(article.text);
      const root = first === undefined || first.id === articleId ? null : first.root;
      setDuplicate.run(root === articleId ? null : root, articleId);
    },
  };
}
