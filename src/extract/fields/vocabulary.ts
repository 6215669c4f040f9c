/**
 * What a category label means: a topic (with its IPTC codes), a scope such as محلي, a genre, a
 * format, a place — or noise that files nothing (`عاجل`, `الرئيسية`, `Uncategorized`).
 */
import { readFileSync } from "node:fs";
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

const MEANINGS = new Map<string, Meaning>();
const HOME = new Set<string>();

const noise: { readonly noise: readonly string[]; readonly home: readonly string[] } = read(
  "extract/fields/category-noise.json",
);
const PLACEMENTS = new Set(noise.noise.map(labelKey));
for (const label of noise.home) HOME.add(labelKey(label));
const vocabulary: VocabularyFile = read("categories.json");
for (const { labels, kind, medtop } of vocabulary.mapping) {
  const [name, detail] = kind.split(":");
  const meaning = { kind: name as Meaning["kind"], detail: detail ?? null, medtops: medtop ?? [] };
  for (const label of labels) MEANINGS.set(labelKey(label), meaning);
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../data/${name}`, import.meta.url), "utf8"));
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

const SECTION_KINDS: ReadonlySet<string> = new Set(["topic", "scope", "genre"]);

/** True for a label, in any spelling, that the vocabulary knows for a section: no format (`Video`), no place. */
export function isSection(label: string): boolean {
  return SECTION_KINDS.has(MEANINGS.get(labelKey(label))?.kind ?? "");
}

/** True for labels that file nothing, of any language. */
export function isNoise(label: string): boolean {
  const key = labelKey(label);
  return MEANINGS.get(key)?.kind === "noise" || PLACEMENTS.has(key);
}

/** What the first step of a breadcrumb is called: `Home`, `الرئيسية`. */
export function isHomeLabel(label: string): boolean {
  return HOME.has(labelKey(label));
}

/** Labels that say where on the site a text stood; taken only when the page has no other. */
export function isPlacement(label: string): boolean {
  return PLACEMENTS.has(labelKey(label));
}
