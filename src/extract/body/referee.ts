/**
 * The text some pages repeat for machines (JSON-LD articleBody) as referee over what was read from the
 * page. It is complete on four pages of five that have it and a teaser on most others, so it never
 * comes first: it replaces a body that is missing or plainly a part of it.
 */
import { cleanParagraphs, fold } from "../../text/index.ts";
import type { BodyResult, PageFacts, Tracer } from "../context.ts";
import type { Evidence } from "./evidence.ts";

const LEAST_BODY_CHARS = 250;
/** The machine text must be this much longer and hold most of the words read from the page. */
const MUCH_LONGER = 1.6;
const MOST_WORDS = 0.7;
const MARKUP = /<\/?[a-z][^<>]{0,300}>/giu;
const ENTITY = /&(?:nbsp|amp|quot|lt|gt|#39|apos|rsquo|lsquo|rdquo|ldquo|ndash|mdash|hellip);/giu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&nbsp;": " ",
  "&amp;": "&",
  "&quot;": '"',
  "&lt;": "<",
  "&gt;": ">",
  "&#39;": "'",
  "&apos;": "'",
  "&rsquo;": "’",
  "&lsquo;": "‘",
  "&rdquo;": "”",
  "&ldquo;": "“",
  "&ndash;": "–",
  "&mdash;": "—",
  "&hellip;": "…",
};

type Verdict = Pick<BodyResult, "paragraphs" | "method" | "source" | "confidence" | "isPartial">;

/**
 * Null when the body read from the page stands.
 *
 * @param pageChars - all text of the page: when it could hold the machine text and was judged not to be
 *   the article, the judgement stands
 */
export function refereeBody(
  reading: { readonly paragraphs: readonly string[]; readonly chars: number } | null,
  pageChars: number,
  evidence: Evidence,
  tracer: Tracer,
): Verdict | null {
  const text = reading?.paragraphs.join(" ") ?? "";
  const machine = evidence.articleBody === null ? [] : plainParagraphs(evidence.articleBody);
  const machineText = machine.join(" ");
  const isMissing = text.length < LEAST_BODY_CHARS;
  const isPart =
    machineText.length > MUCH_LONGER * text.length &&
    (isMissing || (pageChars < machineText.length && sharedWords(text, machineText) > MOST_WORDS));
  if (isPart && machineText.length >= LEAST_BODY_CHARS) {
    tracer.step("referee", `articleBody of ${machineText.length} chars over ${text.length}`);
    return {
      paragraphs: machine,
      method: "json-ld",
      source: "json-ld:articleBody",
      confidence: 0.6,
      isPartial: false,
    };
  }
  if (text !== "") return null;
  const { description } = evidence;
  return {
    paragraphs: machineText ? machine : description ? cleanParagraphs(description) : [],
    method: "description",
    source: machineText ? "json-ld:articleBody" : "og:description",
    confidence: 0.1,
    isPartial: true,
  };
}

/** A body that is behind a paywall and this short is its teaser. */
const TEASER_CHARS = 1_500;

/** Whether the page says that it costs and shows no more than a teaser. */
export function isPaidAndShort(facts: PageFacts, chars: number): boolean {
  if (chars >= TEASER_CHARS) return false;
  return facts.jsonLd.some(
    ({ isAccessibleForFree: free }) => free === false || String(free).toLowerCase() === "false",
  );
}

function plainParagraphs(text: string): readonly string[] {
  const plain = text
    .replace(/<\/(?:p|div|h[1-6]|li)>|<br\s*\/?>/giu, "\n")
    .replace(MARKUP, "")
    .replace(ENTITY, (entity) => ENTITIES[entity.toLowerCase()] ?? " ");
  return cleanParagraphs(plain);
}

function sharedWords(text: string, machineText: string): number {
  const words = fold(text).split(" ");
  const known = new Set(fold(machineText).split(" "));
  return words.filter((word) => known.has(word)).length / Math.max(1, words.length);
}
