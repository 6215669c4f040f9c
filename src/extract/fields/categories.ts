/**
 * Under what the outlet files the article: its own labels, as printed. The first source that
 * yields a label that is not noise is taken; machine statements of low trust come last.
 */
import type { Category } from "../../model.ts";
import { fold } from "../../text/index.ts";
import type { ExtractContext, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { breadcrumbs } from "./breadcrumbs.ts";
import type { Labels } from "./category-links.ts";
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
  function read({ labels }: Labels): { files: Category[]; placements: Category[] } {
    const files: Category[] = [];
    const placements: Category[] = [];
    const known = new Set<string>();
    for (const label of labels) {
      const key = fold(label);
      if (key === "" || known.has(key) || names.isSite(label) || !isLabel(label, titleKey))
        continue;
      known.add(key);
      const category = readLabel(label, map[label]);
      if (category === null || files.length >= MAX_LABELS) continue;
      (isPlacement(label) ? placements : files).push(category);
    }
    return { files, placements };
  }

  let winner: Categories | null = null;
  let fallback: Categories | null = null;
  for (const one of categorySources(facts, findings, index, jsonLd, title, titleText)) {
    const { source } = one;
    const { files, placements } = read(one);
    if (files.length === 0 && placements.length > 0) {
      fallback ??= { categories: placements, source };
    }
    const isWinner = winner === null && files.length > 0;
    if (isWinner) winner = { categories: files, source };
    if (tracer.on) {
      const rejected =
        files.length === 0 ? "noise only" : isWinner ? null : `after ${winner?.source}`;
      tracer.candidate("category", { source, value: one.labels.join(" | "), rejected });
    } else if (winner !== null) break;
  }
  if (winner === null) return fallback ?? { categories: [], source: "" };
  if (winner.source.startsWith("site:")) return winner;
  // The page's own path files the article, too: a label near the title is often only its last step.
  const [path] = breadcrumbs(index, jsonLd, titleText);
  const known = new Set(winner.categories.map(({ label }) => fold(label)));
  const steps =
    path === undefined ? [] : read(path).files.filter(({ label }) => !known.has(fold(label)));
  return { ...winner, categories: [...winner.categories, ...steps].slice(0, MAX_LABELS) };
}

/** Counters (`3 comments`), dates and the headline itself stand where labels do, too. */
function isLabel(label: string, titleKey: string): boolean {
  if (label.length > MAX_LABEL_CHARS) return false;
  if (/[:：]$|^\p{Nd}|\p{Nd}{4}|\p{Nd}[.:/]\p{Nd}/u.test(label)) return false;
  const key = fold(label);
  return key !== titleKey && !(key.length > 20 && titleKey.startsWith(key));
}
