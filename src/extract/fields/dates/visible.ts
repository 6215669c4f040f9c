/**
 * Dates a reader sees: `time` elements, elements named after dates, and short lines near the title.
 * What stands in menus, side columns, comments, related lists and the page's top bar (today's date!)
 * counts least.
 */
import { type Element, isTag, isText } from "domhandler";
import { type FoundDate, findDates } from "../../../text/index.ts";
import { elsewhereOn, type PageIndex, type Spot } from "../page-index.ts";
import { Region, Role } from "../roles.ts";
import { textOf } from "../text-of.ts";
import { type ClueContext, type DateClue, readClue, toClue } from "./clue.ts";
import { type DateMeaning, meaningOf } from "./labels.ts";

/** Weights on the scale of machine.ts: what a reader sees right at the title is nearly as good. */
const Weight = { time: 1.6, named: 1.5, line: 1.1, labelled: 0.5, labelledAtEnd: 0.8 } as const;
/** Factors: in a part of the page that is not the article; in the page's head; without a year. */
const ELSEWHERE_FACTOR = 0.12;
const PAGE_HEADER_FACTOR = 0.6;
const YEARLESS_FACTOR = 0.1;

/** How far from the title, in nodes, a date line still belongs to it. */
const NEAR_BEFORE = 60;
const NEAR_AFTER = 220;
/** How far, in nodes, from where the body ends a labelled date still belongs to the article. */
const AROUND_END = 40;
/** A longer text is prose that mentions a date. */
const MAX_LINE_CHARS = 110;
/** The article's own date is among the first; lists of other articles have hundreds. */
const MAX_LOOKS = 60;
/** Below this a clue cannot turn the choice. */
const MIN_USEFUL_WEIGHT = 0.25;
const HAS_DIGIT = /\p{Nd}/u;

export function visibleClues(
  index: PageIndex,
  title: Spot | null,
  context: ClueContext,
  alreadyRead: ReadonlySet<Element>,
  isDated: boolean,
): readonly DateClue[] {
  const clues: DateClue[] = [];
  const seen = new Set<Element>(alreadyRead);
  const anchor = title?.order ?? Math.max(0, index.containerStart);
  const elsewhere = elsewhereOn(index, title);
  function distance(order: number): number {
    return order >= anchor ? (order - anchor) / NEAR_AFTER : (anchor - order) / NEAR_BEFORE;
  }
  function weigh(region: number, order: number, base: number): number {
    const far = distance(order);
    const near = far <= 1 ? 1 - 0.5 * far : Math.max(0.08, 0.4 / far);
    if ((region & elsewhere) !== 0) return base * near * ELSEWHERE_FACTOR;
    const isPageHeader =
      (region & Region.header) !== 0 && (region & (Region.article | Region.main)) === 0;
    const isTitleThere = ((title?.region ?? 0) & Region.header) !== 0;
    return base * near * (isPageHeader && !isTitleThere ? PAGE_HEADER_FACTOR : 1);
  }

  /** Dates of other articles decide nothing; they are read only where there is no other. */
  function isNeedless(weight: number): boolean {
    return weight < MIN_USEFUL_WEIGHT && (isDated || clues.some(isUseful));
  }

  /** Below the last paragraph stand dates of other articles, too: only one that says it is the publication's counts. */
  function isAtEnd({
    region,
    order,
  }: {
    readonly region: number;
    readonly order: number;
  }): boolean {
    if (distance(order) <= 1 || (region & elsewhere) !== 0 || index.containerEnd < 0) return false;
    return Math.abs(order - index.containerEnd) < AROUND_END;
  }

  for (const spot of index.times.slice(0, MAX_LOOKS)) {
    const isLabelledEnd = isAtEnd(spot) && meaningOf(textBefore(spot.element)) === "published";
    const weight = isLabelledEnd
      ? Weight.labelledAtEnd
      : weigh(spot.region, spot.order, Weight.time);
    if (alreadyRead.has(spot.element) || isNeedless(weight)) continue;
    seen.add(spot.element);
    clues.push(...timeClues(spot, weight, context));
  }
  let looks = 0;
  for (const spot of index.dates) {
    if (looks > MAX_LOOKS) break;
    if (seen.has(spot.element) || holdsOneOf(spot.element, seen)) continue;
    const weight = weigh(spot.region, spot.order, Weight.named);
    if (isNeedless(weight)) continue;
    const text = textOf(spot.element, MAX_LINE_CHARS * 2);
    if (text.length > MAX_LINE_CHARS * 1.5) continue;
    const from = {
      source: describe(spot),
      family: "text",
      weight,
      isModified: isUpdate(spot),
    } as const;
    const titled = spot.element.attribs.title ?? "";
    const clue = HAS_DIGIT.test(titled) ? readClue(titled, from, context) : null;
    if (clue === null && !HAS_DIGIT.test(text)) continue;
    looks++;
    seen.add(spot.element);
    if (clue !== null) clues.push(clue);
    else clues.push(...lineClues(text, from, context, spot.element));
  }
  for (const line of index.numbers) {
    if (seen.has(line.parent) || !isAtEnd(line)) continue;
    const whole = textOf(line.parent, MAX_LINE_CHARS * 2);
    if (whole.length > MAX_LINE_CHARS) continue;
    const from = { source: "labelled date below the text", family: "text" } as const;
    const weight = Weight.labelledAtEnd;
    clues.push(
      ...lineClues(whole, { ...from, weight, isOnlyLabelled: true }, context, line.parent),
    );
  }
  looks = 0;
  for (const line of index.numbers) {
    if (looks > MAX_LOOKS) break;
    if (seen.has(line.parent)) continue;
    if (distance(line.order) > 1 && (isDated || clues.some(isUseful))) continue;
    const weight = weigh(line.region, line.order, Weight.line);
    if (isNeedless(weight)) continue;
    seen.add(line.parent);
    const whole = textOf(line.parent, MAX_LINE_CHARS * 2);
    const text = whole.length <= MAX_LINE_CHARS ? whole : line.text;
    if (text.length > MAX_LINE_CHARS) continue;
    looks++;
    clues.push(
      ...lineClues(
        text,
        { source: "text near the title", family: "text", weight },
        context,
        text === whole ? line.parent : null,
      ),
    );
  }
  return clues;
}

function isUseful(clue: DateClue): boolean {
  return !clue.isModified && clue.weight >= MIN_USEFUL_WEIGHT;
}

function timeClues(spot: Spot, weight: number, context: ClueContext): readonly DateClue[] {
  const { attribs } = spot.element;
  const shown = textOf(spot.element, 160);
  const before = meaningOf(textBefore(spot.element)) ?? meaningInside(shown, context);
  if (before === "other") return [];
  const isModified = before === "modified" || (before === null && isUpdate(spot));
  const from = { source: describe(spot), family: "markup", weight, isModified } as const;
  const machine = attribs.datetime ?? attribs.title ?? attribs.content;
  const clue = machine ? readClue(machine, from, context) : null;
  return clue === null ? lineClues(shown, from, context) : [clue];
}

/** What a time element's own words call its date: `آخر تحديث فبراير 10, 2024`. */
function meaningInside(shown: string, context: ClueContext): DateMeaning | null {
  const [date] = findDates(shown, {
    now: context.now,
    timeZone: context.zone.timeZone,
    dayFirst: context.dayFirst,
  });
  return meaningOf(
    date?.raw ? shown.slice(0, date.start) : (/^[^\p{Nd}]*/u.exec(shown)?.[0] ?? ""),
  );
}

interface From {
  readonly source: string;
  readonly family: "text" | "markup";
  readonly weight: number;
  readonly isModified?: boolean;
  /** Only dates that a label calls the publication's. */
  readonly isOnlyLabelled?: boolean;
}

/**
 * Every date of a line, each with what the words before it say it is.
 *
 * @param element - whose whole text the line is: what stands right before it may be its label
 */
function lineClues(
  text: string,
  from: From,
  context: ClueContext,
  element: Element | null = null,
): readonly DateClue[] {
  const found = findDates(text, {
    now: context.now,
    timeZone: context.zone.timeZone,
    dayFirst: context.dayFirst,
  });
  const clues: DateClue[] = [];
  let upTo = 0;
  for (const date of found) {
    const before = text.slice(upTo, date.start);
    const isFirst = upTo === 0 && element !== null && !/\p{L}/u.test(before);
    const meaning = meaningOf(isFirst ? textBefore(element) : before);
    upTo = date.end;
    if (from.isOnlyLabelled === true && meaning !== "published") continue;
    if (meaning === "other" || date.precision === "year" || date.precision === "month") continue;
    const isModified =
      meaning === "modified" || (from.isModified === true && meaning !== "published");
    const labelled = meaning === "published" ? Weight.labelled : 0;
    const weight = (from.weight + labelled) * certainty(date, text, found.length);
    const clue = toClue(date, { ...from, isModified, weight }, context.zone);
    if (clue !== null) clues.push(clue);
  }
  return clues;
}

/** A date line that ends like a sentence is mostly its date. */
const MIN_SENTENCE_SHARE = 0.6;
const SENTENCE_FACTOR = 0.3;

function isSentence(text: string): boolean {
  return /[\p{L}\p{Nd})"”»][.!?؟。]$/u.test(text);
}

/** A date that is one of many words is less likely a date line; one without a year is a guess. */
function certainty(date: FoundDate, text: string, count: number): number {
  const share = Math.min(1, (date.raw.length * 2) / Math.max(1, text.length));
  let factor = (0.6 + 0.4 * share) / Math.sqrt(count);
  if (isSentence(text) && share < MIN_SENTENCE_SHARE) factor *= SENTENCE_FACTOR;
  if (date.kind !== "relative" && !/\p{Nd}{4}|[/.-]\p{Nd}{2}(?!\p{Nd})/u.test(date.raw))
    factor *= YEARLESS_FACTOR;
  return factor;
}

function isUpdate(spot: Spot): boolean {
  if ((spot.roles & Role.updated) === 0) return false;
  // WordPress writes `published updated` on one node when they are the same.
  return !/publish|entry-date|posted/iu.test(spot.element.attribs.class ?? "");
}

/** The words right before an element: its text sibling or the element before it. */
function textBefore(element: Element): string {
  let before = element.previousSibling;
  for (let back = 0; back < 3 && before !== null; back++) {
    const text = isText(before) ? before.data : isTag(before) ? textOf(before, 60) : "";
    if (text.trim() !== "") return text;
    before = before.previousSibling;
  }
  return "";
}

function holdsOneOf(element: Element, seen: ReadonlySet<Element>): boolean {
  for (const child of element.children) {
    if (!isTag(child)) continue;
    if (seen.has(child)) return true;
    for (const grandchild of child.children) {
      if (isTag(grandchild) && seen.has(grandchild)) return true;
    }
  }
  return false;
}

function describe(spot: Spot): string {
  const { name, attribs } = spot.element;
  const first = attribs.class?.trim().split(/\s+/u)[0];
  return first ? `${name}.${first}` : name;
}
