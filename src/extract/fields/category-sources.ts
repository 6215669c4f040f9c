/** Where a page says under what an article is filed, best source first. */
import { clean, fold } from "../../text/index.ts";
import type { PageFacts, RuleFindings } from "../context.ts";
import { asList, isArticle, type JsonLd, plainText } from "./json-ld.ts";
import { elsewhereOn, isInside, type PageIndex, type Spot } from "./page-index.ts";
import { Region } from "./roles.ts";
import { textOf } from "./text-of.ts";
import { isHomeLabel, isNoise } from "./vocabulary.ts";

export interface Labels {
  readonly labels: readonly string[];
  readonly source: string;
}

const MAX_LABELS = 8;
/** More text than this is a part of the page that happens to be called `section`. */
const MAX_GROUP_CHARS = 160;
/** A longer text in an element named after categories is a headline or a sentence. */
const MAX_PLAIN_WORDS = 5;
/** Blogger calls every area of its page a section: `header section`, `sidebar no-items section`. */
const PAGE_AREA = /(?:^|\s)(?:navbar|header|tabs|main|sidebar|footer)(?:\s\S+)?\s+section(?:\s|$)/u;
/** A date stands where labels do; split at its comma it would look like two of them. */
const YEAR = /(?:19|20)\p{Nd}{2}/u;
const LABEL_BEFORE =
  /^(?:posted in|filed under|in|category|categories|kategorien?|rubrik|rubrique|section|catégories?|categor[íi]as?|القسم|التصنيف|في)(?:\s*[:：]\s*|\s+)/iu;
/** Paths of category archives, as CMSes in many languages write them. */
const CATEGORY_PATH =
  /\/(?:category|categories|categoria|categorie|categories?|kategorie|kategorien|kategori|section|sections|rubrik|rubrique|rubriques|ressort|topic|topics|channel|cat|c|tema|themen|thema|التصنيفات|تصنيف|القسم|قسم|الاقسام)\/|[?&]cat=\d/iu;

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
    ...(index.rels.get("tag") ?? []).filter((spot) => CATEGORY_PATH.test(hrefOf(spot))),
  ];
  const relHere = relLinks.filter(isHere);
  if (relHere.length > 0)
    yield { labels: texts(nearestGroup(relHere, anchor)), source: "a[rel=category]" };

  const named = index.categories.filter(
    (spot) =>
      isHere(spot) &&
      isNear(spot) &&
      !PAGE_AREA.test(spot.element.attribs.class ?? "") &&
      textOf(spot.element, MAX_GROUP_CHARS + 1).length <= MAX_GROUP_CHARS,
  );
  // Drupal calls the box of its tags `taxonomy` too; a rule that knows them for tags is believed.
  const tags = new Set((findings.fields.tags ?? []).map(({ element }) => element));
  const namedLabels = named.flatMap((spot) => {
    const links = index.links.filter(
      (link) =>
        link.order >= spot.order &&
        link.order < spot.order + 60 &&
        !tags.has(link.element) &&
        isInside(link, spot),
    );
    return links.length > 0 && links.length <= MAX_LABELS ? texts(links) : [];
  });
  if (namedLabels.length > 0 && namedLabels.length <= MAX_LABELS)
    yield { labels: namedLabels, source: ".category a" };

  const pathLinks = index.links.filter((spot) => isCategoryLink(hrefOf(spot), facts.url));
  const inHeader = pathLinks.filter((spot) => isHere(spot) && isNear(spot));
  if (inHeader.length > 0)
    yield {
      labels: texts(nearestGroup(inHeader, anchor)),
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
    yield { labels: texts(aboveLinks), source: "label above the title" };
  }

  yield* breadcrumbs(index, jsonLd, titleText);

  for (const node of jsonLd.works) {
    const labels = asList(node.articleSection).flatMap((one) => splitLabels(plainText(one)));
    if (labels.length > 0 && isArticle(node)) yield { labels, source: "json-ld:articleSection" };
  }
  const plain = named
    .map((spot) => textOf(spot.element, 80))
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
    yield { labels: texts(elsewhere), source: "a[href*=/category/]" };
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
  const classes = [...index.postClasses.matchAll(/(?:^|\s)category-([\p{L}\p{N}%-]+)/gu)]
    .map((match) => decode(match[1] as string).replaceAll("-", " "))
    .filter((label) => !/^\d+$/u.test(label));
  if (classes.length > 0) yield { labels: classes, source: "class category-x" };
  const selected = selectedInMenu(index);
  if (selected.length > 0) yield { labels: selected, source: "selected in the menu" };
  const segments = pathSections(facts.url);
  if (segments.length > 0) yield { labels: segments, source: "url" };
}

/** The path from the home page to the article, as shown and as stated for machines. */
export function* breadcrumbs(
  index: PageIndex,
  jsonLd: JsonLd,
  titleText: string,
): Iterable<Labels> {
  const crumbs = crumbLabels(index, titleText);
  if (crumbs.length > 0) yield { labels: crumbs, source: "breadcrumb" };
  const ldCrumbs = jsonLdCrumbs(jsonLd, titleText);
  if (ldCrumbs.length > 0) yield { labels: ldCrumbs, source: "json-ld:BreadcrumbList" };
}

/** In nodes. */
const ABOVE_TITLE = 30;
const SELECTED =
  /(?:^|[\s_-])(?:selected|active|current|aktiv|current-menu-item|current-post-ancestor)(?=$|[\s_-])/iu;

/** The menu entry that is marked as the one the page belongs to. */
function selectedInMenu(index: PageIndex): readonly string[] {
  const labels: string[] = [];
  for (const link of index.links) {
    if ((link.region & Region.nav) === 0 || (link.region & Region.crumb) !== 0) continue;
    const { parent, attribs } = link.element;
    const holder = parent !== null && "attribs" in parent ? (parent.attribs.class ?? "") : "";
    const isSelected =
      attribs["aria-current"] !== undefined ||
      SELECTED.test(attribs.class ?? "") ||
      SELECTED.test(holder);
    const path =
      isSelected && URL.canParse(hrefOf(link), "http://x/")
        ? new URL(hrefOf(link), "http://x/").pathname
        : "/";
    if (path === "/") continue;
    const label = textOf(link.element, 60);
    if (label !== "" && !isHomeLabel(label) && !labels.includes(label)) labels.push(label);
  }
  return labels.length <= 3 ? labels : [];
}

function hrefOf(spot: Spot): string {
  return spot.element.attribs.href ?? "";
}

/** Channels of other sites (`youtube.com/c/…`) file nothing here. */
function isCategoryLink(href: string, page: URL): boolean {
  if (!CATEGORY_PATH.test(href)) return false;
  if (!/^(?:https?:)?\/\//u.test(href) || !URL.canParse(href, page.href)) return true;
  const { hostname } = new URL(href, page.href);
  return baseOf(hostname) === baseOf(page.hostname);
}

/** `news.example.ly` and `www.example.ly` are one house. */
function baseOf(hostname: string): string {
  return hostname.split(".").slice(-2).join(".");
}

function texts(spots: readonly Spot[]): readonly string[] {
  return spots.map((spot) => textOf(spot.element, 100)).filter((text) => text !== "");
}

/** The links that stand together, in the group nearest to the title: lists of other posts have their own. */
function nearestGroup(spots: readonly Spot[], anchor: number): readonly Spot[] {
  const groups: Spot[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const spot of spots) {
    if (spot.order - last > 12) groups.push([]);
    (groups[groups.length - 1] as Spot[]).push(spot);
    last = spot.order;
  }
  let best = groups[0] ?? [];
  if (anchor >= 0) {
    const away = (group: readonly Spot[]): number => Math.abs((group[0]?.order ?? 0) - anchor);
    for (const group of groups) if (away(group) < away(best)) best = group;
  }
  return best;
}

function crumbLabels(index: PageIndex, titleText: string): readonly string[] {
  for (const crumb of index.crumbs) {
    if ((crumb.region & (Region.footer | Region.hidden)) !== 0) continue;
    const links = index.links.filter(
      (link) =>
        link.order >= crumb.order && link.order < crumb.order + 120 && isInside(link, crumb),
    );
    if (links.length === 0) continue;
    return withoutEnds(texts(links), titleText);
  }
  return [];
}

function jsonLdCrumbs(jsonLd: JsonLd, titleText: string): readonly string[] {
  const list = jsonLd.all.find((node) => node["@type"] === "BreadcrumbList");
  if (list === undefined) return [];
  const labels = asList(list.itemListElement).map((one) => {
    if (typeof one !== "object" || one === null) return "";
    const { name, item } = one as { name?: unknown; item?: unknown };
    return (
      plainText(name) ||
      (typeof item === "object" && item !== null
        ? plainText((item as { name?: unknown }).name)
        : "")
    );
  });
  return withoutEnds(
    labels.filter((label) => label !== ""),
    titleText,
  );
}

/** The first crumb is the home page, the last one the article itself. */
function withoutEnds(labels: readonly string[], titleText: string): readonly string[] {
  const title = fold(titleText);
  return labels.filter((label, at) => {
    const key = fold(label);
    if (isHomeLabel(label)) return false;
    if (at === 0 && labels.length > 1 && (isNoise(label) || key.split(" ").includes("home")))
      return false;
    if (key === "" || key === title) return false;
    return !(
      at === labels.length - 1 &&
      key.length > 20 &&
      (title.startsWith(key.slice(0, 20)) || key.startsWith(title.slice(0, 20)))
    );
  });
}

function splitLabels(text: string): readonly string[] {
  return text
    .split(/\s*[,،;|]\s*/u)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Segments that say what kind of address it is, not under what it is filed. */
const PLAIN_SEGMENT =
  /^(?:archives?|articles?|artikel|posts?|story|stories|index|blogs?|www|html|web|content|node|details?|view|pages?|service|services|download|downloads|sharedDocs|en|resources?|item|id|p|wordpress|wp|cms|joomla|drupal|typo3|moin|wiki|\p{L}{2})$/iu;
const MAX_SEGMENTS = 2;

/** Path segments that could name a section: letters only, and the article comes after them. */
function pathSections(url: URL): readonly string[] {
  const parts = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  return parts
    .slice(0, -1)
    .filter(
      (part) =>
        /^\p{L}[\p{L}\p{M}-]{2,24}$/u.test(part) && !isNoise(part) && !PLAIN_SEGMENT.test(part),
    )
    .slice(0, MAX_SEGMENTS)
    .map((part) => part.replaceAll("-", " "));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
