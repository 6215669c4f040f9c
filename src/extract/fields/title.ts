/**
 * The headline as a reader sees it, without the site's name around it and without kicker or subtitle.
 *
 * 1. what the rules found; 2. a heading that the page's own title or og:title repeats; 3. the only
 * heading of the first level; 4. JSON-LD headline; 5. og:title; 6. the title element, both stripped of
 * the site's name. A heading that is the site's name or logo is never the title.
 */
import { clean, fold } from "../../text/index.ts";
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { type Candidate, choose } from "./candidates.ts";
import { type JsonLd, plainText } from "./json-ld.ts";
import type { PageIndex, Spot } from "./page-index.ts";
import { ELSEWHERE, Region, Role } from "./roles.ts";
import type { SiteNames } from "./site-name.ts";
import { textOf } from "./text-of.ts";

/** Longer "titles" are standfirsts or whole pages in a heading. */
const MAX_TITLE_CHARS = 400;

export interface TitleResult {
  readonly title: string;
  readonly source: string;
  /** The heading that holds it, when there is one: dates and bylines are looked for around it. */
  readonly spot: Spot | null;
}

export function readTitle(
  facts: PageFacts,
  findings: RuleFindings,
  body: BodyResult,
  index: PageIndex,
  jsonLd: JsonLd,
  names: SiteNames,
  tracer: Tracer,
): TitleResult {
  const headings = headingTexts(index, body);
  const machine = machineTitles(facts, jsonLd, names);
  const candidates = [...titleCandidates(findings, headings, machine)];
  const winner = choose(
    "title",
    candidates,
    (one) => judgeTitle(one, names),
    (value) => value,
    tracer,
  );
  const title = winner?.value ?? "";
  const key = fold(title);
  const spot =
    headings.find((heading) => heading.key === key)?.spot ??
    headings.find((heading) => heading.key !== "" && key.startsWith(heading.key))?.spot ??
    headings.find((heading) => heading.spot.element.name === "h1")?.spot ??
    null;
  return { title, source: winner?.source ?? "none", spot };
}

interface HeadingText {
  readonly spot: Spot;
  readonly text: string;
  readonly key: string;
}

function headingTexts(index: PageIndex, body: BodyResult): readonly HeadingText[] {
  const texts: HeadingText[] = [];
  for (const spot of index.headings) {
    if (spot.element.name !== "h1" && spot.element !== body.heading && texts.length > 12) continue;
    const text = textOf(spot.element, MAX_TITLE_CHARS + 100);
    if (text !== "") texts.push({ spot, text, key: fold(text) });
  }
  return texts;
}

interface MachineTitle extends Candidate<string> {
  readonly key: string;
}

function machineTitles(
  facts: PageFacts,
  jsonLd: JsonLd,
  names: SiteNames,
): readonly MachineTitle[] {
  const found: Candidate<string>[] = [];
  for (const node of jsonLd.works) {
    const headline = plainText(node.headline) || plainText(node.name);
    if (headline !== "") found.push({ value: headline, source: "json-ld:headline" });
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
  return found.map((one) => ({ ...one, key: fold(one.value) }));
}

function* titleCandidates(
  findings: RuleFindings,
  headings: readonly HeadingText[],
  machine: readonly MachineTitle[],
): Iterable<Candidate<string>> {
  for (const found of findings.fields.title ?? []) {
    yield { value: clean(found.value), source: found.source };
  }
  const usable = headings.filter(
    ({ spot }) =>
      (spot.region & (ELSEWHERE | Region.crumb)) === 0 && (spot.roles & Role.logo) === 0,
  );
  const first = usable.filter(({ spot }) => spot.element.name === "h1");
  const repeated = [...first, ...usable.filter(({ spot }) => spot.element.name !== "h1")]
    .map((heading) => ({ heading, score: agreement(heading, machine) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  for (const { heading } of repeated) {
    yield {
      value: heading.text,
      source: `${heading.spot.element.name}, repeated in the page's title`,
    };
  }
  if (first.length === 1) {
    yield { value: (first[0] as HeadingText).text, source: "h1, the only one" };
  }
  for (const one of machine) yield one;
  for (const heading of first) yield { value: heading.text, source: "h1" };
}

/** How well a heading is confirmed by what the page says for machines; 0 = not at all. */
function agreement(heading: HeadingText, machine: readonly MachineTitle[]): number {
  const { key, spot } = heading;
  if (key.length < 2) return 0;
  let best = 0;
  for (const one of machine) {
    if (one.key === key) best = Math.max(best, 3);
    else if (` ${one.key} `.includes(` ${key} `) && key.length * 3 > one.key.length)
      best = Math.max(best, 2);
    else if (one.key.length > 15 && ` ${key} `.includes(` ${one.key} `)) best = Math.max(best, 1.5);
  }
  if (best === 0) return 0;
  return best + (spot.element.name === "h1" ? 1 : 0);
}

const MIN_TITLE_CHARS = 2;

function judgeTitle({ value }: Candidate<string>, names: SiteNames): string | null {
  if (value.length < MIN_TITLE_CHARS) return "too short";
  if (value.length > MAX_TITLE_CHARS) return "too long for a title";
  if (names.isSite(value)) return "the site's name";
  return null;
}

/** A separator with space around it, or one that never stands inside words. */
const SEPARATOR = /\s+[-–—―|:•·»«›‹~/\\]+\s+|\s*[|»«›‹•]+\s*|(?<=[\p{L}\p{N}…!?"“”])\s+::?\s+/gu;

/** Takes the site's name off either end of a title; the rest keeps its own separators. */
export function stripSite(title: string, names: SiteNames): string {
  let rest = title;
  for (let round = 0; round < 4; round++) {
    const cuts = [...rest.matchAll(SEPARATOR)];
    if (cuts.length === 0) return rest;
    const last = cuts[cuts.length - 1] as RegExpExecArray;
    const first = cuts[0] as RegExpExecArray;
    const tail = rest.slice(last.index + last[0].length).trim();
    const head = rest.slice(0, first.index).trim();
    const beforeTail = rest.slice(0, last.index).trim();
    const afterHead = rest.slice(first.index + first[0].length).trim();
    if (names.isSite(tail) && beforeTail.length >= MIN_TITLE_CHARS) rest = beforeTail;
    else if (names.isSite(head) && afterHead.length >= MIN_TITLE_CHARS) rest = afterHead;
    else return rest;
  }
  return rest;
}
