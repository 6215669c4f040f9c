/**
 * What the page says about its article elsewhere: its titles, its description, and the text some
 * pages repeat for machines. None of it is taken as the body; all of it points to where the body is.
 */
import { fold } from "../../text/index.ts";
import type { JsonLdNode, PageFacts } from "../context.ts";
import { Break, type FlatPage } from "./flat.ts";

export interface Evidence {
  /** Folded titles the page gives (`<title>`, og:title, JSON-LD headline), longest first. */
  readonly titles: readonly string[];
  /** Folded first words of the descriptions. */
  readonly anchors: readonly string[];
  readonly description: string | null;
  /** For each anchor its longest word as written: a run without any of them need not be folded. */
  readonly anchorWords: readonly string[];
  /** Every description, folded. */
  readonly descriptionKeys: readonly string[];
  /** Folded names of the authors the page gives to machines. */
  readonly authors: readonly string[];
  /** JSON-LD articleBody as written, the longest; null when there is none. */
  readonly articleBody: string | null;
  /** The same folded; empty when too short to judge by. */
  readonly articleKey: string;
}

/** Eight words are enough to be found once, and few enough to survive a cut description. */
const ANCHOR_WORDS = 8;
const LEAST_ANCHOR_WORDS = 5;
/** Runs of text shorter than this are not looked at for the description's words. */
const LEAST_RUN_CHARS = 30;
const RUN_CHARS = 240;
const MAX_EVIDENCE = 20;
/** Descriptions are sentences; some pages put the whole article there. */
const MAX_DESCRIPTION_CHARS = 1_000;
/** Shorter texts under articleBody are teasers. */
const LEAST_ARTICLE_CHARS = 250;

export function readEvidence(facts: PageFacts): Evidence {
  const descriptions = ["og:description", "description", "twitter:description"].flatMap(
    (name) => facts.metas.get(name) ?? [],
  );
  const titles = [
    facts.titleText,
    ...(facts.metas.get("og:title") ?? []),
    ...(facts.metas.get("twitter:title") ?? []),
    ...facts.jsonLd.map((node) => textOf(node.headline)),
  ];
  // Every piece of evidence is held against every block: a page that gives hundreds must not cost more.
  const few = <Value>(values: readonly Value[]): readonly Value[] => values.slice(0, MAX_EVIDENCE);
  const longest = (texts: readonly string[]): string | null =>
    texts.reduce<string | null>(
      (best, text) => (text.length > (best?.length ?? 0) ? text : best),
      null,
    );
  const articleBody = longest(facts.jsonLd.map(articleBodyOf));
  return {
    titles: [
      ...new Set(
        few(titles)
          .map(fold)
          .filter((title) => title !== ""),
      ),
    ].sort((a, b) => b.length - a.length),
    anchors: [
      ...new Set(
        few(descriptions)
          .map(firstWords)
          .filter((words) => words !== ""),
      ),
    ],
    description: longest(descriptions),
    anchorWords: few(descriptions)
      .map(longestFirstWord)
      .filter((word) => word !== ""),
    descriptionKeys: few(descriptions).map((text) => fold(text.slice(0, MAX_DESCRIPTION_CHARS))),
    authors: few(authorsOf(facts)),
    articleBody,
    articleKey:
      articleBody !== null && articleBody.length >= LEAST_ARTICLE_CHARS ? fold(articleBody) : "",
  };
}

const WORD_BREAK = /[^\p{L}\p{M}\p{N}]+/u;

function longestFirstWord(description: string): string {
  const words = description
    .slice(0, RUN_CHARS)
    .split(WORD_BREAK)
    .filter((word) => word !== "");
  return words
    .slice(0, ANCHOR_WORDS - 1)
    .reduce((best, word) => (word.length > best.length ? word : best), "");
}

function firstWords(description: string): string {
  const words = fold(description).split(" ");
  return words.length < LEAST_ANCHOR_WORDS ? "" : words.slice(0, ANCHOR_WORDS).join(" ");
}

/** Shorter names ("dpa", "ap") stand in sentences too. */
const LEAST_NAME_CHARS = 6;

function authorsOf(facts: PageFacts): readonly string[] {
  const names = [
    ...(facts.metas.get("author") ?? []),
    ...(facts.metas.get("article:author") ?? []),
    ...facts.jsonLd.flatMap(({ author }) =>
      (Array.isArray(author) ? author : [author]).map((one: unknown) =>
        textOf(typeof one === "object" && one !== null ? (one as JsonLdNode).name : one),
      ),
    ),
  ];
  return [...new Set(names.map(fold))].filter((name) => name.length >= LEAST_NAME_CHARS);
}

function articleBodyOf(node: JsonLdNode): string {
  return textOf(node.articleBody);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** First pieces of the runs of text that hold a description's first words, in page order. */
export function findAnchors(flat: FlatPage, evidence: Evidence): readonly number[] {
  const found: number[] = [];
  if (evidence.anchors.length === 0) return found;
  const { pieces, breaks } = flat;
  for (let start = 0; start < pieces.length && found.length < MAX_EVIDENCE; ) {
    let stop = start + 1;
    let text = pieces[start] as string;
    while (stop < pieces.length && breaks[stop] === Break.none) {
      if (text.length < RUN_CHARS) text += pieces[stop] as string;
      stop++;
    }
    if (
      text.length >= LEAST_RUN_CHARS &&
      evidence.anchorWords.some((word) => text.includes(word))
    ) {
      const key = fold(text.slice(0, RUN_CHARS));
      if (evidence.anchors.some((anchor) => key.includes(anchor))) found.push(start);
    }
    start = stop;
  }
  return found;
}
