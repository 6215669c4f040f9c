/**
 * Sitemaps (sitemaps.org 0.9, with Google's news extension): urlset, index and plain lists of URLs.
 * Reads with callbacks and builds no tree: 50,000 entries cost a quarter of a second and no more
 * memory than their URLs. Forgiving about everything but the URLs themselves. Never throws.
 */
import { machineDate } from "./dates.ts";
import { copy } from "./page-ref.ts";
import { plainText } from "./plain-text.ts";
import { resolveLink } from "./repair-link.ts";
import { scan } from "./scan.ts";

export interface SitemapEntry {
  readonly url: string;
  readonly kind: "page" | "news" | "sitemap";
  readonly title: string | null;
  readonly publishedAt: number | null;
  readonly lastModifiedAt: number | null;
}

export interface Sitemap {
  readonly entries: readonly SitemapEntry[];
  readonly problems: readonly string[];
}

// sitemaps.org: at most 50,000 URLs. Files twice that size exist; beyond that it is a trap.
const MAX_ENTRIES = 100_000;
const FIELDS: ReadonlySet<string> = new Set([
  "loc",
  "lastmod",
  "news:title",
  "news:publication_date",
]);

/** @param url - where the file came from; relative entries count from there */
export function parseSitemap(text: string, url: string): Sitemap {
  const isXml = /<(?:\w+:)?(?:urlset|sitemapindex|url|sitemap|loc)[\s>]/iu.test(
    text.slice(0, 65_536),
  );
  return isXml ? parseXml(text, url) : parseList(text, url);
}

function parseXml(text: string, base: string): Sitemap {
  const entries: SitemapEntry[] = [];
  const problems: string[] = [];
  let unusable = 0;
  let inEntry: "url" | "sitemap" | null = null;
  let field: string | null = null;
  let value = "";
  let fields: Record<string, string> = {};
  let isNews = false;
  let sawEnd = false;

  const finish = (): void => {
    const { loc } = fields;
    if (loc !== undefined && entries.length < MAX_ENTRIES) {
      const url = resolveLink(loc, base);
      if (url === null) unusable += 1;
      else
        entries.push({
          url: copy(url),
          kind: inEntry === "sitemap" ? "sitemap" : isNews ? "news" : "page",
          title:
            fields["news:title"] === undefined ? null : plainText(fields["news:title"]) || null,
          publishedAt: machineDate(fields["news:publication_date"]),
          lastModifiedAt: machineDate(fields.lastmod),
        });
    }
    fields = {};
    isNews = false;
  };
  const isComplete = scan(
    text,
    {
      onopentag(name) {
        const tag = localName(name);
        if (tag === "url" || tag === "sitemap") {
          finish();
          inEntry = tag;
        } else if (tag === "news:news") isNews = true;
        else if (FIELDS.has(tag)) {
          // A file without <url> around its <loc>: each <loc> is an entry.
          if (tag === "loc" && fields.loc !== undefined) finish();
          field = tag;
          value = "";
        }
      },
      ontext(piece) {
        if (field !== null) value += piece;
      },
      onclosetag(name, isImplied) {
        const tag = localName(name);
        if (tag === field) {
          const trimmed = value.trim();
          if (trimmed !== "") fields[field] ??= trimmed;
          field = null;
        } else if (tag === "url" || tag === "sitemap") finish();
        else if (tag === "urlset" || tag === "sitemapindex") sawEnd ||= !isImplied;
      },
      beforeEnd() {
        // A value the file's end cuts off is not a value: half an address is another address.
        field = null;
      },
    },
    { xmlMode: true, lowerCaseTags: true },
  );
  finish();
  if (!isComplete) problems.push("tags nest too deeply; the rest is left out");
  else if (!sawEnd) problems.push("cut short: no closing tag");
  if (unusable > 0) problems.push(`${unusable} entries have no usable URL`);
  if (entries.length >= MAX_ENTRIES)
    problems.push(`more than ${MAX_ENTRIES} entries; the rest is left out`);
  return { entries, problems };
}

/** `ns:loc` under any prefix is `loc`, but for the extensions that have a `loc` of their own. */
function localName(name: string): string {
  const at = name.indexOf(":");
  if (at < 0) return name;
  const prefix = name.slice(0, at);
  if (prefix === "news" || prefix === "n") return `news:${name.slice(at + 1)}`;
  return prefix === "image" || prefix === "video" || prefix === "xhtml" ? name : name.slice(at + 1);
}

function parseList(text: string, base: string): Sitemap {
  const entries: SitemapEntry[] = [];
  let unusable = 0;
  for (const line of text.split(/\r?\n|\r/u, MAX_ENTRIES)) {
    const link = line.replace("\uFEFF", "").trim();
    if (link === "" || link.startsWith("#")) continue;
    const url = /^https?:\/\//iu.test(link) ? resolveLink(link, base) : null;
    if (url === null) unusable += 1;
    else
      entries.push({
        url: copy(url),
        kind: "page",
        title: null,
        publishedAt: null,
        lastModifiedAt: null,
      });
  }
  return { entries, problems: unusable > 0 ? [`${unusable} lines are not URLs`] : [] };
}
