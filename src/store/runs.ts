/** Runs and the rules they used, as the archive keeps them. Types only. */
import type { RunCounters, RunReason } from "../model.ts";

export interface RunStart {
  readonly at: number;
  readonly command: string;
  readonly sites: readonly string[];
  readonly program: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface RunRecord extends RunStart {
  readonly id: number;
  readonly endedAt: number | null;
  readonly reason: RunReason | null;
  readonly counters: RunCounters;
}

export interface SiteRecord {
  readonly id: string;
  readonly digest: string;
  readonly addedAt: number;
  /** `bundled` rules are recorded when used; `added` ones are a researcher's own and win by id. */
  readonly origin: "bundled" | "added";
  readonly rule: unknown;
}

export interface RunStore {
  /** Records a rule as used or added. Idempotent by id + digest. */
  putSite(site: SiteRecord): Promise<void>;
  sites(): Promise<readonly SiteRecord[]>;
  /** Removes an added rule; articles stay. @returns whether there was one */
  removeSite(id: string): Promise<boolean>;
  /**
   * Files all that is kept of the site `from` under `to`: pages, articles (their ids stay), edits. Held
   * under the crawl lock. @returns how many articles
   */
  adoptSite(from: string, to: string): Promise<number>;

  /**
   * Starts a run. `resumedFrom` is when the chain of unfinished runs of the same command and sites
   * began (a chain is forgotten after a day), or null.
   */
  beginRun(run: RunStart): Promise<{ readonly id: number; readonly resumedFrom: number | null }>;
  endRun(id: number, end: { at: number; reason: RunReason; counters: RunCounters }): Promise<void>;
  runs(limit: number): Promise<readonly RunRecord[]>;
}
