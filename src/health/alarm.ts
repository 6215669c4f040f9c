/** What `check` says when a source is unwell. */

/** Closed list, documented in the README; in the order alarms are printed. */
export const ALARM_KINDS = [
  "no-run",
  "blocked",
  "robots",
  "failing",
  "feed",
  "articles",
  "title",
  "category",
  "date",
  "author",
  "body",
  "rule",
] as const;

export type AlarmKind = (typeof ALARM_KINDS)[number];

export interface Alarm {
  readonly kind: AlarmKind;
  /** What is unwell, where the kind does not say: a feed's address, a rule's name; else null. */
  readonly what: string | null;
  /** As measured lately, and as it used to be: `0 a day`, `usually 14`. */
  readonly now: string;
  readonly usual: string;
  /** First instant (UTC ms) of the trouble, as far as the archive tells. */
  readonly since: number;
}
