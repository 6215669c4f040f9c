/**
 * The export record as a zod schema: the source of the shipped JSON Schema, and what tests and
 * imports check records with. Kept apart from record.ts because zod takes longer to load than a
 * search takes to answer.
 */
import * as z from "zod";
import type { ExportRecord } from "./record.ts";

/** Where the schema of version 1 is known by name; not a page that must exist. */
export const ARTICLE_SCHEMA_ID = "urn:warraq:schema:article:1";

const instant = z.iso
  .datetime({ offset: true })
  .describe("ISO 8601 with offset, e.g. 2019-04-23T16:05:00+02:00");
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/u);
const text = z.string();
const maybe = text.nullable();

export const articleSchema = z.strictObject({
  id: text.describe("Stable within an archive"),
  url: text.describe("Where the article was found"),
  canonical_url: maybe.describe("What the page itself names as its address"),
  source: text.describe("Id of the site, as in `warraq sites list`"),
  source_domain: text,
  site_name: maybe,
  title: text,
  category: maybe.describe("First category, as the outlet prints it"),
  categories: z.array(text).describe("All categories, as printed, in the page's order"),
  tags: z.array(text),
  authors: z.array(text),
  excerpt: maybe,
  body: text.describe("Paragraphs separated by a blank line"),
  language: text.describe("BCP 47 primary tag by the words themselves; und when they do not tell"),
  dir: z.enum(["rtl", "ltr"]),
  image_url: maybe.describe("The lead image"),
  images: z.array(z.strictObject({ url: text, alt: maybe, caption: maybe, credit: maybe })),
  word_count: z.int().min(0),
  date_published: instant
    .nullable()
    .describe("Start of what is known; see date_published_precision"),
  date_published_raw: maybe.describe("The text the date was read from"),
  date_published_precision: z.enum(["second", "minute", "hour", "day", "month", "year"]).nullable(),
  date_published_from: maybe.describe("Which part of the page gave the date"),
  date_modified: instant.nullable(),
  places: z
    .array(text)
    .describe("Places of Libya that the newest version names, the most named first"),
  date_first_seen: instant.describe("First visit"),
  date_last_seen: instant.describe("Last visit that found it"),
  date_downloaded: instant.describe("When the page of this version was fetched"),
  version: z.int().min(1).describe("Counted from 1"),
  versions: z.int().min(1).describe("How many the archive has"),
  status: z.enum(["live", "gone", "blocked", "moved"]),
  http_status: z.int(),
  via: z.enum(["live", "warc", "wacz", "wayback", "commoncrawl", "file", "wp-json"]),
  content_hash: digest.describe("Over every extracted field that makes a version"),
  raw_hash: digest.describe("Over the bytes of the page"),
  simhash: text.regex(/^[0-9a-f]{16}$/u).describe("Near-duplicates differ in few bits"),
  duplicate_of: maybe.describe("Id of the article with the same text that was here first"),
  cluster: maybe.describe("Id shared by articles that tell the same"),
  extractor: z.strictObject({
    program: text,
    rule: text.describe("Which rule read the page; the suffix is the rule's digest"),
    method: z.enum([
      "site",
      "theme",
      "scored",
      "json-ld",
      "soft",
      "description",
      "wp-json",
      "imported",
    ]),
    confidence: z.number().min(0).max(1),
    partial: z.boolean().describe("The page showed only a part of the article"),
  }),
  subtitle: maybe,
  original_source: z
    .strictObject({ name: text, url: maybe })
    .nullable()
    .describe("The outlet an aggregator took the text from"),
}) satisfies z.ZodType<ExportRecord>;

/** JSON Schema (draft 2020-12) of one exported record. */
export function articleJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(articleSchema, { target: "draft-2020-12" });
  return {
    $schema,
    $id: ARTICLE_SCHEMA_ID,
    title: "One version of one article, as warraq exports it",
    ...schema,
  };
}
