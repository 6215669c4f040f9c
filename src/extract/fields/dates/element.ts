/** What an element that is named for dates, or is a `time`, states in its attributes and its words. */
import type { Element } from "domhandler";
import { findDates } from "../../../text/index.ts";
import type { Spot } from "../page-index.ts";
import { Role } from "../roles.ts";
import { textOf } from "../text-of.ts";
import { type ClueContext, type DateClue, readClue } from "./clue.ts";
import { type DateMeaning, meaningOf } from "./labels.ts";
import { type LineSource, lineClues, textBefore } from "./line.ts";
import { meaningOfName, STATED_DAY } from "./name-form.ts";

export function timeClues(spot: Spot, weight: number, context: ClueContext): readonly DateClue[] {
  const { attribs } = spot.element;
  const shown = textOf(spot.element, 160);
  const before = meaningOf(textBefore(spot.element)) ?? meaningInside(shown, context);
  if (before === "other") return [];
  const isModified = before === "modified" || (before === null && isUpdate(spot));
  const from = { source: describe(spot), family: "markup", weight, isModified } as const;
  const machine = attribs.datetime ?? attribs.title ?? attribs.content;
  const clue = machine ? readClue(machine, from, context) : null;
  const stated = clue === null ? lineClues(shown, from, context) : [clue];
  const clues = stated.length > 0 ? stated : attributeClues(spot.element, from, context);
  return before === null && isModified ? [...clues, ...asFirst(clues, shown, spot)] : clues;
}

/** Enough to stand alone, less than a labelled date (labelled.ts). */
const BY_CLASS_FACTOR = 0.45;
const SURELY_CHANGED = /last|modif|changed/iu;

/**
 * Of a post that was never changed, themes call the date of publication "updated", too: where no word
 * says that it was, it may be the first.
 */
export function asFirst(
  clues: readonly DateClue[],
  shown: string,
  { element }: Spot,
): readonly DateClue[] {
  if (SURELY_CHANGED.test(element.attribs.class ?? "")) return [];
  if (meaningOf(shown.slice(0, /\p{Nd}/u.exec(shown)?.index ?? 0)) !== null) return [];
  return clues
    .filter(({ isModified }) => isModified)
    .map((clue) => ({ ...clue, isModified: false, weight: clue.weight * BY_CLASS_FACTOR }));
}

/** `<lit-time publishdate="…">`, `<span class="date" data-timestamp="1580000000">`: what a script is to show. */
export function attributeClues(
  element: Element,
  from: LineSource,
  context: ClueContext,
): readonly DateClue[] {
  for (const [name, value] of Object.entries(element.attribs)) {
    if (!STATED_DAY.test(value)) continue;
    const meaning = meaningOfName(name);
    if (meaning === null) continue;
    const isModified = meaning === "modified" || (meaning === "date" && from.isModified === true);
    const clue = readClue(
      value,
      { ...from, source: `${from.source}@${name}`, isModified },
      context,
    );
    if (clue !== null) return [clue];
  }
  return [];
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

export function isUpdate(spot: Spot): boolean {
  if ((spot.roles & Role.updated) === 0) return false;
  // WordPress writes `published updated` on one node when they are the same.
  return !/publish|entry-date|posted/iu.test(spot.element.attribs.class ?? "");
}

export function describe(spot: Spot): string {
  const { name, attribs } = spot.element;
  const first = attribs.class?.trim().split(/\s+/u)[0];
  return first ? `${name}.${first}` : name;
}
