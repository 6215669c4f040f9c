/**
 * Articles that other programs extracted, one JSON object each: their fields as an article of ours.
 * Nothing was read from a page here, and the article says so: its method is `imported`, each field
 * names the field it came from.
 *
 *   news-please    maintext, authors[], date_publish, date_download (no zone: taken for UTC)
 *   trafilatura    raw_text, text, author and tags joined with ";", date, filedate, source
 *   newspaper4k    text, publish_date, top_image, meta_site_name
 *   mediacloud     text_content, article_title, publication_date, parsed_date
 *   warraq         what another archive of ours has exported: the fields come back, its history does not
 */
import type { Article, ArticleDate, ArticleField } from "../../model.ts";
import {
  clean,
  cleanParagraphs,
  detectLanguage,
  direction,
  parseMachineDate,
  wordCount,
} from "../../text/index.ts";
import type { ImportProfile } from "./source.ts";

export interface ForeignArticle {
  readonly url: string;
  /** When that program downloaded the page, UTC ms; null when it does not say. */
  readonly downloadedAt: number | null;
  readonly article: Article;
}

type Fields = Readonly<Record<string, unknown>>;

interface Profile {
  /** A record with all of these is one of this program. */
  readonly telling: readonly string[];
  readonly url: readonly string[];
  readonly title: string;
  readonly body: string;
  readonly authors: string;
  readonly published: string;
  readonly downloaded: string | null;
  readonly excerpt: string;
  readonly image: string;
  readonly siteName: string | null;
  readonly categories: string | null;
  readonly tags: string | null;
  readonly canonical: string | null;
}

/** In the order they are looked for: the most telling names first. */
const PROFILES: Readonly<Record<ImportProfile, Profile>> = {
  warraq: {
    ...{ telling: ["body", "content_hash", "date_downloaded"], url: ["url"], title: "title" },
    ...{ body: "body", authors: "authors", published: "date_published" },
    ...{ downloaded: "date_downloaded", excerpt: "excerpt", image: "image_url" },
    ...{
      siteName: "site_name",
      categories: "categories",
      tags: "tags",
      canonical: "canonical_url",
    },
  },
  "news-please": {
    ...{ telling: ["maintext", "url"], url: ["url"], title: "title", body: "maintext" },
    ...{ authors: "authors", published: "date_publish", downloaded: "date_download" },
    ...{ excerpt: "description", image: "image_url", siteName: null, categories: null },
    ...{ tags: null, canonical: null },
  },
  mediacloud: {
    ...{ telling: ["text_content", "article_title"], url: ["url", "original_url"] },
    ...{ title: "article_title", body: "text_content", authors: "authors" },
    ...{ published: "publication_date", downloaded: "parsed_date", excerpt: "description" },
    ...{ image: "top_image_url", siteName: null, categories: null, tags: null },
    canonical: "canonical_url",
  },
  trafilatura: {
    ...{ telling: ["text", "source", "hostname"], url: ["source", "url"], title: "title" },
    ...{ body: "text", authors: "author", published: "date", downloaded: "filedate" },
    ...{ excerpt: "excerpt", image: "image", siteName: "source-hostname" },
    ...{ categories: "categories", tags: "tags", canonical: null },
  },
  newspaper4k: {
    ...{ telling: ["text", "url", "publish_date"], url: ["url"], title: "title", body: "text" },
    ...{ authors: "authors", published: "publish_date", downloaded: null },
    ...{ excerpt: "meta_description", image: "top_image", siteName: "meta_site_name" },
    ...{ categories: null, tags: "tags", canonical: "canonical_link" },
  },
};

/** Which program's record this is, by its fields; null when of none. */
export function profileOf(record: Fields): ImportProfile | null {
  const names = Object.keys(PROFILES) as ImportProfile[];
  return names.find((name) => PROFILES[name].telling.every((field) => field in record)) ?? null;
}

/**
 * @param timeZone - of dates that name none
 * @returns null when the record has no address or no text
 */
export function readForeign(
  record: Fields,
  name: ImportProfile,
  timeZone: string,
): ForeignArticle | null {
  const profile = PROFILES[name];
  const url = profile.url
    .map((field) => text(record[field]))
    .find((value) => /^https?:/iu.test(value));
  // One line break or two between paragraphs: nobody breaks lines within.
  const body = cleanParagraphs(text(record[profile.body])).join("\n\n");
  if (url === undefined || !URL.canParse(url) || body === "") return null;
  const from: Partial<Record<ArticleField, string>> = {};
  const read = (field: ArticleField, key: string | null): string => {
    const value = key === null ? "" : clean(text(record[key]));
    if (value !== "") from[field] = `${name}:${key}`;
    return value;
  };
  const list = (field: ArticleField, key: string | null): string[] => {
    const values = key === null ? [] : texts(record[key]);
    if (values.length > 0) from[field] = `${name}:${key}`;
    return values;
  };
  const published = date(record[profile.published], `${name}:${profile.published}`, timeZone);
  if (published !== null) from.published = published.source;
  from.body = `${name}:${profile.body}`;
  const categories = list("category", profile.categories);
  const imageUrl = read("image", profile.image) || null;
  const article: Article = {
    title: read("title", profile.title),
    ...{ subtitle: null, modified: null, originalSource: null, body, published },
    category: categories[0] ?? null,
    categories: categories.map((label) => ({ label, kind: "unknown", detail: null, medtops: [] })),
    excerpt: read("excerpt", profile.excerpt) || null,
    authors: list("authors", profile.authors),
    tags: list("tags", profile.tags),
    language: detectLanguage(body).language,
    dir: direction(body),
    imageUrl: imageUrl !== null && /^https?:/iu.test(imageUrl) ? imageUrl : null,
    images: [],
    canonicalUrl: read("canonicalUrl", profile.canonical) || null,
    siteName: read("siteName", profile.siteName) || null,
    wordCount: wordCount(body),
    ...{ method: "imported", confidence: IMPORTED_CONFIDENCE, isPartial: false, from },
  };
  const downloaded = profile.downloaded === null ? "" : text(record[profile.downloaded]);
  const downloadedAt = parseMachineDate(downloaded, { timeZone: "UTC", naive: "utc" })?.at ?? null;
  return { url, downloadedAt, article };
}

/** Neither trusted nor doubted: there is no page to prove it by. */
const IMPORTED_CONFIDENCE = 0.5;

function date(value: unknown, source: string, timeZone: string): ArticleDate | null {
  const parsed = parseMachineDate(text(value), { timeZone, naive: "local" });
  if (parsed === null) return null;
  const { at, iso, precision, raw, confidence, doubt } = parsed;
  return { at, iso, precision, raw, confidence, doubt, source };
}

/** news-please writes "None" for nothing. */
function text(value: unknown): string {
  return typeof value === "string" && value !== "None" ? value : "";
}

/** A list, or texts joined with ";". */
function texts(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : text(value).split(";");
  return [...new Set(values.map((one) => clean(text(one))))].filter((one) => one !== "");
}
