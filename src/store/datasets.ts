/** What exports ask of the archive beside the records themselves. Types only. */
import type { ArticleFilter } from "./search.ts";

/** How much matches a filter, and of which time (publication, else first seen; UTC ms). */
export interface Extent {
  readonly records: number;
  readonly fromAt: number | null;
  readonly toAt: number | null;
}

/** What a named export has handed out before, record by record. Used by one export at a time. */
export interface Increment {
  /**
   * Whether this version was never handed out, or with other content; if so it is noted, to count
   * from `commit` on.
   */
  isNews(articleId: string, version: number, digest: Uint8Array): boolean;
  /** Everything noted counts from now on. Without it nothing does. */
  commit(at: number): Promise<void>;
}

export interface DatasetStore {
  extent(filter: ArticleFilter, versions: "latest" | "all"): Promise<Extent>;
  /**
   * @param terms - which records with which fields; a name keeps the terms it was first used with
   * @throws {WarraqError} E_USAGE when it was used with other terms
   */
  increment(name: string, terms: string): Promise<Increment>;
}
