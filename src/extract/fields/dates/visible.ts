/**
 * Dates a reader sees: `time` elements, elements named after dates, and short lines near the title.
 * What stands in menus, side columns, comments, related lists and the page's top bar (today's date!)
 * does not count, or counts least.
 */
import { type FoundDate, findDates } from "../../../text/index.ts";
import type { PageIndex, Spot } from "../page-index.ts";
import { ELSEWHERE, Region, Role } from "../roles.ts";
import { textOf } from "../text-of.ts";
import { type ClueContext, type DateClue, readClue, toClue } from "./clue.ts";
import { meaningOf } from "./labels.ts";

const Weight = { time: 1.6, named: 1.5, line: 1.1, labelled: 0.5, elsewhere: 0.25 } as const;

/** How far from the title, in nodes, a date line still belongs to it. */
const NEAR_BEFORE = 60;
const NEAR_AFTER = 220;
/** A longer text is prose that mentions a date. */
const MAX_LINE_CHARS = 110;
const MAX_LOOKS = 60;

export interface TitlePlace {
  readonly start: number;
  readonly end: number;
}

export function visibleClues(
  index: PageIndex,
  title: Spot | null,
  context: ClueContext,
): readonly DateClue[] {
  const clues: DateClue[] = [];
  const seen = new Set<unknown>();
  const anchor = title?.order ?? (index.containerStart >= 0 ? index.containerStart : 0);
  const distance = (order: number): number =>
    order >= anchor ? (order - anchor) / NEAR_AFTER : (anchor - order) / NEAR_BEFORE;

  let looks = 0;
  for (const spot of index.times) {
    if (looks++ > MAX_LOOKS) break;
    seen.add(spot.element);
    const { attribs } = spot.element;
    const shown = textOf(spot.element, 160);
    const isModified =
      isUpdateSpot(spot) || meaningOf(textBefore(spot)) === "modified" || startsAsModified(shown);
    const weight = place(spot.region, distance(spot.order), Weight.time);
    const from = { source: describe(spot), family: "markup", weight, isModified } as const;
    const machine = attribs.datetime ?? attribs.title ?? attribs.content;
    const clue =
      (machine ? readClue(machine, from, context) : null) ?? foundClue(shown, from, context);
    if (clue !== null) clues.push(clue);
  }
  looks = 0;
  for (const spot of index.dates) {
    if (seen.has(spot.element) || looks > MAX_LOOKS) continue;
    if ((spot.region & Region.nav) !== 0 && (spot.region & Region.article) === 0) continue;
    const text = textOf(spot.element, MAX_LINE_CHARS * 2);
    if (text.length > MAX_LINE_CHARS * 1.5 || !/\p{Nd}/u.test(text)) continue;
    looks++;
    seen.add(spot.element);
    const weight = place(spot.region, distance(spot.order), Weight.named);
    const isModified = isUpdateSpot(spot);
    for (const clue of lineClues(
      text,
      { source: describe(spot), family: "text", weight, isModified },
      context,
    )) {
      clues.push(clue);
    }
  }
  looks = 0;
  for (const line of index.numbers) {
    if (seen.has(line.parent) || looks > MAX_LOOKS) continue;
    if ((line.region & ELSEWHERE) !== 0) continue;
    const far = distance(line.order);
    if (far > 1) continue;
    seen.add(line.parent);
    const whole = textOf(line.parent, MAX_LINE_CHARS * 2);
    const text = whole.length <= MAX_LINE_CHARS ? whole : line.text;
    if (text.length > MAX_LINE_CHARS) continue;
    looks++;
    const weight = place(line.region, far, Weight.line);
    for (const clue of lineClues(
      text,
      { source: "text near the title", family: "text", weight },
      context,
    )) {
      clues.push(clue);
    }
  }
  return clues;
}

function place(region: number, far: number, base: number): number {
  if ((region & ELSEWHERE) !== 0) return base * 0.12;
  if ((region & Region.header) !== 0 && (region & (Region.article | Region.main)) === 0)
    base *= 0.7;
  return far <= 1 ? base * (1 - 0.5 * far) : base * Math.max(0.08, 0.4 / far);
}

interface From {
  readonly source: string;
  readonly family: "text" | "markup";
  readonly weight: number;
  readonly isModified?: boolean;
}

function foundClue(text: string, from: From, context: ClueContext): DateClue | null {
  return lineClues(text, from, context)[0] ?? null;
}

/** Every date of a line, each with what the words before it say it is. */
function lineClues(text: string, from: From, context: ClueContext): readonly DateClue[] {
  const found = findDates(text, {
    now: context.now,
    timeZone: context.zone.timeZone,
    dayFirst: context.dayFirst,
  });
  const clues: DateClue[] = [];
  let upTo = 0;
  for (const date of found) {
    if (date.precision === "year" || date.precision === "month") continue;
    const meaning = meaningOf(text.slice(upTo, date.start));
    upTo = date.end;
    if (meaning === "other") continue;
    const clue = toClue(
      date,
      {
        ...from,
        isModified: meaning === "modified" || (from.isModified === true && meaning !== "published"),
        weight:
          (from.weight + (meaning === "published" ? Weight.labelled : 0)) *
          crowding(date, text, found.length),
      },
      context.zone,
    );
    if (clue !== null) clues.push(clue);
  }
  return clues;
}

/** A date that is one of many words is less likely a date line. */
function crowding(date: FoundDate, text: string, count: number): number {
  const share = date.raw.length / Math.max(1, text.length);
  return (0.6 + 0.4 * Math.min(1, share * 2)) / Math.sqrt(count);
}

function isUpdateSpot(spot: Spot): boolean {
  if ((spot.roles & Role.updated) === 0) return false;
  // WordPress writes `published updated` on one node when they are the same.
  return !/publish|entry-date|posted/iu.test(spot.element.attribs.class ?? "");
}

function startsAsModified(text: string): boolean {
  const head = /^[^\p{Nd}]*/u.exec(text)?.[0] ?? "";
  return meaningOf(head) === "modified";
}

function textBefore(spot: Spot): string {
  const before = spot.element.previousSibling;
  if (
    before !== null &&
    before.type === "text" &&
    (before as unknown as { data: string }).data.trim() !== ""
  ) {
    return (before as unknown as { data: string }).data;
  }
  if (before !== null && before.type === "tag") return textOf(before as never, 60);
  const previous = before?.previousSibling;
  if (previous !== null && previous !== undefined && previous.type === "tag") {
    return textOf(previous as never, 60);
  }
  return "";
}

function describe(spot: Spot): string {
  const { name, attribs } = spot.element;
  const first = attribs.class?.trim().split(/\s+/u)[0];
  return first ? `${name}.${first}` : name;
}
