/** The language a reader reads, by the words themselves; the page's label only where they do not tell. */
import { detectLanguage, direction } from "../../text/index.ts";
import type { BodyResult, PageFacts, Tracer } from "../context.ts";

export interface Language {
  readonly language: string;
  readonly source: string;
  readonly dir: "rtl" | "ltr";
}

/** Enough words to know; the rest of a long body says nothing else. */
const SAMPLE_CHARS = 700;
/** Below this the label of the page is the better witness. */
const MIN_CONFIDENCE = 0.5;

export function readLanguage(
  facts: PageFacts,
  body: BodyResult,
  title: string,
  tracer: Tracer,
): Language {
  let sample = title;
  for (const paragraph of body.paragraphs) {
    if (sample.length > SAMPLE_CHARS) break;
    sample += `\n${paragraph}`;
  }
  const words = detectLanguage(sample.slice(0, SAMPLE_CHARS));
  const dir = direction(sample.slice(0, SAMPLE_CHARS));
  const label = labelled(facts);
  const isSure = words.language !== "und" && words.confidence >= MIN_CONFIDENCE;
  const language = isSure || label === null ? words.language : label;
  const source = isSure || label === null ? "words of the article" : "label of the page";
  if (tracer.on) {
    tracer.candidate("language", {
      source: "words of the article",
      value: `${words.language} (${words.confidence.toFixed(2)})`,
      rejected: source.startsWith("words") ? null : "too few words to tell",
    });
    if (label !== null) {
      tracer.candidate("language", {
        source: "label of the page",
        value: label,
        rejected: source.startsWith("label") ? null : "the words decide",
      });
    }
  }
  return { language, source, dir };
}

function labelled(facts: PageFacts): string | null {
  const said =
    facts.lang ??
    facts.metas.get("og:locale")?.[0] ??
    facts.metas.get("content-language")?.[0] ??
    facts.metas.get("language")?.[0];
  const tag = /^[a-z]{2,3}(?=$|[-_])/iu.exec(said?.trim() ?? "")?.[0];
  return tag === undefined ? null : tag.toLowerCase();
}
