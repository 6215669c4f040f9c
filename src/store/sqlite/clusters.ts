/**
 * Clusters: the articles of all outlets that tell one story in the same words. A cluster's number is
 * given once. An article joins the cluster of any article it is a copy of (or that is a copy of it);
 * when it is a copy of articles of several, they were one story all along: the oldest cluster takes
 * in the others, whose numbers lead to it from then on. An article whose new version is no copy any
 * more leaves; a cluster of one is none, and its number rests.
 */
import type { Database } from "./driver.ts";

export interface Clusters {
  /** @param copies - the articles this one tells the story of, as its newest version stands */
  place(articleId: number, copies: readonly number[], at: number): void;
  /** Follows merges. @returns null when there never was such a cluster */
  surviving(clusterId: number): number | null;
}

export function createClusters(db: Database): Clusters {
  const clusterOf = db
    .prepare<[number], number | null>(/* sql */ `SELECT cluster_id FROM article WHERE id = ?`)
    .pluck();
  const setCluster = db.prepare<[number | null, number]>(
    /* sql */ `UPDATE article SET cluster_id = ? WHERE id = ?`,
  );
  const make = db.prepare<[number]>(/* sql */ `INSERT INTO cluster (made_at) VALUES (?)`);
  const moveAll = db.prepare<[number, number]>(
    /* sql */ `UPDATE article SET cluster_id = ? WHERE cluster_id = ?`,
  );
  const merge = db.prepare<[number, number]>(
    /* sql */ `UPDATE cluster SET merged_into = ? WHERE id = ?`,
  );
  const someMembers = db
    .prepare<[number], number>(/* sql */ `SELECT id FROM article WHERE cluster_id = ? LIMIT 2`)
    .pluck();
  const mergedInto = db
    .prepare<[number], number | null>(/* sql */ `SELECT merged_into FROM cluster WHERE id = ?`)
    .pluck();

  function leave(articleId: number, clusterId: number): void {
    setCluster.run(null, articleId);
    const [last, another] = someMembers.all(clusterId);
    if (last !== undefined && another === undefined) setCluster.run(null, last);
  }

  return {
    place(articleId, copies, at) {
      const before = clusterOf.get(articleId) ?? null;
      const theirs = copies.map((id) => clusterOf.get(id) ?? null);
      if (before !== null && !theirs.includes(before)) leave(articleId, before);
      if (copies.length === 0) return;
      // Leaving may have dissolved the cluster that a copy was in.
      const known = copies.flatMap((id) => clusterOf.get(id) ?? []);
      const [oldest = Number(make.run(at).lastInsertRowid), ...others] = [...new Set(known)].sort(
        (a, b) => a - b,
      );
      for (const other of others) {
        moveAll.run(oldest, other);
        merge.run(oldest, other);
      }
      for (const id of [articleId, ...copies]) {
        if ((clusterOf.get(id) ?? null) !== oldest) setCluster.run(oldest, id);
      }
    },

    surviving(clusterId) {
      let id = clusterId;
      for (;;) {
        const next = mergedInto.get(id);
        if (next === undefined) return null;
        if (next === null) return id;
        id = next;
      }
    },
  };
}
