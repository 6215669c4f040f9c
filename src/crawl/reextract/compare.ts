/** What two readings of one page say differently, field by field. Pure. */
import { versionFields } from "../../fingerprint/index.ts";
import type { Article } from "../../model.ts";

export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Every field a reader or a dataset would see differ, in a fixed order. How the fields were found
 * (method, confidence, sources) is about us and counts for nothing by itself.
 */
export function changesBetween(before: Article, after: Article): readonly FieldChange[] {
  const was = fieldsOf(before);
  const is: Readonly<Record<string, string>> = fieldsOf(after);
  return Object.entries(was).flatMap(([field, value]) => {
    const now = is[field] ?? "";
    return now === value ? [] : [{ field, before: value, after: now }];
  });
}

function fieldsOf(article: Article): Readonly<Record<string, string>> {
  const { published, modified, images, tags } = article;
  return {
    ...versionFields(article),
    // Whole: a version's own comparison leaves out what moves by itself between visits.
    published: published === null ? "" : `${published.iso} ${published.precision}`,
    modified: modified?.iso ?? "",
    excerpt: article.excerpt ?? "",
    tags: tags.join("; "),
    language: article.language,
    images: images.map(({ url, caption }) => `${url} ${caption ?? ""}`.trim()).join("\n"),
    siteName: article.siteName ?? "",
    canonicalUrl: article.canonicalUrl ?? "",
    partial: article.isPartial ? "yes" : "no",
  };
}
