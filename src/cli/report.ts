/** How a run ended: the final line on stderr, and the same as an object. Pure. */
import type { CrawlReport } from "../crawl/index.ts";

/** More source names than this would push the counters off the screen; --json has them all. */
const MOST_NAMES = 4;

/** The report's fields in the order the line prints them; `bytes` exact, `elapsed` in seconds. */
export interface ReportFacts {
  readonly source: readonly string[];
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly gone: number;
  readonly skipped: number;
  readonly failed: number;
  readonly "not-modified": number;
  readonly requests: number;
  readonly bytes: number;
  readonly elapsed: number;
  readonly reason: CrawlReport["reason"];
}

export function reportFacts({
  sources,
  counters,
  elapsedMs,
  reason,
}: Omit<CrawlReport, "trouble">): ReportFacts {
  return {
    source: sources,
    new: counters.new,
    changed: counters.changed,
    same: counters.same,
    gone: counters.gone,
    skipped: counters.skipped,
    failed: counters.failed,
    "not-modified": counters.notModified,
    requests: counters.requests,
    bytes: counters.bytes,
    elapsed: Math.round(elapsedMs) / 1_000,
    reason,
  };
}

/** `done source=awj new=12 … bytes=3100000 elapsed=4m10s reason=finished` */
export function reportLine(facts: ReportFacts): string {
  const { source, elapsed, ...rest } = facts;
  const words = {
    source: source.length > MOST_NAMES ? `${source.length}-sites` : source.join(","),
    ...rest,
    elapsed: humanSeconds(elapsed),
  };
  const order = Object.keys(facts) as (keyof ReportFacts)[];
  return `done ${order.map((name) => `${name}=${words[name]}`).join(" ")}`;
}

/** `0.4s`, `12s`, `4m10s`, `2h05m`, `9d`. */
export function humanSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const pad = (count: number): string => String(count).padStart(2, "0");
  if (whole < 3_600) return `${Math.floor(whole / 60)}m${pad(whole % 60)}s`;
  if (whole >= 48 * 3_600) return `${Math.round(whole / 86_400)}d`;
  return `${Math.floor(whole / 3_600)}h${pad(Math.floor((whole % 3_600) / 60))}m`;
}
