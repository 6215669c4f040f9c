/** Every look at the articles, with the bytes that came: what a web archive is made of. Types only. */
import type { ArticleRecord, Capture } from "../model.ts";
import type { ArticleFilter } from "./search.ts";

export type Sighting = { readonly articleId: string } & (
  | {
      readonly kind: "captured";
      readonly capture: Capture;
      /** SHA-256 of the body, hex; checked. */
      readonly digest: string;
      /** The versions that begin with this capture; usually one or none. */
      readonly records: readonly ArticleRecord[];
    }
  /** Its bytes were pruned; what was read from them is kept. */
  | {
      readonly kind: "pruned";
      readonly url: string;
      readonly at: number;
      readonly records: readonly ArticleRecord[];
    }
  /** The server said that nothing had changed (304). */
  | { readonly kind: "not-modified"; readonly url: string; readonly at: number }
);

export interface SightingStore {
  /**
   * Streams the looks at every article that matches, article by article in order of id, each
   * article's in order of time. @throws E_ARCHIVE_CORRUPT
   */
  sightings(filter: ArticleFilter): AsyncIterable<Sighting>;
}
