/**
 * The text some pages repeat for machines (JSON-LD articleBody) as referee over what was read from the
 * page. It is complete on four pages of five that have it and a teaser on most others, so it never
 * comes first: it replaces a body that is missing or plainly a part of it.
 */
import { cleanParagraphs, fold } from "../../text/index.ts";
import type { BodyResult, Tracer } from "../context.ts";
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

/** Null when the body read from the page stands. */
export function refereeBody(
  paragraphs: readonly string[],
  evidence: Evidence,
  tracer: Tracer,
): Verdict | null {
  const text = paragraphs.join(" ");
  const machine = evidence.articleBody === null ? [] : plainParagraphs(evidence.articleBody);
  const machineText = machine.join(" ");
  const isMissing = text.length < LEAST_BODY_CHARS;
  const isPart =
    machineText.length > MUCH_LONGER * text.length &&
    (isMissing || sharedWords(text, machineText) > MOST_WORDS);
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
  if (paragraphs.length > 0) return null;
  const description = machineText || evidence.description;
  return {
    paragraphs: description ? cleanParagraphs(description) : [],
    method: "description",
    source: machineText ? "json-ld:articleBody" : "og:description",
    confidence: 0.1,
    isPartial: true,
  };
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
