/**
 * A time of change without an offset that lies before the publication: the template states the one in local
 * time and the other in UTC, and says of neither which it is (JNews does).
 */
import { formatIso, offsetMs } from "../../../text/index.ts";
import type { DateClue } from "./clue.ts";

/** As databases print instants, without saying where. */
const NAIVE_INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/u;

/** A template's save and its first publication are minutes apart; what was changed earlier was scheduled. */
const MAX_SAVING_MS = 15 * 60_000;

/**
 * The time of change as UTC where it lies before the publication by one offset, else as it was read: an article
 * may be changed before it is published.
 */
export function asUtcIfBefore(modified: DateClue, published: DateClue, timeZone: string): DateClue {
  if (!modified.hasTime || !published.hasTime || !NAIVE_INSTANT.test(modified.raw.trim()))
    return modified;
  const at = modified.at + offsetMs(modified.at, timeZone);
  if (at < published.at || at - published.at > MAX_SAVING_MS) return modified;
  const iso = formatIso(at, timeZone, modified.precision);
  return { ...modified, at, iso, day: iso.slice(0, modified.day.length) };
}
