/**
 * Who published first, as far as dates tell. A text that names the outlet it was taken from was not
 * first, whatever its date. A date without an hour counts as its day's last moment (or when the
 * article was first seen, if that was earlier): nobody is called first for not printing the time.
 */
import type { ArticleDate } from "../model.ts";

export interface Published {
  readonly published: ArticleDate | null;
  readonly firstSeenAt: number;
  readonly namesItsSource: boolean;
}

/** Compares for sorting: the first publisher first. */
export function byPublication(a: Published, b: Published): number {
  const byOwnWord = Number(a.namesItsSource) - Number(b.namesItsSource);
  return byOwnWord || latestAt(a) - latestAt(b) || a.firstSeenAt - b.firstSeenAt;
}

const DAY_MS = 86_400_000;
const LAST_MS: Readonly<Record<ArticleDate["precision"], number>> = {
  second: 0,
  minute: 0,
  hour: 3_599_999,
  day: DAY_MS - 1,
  month: 31 * DAY_MS - 1,
  year: 366 * DAY_MS - 1,
};

/** The latest instant at which it can have been published. */
function latestAt({ published, firstSeenAt }: Published): number {
  if (published === null) return firstSeenAt;
  const { at, precision } = published;
  const last = at + LAST_MS[precision];
  return firstSeenAt >= at ? Math.min(last, firstSeenAt) : last;
}
