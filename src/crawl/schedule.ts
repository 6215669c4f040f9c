/**
 * When to look at a page again. Pure: the outcome of a visit in, an instant (or null: not by itself)
 * out. Sources are made due by every run; articles by `recheck`; this file is for what went wrong.
 */
import type { PageKind, RefusalReason } from "../model.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** First retry of a failed page after ten minutes (the memory of a dead host), doubling up to a day. */
const FIRST_RETRY_MS = 10 * MINUTE_MS;
/** Eight failures in a row span four days; then only `recheck` or a new link brings the page back. */
const MOST_TRIES = 8;
/** A 404 is believed when it is met again a day later: editors unpublish and publish again. */
const CONFIRM_GONE_MS = DAY_MS;

/** How long until a page we chose not to keep is worth another look; absent: never by itself. */
const SKIPPED_AGAIN_MS: Readonly<Partial<Record<RefusalReason | PageKind, number>>> = {
  // robots.txt is cached for a day; asking earlier would get the same answer.
  robots: DAY_MS,
  "robots-unreachable": HOUR_MS,
  "block-page": 6 * HOUR_MS,
  "empty-shell": DAY_MS,
  empty: DAY_MS,
  "soft-404": DAY_MS,
  maintenance: 6 * HOUR_MS,
  spam: DAY_MS,
  unreadable: DAY_MS,
};

export function afterFailure(at: number, tries: number): number | null {
  if (tries + 1 >= MOST_TRIES) return null;
  return at + Math.min(DAY_MS, FIRST_RETRY_MS * 2 ** tries);
}

export function afterGone(at: number, tries: number): number | null {
  return tries === 0 ? at + CONFIRM_GONE_MS : null;
}

export function afterSkip(
  at: number,
  reason: RefusalReason | PageKind,
  tries: number,
): number | null {
  const waitMs = SKIPPED_AGAIN_MS[reason];
  return waitMs === undefined || tries + 1 >= MOST_TRIES ? null : at + waitMs;
}
