/**
 * Two readings of one page, field by field, and what that says over many pages. Pure. `sites new`
 * compares the generic reading with the proposed rule's, `sites test` what a page should read as
 * with what the rule reads today.
 */
import type { Article, Extraction } from "../model.ts";

export const FIELDS = [
  "title",
  "category",
  "published",
  "author",
  "body",
  "tags",
  "source",
  "images",
] as const;
export type ComparedField = (typeof FIELDS)[number];

/** What a page reads as: per field its values in order, none when it has none; absent is not compared. */
export type Values = Readonly<Partial<Record<ComparedField, readonly string[]>>>;

export type Verdict =
  | "equal"
  /** Neither has it. */
  | "empty"
  /** Only the second has it. */
  | "filled"
  /** Only the first has it. */
  | "lost"
  | "differs"
  /** Bodies only: the second is the first without paragraphs that several pages share. */
  | "cleaner";

export interface Compared {
  readonly field: ComparedField;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly verdict: Verdict;
}

export interface FieldSummary {
  readonly field: ComparedField;
  readonly pages: number;
  /** Pages on which the second reading has the field. */
  readonly filled: number;
  readonly equal: number;
  readonly gained: number;
  readonly lost: number;
  readonly differs: number;
  readonly cleaner: number;
  /** The worst page's: lost before differs before gained; null when all are equal. */
  readonly example: (Compared & { readonly url: string }) | null;
}

/** An extraction as values. A page that is no article has none. */
export function valuesOf(extraction: Pick<Extraction, "article">): Values {
  const { article } = extraction;
  return article === null ? NOTHING : articleValues(article);
}

export function articleValues(article: Article): Values {
  return {
    title: article.title === "" ? [] : [article.title],
    category: article.categories.map(({ label }) => label),
    published: article.published === null ? [] : [article.published.iso],
    author: article.authors,
    tags: article.tags,
    body: article.body === "" ? [] : article.body.split("\n\n"),
    source: article.originalSource === null ? [] : [article.originalSource.name],
    images: article.images.map(({ url }) => url),
  };
}

const NOTHING: Values = Object.fromEntries(FIELDS.map((field) => [field, []]));

/** @param boilerplate - paragraphs that are no article's own */
export function compareValues(
  before: Values,
  after: Values,
  boilerplate: ReadonlySet<string> = new Set(),
): readonly Compared[] {
  return FIELDS.flatMap((field) => {
    const [first, second] = [before[field], after[field] ?? []];
    if (first === undefined) return [];
    return [
      { field, before: first, after: second, verdict: judge(field, first, second, boilerplate) },
    ];
  });
}

/** One summary per field that was compared on any page, in the order of FIELDS. */
export function summarize(
  pages: readonly { readonly url: string; readonly compared: readonly Compared[] }[],
): readonly FieldSummary[] {
  return FIELDS.flatMap((field) => {
    const all = pages.flatMap(({ url, compared }) =>
      compared.filter((one) => one.field === field).map((one) => ({ ...one, url })),
    );
    if (all.length === 0) return [];
    const count = (verdict: Verdict): number => all.filter((one) => one.verdict === verdict).length;
    const example =
      WORST_FIRST.map((verdict) => all.find((one) => one.verdict === verdict)).find(Boolean) ??
      null;
    return [
      {
        field,
        pages: all.length,
        filled: all.filter(({ after }) => after.length > 0).length,
        equal: count("equal") + count("empty"),
        gained: count("filled"),
        lost: count("lost"),
        differs: count("differs"),
        cleaner: count("cleaner"),
        example,
      },
    ];
  });
}

/** One sentence: what a person should know about a field of a proposed rule. */
export function verdictOf({
  pages,
  filled,
  equal,
  gained,
  lost,
  differs,
  cleaner,
}: FieldSummary): string {
  if (equal === pages && filled === 0) return "found by neither";
  if (equal === pages) return `the same on all ${pages} pages`;
  const parts = [
    equal > 0 ? `the same on ${equal} of ${pages}` : "",
    gained > 0 ? `only the rule finds it on ${gained}` : "",
    cleaner > 0 ? `without repeated lines on ${cleaner}` : "",
    lost > 0 ? `only the generic reading finds it on ${lost}` : "",
    differs > 0 ? `other on ${differs}: look at it` : "",
  ];
  return parts.filter(Boolean).join("; ");
}

const WORST_FIRST: readonly Verdict[] = ["lost", "differs", "filled", "cleaner"];

function judge(
  field: ComparedField,
  before: readonly string[],
  after: readonly string[],
  boilerplate: ReadonlySet<string>,
): Verdict {
  if (before.length === 0) return after.length === 0 ? "empty" : "filled";
  if (after.length === 0) return "lost";
  if (isSame(before, after)) return "equal";
  if (
    field === "body" &&
    isSame(
      before.filter((text) => !boilerplate.has(text)),
      after.filter((text) => !boilerplate.has(text)),
    ) &&
    after.length < before.length
  )
    return "cleaner";
  return "differs";
}

function isSame(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && before.every((value, at) => value === after[at]);
}
