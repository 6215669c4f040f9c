/** Keywords the outlet gives the article: tag links, news keywords, JSON-LD keywords. */
import { clean, fold } from "../../text/index.ts";
import type { PageFacts, RuleFindings, Tracer } from "../context.ts";
import { hrefOf } from "../page/marks.ts";
import { CATEGORY_PATH } from "./category-links.ts";
import { asList, isArticle, type JsonLd, plainText } from "./json-ld.ts";
import { elsewhereOn, type PageIndex } from "./page-index.ts";
import { Region } from "./roles.ts";
import { textOf } from "./text-of.ts";

export interface Tags {
  readonly tags: readonly string[];
  readonly source: string;
}

const MAX_TAGS = 40;
const MAX_TAG_CHARS = 80;
export const TAG_PATH =
  /\/(?:tags?|etiqueta|etiquetas|schlagwort|keyword|topic|topics|mot-cle|وسم|الوسوم|tagged)\/|[?&]tag=/iu;
const NOT_HERE = Region.nav | Region.aside | Region.comments;

export function readTags(
  facts: PageFacts,
  findings: RuleFindings,
  index: PageIndex,
  jsonLd: JsonLd,
  tracer: Tracer,
): Tags {
  let winner: Tags | null = null;
  for (const { tags, source } of sources(facts, findings, index, jsonLd)) {
    const seen = new Set<string>();
    const kept = tags.filter((tag) => {
      const key = fold(tag);
      if (key === "" || seen.has(key) || tag.length > MAX_TAG_CHARS) return false;
      seen.add(key);
      return true;
    });
    if (tracer.on) {
      const rejected =
        kept.length === 0 ? "empty" : winner === null ? null : `after ${winner.source}`;
      tracer.candidate("tags", { source, value: tags.join(" | "), rejected });
    }
    if (winner === null && kept.length > 0) {
      winner = { tags: kept.slice(0, MAX_TAGS), source };
      if (!tracer.on) return winner;
    }
  }
  return winner ?? { tags: [], source: "" };
}

function* sources(
  facts: PageFacts,
  findings: RuleFindings,
  index: PageIndex,
  jsonLd: JsonLd,
): Iterable<Tags> {
  const ruled = (findings.fields.tags ?? []).map(({ value }) => clean(value.replace(/^#/u, "")));
  if (ruled.length > 0) yield { tags: ruled, source: findings.fields.tags?.[0]?.source ?? "rule" };
  const notHere = NOT_HERE & elsewhereOn(index, null);
  const links = [
    // WordPress's blocks put `rel=tag` on links to categories, too.
    ...(index.rels.get("tag") ?? []).filter(
      (spot) =>
        !(index.rels.get("category") ?? []).includes(spot) && !isFiling(hrefOf(spot.element) ?? ""),
    ),
    ...index.links.filter(
      (spot) =>
        TAG_PATH.test(hrefOf(spot.element) ?? "") &&
        !/\btag\b/u.test(spot.element.attribs.rel ?? ""),
    ),
  ].filter((spot) => (spot.region & notHere) === 0);
  const linked = links
    .map((spot) => textOf(spot.element, 120).replace(/^#\s*/u, ""))
    .filter((tag) => tag !== "");
  if (linked.length > 0 && linked.length <= MAX_TAGS) yield { tags: linked, source: "a[rel=tag]" };
  for (const node of jsonLd.works) {
    if (!isArticle(node)) continue;
    const words = asList(node.keywords).map(plainText);
    const tags = words.length === 1 ? split(words[0] as string) : words;
    if (tags.length > 0)
      yield { tags: tags.filter((tag) => !/^[\w-]+:/u.test(tag)), source: "json-ld:keywords" };
  }
  for (const name of [
    "article:tag",
    "news_keywords",
    "keywords",
    "parsely-tags",
    "sailthru.tags",
  ]) {
    const tags = (facts.metas.get(name) ?? []).flatMap((value) => split(plainText(value)));
    if (tags.length > 0) yield { tags, source: `meta:${name}` };
  }
}

function isFiling(href: string): boolean {
  return CATEGORY_PATH.test(href) && !TAG_PATH.test(href);
}

function split(text: string): readonly string[] {
  return text.split(/\s*[,،;؛|]\s*/u).filter((part) => part !== "");
}
