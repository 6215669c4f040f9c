/**
 * The door of health/: is a source still read as it was, and what of it is missing? Judged from counts
 * the archive kept, against each source's own past; no source is held to another's habits.
 */
export { ALARM_KINDS, type Alarm, type AlarmKind } from "./alarm.ts";
export {
  AROUND_MS,
  type CoverageDay,
  type CoverageTable,
  type Mark,
  tabulate,
} from "./coverage.ts";
export { type HealthQuestion, HISTORY_MS, judgeSite, type Verdict } from "./judge.ts";
