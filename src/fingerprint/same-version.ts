/**
 * Whether two readings of one page say the same, when their digests already differ. Two things are
 * forgiven that a digest cannot forgive: a date that was printed more loosely ("two hours ago", a day
 * without its hour or year) and later in full, as long as the two do not contradict each other; and
 * what the record of another program does not tell. Pure.
 */
import type { Article, ArticleDate, DatePrecision } from "../model.ts";
import { isSteady, type VersionField, versionFields } from "./content.ts";
import { isUntold } from "./record-sameness.ts";

/** The fields in which two articles differ as versions do, in the order they are hashed. */
export function editedFields(before: Article, after: Article): readonly VersionField[] {
  const was = versionFields(before);
  const is = versionFields(after);
  return (Object.keys(was) as VersionField[]).filter(
    (field) =>
      was[field] !== is[field] &&
      !(field === "published" && datesAgree(before.published, after.published)) &&
      !isUntold(field, before, after),
  );
}

const UNIT_MS: Readonly<Record<DatePrecision, number>> = {
  second: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  month: 31 * 86_400_000,
  year: 366 * 86_400_000,
};
/** Characters of an ISO date that a precision vouches for. */
const ISO_CHARS: Readonly<Record<DatePrecision, number>> = {
  second: "2019-04-23T14:05".length,
  minute: "2019-04-23T14:05".length,
  hour: "2019-04-23T14".length,
  day: "2019-04-23".length,
  month: "2019-04".length,
  year: "2019".length,
};
/** "Two hours ago" is said of anything from one hour and a half to three, and rounds its own clock. */
const RELATIVE_UNITS = 2;

/** Whether one date may be the other, told more or less exactly. */
function datesAgree(a: ArticleDate | null, b: ArticleDate | null): boolean {
  if (a === null || b === null) return false;
  const coarse = UNIT_MS[a.precision] > UNIT_MS[b.precision] ? a : b;
  if (!isSteady(a) || !isSteady(b)) {
    return Math.abs(a.at - b.at) <= RELATIVE_UNITS * UNIT_MS[coarse.precision];
  }
  if (a.precision === b.precision) return false; // the digest would have been the same
  const chars = ISO_CHARS[coarse.precision];
  return a.iso.slice(0, chars) === b.iso.slice(0, chars);
}
