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
import type { SiteRule } from "../sites/rule.ts";
import { compileTemplates, isProbablyMedia, type Templates } from "../url/index.ts";
import { type Address, readAddress, wordsIn } from "./address.ts";
import { PATH_WORDS } from "./vocabulary.ts";

export interface LinkEvidence {
  readonly site: SiteRule | null;
  readonly anchorText?: string;
  /** The link stands in, or holds, a heading. */
  readonly isInHeading?: boolean;
  /** It stands in a menu or footer that is not part of an article teaser. */
  readonly isInNavigation?: boolean;
  readonly isNextLink?: boolean;
  /** How often the page links to it. */
  readonly occurrences?: number;
  /** Other links on the page whose addresses have the same pattern. */
  readonly siblings?: number;
}

export interface RoleDecision {
  readonly role: PageRole;
  /** False: no link worth following; `role` then only says how to read it when a person insists. */
  readonly isWorthwhile: boolean;
  readonly foundBy: Extract<FoundBy, "link" | "pagination">;
  /** Most telling first. */
  readonly reasons: readonly string[];
}

// Weighed on the URL patterns of FACTS' 50 outlets: a date or an id with a slug is enough alone, a
// bare slug needs to be a long one or to be linked by a headline.
const ENOUGH = 3;
const WEIGHT = {
  dayInPath: 4,
  monthInPath: 3,
  yearInPath: 2,
  idQuery: 3,
  idInPath: 2,
  veryLongSlug: 3,
  longSlug: 2,
  articleWord: 1,
  fileExtension: 1,
  weakTemplate: 1,
  longAnchor: 2,
  inHeading: 1,
  repeated: 1,
  siblings: 1,
  inNavigation: -2,
} as const;
const VERY_LONG_SLUG_WORDS = 5;
const LONG_SLUG_WORDS = 3;
// Arabic headlines run to 10 words, section names to 3; five words are rarely a menu entry.
const LONG_ANCHOR_WORDS = 5;
const SECTION_ANCHOR_WORDS = 4;
const MANY_SIBLINGS = 4;
const ARTICLE_EXTENSIONS: ReadonlySet<string> = new Set(["html", "htm", "aspx", "php"]);
const MAX_SECTION_DEPTH = 3;

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
  const before = segments.at(-2) ?? "";
  const isPagePath = /^\d+$/u.test(last) && PATH_WORDS.pageWords.has(before);
  if (isPagePath)
    return {
      role: "listing",
      isWorthwhile: true,
      foundBy: "pagination",
      reasons: [`page ${last} of a listing`],
    };
  if (evidence.isNextLink === true)
    return { role: "listing", isWorthwhile: true, foundBy: "pagination", reasons: ["rel=next"] };
  const pageQuery = queryNames.find(
    (name) => PATH_WORDS.pageQueries.has(name) && /^\d+$/u.test(url.searchParams.get(name) ?? ""),
  );
  if (
    pageQuery !== undefined &&
    !queryNames.some((name) => PATH_WORDS.idQueries.has(name) && !isListingPage(segments))
  )
    return {
      role: "listing",
      isWorthwhile: true,
      foundBy: "pagination",
      reasons: [`query "${pageQuery}" counts pages`],
    };
  return null;
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

type Weighed = readonly [weight: number, reason: string];

function weigh(address: Address, evidence: LinkEvidence): Weighed[] {
  const { segments, date, slugWords, queryNames, extension } = address;
  const {
    site,
    anchorText = "",
    isInHeading,
    isInNavigation,
    occurrences = 1,
    siblings = 0,
  } = evidence;
  const last = segments.at(-1) ?? "";
  const found: Weighed[] = [];
  if (date.parts === 3) found.push([WEIGHT.dayInPath, "day in the path"]);
  else if (date.parts === 2) found.push([WEIGHT.monthInPath, "month in the path"]);
  else if (date.parts === 1) found.push([WEIGHT.yearInPath, "year in the path"]);
  const idQuery = queryNames.find(
    (name) =>
      PATH_WORDS.idQueries.has(name) && /^\d+$/u.test(address.url.searchParams.get(name) ?? ""),
  );
  if (idQuery !== undefined) found.push([WEIGHT.idQuery, `number in query "${idQuery}"`]);
  if (
    segments.some((segment, index) => index !== date.at && /(?:^|[-_])\d{3,}$/u.test(segment)) ||
    /^\d{3,}[-_]/u.test(last)
  )
    found.push([WEIGHT.idInPath, "number in the path"]);
  if (slugWords >= VERY_LONG_SLUG_WORDS)
    found.push([WEIGHT.veryLongSlug, `slug of ${slugWords} words`]);
  else if (slugWords >= LONG_SLUG_WORDS)
    found.push([WEIGHT.longSlug, `slug of ${slugWords} words`]);
  const articleWord = segments.slice(0, -1).find((segment) => PATH_WORDS.articleWords.has(segment));
  if (articleWord !== undefined) found.push([WEIGHT.articleWord, `path word "${articleWord}"`]);
  if (
    extension !== null &&
    ARTICLE_EXTENSIONS.has(extension) &&
    (slugWords > 1 || /\d/u.test(last))
  )
    found.push([WEIGHT.fileExtension, `.${extension} page`]);
  if (site !== null && readingOf(site).templates.find(address.url.href) !== null)
    found.push([WEIGHT.weakTemplate, `fits a template of site rule ${site.id}`]);
  const anchorWords = wordsIn(anchorText);
  if (anchorWords >= LONG_ANCHOR_WORDS)
    found.push([WEIGHT.longAnchor, `anchor of ${anchorWords} words`]);
  if (isInHeading === true) found.push([WEIGHT.inHeading, "linked by a heading"]);
  if (occurrences > 1) found.push([WEIGHT.repeated, `linked ${occurrences} times`]);
  if (siblings >= MANY_SIBLINGS)
    found.push([WEIGHT.siblings, `${siblings} addresses of the same form`]);
  if (isInNavigation === true) found.push([WEIGHT.inNavigation, "in a menu"]);
  return found;
}

function looksLikeSection(
  { segments, slugWords, extension }: Address,
  { anchorText = "" }: LinkEvidence,
): boolean {
  const words = wordsIn(anchorText);
  return (
    segments.length > 0 &&
    segments.length <= MAX_SECTION_DEPTH &&
    slugWords <= LONG_SLUG_WORDS &&
    !segments.some((segment) => /^\d+$/u.test(segment)) &&
    (extension === null || ARTICLE_EXTENSIONS.has(extension)) &&
    words <= SECTION_ANCHOR_WORDS
  );
}

function isHome({ segments, queryNames }: Address): boolean {
  return segments.length === 0 && queryNames.length === 0;
}

function comparable(url: string): string {
  const { pathname, search } = new URL(url);
  try {
    return decodeURI(pathname).replace(/\/$/u, "") + search;
  } catch {
    return pathname + search;
  }
}

interface SiteReading {
  readonly templates: Templates;
  readonly listings: ReadonlySet<string>;
}

// Once per rule object; weak, so rules that are no longer used are let go.
const readings = new WeakMap<SiteRule, SiteReading>();

function readingOf(site: SiteRule): SiteReading {
  const known = readings.get(site);
  if (known !== undefined) return known;
  const listings = site.listings
    .filter((listing) => URL.canParse(listing, site.home))
    .map((listing) => comparable(new URL(listing, site.home).href));
  const reading = { templates: compileTemplates(site.articlePath), listings: new Set(listings) };
  readings.set(site, reading);
  return reading;
}
