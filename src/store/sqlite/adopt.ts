/**
 * One site taking over another's pages: a host that was crawled before anybody wrote a rule for it is
 * filed under its own name, and belongs to the rule's site from the day there is one. Ids of articles
 * stay, and so does the hash chain: it binds addresses and texts, not under which site they are filed.
 */
import type { Database } from "./driver.ts";

/** @returns how many articles were taken over; it must run inside a transaction */
export type Adopt = (from: string, to: string) => number;

/** @param refile - indexes an article again: its site is one of the words it is found by */
export function createAdopt(db: Database, refile: (articleId: number) => void): Adopt {
  // Hosts that the new site has met already keep their line; the others go over as they are.
  const doubles = db.prepare<[string, string], { old: number; own: number }>(/* sql */ `
    SELECT a.id AS old, b.id AS own FROM queue a JOIN queue b ON b.host = a.host
    WHERE a.site_id = ? AND b.site_id = ?`);
  const movePages = db.prepare<[number, number]>(
    /* sql */ `UPDATE page SET queue_id = ? WHERE queue_id = ?`,
  );
  const addCaptures = db.prepare<[number, number]>(/* sql */ `
    INSERT INTO capture_count SELECT ?, captures FROM capture_count WHERE queue_id = ?
    ON CONFLICT DO UPDATE SET captures = captures + excluded.captures`);
  const dropLine = [
    /* sql */ `DELETE FROM capture_count WHERE queue_id = ?`,
    /* sql */ `DELETE FROM page_count WHERE queue_id = ?`,
    /* sql */ `DELETE FROM queue WHERE id = ?`,
  ].map((sql) => db.prepare<[number]>(sql));
  const articlesOf = db
    .prepare<[string], number>(/* sql */ `SELECT id FROM article WHERE site_id = ? ORDER BY id`)
    .pluck();
  const rename = [
    /* sql */ `UPDATE queue SET site_id = @to WHERE site_id = @from`,
    /* sql */ `UPDATE article SET site_id = @to WHERE site_id = @from`,
    /* sql */ `UPDATE change SET site_id = @to WHERE site_id = @from`,
    /* sql */ `UPDATE OR IGNORE wp_term SET site_id = @to WHERE site_id = @from`,
    /* sql */ `DELETE FROM wp_term WHERE site_id = @from`,
    /* sql */ `INSERT INTO spent (site_id, day, requests)
      SELECT @to, day, requests FROM spent WHERE site_id = @from
      ON CONFLICT DO UPDATE SET requests = requests + excluded.requests`,
    /* sql */ `DELETE FROM spent WHERE site_id = @from`,
    /* sql */ `UPDATE site_rule SET removed_at = added_at WHERE id = @from AND removed_at IS NULL`,
  ].map((sql) => db.prepare(sql));

  return (from, to) => {
    const articles = articlesOf.all(from);
    for (const { old, own } of doubles.all(from, to)) {
      movePages.run(own, old);
      addCaptures.run(own, old);
      for (const statement of dropLine) statement.run(old);
    }
    for (const statement of rename) statement.run({ from, to });
    for (const articleId of articles) refile(articleId);
    return articles.length;
  };
}
