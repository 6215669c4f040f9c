/**
 * What the words of the archive say about the words of a query: which letters before a word are
 * prepositions, which words a beginning may stand for, what a misspelt word was meant to be.
 */
import {
  cliticForms,
  fold,
  otherKeyboard,
  slips,
  stem,
  tokens,
  withoutClitic,
} from "../../text/index.ts";
import { prefixesOf, type Query, type Term } from "../query.ts";
import type { Database } from "./driver.ts";
import { matchOf } from "./match.ts";

export interface Vocabulary {
  /** The query with forms of its words, and beginnings bounded to the commonest words. */
  expand(query: Query): Query;
  /** The text with its misspelt words as the archive has them, or null when none is better. */
  suggest(text: string, query: Query): string | null;
}

type Word = Term & { readonly kind: "word" };

/** The index merges the lists of all words that begin so: up to these many entries within 10 ms. */
const MOST_ENTRIES = 20_000;
/** Above that the beginning stands for its commonest words. */
const MOST_WORDS = 64;
/** Words of one beginning that are looked at: "ال*" would be a third of the table. */
const MOST_SCANNED = 20_000;
/** A word in so many articles is not misspelt, whatever else is alike. */
const KNOWN_IN = 3;
/** How many times commoner a word must be to be the one that was meant, and in how many articles. */
const COMMONER = 10;
const AT_LEAST_IN = 2;
/** A second slip is looked for in words at least this long: shorter ones are alike by chance. */
const TWO_SLIPS_FROM = 5;
/** Words of one query that are looked into, at about 20 ms each: a text with more is no slip. */
const MOST_MISSPELT = 4;
/** Longer words than this are glued together or typed by a cat; each letter more squares the work. */
const LONGEST_WORD = 24;
/** Two slips in a longer word are tens of thousands of words to look up. */
const TWO_SLIPS_TO = 16;

export function createVocabulary(db: Database): Vocabulary {
  const countOf = db
    .prepare<[string], number>(/* sql */ `SELECT articles FROM word WHERE word = ?`)
    .pluck();
  const count = (word: string): number => countOf.get(word) ?? 0;
  const beginning = db
    .prepare<[string, string], number>(/* sql */ `
      SELECT coalesce(sum(articles), 0) FROM (
        SELECT articles FROM word WHERE word >= ? AND word < ? LIMIT ${MOST_SCANNED})`)
    .pluck();
  const commonest = db.prepare<[string, string], { word: string; articles: number }>(/* sql */ `
    SELECT word, articles FROM (SELECT word, articles FROM word WHERE word >= ? AND word < ?
      LIMIT ${MOST_SCANNED}) ORDER BY articles DESC, word LIMIT ${MOST_WORDS}`);
  const found = db
    .prepare<[string, number], number>(/* sql */ `
      SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?)`)
    .pluck();
  const anArticle = db.prepare<[string], { title: string; body: string }>(/* sql */ `
    SELECT v.title, v.body FROM search_index
    JOIN article a ON a.id = search_index.rowid JOIN version v ON v.id = a.version_id
    WHERE search_index MATCH ? ORDER BY search_index.rowid DESC LIMIT 1`);

  const articlesWith = (term: Term): number =>
    found.get(matchOf({ clauses: [{ isExcluded: false, any: [term] }] }, []), KNOWN_IN) ?? 0;

  function formsOf(word: string): string[] {
    const bare = withoutClitic(word);
    const isBare = bare === null || count(bare) < count(word) * commonerBy(bare);
    const base = isBare ? word : bare;
    const forms = cliticForms(base).filter((form) => isFormOf(form, base));
    return [...(isBare ? [] : [base]), ...forms].map(stem).filter((form) => form !== stem(word));
  }

  /** `لجنه` is no form of `جنه`: it is commoner; `لسرت` is one of `سرت`. */
  function isFormOf(form: string, base: string): boolean {
    const articles = count(form);
    return articles > 0 && (base.length > 4 || articles * commonerBy(base) <= count(base) * 2);
  }

  function expandTerm(term: Term): Term {
    if (term.kind === "word") return { ...term, forms: [...new Set(formsOf(term.word))] };
    if (term.kind !== "prefix") return term;
    const ranges = prefixesOf(term.prefix).map(
      (prefix) => [prefix, `${prefix}\u{10ffff}`] as const,
    );
    const entries = ranges.map((range) => beginning.get(...range) ?? 0);
    if (entries.reduce((sum, count) => sum + count, 0) <= MOST_ENTRIES) return term;
    const words = ranges
      .flatMap((range) => commonest.all(...range))
      .sort((a, b) => b.articles - a.articles)
      .slice(0, MOST_WORDS);
    return { ...term, words: words.map(({ word }) => word) };
  }

  /** The commonest of the likeliest words, as the table has it. */
  function meant(word: string): string | null {
    const best = (candidates: ReadonlyMap<string, number>): string | null => {
      const least = Math.max(AT_LEAST_IN, count(word) * COMMONER);
      const known = [...candidates]
        .map(([other, cost]) => ({
          other,
          cost,
          articles: Math.min(...other.split(" ").map(count)),
        }))
        .filter(({ articles }) => articles >= least)
        .sort((a, b) => a.cost - b.cost || b.articles - a.articles);
      return known.find(({ other }) => articlesWith(wordTerm(other)) > 0)?.other ?? null;
    };
    if (word.length > LONGEST_WORD) return null;
    const once = slips(word);
    const first = best(once) ?? best(pairsOf(word)) ?? best(otherKeys(word));
    if (first !== null || word.length < TWO_SLIPS_FROM || word.length > TWO_SLIPS_TO) return first;
    const twice = new Map<string, number>();
    for (const [other, cost] of slips(word, true)) {
      for (const [further, more] of slips(other, true)) {
        twice.set(further, Math.min(cost + more, twice.get(further) ?? Number.POSITIVE_INFINITY));
      }
    }
    return best(twice);
  }

  /** Two words with the blank between them forgotten. */
  function pairsOf(word: string): Map<string, number> {
    const pairs = new Map<string, number>();
    for (let at = 2; at <= word.length - 2; at++) {
      const [first, second] = [word.slice(0, at), word.slice(at)];
      if (count(first) >= AT_LEAST_IN && count(second) >= AT_LEAST_IN) {
        pairs.set(`${first} ${second}`, 1);
      }
    }
    return pairs;
  }

  /** As the newest article that has it writes it. */
  function spelt(word: string): string {
    const article = anArticle.get(matchOf(queryOf(wordTerm(word)), []));
    const text = article === undefined ? "" : `${article.title}\n${article.body}`;
    const token = tokens(text).find((one) => fold(one.text) === word);
    return token?.text.normalize("NFC") ?? word;
  }

  return {
    expand: ({ clauses }) => ({
      clauses: clauses.map(({ isExcluded, any }) => ({ isExcluded, any: any.map(expandTerm) })),
    }),

    suggest(text, { clauses }) {
      const words = clauses
        .filter(({ isExcluded }) => !isExcluded)
        .flatMap(({ any }) => any.filter((term): term is Word => term.kind === "word"));
      const better = new Map<string, string>();
      let lookedInto = 0;
      for (const term of words) {
        if (term.word.length > LONGEST_WORD || articlesWith(term) >= KNOWN_IN) continue;
        if (++lookedInto > MOST_MISSPELT) break;
        const other = meant(term.word);
        if (other !== null) better.set(term.word, other.split(" ").map(spelt).join(" "));
      }
      if (better.size === 0) return null;
      let suggestion = "";
      let end = 0;
      for (const token of tokens(text)) {
        const other = better.get(fold(token.text));
        if (other === undefined) continue;
        suggestion += text.slice(end, token.start) + other;
        end = token.end;
      }
      return end === 0 ? null : suggestion + text.slice(end);
    },
  };
}

/** How many times commoner the bare word must be: the shorter it is, the more by chance. */
function commonerBy(bare: string): number {
  return bare.length > 4 ? 1 : bare.length === 4 ? 2 : 4;
}

function otherKeys(word: string): Map<string, number> {
  const other = otherKeyboard(word);
  return new Map(other === null ? [] : [[fold(other), 1]]);
}

function wordTerm(word: string): Term {
  const words = word.split(" ");
  return words.length > 1
    ? { kind: "phrase", words }
    : { kind: "word", word, stem: word, forms: [] };
}

function queryOf(term: Term): Query {
  return { clauses: [{ isExcluded: false, any: [term] }] };
}
