/**
 * Making PageRefs that may outlive the file they came from: every string is a copy (parsers hand out
 * slices that keep the whole file in memory), every URL absolute http(s) and without fragment.
 */
import type { FoundBy, PageRef, PageRole } from "../model.ts";

export interface PageRefHints {
  readonly title?: string | null;
  readonly publishedAt?: number | null;
  readonly lastModifiedAt?: number | null;
}

export function pageRef(
  url: string,
  siteId: string,
  role: PageRole,
  foundBy: FoundBy,
  { title = null, publishedAt = null, lastModifiedAt = null }: PageRefHints = {},
): PageRef {
  return {
    url: copy(url),
    siteId,
    role,
    foundBy,
    title: title === null ? null : copy(title),
    publishedAt,
    lastModifiedAt,
  };
}

/** A string that shares no memory with the one it was cut from. */
export function copy(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}

/** Keeps the first of each key; `key` null drops the item. */
export function withoutRepeats<Item>(
  items: Iterable<Item>,
  key: (item: Item) => string | null,
): Item[] {
  const seen = new Set<string>();
  const kept: Item[] = [];
  for (const item of items) {
    const name = key(item);
    if (name === null || seen.has(name)) continue;
    seen.add(name);
    kept.push(item);
  }
  return kept;
}
