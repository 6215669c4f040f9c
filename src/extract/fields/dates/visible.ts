/**
 * Dates a reader sees: `time` elements, elements named after dates, and short lines near the title.
 * What stands in menus, side columns, comments, related lists and the page's top bar (today's date!)
 * counts least.
 */
import { type Element, isTag } from "domhandler";
import { elsewhereOn, type PageIndex, type Spot } from "../page-index.ts";
import { Region } from "../roles.ts";
import { textOf } from "../text-of.ts";
import { type ClueContext, type DateClue, readClue } from "./clue.ts";
import { asFirst, attributeClues, describe, isUpdate, timeClues } from "./element.ts";
import { labelledClues } from "./labelled.ts";
import { lineClues } from "./line.ts";

/** Weights on the scale of machine.ts: what a reader sees right at the title is nearly as good. */
const Weight = { time: 1.6, named: 1.5, line: 1.1 } as const;
/** Factors: in a part of the page that is not the article; in the page's head. */
const ELSEWHERE_FACTOR = 0.12;
const PAGE_HEADER_FACTOR = 0.6;

/** How far from the title, in nodes, a date line still belongs to it. */
const NEAR_BEFORE = 60;
const NEAR_AFTER = 220;
/** A longer text is prose that mentions a date. */
const MAX_LINE_CHARS = 110;
/** The article's own date is among the first; lists of other articles have hundreds. */
const MAX_LOOKS = 60;
/** Below this a clue cannot turn the choice. */
const MIN_USEFUL_WEIGHT = 0.25;
/** Stands right at the title and is named for dates: no need to look for labels elsewhere. */
const ENOUGH_WEIGHT = 1.3;
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

  for (const spot of index.times.slice(0, MAX_LOOKS)) {
    const weight = weigh(spot.region, spot.order, Weight.time);
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
    if (clue === null && !HAS_DIGIT.test(text)) {
      const label = spot.element.attribs["aria-label"] ?? "";
      clues.push(
        ...attributeClues(spot.element, from, context),
        ...lineClues(label, from, context),
      );
      continue;
    }
    looks++;
    seen.add(spot.element);
    const own = clue === null ? lineClues(text, from, context, spot.element) : [clue];
    clues.push(...own, ...(from.isModified ? asFirst(own, text, spot) : []));
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
  const isShown = clues.some(({ isModified, weight }) => !isModified && weight >= ENOUGH_WEIGHT);
  if (!isShown)
    clues.push(...labelledClues(index, elsewhere, (order) => distance(order) > 1, context));
  return clues;
}

function isUseful(clue: DateClue): boolean {
  return !clue.isModified && clue.weight >= MIN_USEFUL_WEIGHT;
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
