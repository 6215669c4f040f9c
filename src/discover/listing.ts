/**
 * Home and section pages: their links, each decided to be an article, a further listing, or neither;
 * and the feeds and REST roots the page points to. Links keep the page's order.
 */
import type { Capture, FoundBy, PageRef } from "../model.ts";
import { urlKey } from "../url/index.ts";
import { readAddress } from "./address.ts";
import { sourcesOfPage } from "./autodiscovery.ts";
import type { DiscoverContext, Discovered } from "./discover.ts";
import { type PageLink, readLinks } from "./links.ts";
import { pageRef, withoutRepeats } from "./page-ref.ts";
import { decideRole, type RoleDecision } from "./role.ts";

export interface DecidedLink {
  readonly link: PageLink;
  readonly decision: RoleDecision;
}

/** Every in-scope link of a page with the decision about it: what `discover --list` explains. */
export function decideLinks(
  html: string,
  url: string,
  context: Pick<DiscoverContext, "site" | "isInScope">,
): readonly DecidedLink[] {
  const { links } = readLinks(html, url);
  return decideAll(links, url, context);
}

/** Reads one page of HTML. */
export function discoverListing(
  html: string,
  capture: Capture,
  context: DiscoverContext,
): Discovered {
  const { links, headLinks, isComplete } = readLinks(html, capture.finalUrl);
  const decided = decideAll(links, capture.finalUrl, context);
  const foundBy: FoundBy = isHomePage(capture.finalUrl) ? "home" : "listing";
  const refs = decided.flatMap(({ link, decision }) => toRef(link, decision, foundBy, context));
  const pages = refs.filter(
    ({ role }) => role === "article" || (role === "listing" && context.depth > 0),
  );
  const next = headLinks.filter(({ rel, url }) => rel === "next" && context.isInScope(url));
  if (context.depth > 0)
    pages.push(...next.map(({ url }) => pageRef(url, context.siteId, "listing", "pagination")));
  const feeds = refs.filter(({ role }) => role === "feed");
  const sources = [...sourcesOfPage(headLinks, capture.headers, context), ...feeds];
  const byKey = ({ url }: PageRef) => urlKey(url);
  return {
    pages: withoutRepeats(pages, byKey),
    sources: withoutRepeats(sources, byKey),
    problems: [
      ...(links.length === 0 ? ["a page without links"] : []),
      ...(isComplete ? [] : ["tags nest too deeply; the rest is left out"]),
    ],
  };
}

function decideAll(
  links: readonly PageLink[],
  url: string,
  { site, isInScope }: Pick<DiscoverContext, "site" | "isInScope">,
): DecidedLink[] {
  const self = urlKey(url);
  const own = links.filter((link) => isInScope(link.url) && urlKey(link.url) !== self);
  const shapes = new Map<string, number>();
  for (const link of own) {
    const { shape } = readAddress(link.url);
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  return own.map((link) => ({
    link,
    decision: decideRole(link.url, {
      site,
      anchorText: link.text,
      isInHeading: link.isInHeading,
      isInNavigation: link.isInNavigation,
      isNextLink: link.isNextLink,
      occurrences: link.occurrences,
      siblings: (shapes.get(readAddress(link.url).shape) ?? 1) - 1,
    }),
  }));
}

function toRef(
  link: PageLink,
  { role, isWorthwhile, foundBy }: RoleDecision,
  page: FoundBy,
  context: DiscoverContext,
): PageRef[] {
  if (!isWorthwhile) return [];
  const title = role === "article" && link.text !== "" ? link.text : null;
  return [
    pageRef(link.url, context.siteId, role, foundBy === "pagination" ? "pagination" : page, {
      title,
    }),
  ];
}

function isHomePage(url: string): boolean {
  const { pathname, search } = new URL(url);
  return pathname === "/" && search === "";
}
