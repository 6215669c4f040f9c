/**
 * The WordPress REST API's list of posts (`/wp-json/wp/v2/posts`): addresses, titles and dates in UTC,
 * and the rendered text, which can check what extraction made of the page. Never throws.
 */
import { resolveUrl } from "../url/index.ts";
import { machineDate } from "./dates.ts";
import { plainText } from "./plain-text.ts";

export interface WpPost {
  readonly url: string;
  readonly title: string | null;
  readonly publishedAt: number | null;
  readonly lastModifiedAt: number | null;
  /** The post's body as HTML, or null when the answer leaves it out (`_fields`) or protects it. */
  readonly contentHtml: string | null;
  readonly categoryIds: readonly number[];
  readonly tagIds: readonly number[];
}

export interface WpPosts {
  readonly posts: readonly WpPost[];
  readonly problems: readonly string[];
}

/** @param url - where the answer came from */
export function parseWpPosts(text: string, url: string): WpPosts {
  const json = readJson(text);
  if (json === undefined) return { posts: [], problems: ["not readable as JSON"] };
  if (isObject(json) && typeof json.code === "string")
    return { posts: [], problems: [`the site answered ${json.code}`] };
  const list = Array.isArray(json) ? json : [json];
  const posts = list.flatMap((item) => toPost(item, url));
  const lost = list.length - posts.length;
  return {
    posts,
    problems: lost > 0 ? [`${lost} of ${list.length} posts have no usable link`] : [],
  };
}

function toPost(item: unknown, base: string): WpPost[] {
  if (!isObject(item)) return [];
  const link = text(item.link) ?? text(rendered(item.guid));
  const url = link === null ? null : resolveUrl(link, base);
  if (url === null) return [];
  const title = rendered(item.title);
  const content = rendered(item.content);
  return [
    {
      url,
      title: text(title) === null ? null : plainText(text(title) ?? "") || null,
      publishedAt: machineDate(text(item.date_gmt)),
      lastModifiedAt: machineDate(text(item.modified_gmt)),
      contentHtml: text(content),
      categoryIds: Array.isArray(item.categories) ? item.categories.filter(Number.isInteger) : [],
      tagIds: Array.isArray(item.tags) ? item.tags.filter(Number.isInteger) : [],
    },
  ];
}

const JSON_START = /\[\s*(?:\{\s*"|\])|\{\s*"/u;

/** Some hosts print a PHP warning or a BOM before the JSON. */
function readJson(body: string): unknown {
  const start = body.search(JSON_START);
  for (const candidate of [body, start > 0 ? body.slice(start) : ""]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // the next candidate, or undefined below
    }
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function rendered(value: unknown): unknown {
  return isObject(value) ? value.rendered : value;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
