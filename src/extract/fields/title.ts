/**
 * The headline as a reader sees it, without the site's name around it and without kicker or subtitle.
 *
 * 1. what the rules found; 2. a heading that the page's own title or og:title repeats; 3. the only
 * heading of the first level; 4. JSON-LD headline; 5. og:title; 6. the title element, both stripped of
 * the site's name. A heading that is the site's name or logo is never the title.
 */
import { type Element, isTag } from "domhandler";
import { clean, fold } from "../../text/index.ts";
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { type Candidate, choose } from "./candidates.ts";
import { type JsonLd, plainText } from "./json-ld.ts";
import type { PageIndex, Spot } from "./page-index.ts";
import { ELSEWHERE, Region, Role } from "./roles.ts";
import type { SiteNames } from "./site-name.ts";
import { longestPart, splitLast, stripSite } from "./site-suffix.ts";
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
  const headings = headingTexts(facts, index, body);
  const machine = machineTitles(facts, jsonLd, names);
  const candidates = [...titleCandidates(findings, headings, machine)];
  const winner =
    choose(
      "title",
      candidates,
      (one) => judgeTitle(one, names),
      (value) => value,
      tracer,
    ) ??
    // A page about the site itself, such as an imprint: its name is all the title there is.
    candidates.find((one) => judgeLength(one.value) === null) ??
    null;
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

/** More headings than this are parts of the article. */
const MAX_HEADINGS = 12;

function headingTexts(
  facts: PageFacts,
  index: PageIndex,
  body: BodyResult,
): readonly HeadingText[] {
  const texts: HeadingText[] = [];
  for (const spot of index.headings) {
    const isFirst = spot.element.name === "h1" || spot.element === body.heading;
    if (!isFirst && texts.length > MAX_HEADINGS) continue;
    if (leadsHome(spot.element, facts.url)) continue;
    const text = textOf(spot.element, MAX_TITLE_CHARS + 100);
    if (text !== "") texts.push({ spot, text, key: fold(text) });
  }
  return texts;
}

/** A heading around a link to the home page is the site's name or logo. */
function leadsHome(heading: Element, page: URL): boolean {
  const link = heading.children.find((child) => isTag(child) && child.name === "a");
  const href = link !== undefined && isTag(link) ? link.attribs.href : parentLink(heading);
  if (href === undefined || !URL.canParse(href, page.href)) return false;
  const { pathname, search, hostname } = new URL(href, page.href);
  return pathname === "/" && search === "" && hostname === page.hostname && page.pathname !== "/";
}

function parentLink(element: Element): string | undefined {
  const { parent } = element;
  return parent !== null && isTag(parent) && parent.name === "a" ? parent.attribs.href : undefined;
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
      (spot.region & (Region.crumb | Region.footer)) === 0 && (spot.roles & Role.logo) === 0,
  );
  for (const heading of namedBesideSite(usable, machine)) {
    yield {
      value: heading.text,
      source: `${heading.spot.element.name}, where the h1 is the site's name`,
    };
  }
  const confirmed = usable
    .map((heading) => ({ heading, match: agreement(heading, machine) }))
    .filter((one) => one.match !== null)
    .sort((a, b) => rank(b.heading, b.match) - rank(a.heading, a.match));
  for (const { heading, match } of confirmed) {
    // A heading that holds the title and more also holds a kicker, a date or a byline.
    if (match === "the page's title and more") continue;
    yield { value: heading.text, source: `${heading.spot.element.name}, ${match}` };
  }
  for (const one of machine) {
    if (
      confirmed.some(
        ({ heading, match }) =>
          match === "the page's title and more" && ` ${heading.key} `.includes(` ${one.key} `),
      )
    ) {
      yield { ...one, source: `${one.source}, inside the heading` };
    }
  }
  const first = usable.filter(
    ({ spot }) => spot.element.name === "h1" && (spot.region & ELSEWHERE) === 0,
  );
  const only = first.length === 1 ? (first[0] as HeadingText) : null;
  if (only !== null && sharesWords(only.key, machine)) {
    yield { value: only.text, source: "h1, the only one" };
  }
  for (const one of machine) yield { ...one, value: longestPart(one.value) };
  for (const heading of first) yield { value: heading.text, source: "h1" };
}

/** `Title - Site` with "Site" in the h1: the heading that says "Title" is the title. */
function namedBesideSite(
  headings: readonly HeadingText[],
  machine: readonly MachineTitle[],
): readonly HeadingText[] {
  for (const one of machine) {
    const parts = splitLast(one.value);
    if (parts === null) continue;
    const tail = fold(parts.tail);
    const head = fold(parts.head);
    if (!headings.some(({ key, spot }) => key === tail && spot.element.name === "h1")) continue;
    const named = headings.filter(({ key }) => key === head);
    if (named.length > 0) return named;
  }
  return [];
}

/** Share of a heading's words that the page's title must have: fewer, and it titles something else. */
const MIN_SHARED_WORDS = 0.25;

function sharesWords(key: string, machine: readonly MachineTitle[]): boolean {
  if (machine.length === 0) return true;
  const words = key.split(" ").filter((word) => word.length > 2);
  const known = new Set(machine.flatMap((one) => one.key.split(" ")));
  const shared = words.filter((word) => known.has(word)).length;
  return shared >= Math.max(1, words.length * MIN_SHARED_WORDS);
}

type Agreement = "the page's title" | "part of the page's title" | "the page's title and more";

/** How the page's own statements for machines confirm a heading; null when they do not. */
function agreement(heading: HeadingText, machine: readonly MachineTitle[]): Agreement | null {
  const { key } = heading;
  if (key.length < 2) return null;
  let best: Agreement | null = null;
  for (const one of machine) {
    if (one.key === key) return "the page's title";
    if (` ${one.key} `.includes(` ${key} `) && key.length * 3 > one.key.length) {
      best = "part of the page's title";
    } else if (best === null && one.key.length > 15 && ` ${key} `.includes(` ${one.key} `)) {
      best = "the page's title and more";
    }
  }
  // Only a heading of the first level may differ: others name a part of the article.
  return best !== null && heading.spot.element.name !== "h1" ? null : best;
}

const AGREEMENT_RANK: Readonly<Record<Agreement, number>> = {
  "the page's title": 3,
  "part of the page's title": 2,
  "the page's title and more": 1.5,
};

function rank({ spot }: HeadingText, match: Agreement | null): number {
  const isFirst = spot.element.name === "h1" ? 1 : 0;
  const isElsewhere = (spot.region & ELSEWHERE) !== 0 ? 1.2 : 0;
  return (match === null ? 0 : AGREEMENT_RANK[match]) + isFirst - isElsewhere;
}

const MIN_TITLE_CHARS = 2;

function judgeLength(value: string): string | null {
  if (value.length < MIN_TITLE_CHARS) return "too short";
  return value.length > MAX_TITLE_CHARS ? "too long for a title" : null;
}

function judgeTitle({ value }: Candidate<string>, names: SiteNames): string | null {
  const length = judgeLength(value);
  if (length !== null) return length;
  if (names.isSite(value)) return "the site's name";
  return null;
}
