/** What every way of finding old articles is given, and what it gives back. Types only. */
import type { PageRef } from "../../model.ts";
import type { SiteRule } from "../../sites/index.ts";
import type { Store } from "../../store/store.ts";
import type { Lookup } from "./lookup.ts";
import type { Window } from "./options.ts";

export interface WayContext {
  readonly site: SiteRule;
  readonly window: Window;
  /** The site's zone, or the run's when nobody knows it. */
  readonly timeZone: string;
  readonly lookup: Lookup;
  /** Null in a dry run without an archive. */
  readonly store: Store | null;
  readonly isInScope: (url: string) => boolean;
  /** Says what stands in the way's report. */
  readonly onProblem: (message: string) => void;
}

/** Yields what each answer named, so that fetching may begin, and stop, before all is found. */
export type FindPages = (context: WayContext) => AsyncGenerator<readonly PageRef[]>;
