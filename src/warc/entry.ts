/** What is written into a web archive, and what is told of it. Types only. */
import type { Capture } from "../model.ts";

/** One look at one article, in order of time; those of one article (`group`) follow each other. */
export type WarcEntry = { readonly group: string } & (
  | {
      readonly kind: "captured";
      readonly capture: Capture;
      /** SHA-256 of the body, hex. */
      readonly digest: string;
      /** What was extracted from it, as plain JSON values. */
      readonly metadata: readonly Readonly<Record<string, unknown>>[];
      readonly title: string | null;
      readonly text: string | null;
    }
  /** A capture whose bytes are gone; what was read from them is not. */
  | {
      readonly kind: "pruned";
      readonly url: string;
      readonly at: number;
      readonly metadata: readonly Readonly<Record<string, unknown>>[];
    }
  | { readonly kind: "not-modified"; readonly url: string; readonly at: number }
);

/** Where a record was written, for an index. */
export interface IndexEntry {
  readonly type: "response" | "revisit" | "resource";
  readonly url: string;
  readonly at: number;
  readonly mime: string;
  readonly status: number;
  /** `sha256:` and 64 hex digits, of the payload. */
  readonly digest: string;
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

export type Write = (bytes: Uint8Array) => Promise<void>;
