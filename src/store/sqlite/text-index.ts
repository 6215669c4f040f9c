/**
 * The full-text index: each article's newest version under the article's rowid, folded. SQLite's own
 * tokenizers cut Arabic words at every haraka and cannot be replaced from JavaScript, so folding happens
 * here and the index is plain.
 *
 * One column. First what is read in order, a break between the parts: title, body, then names (authors,
 * categories, tags). Then, in no order, the signs (see signs.ts): the title's words and the lead's as
 * such, stems that are not words of the text, and what the article is filed under. A word of the text and
 * a sign are different tokens, so "in the title" is a short list of its own and costs no look into the
 * long one.
 */
import type { Article, PageKind } from "../../model.ts";
import { fold, stem } from "../../text/index.ts";
import type { Database } from "./driver.ts";
import { BREAK, daySigns, exactSign, sign, wordSigns } from "./signs.ts";
import { createWordCounts, type WordCounts } from "./word-counts.ts";

export interface IndexedArticle {
  readonly article: Article;
  readonly siteId: string;
  readonly kind: PageKind;
  /** Published, or else first seen. */
  readonly dateAt: number;
  readonly places: readonly string[];
}

export interface TextIndex extends Pick<WordCounts, "hasCounts" | "flush"> {
  put(articleId: number, indexed: IndexedArticle, isNew: boolean): void;
  /**
   * Until `release`, `put` only remembers. The index writes out what it holds as a segment whenever
   * another table is written with a savepoint, so between other writes each article would become a
   * segment of its own (measured: a third more CPU for an article in all).
   */
  hold(): void;
  /** How many are held; `drop` forgets those after the first so many: their work was undone. */
  held(): number;
  drop(after: number): void;
  /** Writes what is held, at the end of a transaction. */
  release(): void;
}

interface Held {
  readonly articleId: number;
  readonly words: string;
  readonly isNew: boolean;
}

/** News says what it is about in its first sentence or two; later words only occur. */
const LEAD_WORDS = 40;

export function createTextIndex(
  db: Database,
  counts: WordCounts = createWordCounts(db),
): TextIndex {
  const add = db.prepare<[number, string]>(
    /* sql */ `INSERT INTO search_index (rowid, words) VALUES (?, ?)`,
  );
  const remove = db.prepare<[number]>(/* sql */ `DELETE FROM search_index WHERE rowid = ?`);
  let waiting: Held[] | null = null;

  function write({ articleId, words, isNew }: Held): void {
    if (!isNew) remove.run(articleId);
    add.run(articleId, words);
  }

  return {
    put(articleId, indexed, isNew) {
      const { article } = indexed;
      const title = fold([article.title, article.subtitle ?? ""].join("\n"));
      const body = fold(article.body);
      const words = new Set(body.split(" "));
      for (const word of title.split(" ")) words.add(word);
      words.delete("");
      const one = { articleId, words: tokensOf(indexed, title, body, words), isNew };
      if (waiting === null) write(one);
      else waiting.push(one);
      if (isNew) counts.add(words);
    },
    hold() {
      waiting = [];
    },
    held: () => waiting?.length ?? 0,
    drop(after) {
      waiting?.splice(after);
    },
    release() {
      const all = waiting ?? [];
      waiting = null;
      // In order of ids: an id before the last ends a segment, too.
      for (const one of all.sort((a, b) => a.articleId - b.articleId)) write(one);
    },
    hasCounts: counts.hasCounts,
    flush: counts.flush,
  };
}

function tokensOf(
  { article, siteId, kind, dateAt, places }: IndexedArticle,
  title: string,
  body: string,
  words: ReadonlySet<string>,
): string {
  const authors = article.authors.map(fold);
  const labels = article.categories.map(({ label }) => label);
  const names = [...authors, ...labels.map(fold), ...article.tags.map(fold)];
  return [
    [title, body, ...names, ""].join(` ${BREAK} `),
    wordSigns("title", title),
    BREAK,
    ...authors.map((author) => `${wordSigns("author", author)} ${BREAK}`),
    wordSigns("lead", leadOf(title, body)),
    wordSigns("titleStem", stemsOf(new Set(title.split(" ")))),
    wordSigns("stem", stemsOf(words)),
    exactSign("site", siteId),
    exactSign("language", article.language),
    exactSign("kind", kind),
    ...new Set(labels.map((label) => sign("category", label))),
    ...places.map((place) => sign("place", place)),
    ...daySigns(dateAt),
  ].join(" ");
}

/** The words of the beginning that the title has not. */
function leadOf(title: string, body: string): string {
  const taken = new Set(title.split(" "));
  const lead = new Set(body.split(" ", LEAD_WORDS));
  return [...lead].filter((word) => word !== "" && !taken.has(word)).join(" ");
}

/** Stems that are not words of the text: what only another form would find. */
function stemsOf(words: ReadonlySet<string>): string {
  const stems = new Set<string>();
  for (const word of words) {
    const stemmed = stem(word);
    if (stemmed !== word && !words.has(stemmed)) stems.add(stemmed);
  }
  return [...stems].join(" ");
}
