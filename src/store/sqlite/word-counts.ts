/**
 * How many articles have a word, roughly: what spelling suggestions, beginnings (`word*`) and clitics are
 * judged by. Counted in memory and written every few hundred articles and at the end; a kill loses the
 * last counts, and nothing depends on them being exact: whether a word is there, the index says.
 */
import type { Database } from "./driver.ts";

export interface WordCounts {
  /** The words of one more article, each once. */
  add(words: ReadonlySet<string>): void;
  /** Whether any are not written yet. */
  hasCounts(): boolean;
  /** Writes them. */
  flush(): void;
}

/** Neighbours share most of their words: at 256 articles a word is written about once for five met. */
const ARTICLES_PER_FLUSH = 1_024;
/** What nobody types: runs of letters, keys, addresses. */
const LONGEST_WORD = 24;
const COUNTED = /^\p{L}[\p{L}\p{M}]+$/u;

export function createWordCounts(db: Database): WordCounts {
  const put = db.prepare<[string, number]>(/* sql */ `
    INSERT INTO word (word, articles) VALUES (?, ?)
    ON CONFLICT (word) DO UPDATE SET articles = articles + excluded.articles`);
  let counts = new Map<string, number>();
  let articles = 0;

  function flush(): void {
    const written = counts;
    counts = new Map();
    articles = 0;
    // In order of the table: neighbours are on one page of it.
    for (const word of [...written.keys()].sort()) {
      if (word.length <= LONGEST_WORD && COUNTED.test(word)) put.run(word, written.get(word) ?? 1);
    }
  }

  return {
    add(words) {
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
      if (++articles >= ARTICLES_PER_FLUSH) flush();
    },
    hasCounts: () => articles > 0,
    flush,
  };
}
