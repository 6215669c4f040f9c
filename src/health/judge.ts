/**
 * One site's health: its last days against its own past. Needs a past to compare with; without one it
 * says so and raises nothing.
 */
import type { HealthFacts } from "../store/store.ts";
import { ALARM_KINDS, type Alarm } from "./alarm.ts";
import { DAY_MS, judgeArticles } from "./articles.ts";
import { judgeFields } from "./fields.ts";
import { judgeSource } from "./sources.ts";
import { judgeRuns, judgeVisits } from "./visits.ts";

/** Eight weeks know each weekday eight times and forget last season. */
const PAST_DAYS = 56;
/** Two weeks know each weekday twice: the least a habit can be told from. */
const LEAST_PAST_DAYS = 14;

/** How far back of `now` facts are worth asking for, beside the days in question. */
export const HISTORY_MS = PAST_DAYS * DAY_MS;

export interface HealthQuestion {
  readonly now: number;
  /** How long before the last visit is in question. */
  readonly sinceMs: number;
}

export type Verdict =
  | { readonly kind: "well" }
  | { readonly kind: "unwell"; readonly alarms: readonly Alarm[] }
  | {
      readonly kind: "too-little-history";
      readonly knownDays: number;
      readonly neededDays: number;
    };

export function judgeSite(facts: HealthFacts, { now, sinceMs }: HealthQuestion): Verdict {
  const days = Math.max(1, Math.ceil(sinceMs / DAY_MS));
  const neededDays = days + LEAST_PAST_DAYS;
  const { firstVisitAt, lastVisitAt } = facts;
  const knownMs = firstVisitAt === null || lastVisitAt === null ? 0 : lastVisitAt - firstVisitAt;
  const knownDays = Math.floor(knownMs / DAY_MS);
  if (lastVisitAt === null || knownDays < neededDays) {
    return { kind: "too-little-history", knownDays, neededDays };
  }
  const from = lastVisitAt - days * DAY_MS;
  const pastDays = Math.min(PAST_DAYS, knownDays - days);
  const ofRuns = judgeRuns(facts.visits, lastVisitAt, now);
  const ofVisits = judgeVisits(facts.visits, from);
  // Who is shut out reads no feed either: one cause, one line.
  const ofSources =
    ofVisits.length > 0
      ? []
      : facts.sources.map((source) => judgeSource(source, from)).filter((alarm) => alarm !== null);
  const ofArticles = judgeArticles(facts.articlesAt, { anchor: lastVisitAt, days, pastDays });
  const alarms = [
    ...(ofRuns === null ? [] : [ofRuns]),
    ...ofVisits,
    ...ofSources,
    ...(ofArticles === null ? [] : [ofArticles]),
    ...judgeFields(facts.versions, from),
  ].toSorted((a, b) => ALARM_KINDS.indexOf(a.kind) - ALARM_KINDS.indexOf(b.kind));
  return alarms.length === 0 ? { kind: "well" } : { kind: "unwell", alarms };
}
