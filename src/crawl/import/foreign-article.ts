/**
 * Articles that other programs extracted, one JSON object each: their fields as an article of ours.
 * Nothing was read from a page here, and the article says so: its method is `imported`, each field that
 * the record tells names the field it came from. What is not named there the record does not tell, which
 * is not to say that the article had none (fingerprint/record-sameness.ts).
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
import { imagesOf, originalSourceOf, publishedAsTold, wasReadFromPage } from "./own-record.ts";
import { RECORD_PROFILES } from "./record-profiles.ts";
import { nameOf, text, texts } from "./record-values.ts";
import type { ImportProfile } from "./source.ts";

export interface ForeignArticle {
  readonly url: string;
  /** When that program downloaded the page; null when it does not say. */
  readonly downloaded: Downloaded | null;
  readonly article: Article;
}

/** An instant as far as it is told: somewhere in [at, until), UTC ms. */
export interface Downloaded {
  readonly at: number;
  readonly until: number;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * @param timeZone - of dates that name none
 * @returns null when the record has no address or no text
 */
export function readForeign(
  record: Fields,
  name: ImportProfile,
  timeZone: string,
): ForeignArticle | null {
  const profile = RECORD_PROFILES[name];
  const url = profile.url
    .map((field) => nameOf(record[field], ["@id", "url"]))
    .find((value) => /^https?:/iu.test(value));
  // One line break or two between paragraphs: nobody breaks lines within.
  const body = cleanParagraphs(text(record[profile.body])).join("\n\n");
  if (url === undefined || !URL.canParse(url) || body === "") return null;
  const from: Partial<Record<ArticleField, string>> = {};
  const isOurs = name === "warraq";
  // Ours say of a field that it is empty, others cannot be told from those that did not find it.
  const tellsEmpty = isOurs && wasReadFromPage(record);
  const note = (field: ArticleField, key: string, isEmpty: boolean): void => {
    if (!isEmpty || (tellsEmpty && key in record)) from[field] = `${name}:${key}`;
  };
  const read = (field: ArticleField, key: string | null): string => {
    const value = key === null ? "" : clean(nameOf(record[key], ["name", "url", "@id"]));
    if (key !== null) note(field, key, value === "");
    return value;
  };
  const list = (field: ArticleField, key: string | null): string[] => {
    const values = key === null ? [] : texts(record[key]);
    if (key !== null) note(field, key, values.length === 0);
    return values;
  };
  const published = date(record[profile.published], `${name}:${profile.published}`, timeZone);
  note("published", profile.published, published === null);
  from.body = `${name}:${profile.body}`;
  const categories = list("category", profile.categories);
  const imageUrl = read("image", profile.image) || null;
  const originalSource = isOurs ? originalSourceOf(record) : null;
  note("originalSource", "original_source", originalSource === null);
  const modified = isOurs ? date(record.date_modified, "warraq:date_modified", timeZone) : null;
  const article: Article = {
    title: read("title", profile.title),
    subtitle: read("subtitle", profile.subtitle ?? null) || null,
    ...{ originalSource, modified, body },
    published: isOurs && published !== null ? publishedAsTold(published, record) : published,
    category: categories[0] ?? null,
    categories: categories.map((label) => ({ label, kind: "unknown", detail: null, medtops: [] })),
    excerpt: read("excerpt", profile.excerpt) || null,
    authors: list("authors", profile.authors),
    tags: list("tags", profile.tags),
    language: detectLanguage(body).language,
    dir: direction(body),
    imageUrl: imageUrl !== null && /^https?:/iu.test(imageUrl) ? imageUrl : null,
    images: isOurs ? imagesOf(record) : [],
    canonicalUrl: read("canonicalUrl", profile.canonical) || null,
    siteName: read("siteName", profile.siteName) || null,
    wordCount: wordCount(body),
    ...{ method: "imported", confidence: IMPORTED_CONFIDENCE, isPartial: false, from },
  };
  const downloaded = profile.downloaded === null ? "" : text(record[profile.downloaded]);
  return { url, downloaded: downloadedOf(downloaded), article };
}

/** Neither trusted nor doubted: there is no page to prove it by. */
const IMPORTED_CONFIDENCE = 0.5;

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const YEAR = /^\d{4}$/u;
const MILLISECONDS = /:\d{2}\.(\d{3})(?:Z|[+-]\d{2}:?\d{2})?$/u;

/** To the day, or to the second: two records of one second are of one capture. */
function downloadedOf(told: string): Downloaded | null {
  const parsed = parseMachineDate(told, { timeZone: "UTC", naive: "utc" });
  if (parsed === null) return null;
  const [, milliseconds = "0"] = MILLISECONDS.exec(told.trim()) ?? [];
  const at = parsed.at + Number(milliseconds);
  return { at, until: parsed.at + (parsed.precision === "day" ? DAY_MS : SECOND_MS) };
}

function date(value: unknown, source: string, timeZone: string): ArticleDate | null {
  const told = text(value);
  const day = YEAR.test(told) ? `${told}-01-01` : told;
  const parsed = parseMachineDate(day, { timeZone, naive: "local" });
  if (parsed === null) return null;
  const { at, iso, precision, raw, confidence, doubt } = parsed;
  return { at, iso, precision, raw, confidence, doubt, source };
}
