/** The path from the home page to the article, as a reader sees it and as it is stated for machines. */
import { fold } from "../../text/index.ts";
import { type Labels, linkTexts } from "./category-links.ts";
import { asList, type JsonLd, plainText } from "./json-ld.ts";
import { isInside, type PageIndex } from "./page-index.ts";
import { Region } from "./roles.ts";
import { isHomeLabel, isNoise } from "./vocabulary.ts";

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

function crumbLabels(index: PageIndex, titleText: string): readonly string[] {
  for (const crumb of index.crumbs) {
    if ((crumb.region & (Region.footer | Region.hidden)) !== 0) continue;
    const links = index.links.filter(
      (link) =>
        link.order >= crumb.order && link.order < crumb.order + 120 && isInside(link, crumb),
    );
    if (links.length === 0) continue;
    return withoutEnds(linkTexts(links), titleText);
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
