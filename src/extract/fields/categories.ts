/**
 * Under what the outlet files the article: its own labels, as printed. The first source that
 * yields a label that is not noise is taken; machine statements of low trust come last.
 */
import type { Category } from "../../model.ts";
import { fold } from "../../text/index.ts";
import type { ExtractContext, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { categorySources } from "./category-sources.ts";
import type { JsonLd } from "./json-ld.ts";
import type { PageIndex, Spot } from "./page-index.ts";
import type { SiteNames } from "./site-name.ts";
import { isPlacement, readLabel } from "./vocabulary.ts";

export interface Categories {
  readonly categories: readonly Category[];
  readonly source: string;
}

const MAX_LABEL_CHARS = 60;
const MAX_LABELS = 8;

export function readCategories(
  facts: PageFacts,
  findings: RuleFindings,
  index: PageIndex,
  jsonLd: JsonLd,
  names: SiteNames,
  title: Spot | null,
  titleText: string,
  context: ExtractContext,
  tracer: Tracer,
): Categories {
  const map = context.site?.categoryMap ?? {};
  const titleKey = fold(titleText);
  let winner: Categories | null = null;
  let fallback: Categories | null = null;
  for (const { labels, source } of categorySources(
    facts,
    findings,
    index,
    jsonLd,
    title,
    titleText,
  )) {
    const categories: Category[] = [];
    const placements: Category[] = [];
    const known = new Set<string>();
    for (const label of labels) {
      const key = fold(label);
      if (key === "" || known.has(key) || names.isSite(label) || !isLabel(label, titleKey))
        continue;
      known.add(key);
      const category = readLabel(label, map[label]);
      if (category === null || categories.length >= MAX_LABELS) continue;
      (isPlacement(label) ? placements : categories).push(category);
    }
    const isGood = categories.length > 0;
    if (!isGood && placements.length > 0) fallback ??= { categories: placements, source };
    if (tracer.on) {
      const rejected = !isGood ? "noise only" : winner === null ? null : `after ${winner.source}`;
      tracer.candidate("category", { source, value: labels.join(" | "), rejected });
    }
    if (isGood && winner === null) {
      winner = { categories, source };
      if (!tracer.on) return winner;
    }
  }
  return winner ?? fallback ?? { categories: [], source: "" };
}

/** Counters (`3 comments`), dates and the headline itself stand where labels do, too. */
function isLabel(label: string, titleKey: string): boolean {
  if (label.length > MAX_LABEL_CHARS) return false;
  if (/^\p{Nd}|\p{Nd}{4}|\p{Nd}[.:/]\p{Nd}/u.test(label)) return false;
  const key = fold(label);
  return key !== titleKey && !(key.length > 20 && titleKey.startsWith(key));
}
