/**
 * What a newsroom site answers to a path: pages from its templates, its feed, sitemap and robots.txt.
 * Pure: content in, answer out.
 */
import type { ArticleContent, SiteContent, TemplateName } from "./content.ts";
import { escapeMarkup, render, type Values } from "./template.ts";

export interface SiteState {
  readonly site: SiteContent;
  readonly origin: string;
  readonly articles: readonly ArticleContent[];
  readonly template: (name: TemplateName) => string;
  /** All sites by id, for articles that name their source. */
  readonly sites: ReadonlyMap<string, { readonly name: string; readonly origin: string }>;
  /** Counts up with every page served: the markup noise (views, adverts) of a real site. */
  readonly views: number;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const HTML = "text/html";
/** A lead of this many characters is what listings and descriptions show. */
const LEAD_CHARS = 110;
const RELATED = 3;

export function answer(state: SiteState, path: string): Answer {
  const { site, articles } = state;
  if (path === "/robots.txt") return { status: 200, type: "text/plain", text: robots(state) };
  if (path === site.feed) return { status: 200, type: "application/rss+xml", text: feed(state) };
  if (path === site.sitemap) return { status: 200, type: "application/xml", text: sitemap(state) };
  const trap = site.traps?.[path];
  if (trap === "gone") return notFound(410);
  if (trap === "shell" || trap === "wall") {
    return { status: trap === "wall" ? 403 : 200, type: HTML, text: state.template(trap) };
  }
  if (path === "/") return listing(state, site.name, articles);
  const section = Object.entries(site.sections).find(([, sectionPath]) => sectionPath === path);
  if (section !== undefined) {
    return listing(
      state,
      section[0],
      articles.filter(({ category }) => category === section[0]),
    );
  }
  const article = articles.find((candidate) => pathOf(site, candidate) === path);
  if (article !== undefined) return { status: 200, type: HTML, text: articlePage(state, article) };
  return notFound(404);
}

/** The path of an article, after the site's own template. */
export function pathOf(site: SiteContent, article: ArticleContent): string {
  const [year = "", month = "", day = ""] = article.published.slice(0, 10).split("-");
  const parts: Readonly<Record<string, string>> = {
    ...{ year, month, day, slug: article.slug },
    id: String(article.id ?? ""),
  };
  return site.articlePath.replace(/\{(\w+)\}/g, (_whole, name: string) => parts[name] ?? "");
}

function articlePage(state: SiteState, article: ArticleContent): string {
  const { site, origin, articles } = state;
  const others = articles.filter((other) => other !== article);
  const middle = Math.ceil(article.body.length / 2);
  const source = state.sites.get((article.copyOf ?? "").split("/")[0] ?? "");
  const paragraphs = (texts: readonly string[]): Values[] => texts.map((text) => ({ text }));
  return render(state.template("article"), {
    ...common(state),
    ...summary(state, article),
    published: article.published,
    modified: article.modified ?? article.published,
    day: article.published.slice(0, 10),
    dateText: article.dateText,
    category: article.category,
    categoryUrl: origin + (site.sections[article.category] ?? "/"),
    author: article.author,
    views: String(state.views),
    today: site.today ?? "",
    otherUrl: others[0] ? origin + pathOf(site, others[0]) : origin,
    otherTitle: others[0]?.title ?? "",
    sourceUrl: source === undefined ? "" : `${source.origin}/`,
    sourceName: source?.name ?? "",
    firstParagraphs: paragraphs(article.body.slice(0, middle)),
    lastParagraphs: paragraphs(article.body.slice(middle)),
    related: others.slice(0, RELATED).map((other) => summary(state, other)),
    tags: article.tags.map((label) => ({
      label,
      url: `${origin}/tag/${encodeURIComponent(label)}/`,
    })),
  });
}

function listing(state: SiteState, heading: string, articles: readonly ArticleContent[]): Answer {
  const traps = Object.keys(state.site.traps ?? {}).filter((path) => path.startsWith("/news/"));
  const text = render(state.template("listing"), {
    ...common(state),
    heading,
    articles: [
      ...articles.map((article) => summary(state, article)),
      ...traps.map((path) => ({
        url: state.origin + path,
        title: (path.split("/").at(-1) ?? "").replaceAll("-", " "),
        lead: "",
      })),
    ],
  });
  return { status: 200, type: HTML, text };
}

function common({ site, origin }: SiteState): Values {
  const sections = Object.entries(site.sections).map(([label, path]) => ({
    label,
    url: origin + path,
  }));
  return { site: site.name, origin, sections };
}

function summary({ site, origin }: SiteState, article: ArticleContent): Values {
  const first = article.body[0] ?? "";
  return {
    url: origin + pathOf(site, article),
    slug: article.slug,
    title: article.title,
    lead: first.slice(0, first.lastIndexOf(" ", LEAD_CHARS)),
  };
}

function feed({ site, origin, articles }: SiteState): string {
  const items = articles.map(
    (article) => `<item><title>${escapeMarkup(article.title)}</title>
<link>${origin + pathOf(site, article)}</link>
<pubDate>${new Date(article.published).toUTCString()}</pubDate>
<category><![CDATA[${article.category}]]></category></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>${escapeMarkup(site.name)}</title><link>${origin}/</link>
${items.join("\n")}
</channel></rss>
`;
}

function sitemap({ site, origin, articles }: SiteState): string {
  const urls = articles.map(
    (article) => `<url><loc>${origin + pathOf(site, article)}</loc>
<lastmod>${article.modified ?? article.published}</lastmod>
<news:news><news:publication><news:name>${escapeMarkup(site.name)}</news:name></news:publication>
<news:publication_date>${article.published}</news:publication_date>
<news:title>${escapeMarkup(article.title)}</news:title></news:news></url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
${urls.join("\n")}
</urlset>
`;
}

function robots({ site, origin }: SiteState): string {
  return site.sitemap === undefined
    ? site.robots
    : `${site.robots}Sitemap: ${origin}${site.sitemap}\n`;
}

function notFound(status: 404 | 410): Answer {
  return { status, type: HTML, text: "<!doctype html><title>Not found</title><h1>Not found</h1>" };
}
