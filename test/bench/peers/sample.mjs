/** A sample that any run repeats: sets take turns, pages within a set come by the hash of their id. */
import { createHash } from "node:crypto";

const hashOf = (id) => createHash("sha256").update(id).digest("hex");

/** @returns ids of at most `count` pages; sets in the order given, small sets whole before large ones grow. */
export function sampleOf(truths, count) {
  const bySet = new Map();
  for (const [id, { set }] of Object.entries(truths)) {
    bySet.set(set, [...(bySet.get(set) ?? []), id]);
  }
  const queues = [...bySet.values()].map((ids) =>
    ids
      .map((id) => [hashOf(id), id])
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, id]) => id),
  );
  const chosen = [];
  for (let at = 0; chosen.length < count && queues.some((queue) => at < queue.length); at++) {
    for (const queue of queues) {
      if (at < queue.length && chosen.length < count) chosen.push(queue[at]);
    }
  }
  return chosen;
}
