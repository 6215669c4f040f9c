/** The word lists of data/discover, loaded once; see the `about` of each file. */
import { readFileSync } from "node:fs";

const DATA = new URL("../../data/discover/", import.meta.url);

type Words = ReadonlySet<string>;

export interface PathWords {
  readonly listingWords: Words;
  readonly articleWords: Words;
  readonly skipWords: Words;
  readonly skipLastWords: Words;
  readonly skipQueries: Words;
  readonly feedWords: Words;
  readonly feedQueries: Words;
  readonly pageWords: Words;
  readonly pageQueries: Words;
  readonly listingQueries: Words;
  readonly idQueries: Words;
  readonly articleSitemaps: Words;
  readonly listingSitemaps: Words;
  readonly skipSitemaps: Words;
}

export const PATH_WORDS: PathWords = loadPathWords();

/** Paths under a home page, by what they would be. */
export const USUAL_PLACES: Readonly<Record<"feed" | "sitemap" | "wp-json", readonly string[]>> =
  readJson("usual-places.json");

function loadPathWords(): PathWords {
  const lists: Record<string, string[]> = readJson("paths.json");
  const words = (name: keyof PathWords): Words => new Set(lists[name] ?? missing(name));
  return {
    listingWords: words("listingWords"),
    articleWords: words("articleWords"),
    skipWords: words("skipWords"),
    skipLastWords: words("skipLastWords"),
    skipQueries: words("skipQueries"),
    feedWords: words("feedWords"),
    feedQueries: words("feedQueries"),
    pageWords: words("pageWords"),
    pageQueries: words("pageQueries"),
    listingQueries: words("listingQueries"),
    idQueries: words("idQueries"),
    articleSitemaps: words("articleSitemaps"),
    listingSitemaps: words("listingSitemaps"),
    skipSitemaps: words("skipSitemaps"),
  };
}

function missing(name: string): never {
  throw new Error(`data/discover/paths.json lacks "${name}"`);
}

function readJson<Shape>(file: string): Shape {
  return JSON.parse(readFileSync(new URL(file, DATA), "utf8"));
}
