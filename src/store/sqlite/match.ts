/**
 * A query as expressions of the full-text index. Every word is quoted, so nothing in it can be syntax.
 *
 * Relevance is a ladder, not a sum: an article is as relevant as the highest step it stands on, and
 * among those on one step the newest is first, as readers of news want it. So an answer needs no look
 * at every match: steps are walked from the top, each from its newest article, until a page is full;
 * and what is archived meanwhile moves nothing that was shown.
 */
import { placeNamed, stem } from "../../text/index.ts";
import { prefixesOf, type Query, type Term } from "../query.ts";
import { dayTokens } from "./day-tokens.ts";
import { BREAK, exactSign, sign, wordSigns } from "./signs.ts";

/** How a word may stand in an article. */
type Stand = "anywhere" | "exact" | "title" | "lead" | "title-form";

/** One step of the ladder: the articles of `expression` that stand on none above. */
export interface Step {
  readonly number: number;
  readonly expression: string;
}

/**
 * The steps, best first: (0) the words side by side in the title, (1) all in the title, (2) all in
 * title or first sentences, (3) side by side anywhere, (4) all anywhere; then the same with other forms
 * of the words: (5) in the title, (6) anywhere. Each has the steps whose articles it has, too.
 */
const LADDER: readonly {
  readonly stand: Stand;
  readonly isPhrase: boolean;
  readonly above: readonly number[];
}[] = [
  { stand: "title", isPhrase: true, above: [] },
  { stand: "title", isPhrase: false, above: [0] },
  { stand: "lead", isPhrase: false, above: [1] },
  { stand: "exact", isPhrase: true, above: [2] },
  { stand: "exact", isPhrase: false, above: [2, 3] },
  { stand: "title-form", isPhrase: false, above: [4] },
  { stand: "anywhere", isPhrase: false, above: [4, 5] },
];

/** All articles that match. @param filters - expressions that must hold too */
export function matchOf(query: Query, filters: readonly string[]): string {
  return expressionOf(query, "anywhere", filters);
}

/** The ladder of a query; one step when it has no words to rank by. */
export function stepsOf(query: Query, filters: readonly string[]): readonly Step[] {
  const hasWords = query.clauses.some(
    ({ isExcluded, any }) => !isExcluded && any.some((term) => RANKED.has(term.kind)),
  );
  if (!hasWords) return [{ number: LADDER.length - 1, expression: matchOf(query, filters) }];
  const side = sideBySide(query);
  const expressions = LADDER.map(({ stand, isPhrase }) =>
    !isPhrase ? expressionOf(query, stand, filters) : side && expressionOf(side, stand, filters),
  );
  return LADDER.flatMap(({ above }, number) => {
    const expression = expressions[number] ?? null;
    if (expression === null) return [];
    const higher = above.flatMap((step) => expressions[step] ?? []);
    const rest =
      higher.length === 0 ? "" : ` NOT (${higher.map((one) => `(${one})`).join(" OR ")})`;
    return [{ number, expression: `(${expression})${rest}` }];
  });
}

const RANKED: ReadonlySet<Term["kind"]> = new Set(["word", "prefix", "phrase"]);

/** The query with its words as one phrase; null when they are fewer than two, or a choice. */
function sideBySide({ clauses }: Query): Query | null {
  const words = clauses.flatMap(({ isExcluded, any }) => {
    const [term] = any;
    return !isExcluded && any.length === 1 && term?.kind === "word" ? [term.word] : [];
  });
  const others = clauses.filter(
    ({ isExcluded, any }) => isExcluded || any.length !== 1 || any[0]?.kind !== "word",
  );
  const isChoice = others.some(
    ({ isExcluded, any }) => !isExcluded && any.some(({ kind }) => RANKED.has(kind)),
  );
  if (words.length < 2 || isChoice) return null;
  return { clauses: [{ isExcluded: false, any: [{ kind: "phrase", words }] }, ...others] };
}

function expressionOf({ clauses }: Query, stand: Stand, filters: readonly string[]): string {
  const parts = (isExcluded: boolean): string[] =>
    clauses
      .filter((clause) => clause.isExcluded === isExcluded)
      .map(({ any }) =>
        any.map((term) => termOf(term, isExcluded ? "anywhere" : stand)).join(" OR "),
      );
  const wanted = [...parts(false), ...filters].map((part) => `(${part})`);
  const unwanted = parts(true).map((part) => `(${part})`);
  const all = wanted.length === 0 ? quoted(BREAK) : wanted.join(" AND ");
  return unwanted.length === 0 ? all : `(${all}) NOT (${unwanted.join(" OR ")})`;
}

function termOf(term: Term, stand: Stand): string {
  switch (term.kind) {
    case "word":
      return either(wordTokens(term, stand));
    case "prefix":
      return prefixIn(term, stand);
    case "phrase": {
      if (stand === "anywhere" || stand === "exact") return quoted(term.words.join(" "));
      return inTitle(term.words, false);
    }
    case "within":
      return within(term);
    case "filed":
      return quoted(filedSign(term));
    case "date":
      return either(dayTokens(term));
  }
}

function filedSign({ field, value }: Term & { readonly kind: "filed" }): string {
  if (field === "site") return exactSign("site", value);
  return sign(field, field === "place" ? (placeNamed(value) ?? value) : value);
}

function wordTokens(term: Term & { readonly kind: "word" }, stand: Stand): string[] {
  const { word, stem, forms } = term;
  const stems = [...new Set([stem, ...forms])];
  switch (stand) {
    case "exact":
      return [word];
    case "title":
      return [wordSigns("title", word)];
    case "lead":
      return [wordSigns("title", word), wordSigns("lead", word)];
    case "title-form":
      return [word, ...stems].flatMap((one) => [
        wordSigns("title", one),
        wordSigns("titleStem", one),
      ]);
    case "anywhere":
      // A text's word may have the word itself for its stem (خزانات) though that has a shorter one.
      return [
        ...new Set([word, ...stems]),
        ...new Set([word, ...stems].map((one) => wordSigns("stem", one))),
      ];
  }
}

function prefixIn({ prefix, words }: Term & { readonly kind: "prefix" }, stand: Stand): string {
  const begins = (kind: "title" | "lead") =>
    prefixesOf(prefix).map((one) => `${quoted(wordSigns(kind, one))} *`);
  if (stand === "title" || stand === "title-form") return begins("title").join(" OR ");
  if (stand === "lead") return [...begins("title"), ...begins("lead")].join(" OR ");
  if (words !== null) return either(words);
  return prefixesOf(prefix)
    .map((one) => `${quoted(one)} *`)
    .join(" OR ");
}

/** One word in any form, several as they stand. */
function within({ field, words, isPrefix }: Term & { readonly kind: "within" }): string {
  const [word = ""] = words;
  if (field === "author") {
    return `${quoted(wordSigns("author", words.join(" ")))}${isPrefix ? " *" : ""}`;
  }
  if (words.length > 1 || isPrefix) return inTitle(words, isPrefix);
  return either(wordTokens({ kind: "word", word, stem: stem(word), forms: [] }, "title-form"));
}

function inTitle(words: readonly string[], isPrefix: boolean): string {
  return `${quoted(wordSigns("title", words.join(" ")))}${isPrefix ? " *" : ""}`;
}

export function either(tokens: readonly string[]): string {
  return tokens.map(quoted).join(" OR ");
}

function quoted(words: string): string {
  return `"${words.replaceAll('"', '""')}"`;
}
