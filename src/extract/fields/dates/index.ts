/**
 * When the article was published and when it was changed. Every date on the page is read, those
 * that name the same day support each other, the best supported day wins, and the most precise
 * reading of that day is kept. What cannot be right (the future, a day before the site was there) or may
 * not be (only a date of change was found) is kept with a doubt, never silently.
 */
import type { Element } from "domhandler";
import type { ArticleDate } from "../../../model.ts";
import type { BodyResult, ExtractContext, PageFacts, RuleFindings, Tracer } from "../../context.ts";
import type { JsonLd } from "../json-ld.ts";
import type { PageIndex, Spot } from "../page-index.ts";
import type { DateClue } from "./clue.ts";
import { machineClues } from "./machine.ts";
import { asUtcIfBefore } from "./naive-utc.ts";
import { scriptClues } from "./script.ts";
import { visibleClues } from "./visible.ts";
import { zoneOfPage, zoneShown } from "./zone.ts";

const DAY_MS = 86_400_000;
/** A clue of this weight stands near the title: no need to look into scripts. */
const ENOUGH_WEIGHT = 0.5;

export interface Dates {
  readonly published: ArticleDate | null;
  readonly modified: ArticleDate | null;
}

export function readDates(
  facts: PageFacts,
  findings: RuleFindings,
  _body: BodyResult,
  index: PageIndex,
  jsonLd: JsonLd,
  title: Spot | null,
  context: ExtractContext,
  tracer: Tracer,
): Dates {
  const zone = zoneShown(zoneOfPage(facts, context), index, context.capturedAt);
  const clueContext = {
    now: context.capturedAt,
    zone,
    dayFirst: readsDayFirst(facts),
    onlineSince: context.site?.onlineSince,
  };
  const stated = machineClues(facts, findings, index, jsonLd, clueContext);
  const isDated = stated.some((clue) => !clue.isModified && clue.precision !== "month");
  const clues = [
    ...stated,
    ...visibleClues(index, title, clueContext, readByRules(findings), isDated),
  ];
  if (!clues.some((clue) => !clue.isModified && clue.weight >= ENOUGH_WEIGHT)) {
    clues.push(...scriptClues(facts.scripts, clueContext));
  }
  const published = decide(
    clues.filter((clue) => !clue.isModified),
    context.capturedAt,
  );
  const changed = decide(
    clues.filter((clue) => clue.isModified),
    context.capturedAt,
  );
  const modified =
    changed === null || published === null
      ? changed
      : asUtcIfBefore(changed, published, zone.timeZone);
  let winner = published;
  // A date of change is better than a guess from the far end of the page.
  if (modified !== null && (winner === null || (isGuess(winner) && !isGuess(modified)))) {
    winner = {
      ...modified,
      confidence: Math.min(modified.confidence, 0.45),
      doubt: "only a date of change was found",
    };
  }
  if (tracer.on) explain(clues, winner, modified, tracer);
  return {
    published: winner === null ? null : toArticleDate(winner),
    modified: modified === null || modified === winner ? null : toArticleDate(modified),
  };
}

/** Confidence of a lone clue of little weight. */
const GUESS_CONFIDENCE = 0.2;

function isGuess(clue: DateClue): boolean {
  return clue.confidence < GUESS_CONFIDENCE && clue.isGuessed;
}

/** What a rule has read, and knows the traps of, is not read again without that knowledge. */
function readByRules(findings: RuleFindings): ReadonlySet<Element> {
  const elements = new Set<Element>();
  for (const field of ["published", "modified"] as const) {
    for (const { element } of findings.fields[field] ?? [])
      if (element !== null) elements.add(element);
  }
  return elements;
}

/** Only pages that say they are American (or the like) print the month first. */
function readsDayFirst(facts: PageFacts): boolean {
  const said = [facts.lang, ...(facts.metas.get("og:locale") ?? [])].join(" ").toLowerCase();
  if (/en[-_](?:gb|au|nz|ie|za|in)/u.test(said)) return true;
  if (/en[-_]us/u.test(said)) return false;
  const isEnglish = /(?:^|\s)en\b/u.test(said);
  const domain = facts.url.hostname.slice(facts.url.hostname.lastIndexOf(".") + 1);
  return !(isEnglish && /^(?:com|us|org|net|edu|gov|ca|io|ai|co)$/u.test(domain));
}

/** Anything is better than nothing, but it is doubted (see decide). */
const MIN_WEIGHT = 0.05;

function decide(clues: readonly DateClue[], now: number): DateClue | null {
  const byDay = new Map<string, DateClue[]>();
  for (const clue of clues) {
    const list = byDay.get(clue.day);
    if (list === undefined) byDay.set(clue.day, [clue]);
    else list.push(clue);
  }
  let best: readonly DateClue[] | null = null;
  let bestWeight = 0;
  for (const [day, group] of byDay) {
    let weight = support(group);
    if (day.length < 10) weight *= 0.5;
    else weight += support(byDay.get(day.slice(0, 7)) ?? []);
    if ((group[0] as DateClue).at > now + DAY_MS) weight *= 0.05;
    if (isPrintDay(day, group, byDay)) weight *= PRINT_DAY_FACTOR;
    if (isUtcEve(day, group, byDay)) weight *= UTC_EVE_FACTOR;
    if (weight > bestWeight) {
      best = group;
      bestWeight = weight;
    }
  }
  if (best === null || bestWeight < MIN_WEIGHT) return null;
  const shownBefore = shownEarlier(best, byDay);
  if (shownBefore !== null) best = shownBefore;
  const shown = [...best].sort(
    (a, b) => Number(b.hasTime) - Number(a.hasTime) || b.weight - a.weight,
  )[0] as DateClue;
  const rivals = [...byDay.values()].filter(
    (group) => group !== best && support(group) > bestWeight * 0.7,
  );
  const confidence = Math.max(
    0.1,
    Math.min(
      0.99,
      shown.confidence * (bestWeight / (bestWeight + 0.6)) * (rivals.length > 0 ? 0.8 : 1),
    ),
  );
  if (shown.at > now + DAY_MS) {
    return {
      ...shown,
      confidence: Math.min(confidence, 0.3),
      doubt: "lies after the page was captured",
    };
  }
  const doubt = shown.doubt ?? (confidence < 0.5 ? "weakly supported" : null);
  return { ...shown, confidence, doubt };
}

/** Enough for the instant it went online to win against a day that two sources name. */
const PRINT_DAY_FACTOR = 0.7;
/** Newspapers put the next day's edition online from the afternoon on. */
const EVENING = /T(?:1[5-9]|2[0-3]):.*[+-](?!00:?00)\d{2}:?\d{2}$/u;

/** A day without a clock time, after an evening on which the page says it was published: the print edition's. */
function isPrintDay(
  day: string,
  group: readonly DateClue[],
  byDay: ReadonlyMap<string, readonly DateClue[]>,
): boolean {
  if (day.length < 10 || group.some((clue) => clue.hasTime || clue.family === "rule")) return false;
  const dayBefore = new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);
  return (byDay.get(dayBefore) ?? []).some(
    ({ family, raw }) => family !== "text" && EVENING.test(raw),
  );
}

/** A time element or an element named after dates, right at the title (see visible.ts). */
const AT_TITLE_WEIGHT = 1.4;

/**
 * A day the reader sees at the title, well before the one stated for machines: the page was saved
 * again and its stamp renewed, but an article is not printed with a day before its first.
 */
function shownEarlier(
  best: readonly DateClue[],
  byDay: ReadonlyMap<string, readonly DateClue[]>,
): readonly DateClue[] | null {
  const isStated = best.every(({ family }) => family === "meta" || family === "json-ld");
  const latest = (best[0] as DateClue).at - 2 * DAY_MS;
  for (const group of byDay.values()) {
    const isShown = group.some(
      ({ family, weight, isGuessed, at, day }) =>
        (family === "url" || (isStated && (family === "markup" || family === "text"))) &&
        weight >= AT_TITLE_WEIGHT &&
        !isGuessed &&
        at < latest &&
        day.length === 10,
    );
    if (isShown) return group;
  }
  return null;
}

/** Enough for one day that the reader sees to win against three statements for machines. */
const UTC_EVE_FACTOR = 0.5;
const LATE_LOCAL = /T(\d{2}):(\d{2}).*\+(\d{2}):?(\d{2})$/u;
const HAS_OFFSET = /(?:[+-]\d{2}:?\d{2}|Z)$/iu;

/**
 * Times without a zone late on the day before the one that the page shows: they are UTC, written by a
 * template that forgot to say so.
 */
function isUtcEve(
  day: string,
  group: readonly DateClue[],
  byDay: ReadonlyMap<string, readonly DateClue[]>,
): boolean {
  const isLate = ({ iso, raw, hasTime, family }: DateClue): boolean => {
    const [, hours, minutes, zoneHours, zoneMinutes] = LATE_LOCAL.exec(iso) ?? [];
    if (!hasTime || hours === undefined || family === "text" || HAS_OFFSET.test(raw.trim()))
      return false;
    const local = Number(hours) * 60 + Number(minutes);
    return local + Number(zoneHours) * 60 + Number(zoneMinutes) >= 24 * 60;
  };
  if (day.length < 10 || !group.every(isLate)) return false;
  const dayAfter = new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
  return (byDay.get(dayAfter) ?? []).some(
    ({ family, isGuessed }) => (family === "text" || family === "microdata") && !isGuessed,
  );
}

/** The best clue of each family counts; a second one of the same family adds a little. */
function support(group: readonly DateClue[]): number {
  const byFamily = new Map<string, number>();
  let extra = 0;
  for (const { family, weight } of group) {
    const known = byFamily.get(family) ?? 0;
    byFamily.set(family, Math.max(known, weight));
    if (known > 0) extra += Math.min(known, weight) * 0.1;
  }
  let sum = 0;
  for (const weight of byFamily.values()) sum += weight;
  // A date repeated all over the page proves little.
  return sum + Math.min(extra, sum * 0.3);
}

function toArticleDate(clue: DateClue): ArticleDate {
  const { at, iso, precision, raw, source, confidence, doubt } = clue;
  return { at, iso, precision, raw, source, confidence: Math.round(confidence * 100) / 100, doubt };
}

function explain(
  clues: readonly DateClue[],
  winner: DateClue | null,
  modified: DateClue | null,
  tracer: Tracer,
): void {
  for (const clue of clues) {
    const isWinner = clue.source === winner?.source && clue.raw === winner.raw;
    const reason =
      clue.day === winner?.day ? "says the same day" : "less support than the chosen day";
    tracer.candidate(clue.isModified && clue.day !== winner?.day ? "modified" : "published", {
      source: clue.source,
      value: `${clue.iso} (${clue.raw}; weight ${clue.weight.toFixed(1)})`,
      rejected:
        isWinner || (clue.isModified && clue.raw === modified?.raw)
          ? null
          : clue.isModified
            ? "a date of change"
            : reason,
    });
  }
}
