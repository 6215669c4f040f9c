/**
 * Everything of an article that is not its body. One walk notes what fields could come from
 * (page-index.ts); then each field, in its own file, collects candidates in order of trust, judges
 * them, keeps one and tells the tracer why the others lost. Pure; linear in the page.
 */
import type { ArticleField } from "../../model.ts";
import type {
  BodyResult,
  ExtractContext,
  Fields,
  PageFacts,
  RuleFindings,
  Tracer,
} from "../context.ts";
import { readAuthors } from "./authors.ts";
import { readCanonical } from "./canonical.ts";
import { readCategories } from "./categories.ts";
import { readDates } from "./dates/index.ts";
import { readExcerpt } from "./excerpt.ts";
import { readImages } from "./images.ts";
import { readWorks } from "./json-ld.ts";
import { readLanguage } from "./language.ts";
import { readOriginalSource } from "./original-source.ts";
import { indexPage } from "./page-index.ts";
import { readSiteNames } from "./site-name.ts";
import { readSubtitle } from "./subtitle.ts";
import { readTags } from "./tags.ts";
import { readTitle } from "./title.ts";

/** The tree is read, never changed. */
export function extractFields(
  facts: PageFacts,
  findings: RuleFindings,
  body: BodyResult,
  context: ExtractContext,
  tracer: Tracer,
): Fields {
  const index = indexPage(facts, body);
  const jsonLd = readWorks(facts);
  const names = readSiteNames(facts, findings, context, jsonLd, tracer);
  const title = readTitle(facts, findings, body, index, jsonLd, names, tracer);
  const dates = readDates(facts, findings, body, index, jsonLd, title.spot, context, tracer);
  const authors = readAuthors(facts, findings, body, index, jsonLd, names, title.spot, tracer);
  const filed = readCategories(
    facts,
    findings,
    index,
    jsonLd,
    names,
    title.spot,
    title.title,
    context,
    tracer,
  );
  const tags = readTags(facts, findings, body, index, jsonLd, tracer);
  const pictures = readImages(facts, findings, index, jsonLd, title.spot, tracer);
  const spoken = readLanguage(facts, body, title.title, tracer);
  const canonical = readCanonical(facts, tracer);
  const original = readOriginalSource(facts, findings, body, index, names, tracer);
  const excerpt = readExcerpt(facts, findings, jsonLd, title.title, names, tracer);
  const subtitle = readSubtitle(findings, body, index, title, tracer);

  const from: Partial<Record<ArticleField, string>> = {};
  function note(field: ArticleField, source: string | undefined): void {
    if (source) from[field] = source;
  }
  note("title", title.source);
  note("subtitle", subtitle?.source);
  note("category", filed.source);
  note("excerpt", excerpt?.source);
  note("authors", authors.source);
  note("tags", tags.source);
  note("published", dates.published?.source);
  note("modified", dates.modified?.source);
  note("language", spoken.source);
  note("dir", "letters of the article");
  note("image", pictures.leadSource);
  note("canonicalUrl", canonical?.source);
  note("siteName", names.chosen?.source);
  note("originalSource", original?.source);

  return {
    title: title.title,
    subtitle: subtitle?.value ?? null,
    category: filed.categories[0]?.label ?? null,
    categories: filed.categories,
    excerpt: excerpt?.value ?? null,
    authors: authors.names,
    tags: tags.tags,
    published: dates.published,
    modified: dates.modified,
    language: spoken.language,
    dir: spoken.dir,
    imageUrl: pictures.lead,
    images: pictures.images,
    canonicalUrl: canonical?.value ?? null,
    siteName: names.chosen?.value ?? null,
    originalSource: original?.value ?? null,
    from,
  };
}
