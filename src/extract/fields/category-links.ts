/** Links that file an article: to a category's archive, in a group of their own, or marked in the menu. */
import { isTag } from "domhandler";
import { classOf, hrefOf, Mark, marksOf } from "../page/marks.ts";
import type { PageIndex, Spot } from "./page-index.ts";
import { Region } from "./roles.ts";
import { textOf } from "./text-of.ts";
import { isHomeLabel } from "./vocabulary.ts";

export interface Labels {
  readonly labels: readonly string[];
  readonly source: string;
}

/** Paths of category archives, as CMSes in many languages write them. */
export const CATEGORY_PATH =
  /\/(?:category|categories|categoria|categorie|categories?|kategorie|kategorien|kategori|section|sections|rubrik|rubrique|rubriques|ressort|topic|topics|channel|cat|c|tema|themen|thema|التصنيفات|تصنيف|القسم|قسم|الاقسام)\/|[?&]cat=\d/iu;

/** Channels of other sites (`youtube.com/c/…`) file nothing here. */
export function isCategoryLink(href: string, page: URL): boolean {
  if (!CATEGORY_PATH.test(href)) return false;
  if (!/^(?:https?:)?\/\//u.test(href) || !URL.canParse(href, page.href)) return true;
  const { hostname } = new URL(href, page.href);
  return baseOf(hostname) === baseOf(page.hostname);
}

/** `news.example.ly` and `www.example.ly` are one house. */
function baseOf(hostname: string): string {
  return hostname.split(".").slice(-2).join(".");
}

export function linkTexts(spots: readonly Spot[]): readonly string[] {
  return spots.map((spot) => textOf(spot.element, 100)).filter((text) => text !== "");
}

/** The links that stand together, in the group nearest to the title: lists of other posts have their own. */
export function nearestGroup(spots: readonly Spot[], anchor: number): readonly Spot[] {
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

const SELECTED =
  /(?:^|[\s_-])(?:selected|active|current|aktiv|current-menu-item|current-post-ancestor)(?=$|[\s_-])/iu;

/** The menu entry that is marked as the one the page belongs to. */
export function selectedInMenu(index: PageIndex): readonly string[] {
  const labels: string[] = [];
  for (const link of index.links) {
    if ((link.region & Region.nav) === 0 || (link.region & Region.crumb) !== 0) continue;
    const { element } = link;
    const { parent } = element;
    const isSelected =
      (marksOf(element) & Mark.ariaCurrent) !== 0 ||
      SELECTED.test(classOf(element) ?? "") ||
      (parent !== null && isTag(parent) && SELECTED.test(classOf(parent) ?? ""));
    const href = hrefOf(element) ?? "";
    const path =
      isSelected && URL.canParse(href, "http://x/") ? new URL(href, "http://x/").pathname : "/";
    if (path === "/") continue;
    const label = textOf(element, 60);
    if (label !== "" && !isHomeLabel(label) && !labels.includes(label)) labels.push(label);
  }
  return labels.length <= 3 ? labels : [];
}
