/**
 * Where a query's words stand in the original text: marks for a title, and the stretch of a body
 * that answers best. Pure; works on the original through fold's offset map, so what is shown is what
 * was published.
 */
import { foldWithMap } from "../text/index.ts";
import { type Query, type Term, termMatches } from "./query.ts";

export type Marks = readonly (readonly [start: number, end: number])[];

interface Hit {
  readonly start: number;
  readonly end: number;
  /** Which term of the query. */
  readonly term: number;
}

/** About two lines of a terminal. */
const SNIPPET_CHARS = 180;
/** How much of the stretch stands before the first match: enough to read into it. */
const LEAD_CHARS = 40;
/** More matches than these change no choice of stretch, but cost time on long texts. */
const MOST_HITS = 500;

/** Ranges of all matched words, in order; empty when none. */
export function marksOf(text: string, query: Query): Marks {
  return hitsIn(text, query).map(({ start, end }) => [start, end]);
}

/** The stretch of `text` with the most of the query's words in it, cut at blanks; its marks count from its start. */
export function snippetOf(
  text: string,
  query: Query,
): { readonly snippet: string; readonly marks: Marks } {
  const hits = hitsIn(text, query);
  const from = startOfWord(text, (bestStart(hits)?.start ?? 0) - LEAD_CHARS);
  const to = endOfWord(text, from + SNIPPET_CHARS);
  const before = from > 0 ? "… " : "";
  const after = to < text.length ? " …" : "";
  const { line, moved } = squeezed(text.slice(from, to));
  const place = (at: number): number => before.length + (moved[at - from] as number);
  return {
    snippet: before + line + after,
    marks: hits
      .filter(({ start, end }) => start >= from && end <= to)
      .map(({ start, end }) => [place(start), place(end)]),
  };
}

/** Every run of blanks and line ends as one blank; `moved[i]` is where unit i went. */
function squeezed(text: string): { readonly line: string; readonly moved: Uint32Array } {
  const moved = new Uint32Array(text.length + 1);
  let line = "";
  for (let at = 0; at < text.length; at++) {
    moved[at] = line.length;
    const unit = text[at] as string;
    if (!/\s/u.test(unit)) line += unit;
    else if (!line.endsWith(" ")) line += " ";
  }
  moved[text.length] = line.length;
  return { line, moved };
}

function hitsIn(text: string, query: Query): Hit[] {
  const terms = query.clauses.flatMap(({ isExcluded, any }) => (isExcluded ? [] : any));
  if (terms.length === 0 || text === "") return [];
  const { folded, starts, ends } = foldWithMap(text);
  const words: { readonly word: string; readonly at: number }[] = [];
  for (let at = 0; at < folded.length; ) {
    const space = folded.indexOf(" ", at);
    const end = space < 0 ? folded.length : space;
    words.push({ word: folded.slice(at, end), at });
    at = end + 1;
  }
  const hits: Hit[] = [];
  const known = new Map<string, number>();
  for (let index = 0; index < words.length && hits.length < MOST_HITS; index++) {
    const { word, at } = words[index] as (typeof words)[number];
    let term = known.get(word);
    if (term === undefined) {
      term = terms.findIndex((one) => one.kind !== "phrase" && termMatches(one, word));
      known.set(word, term);
    }
    const phrase = terms.findIndex((one) => beginsHere(one, words, index));
    const length = phrase < 0 ? 1 : (terms[phrase] as PhraseTerm).words.length;
    if (phrase < 0 && term < 0) continue;
    const last = words[index + length - 1] as (typeof words)[number];
    hits.push({
      start: starts[at] as number,
      end: ends[last.at + last.word.length - 1] as number,
      term: phrase < 0 ? term : phrase,
    });
    index += length - 1;
  }
  return hits;
}

type PhraseTerm = Extract<Term, { kind: "phrase" }>;

function beginsHere(term: Term, words: readonly { readonly word: string }[], at: number): boolean {
  return (
    term.kind === "phrase" && term.words.every((word, index) => words[at + index]?.word === word)
  );
}

/** The hit from which on a stretch holds most different terms, the earliest of equals. */
function bestStart(hits: readonly Hit[]): Hit | undefined {
  let best: Hit | undefined;
  let bestScore = 0;
  for (const [index, hit] of hits.entries()) {
    const terms = new Set<number>();
    for (let next = index; next < hits.length; next++) {
      const other = hits[next] as Hit;
      if (other.end > hit.start + SNIPPET_CHARS - LEAD_CHARS) break;
      terms.add(other.term);
    }
    if (terms.size > bestScore) {
      best = hit;
      bestScore = terms.size;
    }
  }
  return best;
}

function startOfWord(text: string, from: number): number {
  if (from <= 0) return 0;
  const blank = text.slice(from, from + LEAD_CHARS).search(/\s/u);
  return blank < 0 ? from : from + blank + 1;
}

function endOfWord(text: string, to: number): number {
  if (to >= text.length) return text.length;
  const stretch = text.slice(to - LEAD_CHARS, to + 1);
  const blank = Math.max(stretch.lastIndexOf(" "), stretch.lastIndexOf("\n"));
  return blank < 0 ? to : to - LEAD_CHARS + blank;
}
