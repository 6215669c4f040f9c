/** What can be imported: a file as a stream of items, each with its place. Types only. */
import type { Article, Capture, Headers, PageRole } from "../../model.ts";
import type { ToldTime } from "../../store/store.ts";

/** Profiles of programs whose records are understood (`--as`). */
export const IMPORT_PROFILES = [
  "news-please",
  "trafilatura",
  "newspaper4k",
  "mediacloud",
  "schema.org",
  "warraq",
] as const;

export type ImportProfile = (typeof IMPORT_PROFILES)[number];

export type ImportKind = "warc" | "wacz" | "html" | "jsonl" | "urls" | "opml";

/** `offset` is where the item begins, in the source's own measure: bytes, or files of a folder. */
export type ImportItem = { readonly offset: number } & (
  | { readonly kind: "page"; readonly capture: Capture }
  /** Read by another program: there is nothing to extract, and nothing to prove it by. */
  | {
      readonly kind: "article";
      readonly capture: Capture;
      readonly article: Article;
      readonly told: ToldTime;
    }
  /** The page was looked at and nothing had changed; its bytes are those of an earlier capture. */
  | {
      readonly kind: "revisit";
      readonly url: string;
      readonly at: number;
      readonly headers: Headers;
      /** The capture with the same bytes; null when the server itself said so (304). */
      readonly original: { readonly url: string; readonly at: number } | null;
    }
  /** Nothing but an address, for the next crawl; `role` null: its form decides. */
  | {
      readonly kind: "address";
      readonly url: string;
      readonly title: string | null;
      readonly role: PageRole | null;
    }
  /** Not meant for the archive; `what` says why in a few words, to be counted. */
  | { readonly kind: "passed"; readonly what: string }
  | { readonly kind: "damage"; readonly detail: string }
);

export interface Source {
  /** Path, and for a part of it `path!part`. */
  readonly name: string;
  readonly kind: ImportKind;
  readonly bytes: number;
  /** UTC ms. */
  readonly modifiedAt: number;
  /** The items from this offset on, in order. */
  readonly items: (startAt: number) => AsyncGenerator<ImportItem>;
}
