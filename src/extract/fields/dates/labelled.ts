/**
 * Dates away from the title that a label calls the publication's. Such a date is the article's wherever
 * it stands (below the text, in a margin, in a box of facts), if it is the page's only one: lists of
 * other articles label all of theirs.
 */
import type { PageIndex } from "../page-index.ts";
import { Region } from "../roles.ts";
import { textOf } from "../text-of.ts";
import type { ClueContext, DateClue } from "./clue.ts";
import { lineClues } from "./line.ts";

/** Less than a date at the title, more than a guess. */
const LABELLED_WEIGHT = 0.8;
const MARGIN_FACTOR = 0.5;
/** Where dates of other articles and of comments stand. */
const LISTS = Region.nav | Region.related | Region.comments | Region.topbar;
/** A longer text is prose that mentions a date. */
const MAX_LINE_CHARS = 110;
const MAX_LOOKS = 60;
const HAS_YEAR = /\p{Nd}{4}/u;

export function labelledClues(
  index: PageIndex,
  elsewhere: number,
  isFar: (order: number) => boolean,
  context: ClueContext,
): readonly DateClue[] {
  const source = "labelled date away from the title";
  const found: DateClue[] = [];
  let looks = 0;
  for (const { text, parent, order, region } of index.numbers) {
    if (!isFar(order) || (region & elsewhere & LISTS) !== 0 || !HAS_YEAR.test(text)) continue;
    const whole = textOf(parent, MAX_LINE_CHARS * 2);
    if (whole.length > MAX_LINE_CHARS) continue;
    if (looks++ > MAX_LOOKS) break;
    const weight = LABELLED_WEIGHT * ((region & elsewhere) === 0 ? 1 : MARGIN_FACTOR);
    const from = { source, family: "text", weight, isOnlyLabelled: true } as const;
    found.push(...lineClues(whole, from, context, parent));
  }
  const [first] = found;
  if (first === undefined || found.some(({ day }) => day !== first.day)) return [];
  return [first];
}
