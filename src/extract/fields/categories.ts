/**
 * Under what the outlet files the article: its own labels, as printed. The first source that
 * yields a label that is not noise is taken; machine statements of low trust come last.
 */
import type { Category } from "../../model.ts";
import { clean, fold } from "../../text/index.ts";
import type { ExtractContext, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { asList, isArticle, type JsonLd, plainText } from "./json-ld.ts";
import { elsewhereOn, isInside, type PageIndex, type Spot } from "./page-index.ts";
import { Region, Role } from "./roles.ts";
import type { SiteNames } from "./site-name.ts";
import { textOf } from "./text-of.ts";
import { isNoise, readLabel } from "./vocabulary.ts";

export interface Categories {
  readonly categories: readonly Category[];
  readonly source: string;
}

interface Labels {
  readonly labels: readonly string[];
  readonly source: string;
}

const MAX_LABEL_CHARS = 60;
const MAX_LABELS = 8;
/** Paths of category archives, as CMSes in many languages write them. */
const CATEGORY_PATH =
  /\/(?:category|categories|categoria|categorie|categories?|kategorie|kategorien|kategori|section|sections|rubrik|rubrique|rubriques|ressort|topic|topics|channel|cat|c|tema|themen|thema|التصنيفات|تصنيف|القسم|قسم|الاقسام)\/|[?&]cat=\d/iu;

export function readCategories(
  facts: PageFacts,
  findings: RuleFindings,
  index: PageIndex,
  jsonLd: JsonLd,
  names: SiteNames,
  title: Spot | null,
  titleText: string,
  context: ExtractContext,
  tracer: Tracer,
): Categories {
  const map = context.site?.categoryMap ?? {};
  let winner: Categories | null = null;
  for (const { labels, source } of sources(facts, findings, index, jsonLd, title, titleText)) {
    const categories: Category[] = [];
    const known = new Set<string>();
    for (const label of labels) {
      const key = fold(label);
      if (key === "" || known.has(key) || label.length > MAX_LABEL_CHARS || names.isSite(label))
        continue;
      known.add(key);
      const category = readLabel(label, map[label]);
      if (category !== null && categories.length < MAX_LABELS) categories.push(category);
    }
    const isGood = categories.length > 0;
    if (tracer.on) {
      const rejected = !isGood ? "noise only" : winner === null ? null : `after ${winner.source}`;
      tracer.candidate("category", { source, value: labels.join(" | "), rejected });
    }
    if (isGood && winner === null) {
      winner = { categories, source };
      if (!tracer.on) return winner;
    }
  }
  return winner ?? { categories: [], source: "" };
}

function* sources(
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

  const named = index.categories.filter((spot) => isHere(spot) && isNear(spot));
  const namedLabels = named.flatMap((spot) => {
    const links = index.links.filter(
      (link) => link.order >= spot.order && link.order < spot.order + 60 && isInside(link, spot),
    );
    return links.length > 0 && links.length <= MAX_LABELS ? texts(links) : [];
  });
  if (namedLabels.length > 0 && namedLabels.length <= MAX_LABELS)
    yield { labels: namedLabels, source: ".category a" };

  const pathLinks = index.links.filter((spot) => CATEGORY_PATH.test(hrefOf(spot)));
  const inHeader = pathLinks.filter((spot) => isHere(spot) && isNear(spot));
  if (inHeader.length > 0)
    yield {
      labels: texts(nearestGroup(inHeader, anchor)),
      source: "a[href*=/category/] near the title",
    };

  const crumbs = crumbLabels(index, titleText);
  if (crumbs.length > 0) yield { labels: crumbs, source: "breadcrumb" };
  const ldCrumbs = jsonLdCrumbs(jsonLd, titleText);
  if (ldCrumbs.length > 0) yield { labels: ldCrumbs, source: "json-ld:BreadcrumbList" };

  for (const node of jsonLd.works) {
    const labels = asList(node.articleSection).flatMap((one) => splitLabels(plainText(one)));
    if (labels.length > 0 && isArticle(node)) yield { labels, source: "json-ld:articleSection" };
  }
  const plain = named
    .filter((spot) => (spot.roles & Role.category) !== 0)
    .map((spot) => textOf(spot.element, 80))
    .filter((text) => text !== "" && text.length < 40);
  if (plain.length > 0 && plain.length < 4) yield { labels: plain, source: ".category" };
  for (const spot of index.itemprops.get("articlesection") ?? []) {
    yield {
      labels: [spot.element.attribs.content ?? textOf(spot.element, 80)].map(clean),
      source: "itemprop:articleSection",
    };
  }
  const elsewhere = pathLinks.filter(
    (spot) => (spot.region & (Region.nav | Region.footer | Region.aside)) === 0,
  );
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
  const segment = pathSection(facts.url);
  if (segment !== null) yield { labels: [segment], source: "url" };
}

function hrefOf(spot: Spot): string {
  return spot.element.attribs.href ?? "";
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

const HOME = new Set(
  [
    "home",
    "homepage",
    "start",
    "startseite",
    "accueil",
    "inicio",
    "início",
    "hem",
    "hjem",
    "etusivu",
    "strona glowna",
    "anasayfa",
    "главная",
    "الرييسيه",
    "الصفحه الرييسيه",
    "رييسيه",
    "hom",
  ].map(fold),
);

/** The first crumb is the home page, the last one the article itself. */
function withoutEnds(labels: readonly string[], titleText: string): readonly string[] {
  const title = fold(titleText);
  return labels.filter((label, at) => {
    const key = fold(label);
    if (HOME.has(key)) return false;
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

/** The first path segment that could name a section: letters only, and the article comes after it. */
function pathSection(url: URL): string | null {
  const parts = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  for (const part of parts.slice(0, -1)) {
    if (
      /^[\p{L}][\p{L}\p{M}-]{2,24}$/u.test(part) &&
      !isNoise(part) &&
      !/^(?:archives?|articles?|post|posts|story|index|blog|www|html|web|content|node|details?|view|page|\p{L}{2})$/iu.test(
        part,
      )
    ) {
      return part.replaceAll("-", " ");
    }
  }
  return null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
