/**
 * What the newsroom publishes: the sites and articles under fixtures/newsroom, at a given edition.
 * An edition is a visit's worth of changes: articles with `editions` read differently from it on.
 */
import { readFileSync } from "node:fs";

export interface SiteContent {
  readonly id: string;
  readonly name: string;
  /** The day as its pages' top bar prints it: no article's date. */
  readonly today?: string;
  readonly encoding: "utf-8" | "windows-1256";
  /** The charset the server claims. */
  readonly label: string;
  /** Template of an article's path: `{year} {month} {day} {slug} {id}`. */
  readonly articlePath: string;
  readonly feed?: string;
  readonly sitemap?: string;
  /** Category label → path of its section page. */
  readonly sections: Readonly<Record<string, string>>;
  readonly robots: string;
  readonly gzip?: boolean;
  /** Whether pages carry ETag and answer 304. */
  readonly validators?: boolean;
  /** Paths that are not what they seem. */
  readonly traps?: Readonly<Record<string, "shell" | "wall" | "gone" | "article">>;
}

export interface ArticleContent {
  readonly slug: string;
  readonly id?: number;
  readonly category: string;
  readonly tags: readonly string[];
  readonly author: string;
  readonly published: string;
  readonly modified?: string;
  /** The date as the page prints it. */
  readonly dateText: string;
  readonly title: string;
  readonly body: readonly string[];
  /** `site/slug` of the article this one copies. */
  readonly copyOf?: string;
  readonly editions?: readonly Partial<ArticleContent>[];
}

export const SITE_IDS = ["sahel", "wahat", "marsa", "majmaa"] as const;
export type SiteId = (typeof SITE_IDS)[number];
export type TemplateName = "article" | "listing" | "shell" | "wall";

/** `src/newsroom` and `dist/newsroom` are equally deep. */
const FOLDER = new URL("../../fixtures/newsroom/", import.meta.url);

export function loadSite(id: SiteId): SiteContent {
  return { id, ...(readJson(`${id}/site.json`) as Omit<SiteContent, "id">) };
}

/** A site's articles as edition `edition` (0 is the first) prints them, newest first. */
export function loadArticles(id: SiteId, edition: number): ArticleContent[] {
  const articles = readJson(`${id}/articles.json`) as ArticleContent[];
  return articles
    .map((article) => withOriginal(inEdition(article, edition), edition))
    .sort((a, b) => (a.published < b.published ? 1 : -1));
}

export function loadTemplate(id: SiteId, name: TemplateName): string {
  return readFileSync(new URL(`${id}/${name}.html`, FOLDER), "utf8");
}

function inEdition(article: ArticleContent, edition: number): ArticleContent {
  return Object.assign({}, article, ...(article.editions ?? []).slice(0, edition));
}

function withOriginal(article: ArticleContent, edition: number): ArticleContent {
  if (article.copyOf === undefined) return article;
  const [site, slug] = article.copyOf.split("/");
  const original = loadArticles(site as SiteId, edition).find((other) => other.slug === slug);
  if (original === undefined) throw new Error(`fixtures/newsroom: no article ${article.copyOf}`);
  return { ...article, title: original.title, body: original.body };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, FOLDER), "utf8"));
}
