/**
 * What the page says about its article elsewhere: its titles, its description, and the text some
 * pages repeat for machines. None of it is taken as the body; all of it points to where the body is.
 */
import { fold } from "../../text/index.ts";
import type { JsonLdNode, PageFacts } from "../context.ts";

export interface Evidence {
  /** Folded titles the page gives (`<title>`, og:title, JSON-LD headline), longest first. */
  readonly titles: readonly string[];
  /** Folded first words of the descriptions. */
  readonly anchors: readonly string[];
  readonly description: string | null;
  /** JSON-LD articleBody as written, the longest; null when there is none. */
  readonly articleBody: string | null;
}

/** Eight words are enough to be found once, and few enough to survive a cut description. */
const ANCHOR_WORDS = 8;
const LEAST_ANCHOR_WORDS = 5;

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
  const longest = (texts: readonly string[]): string | null =>
    texts.reduce<string | null>(
      (best, text) => (text.length > (best?.length ?? 0) ? text : best),
      null,
    );
  return {
    titles: [...new Set(titles.map(fold).filter((title) => title !== ""))].sort(
      (a, b) => b.length - a.length,
    ),
    anchors: [...new Set(descriptions.map(firstWords).filter((words) => words !== ""))],
    description: longest(descriptions),
    articleBody: longest(facts.jsonLd.map(articleBodyOf)),
  };
}

function firstWords(description: string): string {
  const words = fold(description).split(" ");
  return words.length < LEAST_ANCHOR_WORDS ? "" : words.slice(0, ANCHOR_WORDS).join(" ");
}

function articleBodyOf(node: JsonLdNode): string {
  return textOf(node.articleBody);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
