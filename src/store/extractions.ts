/** Versions read anew from their captures: what they were read as before stays readable. Types only. */
import type { ArticleRecord, Capture } from "../model.ts";
import type { Reading } from "./crawl.ts";

/** What today's rules made of a version's page. */
export type NewReading = Pick<Reading, "extraction" | "fingerprint" | "extractor">;

export interface ExtractionStore {
  /**
   * The further pages of a version that is cut into several, in order.
   *
   * @throws {WarraqError} E_PRUNED, E_ARCHIVE_CORRUPT
   */
  rawParts(articleId: string, version: number): Promise<readonly Capture[]>;
  /**
   * Replaces what a version says by a new reading of the same page; the old one becomes an extraction
   * of its own. Never makes a version: what the outlet published has not changed.
   *
   * @throws {WarraqError} E_NOT_FOUND
   */
  reread(
    of: { readonly articleId: string; readonly version: number },
    reading: NewReading,
    by: { readonly runId: number; readonly at: number },
  ): Promise<void>;
  /**
   * A version as it was read the `number`th time, from 1; the last is the version as it stands.
   * `version` counts from 1; default newest.
   */
  extraction(
    idOrUrl: string,
    version: number | undefined,
    number: number,
  ): Promise<ArticleRecord | null>;
}
