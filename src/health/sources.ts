/** Whether a site's feeds, sitemaps and sections still name articles, and still change. */
import type { SourceVisits } from "../store/store.ts";
import type { Alarm } from "./alarm.ts";
import { DAY_MS } from "./articles.ts";
import { median, quantile } from "./usual.ts";
import { duration } from "./visits.ts";

type SourceVisit = SourceVisits["visits"][number];

/** One bad answer is an accident. */
const ENOUGH_BAD = 2;
const ENOUGH_PAST = 5;
/** A source that used to answer at least this often was alive. */
const ALIVE = 0.8;
/** As many changes tell how often a source changes. */
const ENOUGH_CHANGES = 6;
/** Quiet this many times longer than nearly ever, and at least two days: weekends are quiet. */
const QUIET_FACTOR = 3;
const LEAST_QUIET_MS = 2 * DAY_MS;

/** @param from - visits at or after it are in question */
export function judgeSource({ url, visits }: SourceVisits, from: number): Alarm | null {
  const past = visits.filter(({ at }) => at < from);
  const now = visits.filter(({ at }) => at >= from);
  const found = judgeAnswers(past, now) ?? judgeYield(past, now) ?? judgeChange(visits);
  return found === null ? null : { kind: "feed", what: url, ...found };
}

type Judged = Omit<Alarm, "kind" | "what">;

/** It used to answer, and now it does not. */
function judgeAnswers(past: readonly SourceVisit[], now: readonly SourceVisit[]): Judged | null {
  const lastGood = now.findLastIndex(isAnswer);
  const bad = now.slice(lastGood + 1);
  const answers = past.filter(isAnswer).length;
  if (bad.length < ENOUGH_BAD || past.length < ENOUGH_PAST || answers < past.length * ALIVE)
    return null;
  const last = bad.at(-1);
  return {
    now: `${last?.reason ?? last?.result ?? ""}, ${bad.length} times`,
    usual: `answered ${answers} of ${past.length}`,
    since: bad[0]?.at ?? 0,
  };
}

/** It answers, and names nothing any more. */
function judgeYield(past: readonly SourceVisit[], now: readonly SourceVisit[]): Judged | null {
  const named = (list: readonly SourceVisit[]) => list.filter(({ found }) => found !== null);
  const [before, lately] = [named(past), named(now)];
  const lastGood = lately.findLastIndex(({ found }) => (found ?? 0) > 0);
  const empty = lately.slice(lastGood + 1);
  const usual = median(before.map(({ found }) => found ?? 0));
  if (empty.length < ENOUGH_BAD || before.length < ENOUGH_PAST || !(usual > 0)) return null;
  return {
    now: "names no article",
    usual: `${Math.round(usual)} articles`,
    since: empty[0]?.at ?? 0,
  };
}

/** It answers with the same bytes for much longer than ever. */
function judgeChange(visits: readonly SourceVisit[]): Judged | null {
  const last = visits.findLast(isAnswer);
  const changes = visits.filter(({ isChanged }) => isChanged === true).map(({ at }) => at);
  const lastChange = changes.at(-1);
  if (last === undefined || lastChange === undefined || changes.length < ENOUGH_CHANGES)
    return null;
  const pauses = changes.slice(1).map((at, index) => at - (changes[index] ?? at));
  const quiet = last.at - lastChange;
  if (quiet <= Math.max(LEAST_QUIET_MS, QUIET_FACTOR * quantile(pauses, 0.95))) return null;
  return {
    now: `unchanged for ${duration(quiet)}`,
    usual: `changed every ${duration(median(pauses))}`,
    since: lastChange,
  };
}

function isAnswer({ result }: SourceVisit): boolean {
  return result === "listed" || result === "not-modified";
}
