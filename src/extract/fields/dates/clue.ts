/** One reading of one date on the page, before the readings are compared. */
import { formatIso, type ParsedDate, parseDate, parseMachineDate } from "../../../text/index.ts";
import type { RuleValue } from "../../context.ts";
import type { PageZone } from "./zone.ts";

export type DateFamily =
  | "rule"
  | "json-ld"
  | "meta"
  | "microdata"
  | "markup"
  | "url"
  | "text"
  | "script";

export interface DateClue {
  readonly at: number;
  readonly iso: string;
  /** The local day, `2019-04-23` (shorter when the date is less precise). */
  readonly day: string;
  readonly precision: ParsedDate["precision"];
  readonly raw: string;
  readonly source: string;
  readonly family: DateFamily;
  readonly isModified: boolean;
  /** How often such a source is right, as a weight that adds up over independent sources. */
  readonly weight: number;
  readonly confidence: number;
  readonly doubt: string | null;
  readonly hasTime: boolean;
  /** Part of it is not in the text: a year, or the day counted back from. */
  readonly isGuessed: boolean;
}

export interface ClueContext {
  readonly now: number;
  readonly zone: PageZone;
  readonly dayFirst: boolean;
  /** The first day of the site, where its rule knows it. */
  readonly onlineSince?: string | undefined;
}

export interface ClueSource {
  readonly source: string;
  readonly family: DateFamily;
  readonly weight: number;
  readonly isModified?: boolean;
  readonly as?: RuleValue["as"];
}

const RELATIVE_FACTOR = 0.35;
const MONTH_FACTOR = 0.2;
/** Pages of the web are younger; an earlier year is a misreading or what the article is about. */
const FIRST_WEB_YEAR = "1991";
const TOO_EARLY_FACTOR = 0.1;
const OFFSET = /(?:[+-]\d{2}:?\d{2}|Z)$/u;
const ZERO_OFFSET = /(?:Z|[+-]00:?00)$/u;

/** Reads a value written for machines; prose (also Arabic) is read when it is not. */
export function readClue(raw: string, from: ClueSource, context: ClueContext): DateClue | null {
  const text = raw.trim();
  if (text === "" || text.length > 200) return null;
  const { timeZone } = context.zone;
  // Local wall time marked as UTC: the mark is what is wrong.
  const value = from.as === "local-labelled-utc" ? text.replace(ZERO_OFFSET, "") : text;
  const naive = from.as === "naive-utc" ? "utc" : "local";
  const parsed =
    parseMachineDate(value, { timeZone, naive, now: context.now, dayFirst: context.dayFirst }) ??
    parseDate(value, { now: context.now, timeZone, dayFirst: context.dayFirst });
  return parsed === null ? null : toClue(parsed, from, context);
}

export function toClue(
  parsed: ParsedDate,
  from: ClueSource,
  { zone, onlineSince }: ClueContext,
): DateClue | null {
  if (parsed.precision === "year") return null;
  // "Two hours ago" is true of the page's copy that was captured, not of an archived one.
  let weight = parsed.kind === "relative" ? from.weight * RELATIVE_FACTOR : from.weight;
  const iso = isoInZone(parsed, zone);
  const tooEarly = doubtOfAge(iso, onlineSince);
  if (tooEarly !== null) weight *= TOO_EARLY_FACTOR;
  return {
    at: parsed.at,
    iso,
    day: iso.slice(0, 10),
    precision: parsed.precision,
    raw: parsed.raw,
    source: from.source,
    family: from.family,
    isModified: from.isModified ?? false,
    weight: parsed.precision === "month" ? weight * MONTH_FACTOR : weight,
    confidence: tooEarly === null ? parsed.confidence : Math.min(parsed.confidence, 0.3),
    doubt: tooEarly ?? parsed.doubt,
    hasTime: parsed.hasTime,
    isGuessed: parsed.kind === "relative" || parsed.confidence < 0.5,
  };
}

/** Why a day cannot be one on which this site published; null when it can. */
function doubtOfAge(iso: string, onlineSince: string | undefined): string | null {
  if (iso < FIRST_WEB_YEAR) return "lies before there were sites";
  // A month is compared as a month.
  if (onlineSince !== undefined && iso.slice(0, 10) < onlineSince.slice(0, iso.length))
    return `lies before the site's first day, ${onlineSince}`;
  return null;
}

/** An unknown zone keeps the offset the page printed: its day is the outlet's day. */
function isoInZone(parsed: ParsedDate, zone: PageZone): string {
  if (!zone.isKnown && parsed.hasOffset && parsed.hasTime) {
    const offset = OFFSET.exec(parsed.raw.trim())?.[0];
    if (offset !== undefined && !ZERO_OFFSET.test(offset)) {
      const minutes =
        (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))) * (offset[0] === "-" ? -1 : 1);
      const local = formatIso(parsed.at + minutes * 60_000, "UTC", parsed.precision);
      return local.replace(/(?:Z|\+00:00)$/u, `${offset.slice(0, 3)}:${offset.slice(-2)}`);
    }
  }
  return formatIso(parsed.at, zone.timeZone, parsed.precision);
}
