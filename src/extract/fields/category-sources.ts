/** Where a page says under what an article is filed, best source first. */
import { clean, fold } from "../../text/index.ts";
import type { PageFacts, RuleFindings } from "../context.ts";
import { classOf, hrefOf } from "../page/marks.ts";
import { isFullName } from "./author-names.ts";
import { breadcrumbs } from "./breadcrumbs.ts";
import { AUTHOR_PATH } from "./bylines-visible.ts";
import { decodePart, pathSections } from "./category-address.ts";
import {
  CATEGORY_PATH,
  isCategoryLink,
  type Labels,
  linkTexts,
  nearestGroup,
  selectedInMenu,
} from "./category-links.ts";
import { asList, isArticle, type JsonLd, plainText } from "./json-ld.ts";
import { elsewhereOn, isInside, type PageIndex, type Spot } from "./page-index.ts";
import { Region, Role } from "./roles.ts";
import { TAG_PATH } from "./tags.ts";
import { textOf } from "./text-of.ts";
import { isSection } from "./vocabulary.ts";

const MAX_LABELS = 8;
/** More text than this is a part of the page that happens to be called `section`. */
const MAX_GROUP_CHARS = 160;
/** In nodes: what the few links of a group of labels, with their wrappers and icons, take up. */
const MAX_GROUP_NODES = 60;
/** In nodes from the headline: a line of labels above it, each in two or three wrappers. */
const ABOVE_TITLE = 30;
/** In nodes from the headline: one text in its element, with white space and a wrapper on either side. */
const RIGHT_ABOVE_TITLE = 8;
/** More links in a menu are the menu of a page's area. */
const MAX_MENU_LABELS = 3;
/** A longer text in an element named after categories is a headline or a sentence. */
const MAX_PLAIN_WORDS = 5;
/** Blogger calls every area of its page a section: `header section`, `sidebar no-items section`. */
const PAGE_AREA = /(?:^|\s)(?:navbar|header|tabs|main|sidebar|footer)(?:\s\S+)?\s+section(?:\s|$)/u;
/** A date stands where labels do; split at its comma it would look like two of them. */
const YEAR = /(?:19|20)\p{Nd}{2}/u;
const LABEL_BEFORE =
  /^(?:posted in|filed under|in|category|categories|kategorien?|rubrik|rubrique|section|catégories?|categor[íi]as?|القسم|التصنيف|في)(?:\s*[:：]\s*|\s+)/iu;
/** Sources in order of trust: how often each was right when present was counted on pages with truth. */
export function* categorySources(
  facts: PageFacts,
  findings: RuleFindings,
  index: PageIndex,
  jsonLd: JsonLd,
  title: Spot | null,
  titleText: string,
): Iterable<Labels> {
  const byRule = new Map<string, string[]>();
  for (const { value, source } of findings.fields.category ?? []) {
    const labels = byRule.get(source) ?? [];
    labels.push(clean(value));
    byRule.set(source, labels);
  }
  for (const [source, labels] of byRule) yield { labels, source };

  const notHere = elsewhereOn(index, title) | Region.crumb;
  const isHere = (spot: Spot): boolean => (spot.region & notHere) === 0;
  const anchor = title?.order ?? index.containerStart;
  const isNear = (spot: Spot): boolean => anchor < 0 || Math.abs(spot.order - anchor) < 200;
  const relLinks = [
    ...(index.rels.get("category") ?? []),
    ...(index.rels.get("tag") ?? []).filter((spot) =>
      CATEGORY_PATH.test(hrefOf(spot.element) ?? ""),
    ),
  ];
  const relHere = relLinks.filter(isHere);
  if (relHere.length > 0)
    yield { labels: linkTexts(nearestGroup(relHere, anchor)), source: "a[rel=category]" };

  // Drupal calls the box of its tags `taxonomy` too; a rule that knows them for tags is believed.
  const tags = new Set((findings.fields.tags ?? []).map(({ element }) => element));
  const named = index.categories
    .filter(
      (spot) =>
        isHere(spot) &&
        isNear(spot) &&
        !PAGE_AREA.test(classOf(spot.element) ?? "") &&
        textOf(spot.element, MAX_GROUP_CHARS + 1).length <= MAX_GROUP_CHARS,
    )
    .map((spot) => {
      const links = linksIn(spot, index);
      const outside = outsideMenus(spot, links);
      return {
        spot,
        isArea: links.length > 0 && outside.length === 0,
        isLinked: links.length > 0,
        links: ofCategories(
          spot,
          outside.filter((link) => !tags.has(link.element)),
        ),
      };
    })
    .filter(({ isArea }) => !isArea);
  const namedLabels = named.flatMap(({ links }) =>
    links.length <= MAX_LABELS ? linkTexts(links) : [],
  );
  if (namedLabels.length > 0 && namedLabels.length <= MAX_LABELS)
    yield { labels: namedLabels, source: ".category a" };

  const pathLinks = index.links.filter((spot) =>
    isCategoryLink(hrefOf(spot.element) ?? "", facts.url),
  );
  const inHeader = pathLinks.filter((spot) => isHere(spot) && isNear(spot));
  if (inHeader.length > 0)
    yield {
      labels: linkTexts(nearestGroup(inHeader, anchor)),
      source: "a[href*=/category/] near the title",
    };

  // One label right above the headline files the article, whatever the theme calls it.
  const above = index.tags.filter(
    (spot) =>
      isHere(spot) &&
      title !== null &&
      spot.order < title.order &&
      title.order - spot.order < ABOVE_TITLE,
  );
  const aboveLinks = index.links.filter((link) => above.some((spot) => isInside(link, spot)));
  if (aboveLinks.length > 0 && aboveLinks.length < 4) {
    yield { labels: linkTexts(aboveLinks), source: "label above the title" };
  }

  yield* breadcrumbs(index, jsonLd, titleText);

  for (const node of jsonLd.works) {
    const labels = asList(node.articleSection).flatMap((one) => splitLabels(plainText(one)));
    if (labels.length > 0 && isArticle(node)) yield { labels, source: "json-ld:articleSection" };
  }
  const plain = named
    .filter(({ links, isLinked }) => links.length > 0 || !isLinked)
    .map(({ spot }) => textOf(spot.element, 80))
    .filter((text) => text !== "" && text.split(" ").length <= MAX_PLAIN_WORDS && !YEAR.test(text))
    .flatMap((text) => splitLabels(text.replace(LABEL_BEFORE, "")));
  if (plain.length > 0 && plain.length < MAX_LABELS) yield { labels: plain, source: ".category" };
  for (const spot of index.itemprops.get("articlesection") ?? []) {
    yield {
      labels: [spot.element.attribs.content ?? textOf(spot.element, 80)].map(clean),
      source: "itemprop:articleSection",
    };
  }
  const elsewhere = pathLinks.filter((spot) => (spot.region & (notHere | Region.nav)) === 0);
  if (elsewhere.length > 0 && elsewhere.length <= 6)
    yield { labels: linkTexts(elsewhere), source: "a[href*=/category/]" };
  for (const name of [
    "article:section",
    "itemprop:articlesection",
    "section",
    "parsely-section",
    "sailthru.section",
    "dc.subject",
    "category",
    "cxenseparse:section",
    "og:section",
  ]) {
    const labels = (facts.metas.get(name) ?? []).flatMap((value) => splitLabels(plainText(value)));
    if (labels.length > 0 && labels.length <= MAX_LABELS) yield { labels, source: `meta:${name}` };
  }
  const printed = title === null ? null : printedAbove(title, index, notHere);
  if (printed !== null) yield { labels: [printed], source: "text above the title" };
  const classes = [...index.postClasses.matchAll(/(?:^|\s)category-([\p{L}\p{N}%-]+)/gu)]
    .map((match) => decodePart(match[1] as string).replaceAll("-", " "))
    .filter((label) => !/^\d+$/u.test(label));
  if (classes.length > 0) yield { labels: classes, source: "class category-x" };
  const selected = selectedInMenu(index);
  if (selected.length > 0) yield { labels: selected, source: "selected in the menu" };
  const segments = pathSections(facts.url);
  if (segments.length > 0) yield { labels: segments, source: "url" };
}

function linksIn(spot: Spot, index: PageIndex): readonly Spot[] {
  return index.links.filter(
    (link) =>
      link.order >= spot.order && link.order < spot.order + MAX_GROUP_NODES && isInside(link, spot),
  );
}

/**
 * Links without those of a menu in the label. Drupal 7 calls every area of its page a section: a menu beside
 * other links is the page's, unless the vocabulary knows those; a short one that is the whole label files.
 */
function outsideMenus(spot: Spot, links: readonly Spot[]): readonly Spot[] {
  const outside = links.filter(({ region }) => (region & ~spot.region & Region.nav) === 0);
  if (outside.length === links.length) return links;
  if (outside.length > 0) return outside.filter(({ element }) => isSection(textOf(element, 80)));
  return links.length <= MAX_MENU_LABELS && isWhole(spot, links) ? links : [];
}

/** True where the links are all the text that the label has. */
function isWhole({ element }: Spot, links: readonly Spot[]): boolean {
  return fold(textOf(element, MAX_GROUP_CHARS)) === fold(linkTexts(links).join(" "));
}

/**
 * Links without those to authors and keywords, which stand in one line with the category. A label that is
 * nothing but such a link files the article where the vocabulary knows it, or where it is no name.
 */
function ofCategories(spot: Spot, links: readonly Spot[]): readonly Spot[] {
  const kept = links.filter((link) => !isOfOther(link));
  if (kept.length > 0 || (spot.roles & Role.author) !== 0) return kept;
  const isAlone = links.length === 1 && isWhole(spot, links);
  return links.filter(({ element, roles }) => {
    const text = textOf(element, 80);
    const isName = AUTHOR_PATH.test(hrefOf(element) ?? "") && isFullName(text);
    return (roles & Role.author) === 0 && (isSection(text) || (isAlone && !isName));
  });
}

function isOfOther({ element, roles }: Spot): boolean {
  if (roles & Role.author) return true;
  const href = hrefOf(element) ?? "";
  return !CATEGORY_PATH.test(href) && (AUTHOR_PATH.test(href) || TAG_PATH.test(href));
}

/** Old sites print the section as plain text, or as a heading, right over the headline; a row of sections is a menu. */
function printedAbove(title: Spot, index: PageIndex, notHere: number): string | null {
  const above = index.shortTexts.filter(
    ({ order, region }) =>
      order < title.order && title.order - order < RIGHT_ABOVE_TITLE && (region & notHere) === 0,
  );
  const first = above.find(({ text }) => isSection(text));
  return first !== undefined && first === above.at(-1) ? first.text : null;
}

function splitLabels(text: string): readonly string[] {
  return text
    .split(/\s*[,،;|]\s*/u)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
