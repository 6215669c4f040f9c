/** Bringing in what others kept: files, how far they were read, and their captures. Types only. */
import type { PackedBlock } from "../codec/index.ts";
import type { Capture, PageRef } from "../model.ts";
import type { Settled, Visit } from "./crawl.ts";

/** A file as it was when it was read: one that has changed since is another. */
export interface ImportFile {
  readonly name: string;
  readonly bytes: number;
  /** UTC ms. */
  readonly modifiedAt: number;
  /** What is to be taken from it, in one word or as JSON: another wish is another import. */
  readonly terms: string;
}

/** One page of a file; `visit.at` is when it was captured there. */
export interface ImportedPage {
  readonly page: PageRef;
  /** Where in the file it begins. */
  readonly offset: number;
  readonly visit: Extract<Visit, { kind: "read" | "skipped" | "not-modified" }>;
  /** For a record of another program, of a page it captured: when that was, as far as it tells. */
  readonly told?: ToldTime;
}

/** Somewhere in [at, until), UTC ms. */
export type ToldTime = "untold" | { readonly at: number; readonly until: number };

/** @see ImportStore.putImported */
export interface ImportProgress {
  readonly reached: number | null;
  readonly now: number;
  readonly blocks?: readonly BlockOfBodies[];
}

/** Bodies that were packed together, in their order. */
export interface BlockOfBodies {
  readonly block: PackedBlock;
  /** Each is the body of a page that is stored with it. */
  readonly members: readonly { readonly digest: string; readonly unpackedBytes: number }[];
}

export interface ImportStore {
  /** @returns the file's number, and where an import that was stopped goes on: 0 for a new one */
  beginFile(file: ImportFile, runId: number): Promise<{ id: number; reached: number }>;
  /**
   * Whether this very capture is here already, and whole: the same address, instant and bytes. One whose
   * bytes were pruned is not; `putImported` brings them back, and adds nothing else.
   *
   * @param digest - SHA-256 of the body, hex
   */
  hasCapture(url: string, at: number, digest: string): Promise<boolean>;
  /** What this address answered with at this instant, or null. @throws E_ARCHIVE_CORRUPT */
  captureAt(url: string, at: number): Promise<Capture | null>;
  /**
   * Stores pages of a file and how far it has been read, in one transaction. A capture finds its
   * place in the article's history by its own time: versions are counted anew where it lies before
   * others, article ids stay; contents equal to a neighbour's make no version but widen the time in
   * which it was seen. Nothing a later visit learned about a page is undone.
   *
   * @param blocks - where the bodies of some of the pages are; those that are here already stay
   * @param reached - offset of what comes next in the file; null at its end
   * @param now - when this is done, UTC ms
   */
  putImported(
    fileId: number,
    pages: readonly ImportedPage[],
    progress: ImportProgress,
  ): Promise<readonly Settled[]>;
}
