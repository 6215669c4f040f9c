/** What the archive knows of copies: the same article elsewhere, at four levels. Types only. */
import type { ArticleRecord } from "../model.ts";
import type { ArticleFilter } from "./search.ts";

/**
 * url: other addresses that led to one article · bytes: pages sent byte for byte alike · exact: the
 * same words, whatever their spelling · near: one text contained in the other, or nearly.
 */
export type SamenessLevel = "url" | "bytes" | "exact" | "near";

/** What makes a member of a group a copy. */
export type CopyRelation =
  /** The one the others are copies of: published first, as far as is known. */
  | "first"
  /** Another address, which redirects. */
  | "redirect"
  /** Another address, which showed the same article. */
  | "address"
  | "bytes"
  | "text"
  | "near"
  /** Contained in a far longer text of which it is not the beginning: a round-up. */
  | "part";

export interface Copy {
  readonly record: ArticleRecord;
  /** The article's own address, or for level `url` the other one. */
  readonly url: string;
  readonly relation: CopyRelation;
  /** Id of the article it is a copy of; null for the first. */
  readonly of: string | null;
  /** Shared runs of words among all of both texts, 0…1. */
  readonly similarity: number | null;
  /** Shared runs of words among those of the shorter text, 0…1. */
  readonly containment: number | null;
}

export interface CopyGroup {
  /** A cluster's number (`c7`: given once, never again), or the id of the group's first article. */
  readonly id: string;
  readonly level: SamenessLevel;
  /** In order of publication, the first publisher first. */
  readonly copies: readonly Copy[];
}

/** What `duplicates` asks. */
export interface SamenessStore {
  /**
   * Streams the groups of a level of which at least one article matches, whole. `near` has the
   * clusters (whose members may be the same by bytes or text) and then texts contained in round-ups.
   */
  duplicates(filter: ArticleFilter, level: SamenessLevel): AsyncIterable<CopyGroup>;
  /**
   * The cluster of an article, by its id, any URL that led to it, or the cluster's number (also one
   * that was merged into another). An article without copies is a group of one.
   *
   * @returns null when the archive has no such article or cluster
   */
  copiesOf(idOrUrl: string): Promise<CopyGroup | null>;
}
