/** What the process says when a run has ended. */
import { ERROR_EXIT, ExitCode } from "../errors.ts";
import type { CrawlReport } from "./options.ts";

/** Reasons after which running again goes on. */
const LIMITS: ReadonlySet<CrawlReport["reason"]> = new Set(["max-pages", "time-limit", "budget"]);

/**
 * The exit status a report deserves; `failOn` is a share, 0…1, of the pages visited. A run that could
 * not even read its sources visited none and has failed whole.
 */
export function exitCodeOf(report: CrawlReport, failOn: number): ExitCode {
  if (report.trouble !== null) return ERROR_EXIT[report.trouble.code];
  if (LIMITS.has(report.reason)) return ExitCode.limit;
  const { failed } = report.counters;
  return failed > report.visited * failOn ? ExitCode.partial : ExitCode.ok;
}
