/**
 * Pruning: the bytes of old pages are taken away, their digests and all that was read from them stay.
 * A body is old when every capture of it is. A block that others are in is packed anew without it, in
 * the same transaction: nothing that is still needed is ever without its bytes.
 */
import { setImmediate as letOthers } from "node:timers/promises";
import type { PruneOptions, PruneReport } from "../upkeep.ts";
import { type Database, translating } from "./driver.ts";
import type { Packer } from "./pack.ts";

/** Bodies of no block taken away in one transaction. */
const BODIES_AT_ONCE = 200;

/**
 * robots.txt stays: it is small, and the next run may need it.
 * The body of a capture of another site, or of a later one, is not old.
 */
const OLD = /* sql */ `
  b.pruned_at IS NULL AND EXISTS (SELECT 1 FROM capture WHERE body_id = b.id)
  AND NOT EXISTS (
    SELECT 1 FROM capture c JOIN page p ON p.id = c.page_id JOIN queue q ON q.id = p.queue_id
    WHERE c.body_id = b.id AND (c.fetched_at >= @before OR p.role = 'robots'
      OR @sites IS NOT NULL AND q.site_id NOT IN (SELECT value FROM json_each(@sites))))`;

export async function prune(
  db: Database,
  path: string,
  packer: Packer,
  { before, siteIds, now, isApplied, signal }: PruneOptions,
): Promise<PruneReport> {
  const guarded = <T>(work: () => T): T => translating(path, work);
  const old = guarded(() =>
    db
      .prepare<unknown[], OldBody>(/* sql */ `
        SELECT b.id, b.block_id AS blockId, b.unpacked_bytes AS rawBytes,
          coalesce(length(k.bytes) * b.unpacked_bytes / max(1, k.unpacked_bytes), length(b.bytes))
            AS packedBytes,
          (SELECT count(*) FROM capture WHERE body_id = b.id) AS captures
        FROM body b LEFT JOIN block k ON k.id = b.block_id
        WHERE ${OLD} ORDER BY b.block_id, b.id`)
      .all({ before, sites: siteIds === undefined ? null : JSON.stringify(siteIds) }),
  );
  const versionsOf = db.prepare<[string], { versions: number; articles: number }>(/* sql */ `
    SELECT count(*) AS versions, count(DISTINCT v.article_id) AS articles
    FROM version v JOIN capture c ON c.id = v.capture_id
    WHERE c.body_id IN (SELECT value FROM json_each(?))`);
  const prunable = db.prepare(/* sql */ `
    UPDATE body SET codec = 'pruned', bytes = x'', block_id = NULL, block_at = NULL, pruned_at = ?
    WHERE id = ? AND block_id IS ? AND pruned_at IS NULL`);

  const done: OldBody[] = [];
  for (const group of groupsOf(old)) {
    if (signal.aborted) break;
    if (isApplied) {
      const [{ blockId } = { blockId: null }] = group;
      guarded(() =>
        db
          .transaction(() => {
            for (const { id } of group) prunable.run(now, id, blockId);
            if (blockId !== null) packer.repack(blockId);
          })
          .immediate(),
      );
      await letOthers();
    }
    done.push(...group);
  }
  const ids = JSON.stringify(done.map(({ id }) => id));
  const { versions, articles } = guarded(() => versionsOf.get(ids)) ?? { versions: 0, articles: 0 };
  const total = (field: "rawBytes" | "packedBytes" | "captures"): number =>
    done.reduce((sum, body) => sum + body[field], 0);
  return {
    bodies: done.length,
    captures: total("captures"),
    rawBytes: total("rawBytes"),
    packedBytes: total("packedBytes"),
    ...{ versions, articles, isApplied },
  };
}

interface OldBody {
  readonly id: number;
  readonly blockId: number | null;
  readonly rawBytes: number;
  readonly packedBytes: number;
  readonly captures: number;
}

/** Those of a block together, those of none some at a time. */
function* groupsOf(bodies: readonly OldBody[]): Generator<readonly OldBody[]> {
  let group: OldBody[] = [];
  for (const body of bodies) {
    const isOther = group[0] !== undefined && group[0].blockId !== body.blockId;
    if (isOther || (body.blockId === null && group.length >= BODIES_AT_ONCE)) {
      yield group;
      group = [];
    }
    group.push(body);
  }
  if (group.length > 0) yield group;
}
