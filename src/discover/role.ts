/**
 * Article, listing, or not worth a visit: decided from the address and from how it is linked, with the reasons.
 *
 * 1. the listings a site's own rule names
 * 2. addresses that are never news (media, login, share, tag, author) → not worthwhile
 * 3. feeds and page N of a listing, by their form
 * 4. the article templates of the site's rule
 * 5. evidence, weighed: dates and ids in the path, long slugs, headline-like anchors, siblings
 */
import type { FoundBy, PageRole } from "../model.ts";
import { isProbablyMedia } from "../url/index.ts";
import { type Address, readAddress } from "./address.ts";
import { ENOUGH, type LinkEvidence, looksLikeSection, weigh } from "./evidence.ts";
import { comparable, readingOf } from "./site-reading.ts";
import { PATH_WORDS } from "./vocabulary.ts";

export interface RoleDecision {
  readonly role: PageRole;
  /** False: no link worth following; `role` then only says how to read it when a person insists. */
  readonly isWorthwhile: boolean;
  readonly foundBy: Extract<FoundBy, "link" | "pagination">;
  /** Most telling first. */
  readonly reasons: readonly string[];
}

/** @param url - absolute; of the site being crawled (scope is the caller's business) */
export function decideRole(url: string, evidence: LinkEvidence): RoleDecision {
  const address = readAddress(url);
  return (
    byOwnListing(url, evidence) ??
    refuse(address) ??
    byForm(address, evidence) ??
    bySiteRule(url, address, evidence) ??
    byEvidence(address, evidence)
  );
}

function decide(role: PageRole, ...reasons: string[]): RoleDecision {
  return { role, isWorthwhile: true, foundBy: "link", reasons };
}

function nextPage(reason: string): RoleDecision {
  return { role: "listing", isWorthwhile: true, foundBy: "pagination", reasons: [reason] };
}

function skip(role: PageRole, ...reasons: string[]): RoleDecision {
  return { role, isWorthwhile: false, foundBy: "link", reasons };
}

function refuse({ url, segments, queryNames }: Address): RoleDecision | null {
  if (isProbablyMedia(url.href)) return skip("article", "a media or document file");
  const query = queryNames.find((name) => PATH_WORDS.skipQueries.has(name));
  if (query !== undefined) return skip("listing", `query "${query}" is not for readers`);
  // A word of the slug may be anything; whole segments are what names a login or a tag page.
  const word =
    segments.find((segment) => PATH_WORDS.skipWords.has(segment)) ??
    segments.slice(-1).find((segment) => PATH_WORDS.skipLastWords.has(segment));
  return word === undefined ? null : skip("listing", `path word "${word}"`);
}

function byForm(
  { url, segments, queryNames, extension }: Address,
  evidence: LinkEvidence,
): RoleDecision | null {
  const last = segments.at(-1) ?? "";
  const isFeed =
    PATH_WORDS.feedWords.has(last) ||
    PATH_WORDS.feedWords.has(`${last}.${extension}`) ||
    queryNames.some((name) => PATH_WORDS.feedQueries.has(name));
  if (isFeed) return decide("feed", "address of a feed");
  if (/^\d+$/u.test(last) && PATH_WORDS.pageWords.has(segments.at(-2) ?? ""))
    return nextPage(`page ${last} of a listing`);
  if (evidence.isNextLink === true) return nextPage("rel=next");
  const isNumber = (name: string): boolean => /^\d+$/u.test(url.searchParams.get(name) ?? "");
  const counter = queryNames.find((name) => PATH_WORDS.pageQueries.has(name) && isNumber(name));
  // `post.php?id=5&page=2` is the second page of an article, `category.php?id=5&page=2` is not.
  const isOfArticle =
    queryNames.some((name) => PATH_WORDS.idQueries.has(name)) && !isListingPage(segments);
  return counter === undefined || isOfArticle ? null : nextPage(`query "${counter}" counts pages`);
}

function isListingPage(segments: readonly string[]): boolean {
  return segments.some((segment) => PATH_WORDS.listingWords.has(segment));
}

function bySiteRule(
  url: string,
  { segments, date }: Address,
  { site }: LinkEvidence,
): RoleDecision | null {
  if (site === null) return null;
  // `/2026/06/` fits `/{year}/{slug}` as well.
  if (date.at === 0 && date.parts === segments.length) return null;
  const found = readingOf(site).templates.find(url);
  if (found === null || !found.isTelling || isListingPage(segments)) return null;
  return decide("article", `template ${found.template} of site rule ${site.id}`);
}

function byOwnListing(url: string, { site }: LinkEvidence): RoleDecision | null {
  if (site === null || !readingOf(site).listings.has(comparable(url))) return null;
  return decide("listing", `a listing of site rule ${site.id}`);
}

function byEvidence(address: Address, evidence: LinkEvidence): RoleDecision {
  const { segments, date } = address;
  if (isHome(address)) return decide("listing", "a home page");
  const listingWord = segments.find((segment) => PATH_WORDS.listingWords.has(segment));
  if (listingWord !== undefined) return decide("listing", `path word "${listingWord}"`);
  const listingQuery = address.queryNames.find((name) => PATH_WORDS.listingQueries.has(name));
  if (listingQuery !== undefined) return decide("listing", `query "${listingQuery}"`);
  if (date.parts > 0 && date.at + date.parts === segments.length)
    return decide("listing", "a date archive");
  const found = weigh(address, evidence);
  const sum = found.reduce((total, [weight]) => total + weight, 0);
  const reasons = found
    .toSorted((a, b) => b[0] - a[0])
    .map(([weight, reason]) => `${reason} (${weight > 0 ? "+" : ""}${weight})`);
  if (sum >= ENOUGH) return decide("article", ...reasons);
  if (looksLikeSection(address, evidence))
    return decide("listing", "short path with a short label", ...reasons);
  return skip("article", "too little evidence of an article", ...reasons);
}

function isHome({ segments, queryNames }: Address): boolean {
  return segments.length === 0 && queryNames.length === 0;
}
