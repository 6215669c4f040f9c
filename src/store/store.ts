/**
 * The archive, as the rest of the program sees it: verbs of the domain. The only door to SQL: no
 * other folder knows which database is behind it, and no SQL, row or driver type passes through.
 *
 * Every method is one transaction (settles may share one commit with their neighbours, and resolve
 * only when that commit is on disk). Time is passed in. Readers never wait for a writer.
 */
import type { ArticleStore } from "./articles.ts";
import type { ChainStore } from "./chain.ts";
import type { ChangeStore } from "./changes.ts";
import type { CrawlStore } from "./crawl.ts";
import type { DatasetStore } from "./datasets.ts";
import type { ExtractionStore } from "./extractions.ts";
import type { FactStore } from "./facts.ts";
import type { ImportStore } from "./imports.ts";
import type { JsonRecordStore } from "./json-records.ts";
import type { RunStore } from "./runs.ts";
import type { SamenessStore } from "./sameness.ts";
import type { SearchStore } from "./search.ts";
import type { SightingStore } from "./sightings.ts";
import type { UpkeepStore } from "./upkeep.ts";

export type * from "./articles.ts";
export type * from "./chain.ts";
export type * from "./changes.ts";
export type * from "./crawl.ts";
export type * from "./datasets.ts";
export type * from "./extractions.ts";
export type * from "./facts.ts";
export type * from "./imports.ts";
export type * from "./json-records.ts";
export type * from "./runs.ts";
export type * from "./sameness.ts";
export type * from "./search.ts";
export type * from "./sightings.ts";
export type * from "./upkeep.ts";

export interface Store
  extends RunStore,
    CrawlStore,
    ArticleStore,
    SearchStore,
    ChangeStore,
    ChainStore,
    ExtractionStore,
    FactStore,
    DatasetStore,
    JsonRecordStore,
    ImportStore,
    SamenessStore,
    UpkeepStore,
    SightingStore {
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly path: string;
  /**
   * `read`: the file must exist, is never changed. `write`: created and migrated as needed;
   * `write-existing`: migrated, but never created.
   */
  readonly mode: "read" | "write" | "write-existing";
  /** Called during a long migration. */
  readonly onProgress?: (message: string) => void;
}
