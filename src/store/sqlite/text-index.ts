/**
 * The full-text index: folded words of each article's newest version, under the article's rowid.
 * SQLite's own tokenizers cut Arabic words at every haraka and cannot be replaced from JavaScript, so
 * folding happens here and the index is plain.
 */
import type { Article } from "../../model.ts";
import { fold, stem } from "../../text/index.ts";
import type { Database } from "./driver.ts";

export interface TextIndex {
  put(articleId: number, article: Article, isNew: boolean): void;
}

/** bm25 weights of title, body, authors, categories, stems: words as they stand beat their stems. */
export const RANK = /* sql */ `bm25(search_index, 8.0, 1.0, 3.0, 3.0, 0.4)`;
/** The columns that hold the text's own words in their order: phrases are looked for there. */
export const WORD_COLUMNS = "{title body authors categories}";

export function createTextIndex(db: Database): TextIndex {
  const add = db.prepare<[number, string, string, string, string, string]>(/* sql */ `
    INSERT INTO search_index (rowid, title, body, authors, categories, stems)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const remove = db.prepare<[number]>(/* sql */ `DELETE FROM search_index WHERE rowid = ?`);
  return {
    put(articleId, article, isNew) {
      if (!isNew) remove.run(articleId);
      const title = fold([article.title, article.subtitle ?? ""].join("\n"));
      const body = fold(article.body);
      const authors = fold(article.authors.join("\n"));
      const categories = fold(article.categories.map(({ label }) => label).join("\n"));
      add.run(articleId, title, body, authors, categories, stemsOf(`${title} ${body}`));
    },
  };
}

/** Stems of a folded text that are not words of it: what only another form would find. */
function stemsOf(folded: string): string {
  const words = new Set(folded.split(" "));
  const stems = new Set<string>();
  for (const word of words) {
    const stemmed = stem(word);
    if (stemmed !== word && !words.has(stemmed)) stems.add(stemmed);
  }
  return [...stems].join(" ");
}
