/**
 * When to look at a page again. Pure: the outcome of a visit in, an instant (or null: not by itself)
 * out. This file is for what went wrong; pages that answered are revisit.ts's.
 */
import type { PageKind, RefusalReason } from "../model.ts";
import type { Lease } from "../store/store.ts";

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

/** A source that is down for longer is looked for once a week: an outlet's only feed may come back. */
const SOURCE_AGAIN_MS = 7 * DAY_MS;

/** Never null for a source that a rule, a person or a page named, or that answered before. */
export function keepSource(at: number, nextAt: number | null, lease: Lease): number | null {
  const { role, foundBy } = lease.page;
  const isKept = role !== "article" && (foundBy !== "guess" || lease.lastCapturedAt !== null);
  return nextAt ?? (isKept ? at + SOURCE_AGAIN_MS : null);
}

export function afterSkip(
  at: number,
  reason: RefusalReason | PageKind,
  tries: number,
): number | null {
  const waitMs = SKIPPED_AGAIN_MS[reason];
  return waitMs === undefined || tries + 1 >= MOST_TRIES ? null : at + waitMs;
}
