/**
 * How every field decides: candidates in order of trust, each judged, the first that passes wins
 * and the others go to the tracer with the reason why they lost.
 */
import type { ArticleField } from "../../model.ts";
import type { Tracer } from "../context.ts";

export interface Candidate<Value> {
  readonly value: Value;
  /** `json-ld:headline`, `meta:og:title`, `theme:… h1.post-title`. */
  readonly source: string;
}

/**
 * @param judge - null when the candidate is good, else why not
 * @returns the first good candidate, or null
 */
export function choose<One extends Candidate<unknown>>(
  field: ArticleField,
  candidates: Iterable<One>,
  judge: (candidate: One) => string | null,
  show: (value: One["value"]) => string,
  tracer: Tracer,
): One | null {
  let winner: One | null = null;
  for (const candidate of candidates) {
    const reason = judge(candidate);
    const rejected = reason ?? (winner === null ? null : `after ${winner.source}`);
    if (tracer.on) {
      tracer.candidate(field, { source: candidate.source, value: show(candidate.value), rejected });
    }
    if (rejected === null) {
      winner = candidate;
      if (!tracer.on) return winner;
    }
  }
  return winner;
}
