/**
 * What only records of our own exports tell: their dates as they were printed, their pictures, the
 * outlet a text was taken from.
 */

import type { Article, ArticleDate, ArticleImage, DatePrecision } from "../../model.ts";
import { shortenedIso } from "../../text/index.ts";

const PRECISIONS: ReadonlySet<unknown> = new Set<DatePrecision>([
  ...(["year", "month", "day", "hour", "minute", "second"] as const),
]);

/** As exports write instants; anything else that a date could be read from is not handed on. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/u;

/** False for what had come from another program's record: what that did not tell, ours does not either. */
export function wasReadFromPage({ extractor }: Readonly<Record<string, unknown>>): boolean {
  if (typeof extractor !== "object" || extractor === null) return false;
  return (extractor as Readonly<Record<string, unknown>>).method !== "imported";
}

/** The date with its precision and its words: "two hours ago" stays a date that moves by itself. */
export function publishedAsTold(
  date: ArticleDate,
  record: Readonly<Record<string, unknown>>,
): ArticleDate {
  const { date_published: iso, date_published_raw: raw, date_published_precision: told } = record;
  const precision = PRECISIONS.has(told) ? (told as DatePrecision) : date.precision;
  return {
    ...date,
    iso: typeof iso === "string" && INSTANT.test(iso) ? shortenedIso(iso, precision) : date.iso,
    raw: typeof raw === "string" ? raw : date.raw,
    precision,
  };
}

export function imagesOf({ images }: Readonly<Record<string, unknown>>): readonly ArticleImage[] {
  if (!Array.isArray(images)) return [];
  return images.flatMap((image: unknown) => {
    if (typeof image !== "object" || image === null) return [];
    const { url, alt, caption, credit } = image as Readonly<Record<string, unknown>>;
    if (typeof url !== "string" || !URL.canParse(url)) return [];
    return [{ url, alt: words(alt), caption: words(caption), credit: words(credit) }];
  });
}

export function originalSourceOf({
  original_source: told,
}: Readonly<Record<string, unknown>>): Article["originalSource"] {
  if (typeof told !== "object" || told === null) return null;
  const { name, url } = told as Readonly<Record<string, unknown>>;
  return typeof name === "string" && name !== "" ? { name, url: words(url) } : null;
}

function words(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
