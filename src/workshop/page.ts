/** One fetched article page on the bench: its bytes, its markup, and what reads without a rule made of it. */
import type { Article, Capture } from "../model.ts";
import type { PageTree } from "./tree.ts";

export interface BenchPage {
  readonly capture: Capture;
  readonly tree: PageTree;
  /** What the generic extractor (with the themes) reads. */
  readonly generic: Article;
  /** Id of the theme that was recognised, or null. */
  readonly theme: string | null;
  /** What the page says the site is called, or null. */
  readonly siteName: string | null;
}

/** What proposing needs of a page; tests make these from a string. */
export type ReadPage = Pick<BenchPage, "tree" | "generic">;

export interface ZoneAndTime {
  /** IANA zone of dates printed without one. */
  readonly timeZone: string;
  /** Later dates are no publication dates; relative ones count back from here. */
  readonly now: number;
}
