/** Rules used and added. A removed or replaced rule stays in the file: versions name it by digest. */
import type { SiteRecord } from "../store.ts";
import type { Database } from "./driver.ts";

export interface Sites {
  put(site: SiteRecord): void;
  list(): SiteRecord[];
  remove(id: string): boolean;
}

interface SiteRow extends Omit<SiteRecord, "rule"> {
  readonly rule: string;
}

export function createSites(db: Database): Sites {
  const put = db.prepare(/* sql */ `
    INSERT INTO site_rule (id, digest, origin, added_at, rule)
    VALUES (@id, @digest, @origin, @addedAt, @rule)
    ON CONFLICT DO UPDATE SET added_at = excluded.added_at, removed_at = NULL
      WHERE removed_at IS NOT NULL OR added_at < (
        SELECT max(added_at) FROM site_rule AS one
        WHERE one.id = excluded.id AND one.origin = excluded.origin AND one.removed_at IS NULL)`);
  const current = db.prepare<[], SiteRow>(/* sql */ `
    SELECT id, digest, origin, added_at AS addedAt, rule FROM site_rule AS one
    WHERE removed_at IS NULL AND rowid = (
      SELECT rowid FROM site_rule
      WHERE id = one.id AND origin = one.origin AND removed_at IS NULL
      ORDER BY added_at DESC, rowid DESC LIMIT 1)
    ORDER BY id, origin`);
  // The moment is unknown here and does not matter: what counts is that it is no longer in force.
  const remove = db.prepare<[string]>(/* sql */ `
    UPDATE site_rule SET removed_at = added_at
    WHERE id = ? AND origin = 'added' AND removed_at IS NULL`);
  return {
    put: (site) => {
      put.run({ ...site, rule: JSON.stringify(site.rule) });
    },
    list: () => current.all().map((row) => ({ ...row, rule: JSON.parse(row.rule) as unknown })),
    remove: (id) => remove.run(id).changes > 0,
  };
}
