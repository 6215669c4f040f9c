/**
 * Records as JSON text that the archive writes itself, for who wants nothing else of them: no value of
 * a row becomes a value of the program. Types only.
 */
import type { ArticleRecord } from "../model.ts";
import type { ArticleFilter } from "./search.ts";

/** Values of a record that the archive can write as JSON. Hashes are hex, instants ISO 8601. */
export type JsonSource =
  | "id"
  | "url"
  | "siteId"
  | "sourceDomain"
  | "title"
  | "category"
  | "categoryLabels"
  | "tags"
  | "authors"
  | "excerpt"
  | "body"
  | "language"
  | "dir"
  | "canonicalUrl"
  | "siteName"
  | "imageUrl"
  | "images"
  | "wordCount"
  | "publishedIso"
  | "publishedRaw"
  | "publishedPrecision"
  | "publishedSource"
  | "modifiedIso"
  | "places"
  | "firstSeenAt"
  | "lastSeenAt"
  | "downloadedAt"
  | "version"
  | "versions"
  | "status"
  | "httpStatus"
  | "via"
  | "content"
  | "rawDigest"
  | "near"
  | "duplicateOf"
  | "cluster"
  | "program"
  | "rule"
  | "method"
  | "confidence"
  | "isPartial"
  | "subtitle"
  | "originalSource";

/** A member of a JSON object, in its place. */
export interface JsonField {
  readonly name: string;
  /** What it holds: a value, one with a few letters before it, or an object of its own. */
  readonly value:
    | JsonSource
    | { readonly prefix: string; readonly of: "content" | "rawDigest" }
    | readonly JsonField[];
}

/** What a dataset's card counts of a record. */
export interface RecordFacts {
  readonly siteId: string;
  readonly language: string;
  /** UTC ms. */
  readonly publishedAt: number | null;
  readonly downloadedAt: number;
  readonly program: string;
  readonly rule: string;
}

/** Some records, one after the other. */
export interface JsonBatch {
  /** In UTF-8, a line each: what JSON.stringify would give, of text in normal form C. */
  readonly lines: Uint8Array;
  /** Of each line. */
  readonly of: readonly JsonLine[];
}

export interface JsonLine {
  readonly id: string;
  readonly version: number;
  /** Null unless they were asked for. */
  readonly facts: RecordFacts | null;
}

export interface JsonRequest {
  readonly filter: ArticleFilter;
  readonly versions: "latest" | "all";
  readonly fields: readonly JsonField[];
  readonly hasFacts: boolean;
  /** The line of a record that only the program can write exactly, with its line feed. */
  readonly lineOf: (record: ArticleRecord) => string;
}

export interface JsonRecordStore {
  /** As `scan`, in batches. */
  scanJson(request: JsonRequest): AsyncIterable<JsonBatch>;
}
