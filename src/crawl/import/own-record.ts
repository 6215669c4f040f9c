/** What only records of our own exports tell: their dates as they were printed, their pictures. */
import type { ArticleDate, ArticleImage, DatePrecision } from "../../model.ts";

const PRECISIONS: ReadonlySet<unknown> = new Set<DatePrecision>([
  ...(["year", "month", "day", "hour", "minute", "second"] as const),
]);

/** The date with its precision and its words: "two hours ago" stays a date that moves by itself. */
export function publishedAsTold(
  date: ArticleDate,
  record: Readonly<Record<string, unknown>>,
): ArticleDate {
  const { date_published: iso, date_published_raw: raw, date_published_precision } = record;
  return {
    ...date,
    iso: typeof iso === "string" ? iso : date.iso,
    raw: typeof raw === "string" ? raw : date.raw,
    precision: PRECISIONS.has(date_published_precision)
      ? (date_published_precision as DatePrecision)
      : date.precision,
  };
}

export function imagesOf({ images }: Readonly<Record<string, unknown>>): readonly ArticleImage[] {
  if (!Array.isArray(images)) return [];
  return images.flatMap((image: unknown) => {
    if (typeof image !== "object" || image === null) return [];
    const { url, alt, caption, credit } = image as Readonly<Record<string, unknown>>;
    if (typeof url !== "string" || !URL.canParse(url)) return [];
    const words = (value: unknown): string | null => (typeof value === "string" ? value : null);
    return [{ url, alt: words(alt), caption: words(caption), credit: words(credit) }];
  });
}
