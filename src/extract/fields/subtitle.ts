/**
 * The subtitle under the headline: what a rule found, or what is named so between the headline and the text.
 * Headings of the text's parts, teasers, counters, dates and bylines bear the same names: a missing subtitle
 * is better than one of these.
 */
import { isTag } from "domhandler";
import { clean, fold, hasDigit } from "../../text/index.ts";
import type { BodyResult, RuleFindings, Tracer } from "../context.ts";
import { classOf } from "../page/marks.ts";
import { cutByline, isCredit, looksLikeName, withoutDates } from "./author-names.ts";
import { standsBeforeText } from "./before-text.ts";
import { type Candidate, choose } from "./candidates.ts";
import { elsewhereOn, isInside, type PageIndex, type Spot } from "./page-index.ts";
import { Region, Role } from "./roles.ts";
import { partsOf, textOf } from "./text-of.ts";
import type { TitleResult } from "./title.ts";

const MAX_SUBTITLE_CHARS = 400;
/** In nodes from the headline: a subtitle stands right below it. */
const BELOW_TITLE = 40;
/** In words: a section and an agency are fewer. */
const MIN_WORDS = 2;
/** In words: a name is not longer. */
const MAX_NAME_WORDS = 3;
/** A short line in one of these is a headline's second half, not a name: `Part two`. */
const HEADINGS = new Set(["h2", "h3", "h4"]);
/** `Tripoli - The Observer` */
const PLACE_AND_OUTLET = /^\S+(?: \S+)? [-–—|] \S+(?: \S+)?$/u;
/** In words: `3 comments · 5 min read` is fewer. */
const MIN_WORDS_WITH_NUMBER = 6;
/** In words: a name and a label beside a date are fewer. */
const MIN_WORDS_BESIDE_DATE = 8;
const MAX_PARTS = 12;

interface Named extends Candidate<string> {
  /** Null for what a rule found. */
  readonly spot: Spot | null;
}

export function readSubtitle(
  findings: RuleFindings,
  body: BodyResult,
  index: PageIndex,
  title: TitleResult,
  tracer: Tracer,
): Candidate<string> | null {
  const ruled = (findings.fields.subtitle ?? []).map(({ value, source }) => ({
    value: clean(value),
    source,
    spot: null,
  }));
  const key = fold(title.title);
  const first = fold(body.paragraphs[0] ?? "");
  const candidates: readonly Named[] = [
    ...ruled,
    ...namedSubtitles(index, title.spot, body, first),
  ];
  return choose(
    "subtitle",
    candidates,
    ({ value, spot }) => {
      if (value.length < 2) return "empty";
      if (value.length > MAX_SUBTITLE_CHARS) return "too long for a subtitle";
      if (fold(value) === key) return "repeats the title";
      return spot === null ? null : judgeNamed(value, spot, index, first);
    },
    (value) => value,
    tracer,
  );
}

/** What is named a subtitle, below the headline and before the text; none after the one that begins the text. */
function namedSubtitles(
  index: PageIndex,
  title: Spot | null,
  body: BodyResult,
  bodyStart: string,
): readonly Named[] {
  if (title === null) return [];
  const notHere = elsewhereOn(index, title) | Region.crumb | Region.hidden | Region.heading;
  const named = index.subtitles
    .filter(
      (spot) =>
        spot.order > title.order &&
        spot.order <= title.order + BELOW_TITLE &&
        (spot.region & notHere) === 0 &&
        standsBeforeText(spot, index, body),
    )
    .map((spot) => ({
      value: textOf(spot.element, MAX_SUBTITLE_CHARS + 1),
      source: `.${classOf(spot.element)?.trim().split(/\s+/u)[0] ?? spot.element.name}`,
      spot,
    }));
  const lead = named.findIndex(({ value }) => beginsText(value, bodyStart));
  return lead === -1 ? named : named.slice(0, lead + 1);
}

function judgeNamed(value: string, spot: Spot, index: PageIndex, bodyStart: string): string | null {
  if (beginsText(value, bodyStart)) return "begins the body";
  if (cutByline(value) !== null) return "a byline";
  const words = fold(value).split(" ").length;
  if (words < MIN_WORDS) return "too short for a subtitle";
  if (PLACE_AND_OUTLET.test(value)) return "a place and its outlet";
  if (words <= MAX_NAME_WORDS && looksLikeName(value) && !HEADINGS.has(spot.element.name))
    return "a name";
  if (isOfPicture(spot) || isCredit(value)) return "a picture's";
  if (isInList(spot)) return "one of a list";
  if (isLink(value, spot, index)) return "a link";
  if (words < MIN_WORDS_WITH_NUMBER && hasDigit(value)) return "a count";
  const said = partsOf(spot.element, MAX_PARTS, () => false).join(" ");
  const rest = withoutDates(said);
  return rest !== said && rest.split(" ").length < MIN_WORDS_BESIDE_DATE ? "a date line" : null;
}

/** What begins the text is told there, whole or as a teaser. */
function beginsText(value: string, bodyStart: string): boolean {
  const key = fold(value);
  return key !== "" && bodyStart.startsWith(key);
}

function isLink(value: string, spot: Spot, index: PageIndex): boolean {
  const linked = index.links.filter((link) => isInside(link, spot) || isInside(spot, link));
  const chars = linked.reduce((sum, { element }) => sum + textOf(element).length, 0);
  return chars * 2 > value.length;
}

function isOfPicture(spot: Spot): boolean {
  return (spot.roles & (Role.caption | Role.credit)) !== 0 || standsIn(spot, PICTURES);
}

function isInList(spot: Spot): boolean {
  return standsIn(spot, LISTS);
}

const PICTURES = new Set(["figure", "figcaption"]);
const LISTS = new Set(["li", "ul", "ol", "dl"]);
/** Wrappers between a list or a figure and its texts are few. */
const MAX_UP = 4;

function standsIn({ element }: Spot, names: ReadonlySet<string>): boolean {
  let one = element;
  for (let up = 0; up < MAX_UP; up++) {
    if (names.has(one.name)) return true;
    if (one.parent === null || !isTag(one.parent)) return false;
    one = one.parent;
  }
  return false;
}
