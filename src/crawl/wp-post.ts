/** A post of the REST API as the plain page it would be: what its theme prints around it left out. */
import type { WpPost } from "../discover/index.ts";

/** @param names - of terms: `category 7` → `محلي`, still as markup (`&amp;`) */
export function postPage(post: WpPost, names: ReadonlyMap<string, string>): string {
  const { url, title, publishedAt, lastModifiedAt, contentHtml, categoryIds, tagIds } = post;
  const meta = (property: string, content: string | null): string =>
    content === null ? "" : `<meta property="${property}" content="${escapeMarkup(content)}">`;
  const terms = (taxonomy: string, ids: readonly number[]): string[] =>
    ids.flatMap((id) => names.get(`${taxonomy} ${id}`) ?? []).map(unescapeAmpersand);
  const heading = escapeMarkup(title ?? "");
  const lines = [
    '<!doctype html><html><head><meta charset="utf-8">',
    `<title>${heading}</title><link rel="canonical" href="${escapeMarkup(url)}">`,
    meta("og:type", "article"),
    meta("article:published_time", iso(publishedAt)),
    meta("article:modified_time", iso(lastModifiedAt)),
    ...terms("category", categoryIds).map((name) => meta("article:section", name)),
    ...terms("tag", tagIds).map((name) => meta("article:tag", name)),
    `</head><body><article><h1>${heading}</h1>`,
    `<div class="entry-content">${contentHtml ?? ""}</div></article></body></html>`,
  ];
  return lines.filter((line) => line !== "").join("\n");
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function unescapeAmpersand(name: string): string {
  return name.replaceAll("&amp;", "&");
}
