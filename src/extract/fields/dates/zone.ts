/**
 * In which zone an outlet's days begin. The site's rule knows; otherwise the country of the domain;
 * otherwise Arabic pages are read in the reader's zone (PageFacts.timeZone) and all others in UTC.
 * Whatever these say, the day that a reader of the page sees is the outlet's day.
 */
import { readFileSync } from "node:fs";
import { direction, findDates, parseMachineDate } from "../../../text/index.ts";
import type { ExtractContext, PageFacts } from "../../context.ts";
import type { PageIndex } from "../page-index.ts";
import { ELSEWHERE } from "../roles.ts";
import { textOf } from "../text-of.ts";

const ZONES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("../../../../data/extract/fields/zones.json", import.meta.url), "utf8"),
).zones;

export interface PageZone {
  readonly timeZone: string;
  /** Only then may an instant that names another zone be shown in this one. */
  readonly isKnown: boolean;
}

export function zoneOfPage(facts: PageFacts, context: ExtractContext): PageZone {
  const zone = context.site?.timeZone ?? null;
  if (zone !== null) return { timeZone: zone, isKnown: true };
  const domain = facts.url.hostname.slice(facts.url.hostname.lastIndexOf(".") + 1).toLowerCase();
  const byCountry = ZONES[domain];
  if (byCountry !== undefined) return { timeZone: byCountry, isKnown: true };
  if (direction(facts.titleText) === "rtl") return { timeZone: facts.timeZone, isKnown: false };
  return { timeZone: "UTC", isKnown: false };
}

/** The article's own time stands among the first. */
const MAX_TIMES = 8;
const UTC_INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}.*(?:Z|[+-]00:?00)$/u;
const UTC: PageZone = { timeZone: "UTC", isKnown: false };

/**
 * `<time datetime="2019-12-26T23:07:45+00:00">26/12/2019</time>` on a site where that instant is already
 * the 27th: the template shows days in UTC, or marks local times as UTC. Either way its days are UTC's.
 */
export function zoneShown(zone: PageZone, index: PageIndex, now: number): PageZone {
  if (zone.timeZone === "UTC") return zone;
  for (const { element, region } of index.times.slice(0, MAX_TIMES)) {
    const stated = element.attribs.datetime?.trim() ?? "";
    const utcDay = UTC_INSTANT.exec(stated)?.[1];
    if (utcDay === undefined || (region & ELSEWHERE) !== 0) continue;
    const local = parseMachineDate(stated, { timeZone: zone.timeZone, naive: "utc", now });
    const localDay = local?.iso.slice(0, 10);
    if (localDay === undefined || localDay === utcDay) continue;
    const shown = findDates(textOf(element, 120), { timeZone: zone.timeZone, now });
    const days = shown.filter(({ kind }) => kind !== "relative").map(({ iso }) => iso.slice(0, 10));
    if (days.includes(utcDay) && !days.includes(localDay)) return UTC;
  }
  return zone;
}
