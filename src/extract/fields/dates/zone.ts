/**
 * In which zone an outlet's days begin. The site's rule knows; otherwise the country of the domain;
 * otherwise Arabic pages are read in the reader's zone (PageFacts.timeZone) and all others in UTC.
 */
import { readFileSync } from "node:fs";
import { direction } from "../../../text/index.ts";
import type { ExtractContext, PageFacts } from "../../context.ts";

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
