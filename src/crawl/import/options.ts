/** What an import is asked to do, what it is given of the outside world, and what it reports. Types only. */
import type { SiteRule } from "../../sites/index.ts";
import type { SiteRecord } from "../../store/store.ts";
import type { CrawlReport, RunCrawlDeps } from "../options.ts";
import type { ImportKind, Source } from "./source.ts";

export interface ImportOptions {
  readonly sources: readonly Source[];
  /** Every known rule: the one whose host a page is of reads it; pages of others are read without. */
  readonly sites: readonly SiteRule[];
  /** Only pages of this site; null: of any. */
  readonly site: SiteRule | null;
  readonly include: readonly RegExp[];
  readonly exclude: readonly RegExp[];
  /** Only captures taken in [from, to). */
  readonly from: number | null;
  readonly to: number | null;
  readonly timeLimitMs: number | null;
  /** Name what would be read; store nothing. */
  readonly isDryRun: boolean;
  readonly program: string;
}

export interface ImportDeps extends Pick<RunCrawlDeps, "now" | "signal" | "onEvent"> {
  /** Null only for a dry run without an archive. */
  readonly store: RunCrawlDeps["store"] | null;
  /** Whose rule it is; rules nobody wrote count as bundled. */
  readonly originOf: (siteId: string) => SiteRecord["origin"];
  /** In a dry run: told every page that would be read. */
  readonly onFound?: (page: FoundPage) => Promise<void> | void;
  /** Told of bytes that are no whole record. */
  readonly onDamage?: (damage: ImportDamage) => void;
  /** Told how far a source has been read, after each group of pages that was stored. */
  readonly onProgress?: (source: Source, reached: number, pages: number) => void;
}

export interface FoundPage {
  readonly url: string;
  readonly siteId: string;
  /** Null for an address that is only to be fetched. */
  readonly capturedAt: number | null;
  readonly file: string;
  readonly offset: number;
  /** This very capture is in the archive already. */
  readonly isKnown: boolean;
}

export interface ImportDamage {
  readonly file: string;
  readonly offset: number;
  readonly detail: string;
}

export interface SourceReport {
  readonly file: string;
  readonly kind: ImportKind;
  /** Items read, pages among them. */
  readonly items: number;
  readonly pages: number;
  /** What was passed over, and how often; most frequent first. */
  readonly passed: readonly { readonly what: string; readonly count: number }[];
  readonly damaged: number;
  /** Addresses put in the queue that were not known. */
  readonly queued: number;
}

export interface ImportReport extends CrawlReport {
  readonly files: readonly SourceReport[];
}
