/** Collects what `--explain` prints; costs nothing when explaining is off. */
import type { ArticleField, FieldCandidate, Removal, Trace, TraceStep } from "../../model.ts";
import type { Tracer } from "../context.ts";

/** More removals than this tell a reader nothing more. */
const MAX_REMOVALS = 2_000;

export function createTracer(on: boolean): Tracer & { result(): Trace } {
  const steps: TraceStep[] = [];
  const removals: Removal[] = [];
  const fields: Partial<Record<ArticleField, FieldCandidate[]>> = {};
  return {
    on,
    step(step, detail) {
      if (on) steps.push({ step, detail });
    },
    removed(what, reason, chars) {
      if (on && removals.length < MAX_REMOVALS) removals.push({ what, reason, chars });
    },
    candidate(field, candidate) {
      if (!on) return;
      fields[field] ??= [];
      fields[field].push(candidate);
    },
    result: () => ({ steps, fields, removals }),
  };
}
