/**
 * What a page says it is called to machines: JSON-LD, metas, the title element, all without the site's
 * name; and what these statements prove together, by agreeing, differing or holding one another.
 */
import { readFileSync } from "node:fs";
import { fold } from "../../text/index.ts";
import type { PageFacts } from "../context.ts";
import type { Candidate } from "./candidates.ts";
import { type JsonLd, plainText } from "./json-ld.ts";
import type { SiteNames } from "./site-name.ts";
import { longestPart, stripSite } from "./site-suffix.ts";

export interface MachineTitle extends Candidate<string> {
  readonly key: string;
  /** Without what stands behind bars: site names that nothing else on the page tells. */
  readonly core: string;
}

export function machineTitles(
  facts: PageFacts,
  jsonLd: JsonLd,
  names: SiteNames,
): readonly MachineTitle[] {
  const found: Candidate<string>[] = [];
  for (const node of jsonLd.works) {
    const headline = plainText(node.headline) || plainText(node.name);
    if (headline !== "")
      found.push({ value: stripSite(headline, names), source: "json-ld:headline" });
  }
  for (const name of [
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "title",
    "headline",
    "itemprop:headline",
    "parsely-title",
    "sailthru.title",
  ]) {
    for (const value of facts.metas.get(name) ?? []) {
      const text = plainText(value);
      if (text !== "") found.push({ value: stripSite(text, names), source: `meta:${name}` });
    }
  }
  const title = plainText(facts.titleText);
  if (title !== "") found.push({ value: stripSite(title, names), source: "title" });
  return found.map((one) => ({
    ...one,
    key: fold(one.value),
    core: fold(longestPart(one.value)),
  }));
}

const OUTLETS: ReadonlySet<string> = new Set(
  JSON.parse(
    readFileSync(
      new URL("../../../data/extract/fields/outlet-words.json", import.meta.url),
      "utf8",
    ),
  ).outlets.map(fold),
);

/** True when the statement is the outlet's name: one that it is known by, or says it is one. */
export function namesOutlet({ value, key }: MachineTitle, names: SiteNames): boolean {
  return names.isSite(value) || key.split(" ").some((word) => OUTLETS.has(word));
}

/** What JSON-LD calls the article when og:title or the title element agree; null when they do not. */
export function agreedKey(machine: readonly MachineTitle[]): string | null {
  const headline = machine.find((one) => one.source === "json-ld:headline")?.core;
  const isAgreed = machine.some(
    ({ core, source }) => core === headline && (source === "meta:og:title" || source === "title"),
  );
  return headline !== undefined && isAgreed ? headline : null;
}

/** True when no two of the page's statements for machines call it the same. */
export function disagree(machine: readonly MachineTitle[]): boolean {
  const stated = ["json-ld:headline", "meta:og:title", "title"].flatMap(
    (source) => machine.find((one) => one.source === source)?.core ?? [],
  );
  return stated.length > 1 && new Set(stated).size === stated.length;
}

/** True when nothing but the title element says what the page is called: a browser's label, often the site's. */
export function isAlone(machine: readonly MachineTitle[]): boolean {
  return machine.every(({ source }) => source === "title");
}

/** og:title or JSON-LD when the title element says the very same. */
export function twiceStated(machine: readonly MachineTitle[]): MachineTitle | null {
  const title = machine.find(({ source }) => source === "title")?.key;
  return machine.find(({ source, key }) => STATED.has(source) && key === title) ?? null;
}
const STATED = new Set(["meta:og:title", "json-ld:headline"]);

/** In words, of both together. */
const MAX_DIFFERENT = 3;
const MIN_COMMON_SHARE = 0.75;

/**
 * True when two titles differ in a word or two, none of them a number (of two that differ in the year
 * the printed one is newer).
 */
export function isNearly(key: string, other: string): boolean {
  const words = new Set(key.split(" "));
  const others = new Set(other.split(" "));
  const different = [...words, ...others].filter((word) => !words.has(word) || !others.has(word));
  if (different.length > MAX_DIFFERENT || different.some((word) => /\p{Nd}/u.test(word)))
    return false;
  const common = (words.size + others.size - different.length) / 2;
  return common >= MIN_COMMON_SHARE * Math.max(words.size, others.size);
}

/** True when the longer statement is the shorter one with a section or place at one end. */
export function isCore(shorter: MachineTitle, longer: MachineTitle): boolean {
  const rest = longer.value.length - shorter.value.length;
  if (shorter.key.length <= 15 || rest < 3 || rest > shorter.value.length) return false;
  if (longer.value.startsWith(shorter.value)) {
    return FURNITURE_AFTER.test(longer.value.slice(shorter.value.length));
  }
  return longer.value.endsWith(shorter.value) && FURNITURE_BEFORE.test(longer.value.slice(0, rest));
}
const FURNITURE_AFTER = /^\s*[-–—|:»•]\s*\S/u;
const FURNITURE_BEFORE = /\S\s+[-–—|»•]\s+$/u;
