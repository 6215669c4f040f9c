/** Our own record's fields as values that the archive can write as JSON by itself. */
import type { JsonField, JsonSource } from "../store/store.ts";
import type { Column } from "./columns.ts";
import type { ExportField } from "./record.ts";

/** The columns asked for, in their order. */
export function jsonFieldsOf(columns: readonly Column[]): readonly JsonField[] {
  return columns.map(({ name }) => ({ name, value: VALUES[name as ExportField] }));
}

const field = (name: string, value: JsonSource): JsonField => ({ name, value });

/** The twin of toExportRecord (record.ts): a test holds the two against each other. */
const VALUES: Readonly<Record<ExportField, JsonField["value"]>> = {
  id: "id",
  url: "url",
  canonical_url: "canonicalUrl",
  source: "siteId",
  source_domain: "sourceDomain",
  site_name: "siteName",
  title: "title",
  category: "category",
  categories: "categoryLabels",
  tags: "tags",
  authors: "authors",
  excerpt: "excerpt",
  body: "body",
  language: "language",
  dir: "dir",
  image_url: "imageUrl",
  images: "images",
  word_count: "wordCount",
  date_published: "publishedIso",
  date_published_raw: "publishedRaw",
  date_published_precision: "publishedPrecision",
  date_published_from: "publishedSource",
  date_modified: "modifiedIso",
  places: "places",
  date_first_seen: "firstSeenAt",
  date_last_seen: "lastSeenAt",
  date_downloaded: "downloadedAt",
  version: "version",
  versions: "versions",
  status: "status",
  http_status: "httpStatus",
  via: "via",
  content_hash: { prefix: "sha256:", of: "content" },
  raw_hash: { prefix: "sha256:", of: "rawDigest" },
  simhash: "near",
  duplicate_of: "duplicateOf",
  cluster: "cluster",
  extractor: [
    field("program", "program"),
    field("rule", "rule"),
    field("method", "method"),
    field("confidence", "confidence"),
    field("partial", "isPartial"),
  ],
  subtitle: "subtitle",
  original_source: "originalSource",
};
