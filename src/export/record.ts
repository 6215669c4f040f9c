/**
 * The shape in which articles leave the program: `extract --json`, `show --json`, `list --json` and
 * `export` all print this record. Field names and their order are a promise (docs: README, `warraq
 * schema article`); a field without a value is null, never missing.
 */
import type {
  Article,
  ArticleDate,
  ArticleImage,
  ArticleRecord,
  DatePrecision,
  Fingerprint,
} from "../model.ts";
import { wholeIso } from "../text/index.ts";

/** Field order of JSON, CSV and the documentation. */
export const EXPORT_FIELDS = [
  "id",
  "url",
  "canonical_url",
  "source",
  "source_domain",
  "site_name",
  "title",
  "category",
  "categories",
  "tags",
  "authors",
  "excerpt",
  "body",
  "language",
  "dir",
  "image_url",
  "images",
  "word_count",
  "date_published",
  "date_published_raw",
  "date_published_precision",
  "date_published_from",
  "date_modified",
  "places",
  "date_first_seen",
  "date_last_seen",
  "date_downloaded",
  "version",
  "versions",
  "status",
  "http_status",
  "via",
  "content_hash",
  "raw_hash",
  "simhash",
  "duplicate_of",
  "cluster",
  "extractor",
  // Since then, at the end: what reads CSV by position reads on.
  "subtitle",
  "original_source",
] as const satisfies readonly (keyof ExportRecord)[];

export type ExportField = (typeof EXPORT_FIELDS)[number];

/** What the page itself says. Instants are ISO 8601 with offset; text is NFC. */
export interface ExportedArticle {
  readonly canonical_url: string | null;
  readonly site_name: string | null;
  readonly title: string;
  readonly category: string | null;
  readonly categories: readonly string[];
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly excerpt: string | null;
  readonly body: string;
  readonly language: string;
  readonly dir: "rtl" | "ltr";
  readonly image_url: string | null;
  readonly images: readonly ArticleImage[];
  readonly word_count: number;
  readonly date_published: string | null;
  readonly date_published_raw: string | null;
  readonly date_published_precision: DatePrecision | null;
  readonly date_published_from: string | null;
  readonly date_modified: string | null;
  readonly subtitle: string | null;
  /** The outlet an aggregator took the text from. */
  readonly original_source: { readonly name: string; readonly url: string | null } | null;
}

/** One version of one article, as it is exported. */
export interface ExportRecord extends ExportedArticle {
  readonly id: string;
  /** Places of Libya that its newest version names, the most named first. */
  readonly places: readonly string[];
  readonly url: string;
  readonly source: string;
  readonly source_domain: string;
  readonly date_first_seen: string;
  readonly date_last_seen: string;
  readonly date_downloaded: string;
  readonly version: number;
  readonly versions: number;
  readonly status: ArticleRecord["status"];
  readonly http_status: number;
  readonly via: ArticleRecord["via"];
  /** `sha256:` and 64 hex digits, over every extracted field that makes a version. */
  readonly content_hash: string;
  /** `sha256:` and 64 hex digits, over the bytes the page was read from. */
  readonly raw_hash: string;
  /** 16 hex digits; near-duplicates differ in few bits. */
  readonly simhash: string;
  readonly duplicate_of: string | null;
  readonly cluster: string | null;
  readonly extractor: ExportedExtractor;
}

/** Which program and rule read the page, how, and how far it may be trusted. */
export interface ExportedExtractor {
  readonly program: string;
  readonly rule: string;
  readonly method: Article["method"];
  readonly confidence: number;
  readonly partial: boolean;
}

/** A record of the archive in the export's shape. Pure. */
export function toExportRecord(record: ArticleRecord): ExportRecord {
  const { article, fingerprint } = record;
  const { canonical_url, subtitle, original_source, ...exported } = toExportedArticle(article);
  return {
    id: record.id,
    url: record.url,
    canonical_url,
    source: record.siteId,
    source_domain: record.sourceDomain,
    ...exported,
    places: record.places,
    date_first_seen: isoInstant(record.firstSeenAt),
    date_last_seen: isoInstant(record.lastSeenAt),
    date_downloaded: isoInstant(record.downloadedAt),
    version: record.version,
    versions: record.versions,
    status: record.status,
    http_status: record.httpStatus,
    via: record.via,
    ...toExportedHashes(fingerprint, record.rawDigest),
    duplicate_of: record.duplicateOf,
    cluster: record.cluster,
    extractor: toExportedExtractor(article, record.extractor),
    subtitle,
    original_source,
  };
}

/** A page read outside any archive (`extract`): the same fields, null where only an archive knows. */
export type ExtractedRecord = { readonly [Field in ExportField]: ExportRecord[Field] | null };

/**
 * What was read from one page, in the export's shape. Pure.
 *
 * @param page.article - null for a page that is no article
 */
export function toExtractedRecord(page: {
  readonly id: string | null;
  readonly url: string;
  readonly article: Article | null;
  readonly fingerprint: Fingerprint | null;
  readonly rawDigest: string;
  readonly extractor: ArticleRecord["extractor"];
}): ExtractedRecord {
  const { id, url, article, fingerprint, extractor } = page;
  const nothing = Object.fromEntries(EXPORT_FIELDS.map((field) => [field, null]));
  return {
    ...(nothing as { readonly [Field in ExportField]: null }),
    id,
    url,
    source_domain: URL.canParse(url) ? new URL(url).hostname || null : null,
    ...(article !== null && toExportedArticle(article)),
    ...(fingerprint !== null && toExportedHashes(fingerprint, page.rawDigest)),
    raw_hash: `sha256:${page.rawDigest}`,
    ...(article !== null && { extractor: toExportedExtractor(article, extractor) }),
  };
}

/** The fields a page gives, without an archive around it. */
export function toExportedArticle(article: Article): ExportedArticle {
  const { published, modified, originalSource } = article;
  return {
    canonical_url: article.canonicalUrl,
    site_name: nfc(article.siteName),
    title: nfc(article.title),
    category: nfc(article.category),
    categories: article.categories.map(({ label }) => nfc(label)),
    tags: article.tags.map((tag) => nfc(tag)),
    authors: article.authors.map((author) => nfc(author)),
    excerpt: nfc(article.excerpt),
    body: nfc(article.body),
    language: article.language,
    dir: article.dir,
    image_url: article.imageUrl,
    images: article.images.map(({ url, alt, caption, credit }) => ({
      url,
      alt: nfc(alt),
      caption: nfc(caption),
      credit: nfc(credit),
    })),
    word_count: article.wordCount,
    date_published: wholeDate(published),
    date_published_raw: nfc(published?.raw ?? null),
    date_published_precision: published?.precision ?? null,
    date_published_from: published?.source ?? null,
    date_modified: wholeDate(modified),
    subtitle: nfc(article.subtitle),
    original_source:
      originalSource === null ? null : { name: nfc(originalSource.name), url: originalSource.url },
  };
}

function toExportedHashes(
  fingerprint: Fingerprint,
  rawDigest: string,
): Pick<ExportRecord, "content_hash" | "raw_hash" | "simhash"> {
  return {
    content_hash: `sha256:${fingerprint.content}`,
    raw_hash: `sha256:${rawDigest}`,
    simhash: fingerprint.near,
  };
}

function toExportedExtractor(
  { method, confidence, isPartial }: Article,
  { program, rule }: ArticleRecord["extractor"],
): ExportedExtractor {
  return { program, rule, method, confidence, partial: isPartial };
}

/** The start of what is known; how much that is stands beside it. */
export function wholeDate(date: ArticleDate | null): string | null {
  return date === null ? null : wholeIso(date.iso, date.at);
}

/** `2026-11-24T02:01:00.000Z`. */
export function isoInstant(at: number): string {
  return new Date(at).toISOString();
}

function nfc(text: string): string;
function nfc(text: string | null): string | null;
function nfc(text: string | null): string | null {
  return text === null ? null : text.normalize("NFC");
}
