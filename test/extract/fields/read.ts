/** Reads one imitated page through the extract room's door, without themes. */
import { extract } from "../../../src/extract/index.ts";
import type { Article, Extraction } from "../../../src/model.ts";
import { genericSite, type SiteRule } from "../../../src/sites/index.ts";

export const CAPTURED_AT = Date.parse("2026-11-24T08:00:00Z");

export interface PageParts {
  readonly url?: string;
  readonly head?: string;
  readonly body: string;
  readonly bodyAttributes?: string;
  readonly lang?: string;
  readonly explain?: boolean;
  /** What a rule knows of the site, when it has one. */
  readonly site?: Partial<SiteRule>;
}

const SENTENCE = {
  en: "The council met on the coast road and agreed that the repairs would begin before the winter rains arrive this year. ",
  ar: "اجتمع أعضاء المجلس البلدي في المدينة واتفقوا على أن تبدأ أعمال الصيانة قبل حلول موسم الأمطار هذا العام. ",
} as const;

/** Four paragraphs of prose: enough for any page to be an article. */
export function prose(language: "en" | "ar" = "en"): string {
  return `<p>${SENTENCE[language].repeat(3)}</p>`.repeat(4);
}

export function read(parts: PageParts): Extraction {
  const text = `<!doctype html><html lang="${parts.lang ?? "en"}"><head>${parts.head ?? ""}</head><body ${parts.bodyAttributes ?? ""}>${parts.body}</body></html>`;
  const url = parts.url ?? "https://www.example.ly/news/1";
  return extract(
    { text, encoding: "utf-8", encodingFrom: "utf-8-valid", labelled: null },
    {
      url,
      capturedAt: CAPTURED_AT,
      site: parts.site === undefined ? null : { ...genericSite(url), ...parts.site },
      themes: [],
      explain: parts.explain ?? false,
    },
  );
}

/** The article of a page that must be one. */
export function readArticle(parts: PageParts): Article {
  const { article, kind, reasons } = read(parts);
  if (article === null) throw new Error(`read as ${kind}: ${reasons.join("; ")}`);
  return article;
}

export function jsonLd(node: unknown): string {
  return `<script type="application/ld+json">${JSON.stringify(node)}</script>`;
}
