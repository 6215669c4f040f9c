/**
 * How far one text is a copy of another, by their shingles. Copies are rarely alike (an aggregator
 * adds a line, a site its footer) but they are contained: of 46 real copies of Libyan news the
 * median similarity was .86, the median containment 1.0. So containment decides, and what stands in
 * many unrelated articles (footers, calls to follow) does not count.
 */
import type { Shingles } from "./shingles.ts";

export interface Likeness {
  /** Shared runs of words among all runs of both (Jaccard), 0…1. */
  readonly similarity: number;
  /** Shared runs among those of the shorter text, 0…1. */
  readonly containment: number;
  /** Length of the shorter text by that of the longer, in runs, 0…1. */
  readonly ratio: number;
  readonly isFirstLonger: boolean;
  /** Whether the beginning of the longer text is in the shorter one: a shortened copy keeps it. */
  readonly hasLead: boolean;
  /** Whether the shorter text's first words are in the longer: no two texts share only a footer then. */
  readonly hasBeginning: boolean;
}

/** A text made ready to be compared: its distinct runs, and which of them are common. */
export interface Comparable {
  readonly runs: ReadonlySet<number>;
  readonly common: ReadonlySet<number>;
}

/** Containment from which one text is a copy of the other. */
export const COPY_CONTAINMENT = 0.9;
/** Fewer runs are alike by chance: a caption, "more soon", the date and place of a match. */
export const TELLING_RUNS = 16;
/** A lead paragraph; half of it must be there, as a dateline or a word may have been changed. */
const LEAD_RUNS = 30;
/** A line of text before a footer. */
const BEGINNING_RUNS = 8;

/**
 * @param isCommon - whether the selected run (its place in `selected`) stands in many unrelated
 *   texts; what lies between two neighbours that do is common as well, and so is the text's end
 *   beyond two of them
 */
export function comparable(
  { hashes, selected }: Shingles,
  isCommon: (index: number) => boolean = () => false,
): Comparable {
  const common = new Set<number>();
  const flags = selected.map((_, index) => isCommon(index));
  const take = (from: number, end: number): void => {
    for (let at = from; at < end; at++) common.add(hashes[at] as number);
  };
  for (const [index, place] of selected.entries()) {
    if (flags[index] !== true) continue;
    take(place, place + 1);
    if (flags[index + 1] !== true) continue;
    take(place, selected[index + 1] as number);
    if (index === 0) take(0, place);
    if (index === selected.length - 2) take(place, hashes.length);
  }
  return { runs: new Set(hashes), common };
}

/** Null when one of the texts has too few runs of its own to tell. */
export function likeness(a: Comparable, b: Comparable): Likeness | null {
  const isOwn = (run: number): boolean => !a.common.has(run) && !b.common.has(run);
  const [first, second] = [[...a.runs].filter(isOwn), [...b.runs].filter(isOwn)];
  const [shorter, longer, runs] =
    first.length <= second.length ? [first, second, b.runs] : [second, first, a.runs];
  const [few, many] = [shorter.length, longer.length];
  if (few < TELLING_RUNS) return null;
  let shared = 0;
  for (const run of shorter) if (runs.has(run)) shared++;
  const other = runs === b.runs ? a.runs : b.runs;
  const isMostlyIn = (some: readonly number[], text: ReadonlySet<number>): boolean =>
    2 * some.filter((run) => text.has(run)).length >= some.length;
  return {
    similarity: shared / (few + many - shared),
    containment: shared / few,
    ratio: few / many,
    isFirstLonger: first.length > second.length,
    hasLead: isMostlyIn(longer.slice(0, LEAD_RUNS), other),
    hasBeginning: isMostlyIn(shorter.slice(0, BEGINNING_RUNS), runs),
  };
}

/** Share of the longer text that a shortened copy has at least to be sure to tell the same story. */
const SAME_STORY_RATIO = 0.5;

/** Whether one is a copy of the other. */
export function isCopy({ containment }: Likeness): boolean {
  return containment >= COPY_CONTAINMENT;
}

/**
 * Whether two copies tell one story: a round-up contains many, and is none of them. A text of less
 * than half the length must have the other's beginning.
 */
export function isSameStory(like: Likeness): boolean {
  return isCopy(like) && (like.ratio >= SAME_STORY_RATIO || like.hasLead);
}

const NUMBER = /(?<= |^)[\p{L}]*\d[\p{L}\d]*(?= |$)/gu;

/** So many figures make a notice also of two texts of one day; fewer are those of one event. */
const NOTICE_NUMBERS = 4;
/**
 * Share of the figures that both have. Of one day half is enough: a toll rises, a rate is corrected.
 * On another day a copy has them all but for a slip, while a bulletin has some again by chance.
 */
const SAME_DAY_SHARE = 0.5;
const OTHER_DAY_SHARE = 0.8;

/**
 * Whether two folded texts are one notice with other figures (exchange rates, the weather, prayer
 * times): of the figures of one text too few are in the other.
 */
export function haveOtherNumbers(a: string, b: string, isSameDay: boolean): boolean {
  const [first, second] = [new Set(a.match(NUMBER)), new Set(b.match(NUMBER))];
  const few = Math.min(first.size, second.size);
  if (few < (isSameDay ? NOTICE_NUMBERS : 1)) return false;
  let shared = 0;
  for (const number of first) if (second.has(number)) shared++;
  return shared < (isSameDay ? SAME_DAY_SHARE : OTHER_DAY_SHARE) * few;
}
