/**
 * What a category label means: a topic (with its IPTC codes), a scope such as محلي, a genre, a
 * format, a place — or noise that files nothing (`عاجل`, `الرئيسية`, `Uncategorized`).
 */
import { existsSync, readFileSync } from "node:fs";
import type { Category, CategoryKind } from "../../model.ts";
import { fold } from "../../text/index.ts";

interface VocabularyFile {
  readonly mapping: readonly {
    readonly labels: readonly string[];
    /** `topic`, `scope:national`, `genre:opinion`, `format`, `place`, `noise`. */
    readonly kind: string;
    readonly medtop?: readonly string[];
  }[];
}

interface Meaning {
  readonly kind: CategoryKind | "noise";
  readonly detail: string | null;
  readonly medtops: readonly string[];
}

const file = new URL("../../../data/categories.json", import.meta.url);
const MEANINGS = new Map<string, Meaning>();
if (existsSync(file)) {
  const vocabulary: VocabularyFile = JSON.parse(readFileSync(file, "utf8"));
  for (const { labels, kind, medtop } of vocabulary.mapping) {
    const [name, detail] = kind.split(":");
    const meaning = {
      kind: name as Meaning["kind"],
      detail: detail ?? null,
      medtops: medtop ?? [],
    };
    for (const label of labels) MEANINGS.set(labelKey(label), meaning);
  }
}

/** Labels from paths (`أخبار-ليبيا`) and from pages (`أخبار ليبيا`) are one. */
function labelKey(label: string): string {
  return fold(label.replace(/[-_]+/gu, " "));
}

/** @returns null when the label is noise */
export function readLabel(label: string, readAs: string | undefined): Category | null {
  const meaning = MEANINGS.get(labelKey(readAs ?? label));
  if (meaning === undefined) return { label, kind: "unknown", detail: null, medtops: [] };
  if (meaning.kind === "noise") return null;
  return { label, kind: meaning.kind, detail: meaning.detail, medtops: meaning.medtops };
}

export function isNoise(label: string): boolean {
  return MEANINGS.get(labelKey(label))?.kind === "noise";
}
