/** Asking the archive: filters, answers by the page, and what they are spread over. Types only. */
import type { ArticleRecord, PageKind } from "../model.ts";

/** A question to the archive; parts left out do not limit. Instants are UTC milliseconds. */
export interface ArticleFilter {
  /** A query in the search language (see query.ts): words, "phrases", -word, OR, prefix*, title:word. */
  readonly text?: string;
  readonly siteIds?: readonly string[];
  /** Compared folded, against every category of the article. */
  readonly category?: string;
  /** Compared folded: these words side by side in one of the authors, the last perhaps only begun. */
  readonly author?: string;
  /** A place of data/places.json, in any of its spellings. */
  readonly place?: string;
  readonly language?: string;
  readonly kind?: PageKind;
  /** By publication date, falling back to first seen. `from` inclusive, `to` exclusive. */
  readonly from?: number;
  readonly to?: number;
  /** Seen first or again at or after this. */
  readonly seenSince?: number;
  readonly status?: ArticleRecord["status"];
}

/**
 * `date`: newest first. `relevance`: words in the title before words in the first sentences before
 * words anywhere, side by side before apart, and words as typed before their other forms; the newest
 * first among equals.
 */
export interface Paging {
  readonly limit: number;
  /**
   * Opaque; from the previous answer. It names a place in the order, not a number of rows: what is
   * archived meanwhile neither repeats nor hides an article.
   */
  readonly cursor?: string;
  readonly sort: "date" | "relevance";
}

export interface SearchHit {
  readonly record: ArticleRecord;
  /** Text of the original (never folded), with the ranges [start, end) of matched words in it. */
  readonly snippet: string;
  readonly marks: readonly (readonly [start: number, end: number])[];
  readonly titleMarks: readonly (readonly [start: number, end: number])[];
}

export interface Answer<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  /** Exact up to 10,000, then (and where counting would cost more than answering) a lower bound. */
  readonly total: number;
  readonly totalIsExact: boolean;
  /** The text as it was perhaps meant, by the archive's own words; asked only when little was found. */
  readonly suggestion: string | null;
}

export type FacetName = "site" | "category" | "year" | "author" | "place" | "language";

/** How the articles that match are spread, most first. */
export interface Facets {
  /** Articles counted: all that match, or the 10,000 archived last. */
  readonly articles: number;
  readonly isExact: boolean;
  readonly values: readonly {
    readonly facet: FacetName;
    readonly value: string;
    readonly articles: number;
  }[];
}

export interface SearchStore {
  search(filter: ArticleFilter, paging: Paging): Promise<Answer<SearchHit>>;
  list(filter: ArticleFilter, paging: Paging): Promise<Answer<ArticleRecord>>;
  /** @param most - values of each facet at most, in the order of `names`; 0 for all */
  facets(filter: ArticleFilter, names: readonly FacetName[], most: number): Promise<Facets>;
}
