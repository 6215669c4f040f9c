/** Whether a source still answers: blocked, forbidden by robots.txt, failing, or not visited at all. */
import type { HealthFacts } from "../store/store.ts";
import type { Alarm, AlarmKind } from "./alarm.ts";
import { DAY_MS } from "./articles.ts";
import { percent } from "./fields.ts";
import { binomialAtLeast, quantile, SURE } from "./usual.ts";

type VisitCount = HealthFacts["visits"][number];

interface Trouble {
  readonly kind: AlarmKind;
  readonly isTrouble: (visit: VisitCount) => boolean;
  /** Less than this share of visits is life. */
  readonly leastShare: number;
}

const BLOCKED: ReadonlySet<string> = new Set([
  "block-page",
  "E_HTTP_FORBIDDEN",
  "E_HTTP_RATE_LIMITED",
]);
const ROBOTS: ReadonlySet<string> = new Set(["robots", "robots-unreachable"]);

const TROUBLES: readonly Trouble[] = [
  { kind: "blocked", isTrouble: ({ reason }) => BLOCKED.has(reason ?? ""), leastShare: 0.1 },
  { kind: "robots", isTrouble: ({ reason }) => ROBOTS.has(reason ?? ""), leastShare: 0.3 },
  {
    kind: "failing",
    isTrouble: ({ result, reason }) => result === "failed" && !BLOCKED.has(reason ?? ""),
    leastShare: 0.5,
  },
];

/** Fewer visits say nothing about a share. */
const ENOUGH_VISITS = 3;
/** Even a faultless past allows for a fault in a hundred visits. */
const LEAST_RATE = 0.01;
/** A source is missed after this many of its longer pauses between runs, and not before a day. */
const PAUSES = 3;
const ENOUGH_RUNS = 5;

/** @param from - visits of runs that began at or after it are in question */
export function judgeVisits(visits: readonly VisitCount[], from: number): Alarm[] {
  const past = visits.filter(({ firstAt }) => firstAt < from);
  const now = visits.filter(({ firstAt }) => firstAt >= from);
  const total = countOf(now);
  if (total < ENOUGH_VISITS) return [];
  return TROUBLES.flatMap(({ kind, isTrouble, leastShare }) => {
    const hits = countOf(now.filter(isTrouble));
    const rate = Math.max(LEAST_RATE, countOf(past.filter(isTrouble)) / Math.max(1, countOf(past)));
    const share = hits / total;
    const isAll = hits === total;
    const isUnusual = share >= leastShare && binomialAtLeast(hits, total, rate) < SURE;
    const shut = lastRunsOf(now, isTrouble);
    // A host that was shut is asked rarely: few visits, but one after another in vain.
    const isShut = shut >= ENOUGH_VISITS && rate ** shut < SURE;
    // A source that answers nothing is unwell however long it has been so.
    if (!isUnusual && !isAll && !isShut) return [];
    const since = startOfTrouble(now, isTrouble);
    const reasons = mostCommon(now.filter(isTrouble));
    return [
      {
        kind,
        what: reasons,
        now:
          isShut && !isUnusual ? `the last ${shut} visits` : `${percent(share)} of ${total} visits`,
        usual: percent(rate <= LEAST_RATE ? 0 : rate),
        since,
      },
    ];
  });
}

/** How many visits the newest runs made of which none was free of the trouble; two runs at least. */
function lastRunsOf(
  visits: readonly VisitCount[],
  isTrouble: (visit: VisitCount) => boolean,
): number {
  let runs = 0;
  let count = 0;
  for (const runId of [...new Set(visits.map((visit) => visit.runId))].toReversed()) {
    const ofRun = visits.filter((visit) => visit.runId === runId);
    if (!ofRun.every(isTrouble)) break;
    runs++;
    count += countOf(ofRun);
  }
  return runs < 2 ? 0 : count;
}

/**
 * Whether the source is being visited at all: the timer may have died with nobody to say so.
 *
 * @param lastVisitAt - the last ever; it may lie before every visit of `visits`
 */
export function judgeRuns(
  visits: readonly VisitCount[],
  lastVisitAt: number,
  now: number,
): Alarm | null {
  const starts = [...new Map(visits.map(({ runId, firstAt }) => [runId, firstAt])).values()];
  const pauses = starts.slice(1).map((at, index) => at - (starts[index] ?? at));
  const pause = now - lastVisitAt;
  const isForgotten = starts.length === 0;
  if (!isForgotten && starts.length < ENOUGH_RUNS) return null;
  const usual = isForgotten ? 0 : quantile(pauses, 0.9);
  if (pause <= Math.max(DAY_MS, PAUSES * usual)) return null;
  return {
    kind: "no-run",
    what: null,
    now: `no visit for ${duration(pause)}`,
    usual: isForgotten ? "visits" : `one every ${duration(quantile(pauses, 0.5))}`,
    since: lastVisitAt,
  };
}

/** When the unbroken series of troubled runs began that leads to the newest; else the first trouble. */
function startOfTrouble(
  visits: readonly VisitCount[],
  isTrouble: (visit: VisitCount) => boolean,
): number {
  const runs = [...new Set(visits.map(({ runId }) => runId))];
  let first: number | null = null;
  for (const runId of runs.toReversed()) {
    const troubled = visits.filter((visit) => visit.runId === runId && isTrouble(visit));
    if (troubled.length === 0) break;
    first = Math.min(...troubled.map(({ firstAt }) => firstAt));
  }
  return first ?? visits.find(isTrouble)?.firstAt ?? 0;
}

function mostCommon(visits: readonly VisitCount[]): string | null {
  const counts = new Map<string, number>();
  for (const { reason, count } of visits) {
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function countOf(visits: readonly VisitCount[]): number {
  return visits.reduce((sum, { count }) => sum + count, 0);
}

/** `40m`, `9h`, `12d`. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes}m`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${hours}h` : `${Math.round(hours / 24)}d`;
}
