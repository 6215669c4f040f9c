/** The dates of one short line of the page, each with what the words before it say it is. */
import { type Element, isTag, isText } from "domhandler";
import { type FoundDate, findDates } from "../../../text/index.ts";
import { textOf } from "../text-of.ts";
import { type ClueContext, type DateClue, toClue } from "./clue.ts";
import { meaningOf } from "./labels.ts";

/** What a label adds to the weight of a date it calls the publication's. */
const LABELLED = 0.5;
/** A year that is not in the text is a guess. */
const YEARLESS_FACTOR = 0.1;

export interface LineSource {
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
export function lineClues(
  text: string,
  from: LineSource,
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
    const labelled = meaning === "published" ? LABELLED : 0;
    const weight = (from.weight + labelled) * certainty(date, text, found.length);
    const clue = toClue(date, { ...from, isModified, weight }, context);
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

/** The words right before an element: its text sibling or the element before it. */
export function textBefore(element: Element): string {
  let before = element.previousSibling;
  for (let back = 0; back < 3 && before !== null; back++) {
    const text = isText(before) ? before.data : isTag(before) ? textOf(before, 60) : "";
    if (text.trim() !== "") return text;
    before = before.previousSibling;
  }
  return "";
}
