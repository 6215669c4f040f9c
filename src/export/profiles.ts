/**
 * Records under the names of other programs (`--as`), so that notebooks made for their output read
 * ours. Names, order and forms of value are theirs, as their own writers give them; what we do not
 * have is null there, never left out. Pure.
 *
 *   news-please    NewsArticle.get_dict: dates as "YYYY-MM-DD hh:mm:ss"
 *   trafilatura    JSON with metadata: dates as days, lists joined with ";"
 *   newspaper4k    Article.to_json
 *   mediacloud     mcmetadata.extract
 *   schema.org     NewsArticle in JSON-LD
 */
import type { ArticleRecord } from "../model.ts";
import { type Column, type ColumnType, EXPORT_COLUMNS, type Row } from "./columns.ts";
import { type ExportRecord, toExportRecord } from "./record.ts";

export const PROFILES = [
  "warraq",
  "news-please",
  "trafilatura",
  "newspaper4k",
  "mediacloud",
  "schema.org",
] as const;

export type Profile = (typeof PROFILES)[number];

/** What a dataset's records look like. */
export interface Shape {
  readonly columns: readonly Column[];
  readonly toRow: (record: ArticleRecord) => Row;
}

export function shapeOf(profile: Profile): Shape {
  if (profile === "warraq") {
    return { columns: EXPORT_COLUMNS, toRow: (record) => ({ ...toExportRecord(record) }) };
  }
  const entries = FOREIGN[profile];
  return {
    columns: entries.map(({ name, type = "text" }) => ({ name, type, isNullable: true })),
    toRow(record) {
      const ours = toExportRecord(record);
      return Object.fromEntries(entries.map(({ name, value }) => [name, value(ours)]));
    },
  };
}

interface Entry {
  readonly name: string;
  readonly type?: ColumnType;
  readonly value: (record: ExportRecord) => unknown;
}

const TEXTS: ColumnType = { list: "text" };
const nothing = (): null => null;
const text = (name: string, value: Entry["value"] = nothing): Entry => ({ name, value });
const texts = (name: string, value: Entry["value"] = () => []): Entry => ({
  name,
  type: TEXTS,
  value,
});

const NEWS_PLEASE: readonly Entry[] = [
  texts("authors", ({ authors }) => authors),
  text("date_download", ({ date_downloaded }) => clock(date_downloaded)),
  text("date_modify", ({ date_modified }) => clock(date_modified)),
  text("date_publish", ({ date_published }) => clock(date_published)),
  text("description", ({ excerpt }) => excerpt),
  text("filename"),
  text("image_url", ({ image_url }) => image_url),
  text("language", ({ language }) => language),
  text("localpath"),
  text("maintext", ({ body }) => body),
  text("source_domain", ({ source_domain }) => source_domain),
  text("text"),
  text("title", ({ title }) => title),
  text("title_page"),
  text("title_rss"),
  text("url", ({ url }) => url),
];

const TRAFILATURA: readonly Entry[] = [
  text("title", ({ title }) => title),
  text("author", ({ authors }) => joined(authors, "; ")),
  text("hostname", ({ source_domain }) => source_domain),
  text("date", ({ date_published }) => day(date_published)),
  text("fingerprint", ({ simhash }) => simhash),
  text("id", ({ id }) => id),
  text("license"),
  text("comments", () => ""),
  text("raw_text", ({ body }) => body.replaceAll("\n\n", " ")),
  text("text", ({ body }) => body.replaceAll("\n\n", "\n")),
  text("language", ({ language }) => language),
  text("image", ({ image_url }) => image_url),
  text("pagetype", () => "article"),
  text("filedate", ({ date_downloaded }) => day(date_downloaded)),
  text("source", ({ url }) => url),
  text("source-hostname", ({ site_name, source_domain }) => site_name ?? source_domain),
  text("excerpt", ({ excerpt }) => excerpt),
  text("categories", ({ categories }) => categories.join(";")),
  text("tags", ({ tags }) => tags.join(";")),
];

const NEWSPAPER: readonly Entry[] = [
  text("url", ({ url }) => url),
  text("read_more_link", () => ""),
  text("language", ({ language }) => language),
  text("title", ({ title }) => title),
  text("top_image", ({ image_url }) => image_url ?? ""),
  text("meta_img", ({ image_url }) => image_url ?? ""),
  texts("images", ({ images }) => images.map(({ url }) => url)),
  texts("videos"),
  texts("keywords", ({ tags }) => tags),
  texts("meta_keywords", ({ tags }) => tags),
  texts("tags", ({ tags }) => tags),
  texts("authors", ({ authors }) => authors),
  text("publish_date", ({ date_published }) => date_published),
  text("summary", () => ""),
  text("meta_description", ({ excerpt }) => excerpt ?? ""),
  text("meta_lang", ({ language }) => language),
  text("meta_favicon", () => ""),
  text("meta_site_name", ({ site_name }) => site_name ?? ""),
  text("canonical_link", ({ canonical_url }) => canonical_url ?? ""),
  text("text", ({ body }) => body),
];

const MEDIACLOUD: readonly Entry[] = [
  text("original_url", ({ url }) => url),
  text("url", ({ url }) => url),
  text("normalized_url"),
  text("canonical_domain", ({ source_domain }) => source_domain),
  text("canonical_url", ({ canonical_url }) => canonical_url),
  text("publication_date", ({ date_published }) => day(date_published)),
  text("language", ({ language }) => language),
  text("full_language", ({ language }) => language),
  text("text_extraction_method", ({ extractor }) => `warraq:${extractor.method}`),
  text("article_title", ({ title }) => title),
  text("normalized_article_title"),
  text("text_content", ({ body }) => body),
  { name: "is_homepage", type: "boolean", value: () => false },
  { name: "is_shortened", type: "boolean", value: () => false },
  text("version", ({ extractor }) => extractor.program),
  text("parsed_date", ({ date_downloaded }) => date_downloaded),
];

const SCHEMA_ORG: readonly Entry[] = [
  text("@context", () => "https://schema.org"),
  text("@type", () => "NewsArticle"),
  text("@id", ({ url, version }) => `${url}#version-${version}`),
  text("url", ({ url }) => url),
  text("mainEntityOfPage", ({ canonical_url, url }) => canonical_url ?? url),
  text("headline", ({ title }) => title),
  text("articleBody", ({ body }) => body),
  text("description", ({ excerpt }) => excerpt),
  texts("articleSection", ({ categories }) => categories),
  texts("keywords", ({ tags }) => tags),
  {
    name: "author",
    type: { list: { fields: [field("@type"), field("name")] } },
    value: ({ authors }) => authors.map((name) => ({ "@type": "Person", name })),
  },
  {
    name: "publisher",
    type: { fields: [field("@type"), field("name"), field("url")] },
    value: ({ site_name, source_domain }) => ({
      "@type": "NewsMediaOrganization",
      name: site_name ?? source_domain,
      url: `https://${source_domain}/`,
    }),
  },
  text("inLanguage", ({ language }) => language),
  texts("image", ({ images, image_url }) =>
    images.length > 0 ? images.map(({ url }) => url) : image_url === null ? [] : [image_url],
  ),
  { name: "wordCount", type: "integer", value: ({ word_count }) => word_count },
  { name: "datePublished", type: "instant", value: ({ date_published }) => date_published },
  { name: "dateModified", type: "instant", value: ({ date_modified }) => date_modified },
  { name: "version", type: "integer", value: ({ version }) => version },
  text("identifier", ({ content_hash }) => content_hash),
];

const FOREIGN: Readonly<Record<Exclude<Profile, "warraq">, readonly Entry[]>> = {
  "news-please": NEWS_PLEASE,
  trafilatura: TRAFILATURA,
  newspaper4k: NEWSPAPER,
  mediacloud: MEDIACLOUD,
  "schema.org": SCHEMA_ORG,
};

function field(name: string): Column {
  return { name, type: "text", isNullable: true };
}

/** `2019-04-23 16:05:00`: the clock of the place the date was printed in. */
function clock(iso: string | null): string | null {
  return iso === null ? null : iso.slice(0, "2019-04-23T16:05:00".length).replace("T", " ");
}

function day(iso: string | null): string | null {
  return iso === null ? null : iso.slice(0, "2019-04-23".length);
}

function joined(texts: readonly string[], by: string): string | null {
  return texts.length === 0 ? null : texts.join(by);
}
