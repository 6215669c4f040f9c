/**
 * What we store and show: the same words in the same spelling, without invisible debris.
 *
 * Pure, total (any string is accepted, none throws) and idempotent. Harakat, hamza and tatweel stay as
 * they were written; what a reader cannot see goes. ZWNJ stays only between two letters, where it is
 * spelling (Persian, Kurdish, German compounds from old typesetters); ZWJ stays only inside an emoji.
 */

import { createCharTable } from "./char-table.ts";
import { createUnits } from "./units.ts";

// Text of these alone is already clean: most lines of a page are.
const PLAIN = /[!-~\u00A1-\u00AC\u00AE-\u0233\u0388-\u0481،؛؟\u0621-\u064A٠-٩\u2010-\u2015‘-„…]/;
// Two of them together may need reordering.
const HARAKAH = /[\u064B-\u0652]/;
// White space alone is wrong with most of the others: line breaks and indents of the markup.
const WHITE_SPACE = /[\t-\r\x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/;
const NOTHING_VISIBLE =
  /(?![\t\n\v\f\r\x85])\p{Cc}|[\xAD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFC\u{E0000}-\u{E007F}]|\u034F|[\u180B-\u180D]/gu;
// Letters frozen into one shape by old typesetting tools. U+FDFA… (ﷺ ﷼ ﷽) are signs and stay.
const FROZEN_SHAPES =
  /[\uFB00-\uFB06\uFB13-\uFB17\uFB1D-\uFB4F\uFB50-\uFDCF\uFDF0-\uFDF9\uFE70-\uFEFC]+/gu;
const SPACE_BEFORE_MARK = / (?=[\u064B-\u0652\u0670])/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
// Stream-safe text has at most 30 marks in a row (UAX #15 §13); more is "zalgo" and normalises in quadratic time.
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;
const JOINERS = /[\u200C\u200D]+/gu;
// A single space may stay as it is.
const SPACES = /[\s\x85]{2,}|(?! )[\s\x85]/gu;
const LINE_BREAK = /\r\n?|[\n\v\f\x85\u2028\u2029]/u;
const LETTER_OR_MARK = /[\p{L}\p{M}]/u;
const LETTER = /\p{L}/u;
const PICTOGRAPH = /\p{Extended_Pictographic}|\uFE0F|\p{Emoji_Modifier}/u;

/**
 * Cleans the text of one element into one line.
 *
 * @param raw - any string; line breaks count as spaces
 * @returns NFC text: no invisible controls, single spaces, trimmed; `""` when nothing is visible
 */
export function clean(raw: string): string {
  const need = needOf(raw);
  if (need === Need.nothing) return raw;
  if (need === Need.spaces) return raw.replace(SPACES, " ").trim();
  return raw
    .replace(NOTHING_VISIBLE, "")
    .replace(LONE_SURROGATE, "\uFFFD")
    .replace(FROZEN_SHAPES, thawShapes)
    .replace(JOINERS, keepMeaningfulJoiner)
    .replace(TOO_MANY_MARKS, "$1")
    .normalize("NFC")
    .replace(SPACES, " ")
    .trim();
}

const Need = { nothing: 0, spaces: 1, more: 2 } as const;
const Unit = { plain: 0, space: 1, white: 2, harakah: 3, other: 4 } as const;

const unitsOf = createUnits(4_096);
const kindOf = createCharTable((unit) => {
  if (unit === " ") return Unit.space;
  if (PLAIN.test(unit)) return Unit.plain;
  if (HARAKAH.test(unit)) return Unit.harakah;
  return WHITE_SPACE.test(unit) ? Unit.white : Unit.other;
});

/** What a text may need, by one look at each of its units; one of Need. */
function needOf(raw: string): number {
  const { length } = raw;
  const units = unitsOf(raw);
  let need: number = Need.nothing;
  // Before the first and after the last unit a space is one too many.
  let last: number = Unit.space;
  for (let at = 0; at < length; at++) {
    const kind = kindOf(units[at] as number);
    if (kind !== Unit.plain) {
      if (kind === Unit.other || (kind === Unit.harakah && last === kind)) return Need.more;
      if (kind === Unit.white || (kind === Unit.space && last === kind)) need = Need.spaces;
    }
    last = kind;
  }
  return length > 0 && last === Unit.space ? Need.spaces : need;
}

/**
 * Cleans text whose line breaks separate paragraphs.
 *
 * @returns the non-empty paragraphs in order, each as `clean` gives it
 */
export function cleanParagraphs(raw: string): string[] {
  return raw.split(LINE_BREAK).flatMap((line) => clean(line) || []);
}

function thawShapes(run: string): string {
  return run.normalize("NFKC").replace(SPACE_BEFORE_MARK, "");
}

function keepMeaningfulJoiner(run: string, offset: number, whole: string): string {
  const before = codePointBefore(whole, offset);
  const after = String.fromCodePoint(whole.codePointAt(offset + run.length) ?? 0);
  const joiner = run.charAt(0);
  const isMeaningful =
    joiner === "\u200C"
      ? LETTER_OR_MARK.test(before) && LETTER.test(after)
      : PICTOGRAPH.test(before) && PICTOGRAPH.test(after);
  return isMeaningful ? joiner : "";
}

function codePointBefore(text: string, offset: number): string {
  const last = text.charCodeAt(offset - 1);
  const isLowSurrogate = last >= 0xdc00 && last <= 0xdfff;
  return text.slice(Math.max(0, offset - (isLowSurrogate ? 2 : 1)), offset);
}
