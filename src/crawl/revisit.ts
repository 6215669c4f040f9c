/**
 * When to look again at what answered. Pure: what a visit came to and what is known from before in,
 * plans out: one for a visit that brought nothing, one for a visit that did.
 *
 * Sources adapt: a list that brought news is left alone a fifth less long, one that did not half as
 * long again, between 90 minutes and 90 days (the rule of Common Crawl's news crawler); but never for
 * more than half the time its own list covers, or news would fall off its end unseen. Articles go by
 * their age: most edits are made within hours of publication, so the next look comes after a fifth of
 * the age; each look that found nothing doubles the wait.
 */
import type { PageRef } from "../model.ts";
import type { Plan } from "../store/store.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const LEAST_SOURCE_MS = 90 * MINUTE_MS;
const MOST_SOURCE_MS = 90 * DAY_MS;
/** A list whose ten entries span an hour is no use every 90 minutes. Still four polite requests an hour. */
const LEAST_WINDOW_MS = 15 * MINUTE_MS;
/** Fewer dated entries say nothing about the time a list covers. */
const FEWEST_DATED = 5;
const AFTER_NEWS = 0.8;
const AFTER_NOTHING = 1.5;

/** A list whose newest entry is old is left alone in proportion: a sitemap of 2019 is done with. */
const SHARE_OF_AGE = 0.2;
/** Six hours, 18, two days, four, eight …: what was not edited in its first day seldom is. */
const ARTICLE_AFTER_SAME = 2;
/** Sooner than this a correction made in the first minutes would be met half done. */
const LEAST_ARTICLE_MS = 6 * HOUR_MS;
/**
 * By then an article was looked at eight times, the last time a month before; what happens
 * later is rare enough for `recheck`, and an archive of a million old pages costs their hosts nothing.
 */
const WATCHED_MS = 90 * DAY_MS;

/** What is known of a page from before this visit. */
export interface Past {
  readonly lastVisitedAt?: number | null;
  readonly intervalMs?: number | null;
}

export interface Plans {
  readonly quiet: Plan;
  readonly news: Plan;
}

/**
 * @param found - what the list shows; empty when it was not sent again
 * @param isWindow - whether older entries fall off the list's end as new ones come
 */
export function afterSource(
  at: number,
  past: Past,
  found: readonly PageRef[],
  isWindow: boolean,
): Plans {
  const dates = found
    .flatMap(({ publishedAt, lastModifiedAt }) => publishedAt ?? lastModifiedAt ?? [])
    .filter((date) => date <= at);
  const newest = dates.reduce((a, b) => Math.max(a, b), 0);
  const oldest = dates.reduce((a, b) => Math.min(a, b), at);
  const windowMs =
    isWindow && dates.length >= FEWEST_DATED
      ? Math.max(LEAST_WINDOW_MS, (newest - oldest) / 2)
      : Number.POSITIVE_INFINITY;
  const plan = (wantedMs: number): Plan => {
    const bounded = Math.max(LEAST_SOURCE_MS, Math.min(MOST_SOURCE_MS, wantedMs));
    const intervalMs = Math.round(Math.min(bounded, windowMs));
    return { nextAt: at + intervalMs, intervalMs };
  };
  const { intervalMs, lastVisitedAt } = past;
  if (typeof intervalMs !== "number" || typeof lastVisitedAt !== "number") {
    const first = plan(dates.length === 0 ? LEAST_SOURCE_MS : (at - newest) * SHARE_OF_AGE);
    return { quiet: first, news: first };
  }
  // A visit before its time tells that much less: half the wait without news is half the evidence.
  const share = Math.min(1, Math.max(0, at - lastVisitedAt) / intervalMs);
  return { quiet: plan(intervalMs * AFTER_NOTHING ** share), news: plan(intervalMs * AFTER_NEWS) };
}

/** @param datedAt - publication, or when it was seen first */
export function afterArticle(at: number, past: Past, datedAt: number): Plans {
  const ageMs = Math.max(0, at - datedAt);
  const plan = (waitMs: number): Plan => {
    const intervalMs = Math.round(Math.max(LEAST_ARTICLE_MS, ageMs * SHARE_OF_AGE, waitMs));
    return { nextAt: ageMs > WATCHED_MS ? null : at + intervalMs, intervalMs };
  };
  return { news: plan(0), quiet: plan((past.intervalMs ?? 0) * ARTICLE_AFTER_SAME) };
}
