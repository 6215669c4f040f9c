/**
 * What makes a version: the part of an article whose change a reader would call an edit.
 *
 * In: title, subtitle, body, category labels, authors, publication date, pictures, the outlet an
 * aggregator names. Text counts letter for letter (a corrected hamza is an edit), Unicode-normalised.
 *
 * Left out, because each changes while nothing was edited:
 * - tags, excerpt: themes fill them from trending lists and from the body;
 * - the modified date: some sites print the time of the request, and a new date over an unchanged
 *   text tells a reader nothing;
 * - dates counted back from the visit ("منذ ساعتين", a day without its year): they move by themselves;
 * - the order of categories, and addresses of pictures beyond their file name: resizing services,
 *   other hosts and cache-busting parameters come and go;
 * - pictures other than the lead one that nobody captioned or credited: banners between paragraphs
 *   look like them, and change with every visit;
 * - language, direction, word count, canonical URL, site name and everything about the extraction:
 *   derived from the rest, or about us.
 */
import { hash } from "node:crypto";
import type { Article, ArticleDate, ArticleField } from "../model.ts";

/** The fields a version is made of, in the order they are hashed. */
export type VersionField = Extract<
  ArticleField,
  "title" | "subtitle" | "category" | "body" | "authors" | "published" | "image" | "originalSource"
>;

/** SHA-256 (hex) over every field that makes a version. */
export function contentDigest(article: Article): string {
  return hash("sha256", JSON.stringify(Object.entries(versionFields(article))), "hex");
}

/** The same fields in comparable form: two articles are one version when all of these are equal. */
export function versionFields(article: Article): Readonly<Record<VersionField, string>> {
  const { title, subtitle, categories, body, authors, published, imageUrl, images } = article;
  const labels = categories.map(({ label }) => label);
  const pictures = images.filter(({ caption, credit }) => caption !== null || credit !== null);
  const urls = [imageUrl ?? "", ...pictures.map(({ url }) => url)];
  return {
    title: title.normalize("NFC"),
    subtitle: (subtitle ?? "").normalize("NFC"),
    category: unique(labels).join("\n").normalize("NFC"),
    body: body.normalize("NFC"),
    authors: authors.join("\n").normalize("NFC"),
    published: steadyDate(published),
    image: unique(urls.map(pictureName)).join("\n"),
    originalSource: (article.originalSource?.name ?? "").normalize("NFC"),
  };
}

/** A year as digits, Western or Arabic: a date that names none was completed from the clock. */
const NAMES_A_YEAR = /[0-9٠-٩۰-۹]{4}/;

/** Whether a date stays what it is, whenever the page is read. */
export function isSteady({ raw }: ArticleDate): boolean {
  return NAMES_A_YEAR.test(raw);
}

/** To the minute at most: the sources of one date differ in their seconds. */
function steadyDate(date: ArticleDate | null): string {
  if (date === null || !isSteady(date)) return "";
  const isFine = date.precision === "second" || date.precision === "minute";
  return isFine
    ? new Date(date.at).toISOString().slice(0, "2019-04-23T14:05".length)
    : `${date.iso.slice(0, "2019-04-23".length)} ${date.precision}`;
}

// WordPress writes one upload in many sizes: photo-300x200.jpg, photo-scaled.jpg.
const SIZE_SUFFIX = /(?:-\d{2,5}x\d{2,5}|-scaled)+(?=\.[a-z]+$)/i;

/** The file's name without size; empty for a placeholder inside the page. */
export function pictureName(url: string): string {
  if (url.startsWith("data:")) return "";
  const path = url.split(/[?#]/, 1)[0] ?? "";
  return path.slice(path.lastIndexOf("/") + 1).replace(SIZE_SUFFIX, "");
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== "").sort();
}
