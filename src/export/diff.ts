/**
 * What changed between two versions of an article, field by field, texts by word. Pure.
 */
import type { Article } from "../model.ts";
import { type Change, diffWords } from "../text/index.ts";
import { plainText } from "./csv.ts";
import { type ExportedArticle, toExportedArticle } from "./record.ts";

export interface FieldDiff {
  readonly field: keyof ExportedArticle;
  readonly changes: readonly Change[];
}

/** Fields that only repeat what others say. */
const DERIVED: ReadonlySet<string> = new Set(["word_count", "dir"]);

/** Fields that are one thing, not words. */
const WHOLE = /^(?:date_\w+|\w+_url|language)$/u;

/** The fields that differ, in the order of an export. */
export function diffArticles(before: Article, after: Article): readonly FieldDiff[] {
  const old = toExportedArticle(before);
  const now = toExportedArticle(after);
  return (Object.keys(now) as (keyof ExportedArticle)[]).flatMap((field) => {
    const [a, b] = [textOf(old, field), textOf(now, field)];
    if (a === b || DERIVED.has(field)) return [];
    return [{ field, changes: WHOLE.test(field) ? replaced(a, b) : diffWords(a, b) }];
  });
}

function replaced(before: string, after: string): readonly Change[] {
  const changes: readonly Change[] = [
    { kind: "removed", text: before },
    { kind: "added", text: after },
  ];
  return changes.filter(({ text }) => text !== "");
}

/** One line an image, so that a changed caption does not drag the others along. */
function textOf(article: ExportedArticle, field: keyof ExportedArticle): string {
  if (field !== "images") return plainText(article[field]);
  return article.images
    .map(({ url, caption, credit }) => [url, caption, credit].filter(Boolean).join(" "))
    .join("\n");
}
