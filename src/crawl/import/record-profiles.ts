/**
 * Which fields hold what in the records of other programs.
 *
 *   news-please    maintext, authors[], date_publish, date_download (no zone: taken for UTC)
 *   trafilatura    raw_text, text, author and tags joined with ";", date, filedate (days), source
 *   newspaper4k    text, publish_date, top_image, meta_site_name
 *   mediacloud     text_content, article_title, publication_date, parsed_date
 *   schema.org     a NewsArticle of JSON-LD: headline, articleBody, author[].name, datePublished
 *   warraq         what another archive of ours has exported: the fields come back, its history does not
 */
import type { ImportProfile } from "./source.ts";

export interface RecordProfile {
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
  /** Only ours have one. @default none */
  readonly subtitle?: string;
}

/** In the order they are looked for: the most telling names first. */
export const RECORD_PROFILES: Readonly<Record<ImportProfile, RecordProfile>> = {
  warraq: {
    ...{ telling: ["body", "content_hash", "date_downloaded"], url: ["url"], title: "title" },
    ...{ body: "body", authors: "authors", published: "date_published" },
    ...{ downloaded: "date_downloaded", excerpt: "excerpt", image: "image_url" },
    ...{ siteName: "site_name", categories: "categories", tags: "tags" },
    ...{ canonical: "canonical_url", subtitle: "subtitle" },
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
  "schema.org": {
    ...{ telling: ["@type", "articleBody"], url: ["url", "mainEntityOfPage", "@id"] },
    ...{ title: "headline", body: "articleBody", authors: "author", published: "datePublished" },
    ...{ downloaded: null, excerpt: "description", image: "image", siteName: "publisher" },
    ...{ categories: "articleSection", tags: "keywords", canonical: "mainEntityOfPage" },
  },
};

/** Which program's record this is, by its fields; null when of none. */
export function profileOf(record: Readonly<Record<string, unknown>>): ImportProfile | null {
  const names = Object.keys(RECORD_PROFILES) as ImportProfile[];
  return (
    names.find((name) => RECORD_PROFILES[name].telling.every((field) => field in record)) ?? null
  );
}
