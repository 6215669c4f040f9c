/**
 * Headings as candidates for the title: which there are, and how what the page says to machines
 * (title-machine.ts) confirms them. All comparisons are of folded text.
 */
import { type Element, isTag } from "domhandler";
import { fold } from "../../text/index.ts";
import type { BodyResult, PageFacts } from "../context.ts";
import { standsBeforeText } from "./before-text.ts";
import { headlineOf } from "./heading-text.ts";
import { elsewhereOn, isInside, type PageIndex, type Spot } from "./page-index.ts";
import type { SiteNames } from "./site-name.ts";
import { splitLast, splits } from "./site-suffix.ts";
import { type MachineTitle, namesOutlet } from "./title-machine.ts";

/** Longer "titles" are standfirsts or whole pages in a heading. */
export const MAX_TITLE_CHARS = 400;

export interface HeadingText {
  readonly spot: Spot;
  /** In a part of the page that is not the article. */
  readonly isElsewhere: boolean;
  readonly text: string;
  readonly key: string;
}

export function headingTexts(
  facts: PageFacts,
  index: PageIndex,
  body: BodyResult,
): readonly HeadingText[] {
  const texts: HeadingText[] = [];
  const elsewhere = elsewhereOn(index, null);
  const pageTitle = fold(facts.titleText);
  for (const spot of index.headings) {
    const isFirst = spot.element.name === "h1" || spot.element === body.heading;
    if (!isFirst && texts.length > MAX_HEADINGS) continue;
    if (leadsHome(spot.element, facts.url)) continue;
    const text = headlineOf(spot.element, MAX_TITLE_CHARS + 100, pageTitle);
    if (text !== "") {
      texts.push({ spot, isElsewhere: (spot.region & elsewhere) !== 0, text, key: fold(text) });
    }
  }
  return texts;
}

export type Agreement =
  | "the page's title"
  | "part of the page's title"
  | "the page's title and more";

/** How the page's own statements for machines confirm a heading; null when they do not. */
export function agreement(
  heading: HeadingText,
  machine: readonly MachineTitle[],
): Agreement | null {
  const { key } = heading;
  if (key.length < 2) return null;
  let best: Agreement | null = null;
  for (const one of machine) {
    if (one.key === key) return "the page's title";
    if (` ${one.key} `.includes(` ${key} `) && key.length * 3 > one.key.length) {
      best = "part of the page's title";
    } else if (best === null && holds(heading, one)) {
      best = "the page's title and more";
    }
  }
  // Only a heading of the first level may differ: others name a part of the article.
  return best !== null && heading.spot.element.name !== "h1" ? null : best;
}

/** True for a heading with the title in it; a date or kicker may touch its first word. */
export function holds({ key }: HeadingText, one: MachineTitle): boolean {
  if (one.key.length <= 15 || key.length <= one.key.length) return false;
  return ` ${key} `.includes(` ${one.key} `) || key.endsWith(one.key);
}

/** The title element alone is shortened for lists of search results; the heading goes on where that one stops. */
export function isCutShort({ key }: HeadingText, one: MachineTitle): boolean {
  return one.source === "title" && key.startsWith(one.key);
}

export function rank(
  { spot, isElsewhere, key }: HeadingText,
  match: Agreement,
  machine: readonly MachineTitle[],
): number {
  // `Title – Site: slogan`: the name stands at the end more often than in front.
  const isStart = machine.some((one) => one.key.startsWith(key)) ? 0.2 : 0;
  const isFirst = spot.element.name === "h1" ? 1 : 0;
  return AGREEMENT_RANK[match] + isFirst + isStart - (isElsewhere ? 1.2 : 0);
}

/** What the page elsewhere calls the title, when the heading has only a kicker in front of it. */
export function behindKicker(
  { key, text }: HeadingText,
  machine: readonly MachineTitle[],
): MachineTitle | undefined {
  if (STARTS_QUOTED.test(text)) return undefined;
  return machine.find((one) => one.key.length > 15 && key.endsWith(` ${one.key}`));
}

/** `Kenya: Nairobi from below` where JSON-LD and og:title both say so of a heading that prints the rest alone. */
export function withKicker(
  { key, text }: HeadingText,
  machine: readonly MachineTitle[],
): MachineTitle | null {
  const headline = machine.find(({ source }) => source === "json-ld:headline");
  const shared = machine.find(({ source }) => source === "meta:og:title");
  if (headline === undefined || headline.key !== shared?.key) return null;
  const kicker = headline.value.slice(0, -text.length).trimEnd();
  return headline.key.endsWith(` ${key}`) && /[\p{L}\p{Nd}]:$/u.test(kicker) ? headline : null;
}

/** `Title - Site` with "Site" in the h1: the heading that says "Title" is the title. */
export function namedBesideSite(
  headings: readonly HeadingText[],
  machine: readonly MachineTitle[],
): readonly HeadingText[] {
  for (const one of machine) {
    const parts = splitLast(one.value);
    if (parts === null) continue;
    const tail = fold(parts.tail);
    const head = fold(parts.head);
    // A site's name longer than the headline is the headline after its section.
    if (tail.length > head.length * 2) continue;
    if (!headings.some(({ key, spot }) => key === tail && spot.element.name === "h1")) continue;
    const named = headings.filter(({ key }) => key === head);
    if (named.length > 0) return named;
  }
  return [];
}

/** `Title - Site`, where only a lesser heading tells which of both is the title. */
export function partHeading(
  headings: readonly HeadingText[],
  stated: MachineTitle | undefined,
): HeadingText | null {
  if (stated === undefined) return null;
  for (const { head, tail } of splits(stated.value)) {
    const [start, end] = [fold(head), fold(tail)];
    const found = headings.find(
      ({ key, isElsewhere }) => !isElsewhere && key !== "" && (key === start || key === end),
    );
    if (found !== undefined && found.key.length * 2 >= stated.key.length) return found;
  }
  return null;
}

/** In nodes; a headline stands right above the text. */
const ABOVE_TEXT = 60;
const MIN_TOLD_SHARE = 0.6;
/** The page's title is the outlet's where next to nothing of it stands in the text: one word of an agency's three. */
const MAX_UNTOLD_SHARE = 0.34;
/** In words; a longer heading is a standfirst. */
const MAX_HEADLINE_WORDS = 16;

/**
 * The heading above the text whose words the text begins with, on a page without a title of the first level
 * whose own titles name the outlet and say nothing of the text: every page of the outlet is called so. A heading
 * with a link in it leads to another story.
 */
export function toldByText(
  headings: readonly HeadingText[],
  machine: readonly MachineTitle[],
  index: PageIndex,
  body: BodyResult,
  names: SiteNames,
): HeadingText | null {
  if (!machine.every((one) => namesOutlet(one, names))) return null;
  const start = body.paragraphs.slice(0, FIRST_PARAGRAPHS).join(" ");
  const told = new Set(fold(start).split(" "));
  if (machine.some(({ key }) => shareOf(key, told) > MAX_UNTOLD_SHARE)) return null;
  const found = headings.find(
    ({ key, spot, isElsewhere }) =>
      !isElsewhere &&
      spot.order > index.containerStart - ABOVE_TEXT &&
      isLong(key) &&
      key.split(" ").length <= MAX_HEADLINE_WORDS &&
      shareOf(key, told) >= MIN_TOLD_SHARE &&
      !index.links.some((link) => isInside(link, spot)) &&
      standsBeforeText(spot, index, body),
  );
  return found ?? null;
}

/** A headline's words stand in the lead and the sentence after it. */
const FIRST_PARAGRAPHS = 2;

/** Share of a folded text's words that are among the known; short words are in any text. */
function shareOf(key: string, known: ReadonlySet<string>): number {
  const words = key.split(" ").filter((word) => word.length > 2);
  return words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length;
}

export function sharesWords(
  key: string,
  machine: readonly MachineTitle[],
  share = MIN_SHARED_WORDS,
): boolean {
  if (machine.length === 0) return true;
  const words = key.split(" ").filter((word) => word.length > 2);
  const known = new Set(machine.flatMap((one) => one.key.split(" ")));
  const shared = words.filter((word) => known.has(word)).length;
  return shared >= Math.max(1, words.length * share);
}

/** Names of sections and sites are shorter. */
export function isLong(key: string): boolean {
  return key.split(" ").length >= 4;
}

/** More headings than this are parts of the article. */
const MAX_HEADINGS = 12;

/** A heading around a link to the home page is the site's name or logo. */
function leadsHome(heading: Element, page: URL): boolean {
  const link = heading.children.find((child) => isTag(child) && child.name === "a");
  const href = link !== undefined && isTag(link) ? link.attribs.href : parentLink(heading);
  if (href === undefined || !URL.canParse(href, page.href)) return false;
  const { pathname, search, hostname } = new URL(href, page.href);
  return pathname === "/" && search === "" && hostname === page.hostname && page.pathname !== "/";
}

function parentLink(element: Element): string | undefined {
  const { parent } = element;
  return parent !== null && isTag(parent) && parent.name === "a" ? parent.attribs.href : undefined;
}

/** A quotation in front of a headline is a part of it. */
export const STARTS_QUOTED = /^\s*['"„“”«»‘‚「『]/u;

/** Share of a heading's words that the page's title must have: fewer, and it titles something else. */
export const MIN_SHARED_WORDS = 0.25;
/** Where there are several headings of the first level. */
export const MIN_SHARED_OF_MANY = 0.5;

const AGREEMENT_RANK: Readonly<Record<Agreement, number>> = {
  "the page's title": 3,
  "part of the page's title": 2,
  "the page's title and more": 1.5,
};
