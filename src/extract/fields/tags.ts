/** Keywords the outlet gives the article: tag links, news keywords, JSON-LD keywords. */
import { type Element, isTag } from "domhandler";
import { clean, fold } from "../../text/index.ts";
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { hrefOf } from "../page/marks.ts";
import { isCategoryLink } from "./category-links.ts";
import { asList, isArticle, type JsonLd, plainText } from "./json-ld.ts";
import type { PageIndex, Spot } from "./page-index.ts";
import { ownRegion } from "./regions.ts";
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
  body: BodyResult,
  index: PageIndex,
  jsonLd: JsonLd,
  tracer: Tracer,
): Tags {
  let winner: Tags | null = null;
  for (const { tags, source } of sources(facts, findings, body, index, jsonLd)) {
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
  body: BodyResult,
  index: PageIndex,
  jsonLd: JsonLd,
): Iterable<Tags> {
  const ruled = (findings.fields.tags ?? []).map(({ value }) => clean(value.replace(/^#/u, "")));
  if (ruled.length > 0) yield { tags: ruled, source: findings.fields.tags?.[0]?.source ?? "rule" };
  const isHere = placeTest(body);
  const links = [
    // WordPress's blocks put `rel=tag` on links to categories, too.
    ...(index.rels.get("tag") ?? []).filter(
      (spot) =>
        !(index.rels.get("category") ?? []).includes(spot) &&
        !isFiling(hrefOf(spot.element) ?? "", facts.url),
    ),
    ...index.links.filter(
      (spot) =>
        TAG_PATH.test(hrefOf(spot.element) ?? "") &&
        !/\btag\b/u.test(spot.element.attribs.rel ?? "") &&
        !isInSentence(spot.element),
    ),
  ].filter(isHere);
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

/** Archives of categories; `/thema/`, `/tema/` and `/c/` are those of keywords as often. */
const FILING_PATH =
  /\/(?:category|categories|categoria|categorias|categorie|kategorie|kategorien|kategori|sections?|rubrik|rubriques?|ressort|التصنيفات|تصنيف|القسم|قسم|الاقسام)\//iu;

function isFiling(href: string, page: URL): boolean {
  return FILING_PATH.test(href) && isCategoryLink(href, page) && !TAG_PATH.test(href);
}

/** A keyword linked where the text mentions it: the paragraph around it is a sentence. */
function isInSentence({ parent }: Element): boolean {
  return (
    parent !== null && isTag(parent) && parent.name === "p" && ENDS_SENTENCE.test(textOf(parent))
  );
}
const ENDS_SENTENCE = /[.!?؟۔。]$/u;

/**
 * Which links stand in no margin or menu of the page. What holds the body as well says nothing about them
 * (`content-sidebar-wrap`), what begins below it does.
 */
function placeTest({ container }: BodyResult): (spot: Spot) => boolean {
  const around = new Set<unknown>();
  for (let one: unknown = container; one !== null && one !== undefined; ) {
    around.add(one);
    one = (one as Element).parent;
  }
  return ({ element, region }) => {
    if ((region & NOT_HERE) === 0) return true;
    if (container === null) return false;
    let one: unknown = element;
    for (let up = 0; up < MAX_CLIMB; up++) {
      if (around.has(one)) return true;
      if ((ownRegion(one as Element) & NOT_HERE) !== 0) return false;
      one = (one as Element).parent;
    }
    return false;
  };
}
/** Lists of keywords are not nested deeper below the article's box. */
const MAX_CLIMB = 12;

function split(text: string): readonly string[] {
  return text.split(/\s*[,،;؛|]\s*/u).filter((part) => part !== "");
}
