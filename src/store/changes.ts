/** What happened to articles after they were first seen: edits, takedowns, returns. Types only. */
import type { EditKind } from "../fingerprint/index.ts";

/** Edits by what they changed, and what happened to the page itself. */
export type ChangeKind =
  | EditKind
  /** The page was answered with 404, 410 or "not found" twice. */
  | "takedown"
  /** Refused twice: 403, or a challenge page. */
  | "blocked"
  /** The address leads to another article now. */
  | "moved"
  /** Answered again after one of the three. */
  | "return";

export interface ChangeRecord {
  readonly articleId: string;
  readonly siteId: string;
  readonly url: string;
  /** Of the version the change made; of the newest one for what happened to the page. */
  readonly title: string;
  /** When the archive saw it, UTC ms. */
  readonly at: number;
  /** The first of `kinds`. */
  readonly kind: ChangeKind;
  readonly kinds: readonly ChangeKind[];
  /** In a few words: `title: «أربعة» → «خمسة»`, `HTTP 404, 2 visits`. */
  readonly summary: string;
  /** The version it made; null for what happened to the page. */
  readonly version: number | null;
  /** Null for what an upgrade of the archive found in it. */
  readonly runId: number | null;
}

/** Parts left out do not limit. */
export interface ChangeFilter {
  readonly siteIds?: readonly string[];
  /** One of the change's kinds is one of these. */
  readonly kinds?: readonly ChangeKind[];
  /** When the archive saw it: `from` inclusive, `to` exclusive. */
  readonly from?: number;
  readonly to?: number;
}

export interface ChangeStore {
  /** Changes over the whole archive, newest first; `next` is the cursor of the following page. */
  changes(
    filter: ChangeFilter,
    paging: { readonly limit: number; readonly cursor?: string },
  ): Promise<{ readonly items: readonly ChangeRecord[]; readonly next: string | null }>;
  /** All changes of one article, oldest first; empty when there are none or no such article. */
  changesOf(idOrUrl: string): Promise<readonly ChangeRecord[]>;
}
