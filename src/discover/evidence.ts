/**
 * What speaks for an address being an article: its own form and the way it is linked, weighed. No
 * single site is meant; every weight is for a kind of address.
 */
import type { SiteRule } from "../sites/rule.ts";
import { type Address, LONG_SLUG_WORDS, wordsIn } from "./address.ts";
import { readingOf } from "./site-reading.ts";
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

export type Weighed = readonly [weight: number, reason: string];

// Weighed on the URL patterns of FACTS' 50 outlets: a date or an id with a slug is enough alone, a
// bare slug needs to be a long one or to be linked by a headline.
export const ENOUGH = 3;
const WEIGHT = {
  dayInPath: 4,
  monthInPath: 3,
  yearInPath: 2,
  idQuery: 3,
  idInPath: 2,
  shortNumber: 1,
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
// Arabic headlines run to 10 words, section names to 3; five words are rarely a menu entry.
const LONG_ANCHOR_WORDS = 5;
const SECTION_ANCHOR_WORDS = 4;
const MANY_SIBLINGS = 4;
const ARTICLE_EXTENSIONS: ReadonlySet<string> = new Set(["html", "htm", "aspx", "php"]);
const MAX_SECTION_DEPTH = 3;

/** Every piece of evidence for and against, in no order. An article when their sum is `ENOUGH`. */
export function weigh(address: Address, evidence: LinkEvidence): Weighed[] {
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
  else if (/^\d{1,2}$/u.test(last)) found.push([WEIGHT.shortNumber, "short number in the path"]);
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

/** Whether an address that is no article may be a section: short, shallow, briefly named. */
export function looksLikeSection(
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
