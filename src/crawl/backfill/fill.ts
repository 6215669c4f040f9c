/** What filling a gap needs to know and to tell, by whichever way. Types only. */
import type { PageRef } from "../../model.ts";
import type { Workers } from "../../process/index.ts";
import type { SiteRule } from "../../sites/index.ts";
import type { Settled, Store } from "../../store/store.ts";
import type { BackfillWay, Window } from "./options.ts";

export interface FillContext {
  readonly store: Store;
  readonly workers: Workers;
  readonly site: SiteRule;
  readonly window: Window;
  readonly timeZone: string;
  readonly way: BackfillWay;
  readonly runId: number;
  readonly program: string;
  readonly now: () => number;
  /** Ends even what is in hand. */
  readonly signal: AbortSignal;
  /** Takes one page from what the run may still fetch; false when it must end. */
  readonly take: () => boolean;
  /** A page that was settled; it is counted and told. */
  readonly settled: (page: PageRef, settled: Settled, detail: string) => void;
  /** A page that could not be had, nothing of which was settled. */
  readonly count: (result: "failed") => void;
  /** `isFinal`: who was asked will not answer again this run. */
  readonly onTrouble: (detail: string, isFinal: boolean) => void;
  readonly hasArticle: (url: string) => Promise<boolean>;
}
