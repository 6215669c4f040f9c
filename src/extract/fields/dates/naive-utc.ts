/**
 * A time of change without an offset that lies before the publication: the template states the one in local
 * time and the other in UTC, and says of neither which it is (JNews does).
 */
import { formatIso, offsetMs } from "../../../text/index.ts";
import type { DateClue } from "./clue.ts";

/** As databases print instants, without saying where. */
const NAIVE_INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/u;

/** The time of change as UTC where only so it is not before the publication, else as it was read. */
export function asUtcIfBefore(modified: DateClue, published: DateClue, timeZone: string): DateClue {
  const isBefore = modified.hasTime && published.hasTime && modified.at < published.at;
  if (!isBefore || !NAIVE_INSTANT.test(modified.raw.trim())) return modified;
  const at = modified.at + offsetMs(modified.at, timeZone);
  if (at < published.at) return modified;
  const iso = formatIso(at, timeZone, modified.precision);
  return { ...modified, at, iso, day: iso.slice(0, modified.day.length) };
}
