/**
 * The headline as a reader sees it, without the site's name around it and without kicker or subtitle.
 *
 * 1. what the rules found; 2. a heading that the page's own title or og:title repeats, less what those
 * leave out; 3. the only heading of the first level that is about the same; 4. JSON-LD headline;
 * 5. og:title; 6. the title element, all stripped of the site's name. A heading that is the site's name
 * or logo is never the title.
 */
import { clean, fold } from "../../text/index.ts";
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { type Candidate, choose } from "./candidates.ts";
import type { JsonLd } from "./json-ld.ts";
import type { PageIndex, Spot } from "./page-index.ts";
import { Region, Role } from "./roles.ts";
import type { SiteNames } from "./site-name.ts";
import { longestPart } from "./site-suffix.ts";
import { namesPage } from "./title-address.ts";
import {
  agreement,
  behindKicker,
  type HeadingText,
  headingTexts,
  holds,
  isCutShort,
  isLong,
  MAX_TITLE_CHARS,
  MIN_SHARED_OF_MANY,
  MIN_SHARED_WORDS,
  namedBesideSite,
  partHeading,
  rank,
  STARTS_QUOTED,
  sharesWords,
  toldByText,
  withKicker,
} from "./title-headings.ts";
import {
  agreedKey,
  disagree,
  isAlone,
  isCore,
  isNearly,
  type MachineTitle,
  machineTitles,
  twiceStated,
} from "./title-machine.ts";

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
  const candidates = () => titleCandidates(facts, findings, headings, machine, index, body, names);
  const winner =
    choose(
      "title",
      candidates(),
      (one) => judgeTitle(one, names),
      (value) => value,
      tracer,
    ) ??
    // A page about the site itself, such as an imprint: its name is all the title there is.
    firstOfLength(candidates());
  const title = winner?.value ?? "";
  const key = fold(title);
  const spot =
    headings.find((heading) => heading.key === key)?.spot ??
    headings.find((heading) => key !== "" && heading.key.endsWith(key))?.spot ??
    headings.find((heading) => heading.key !== "" && key.startsWith(heading.key))?.spot ??
    headings.find((heading) => heading.spot.element.name === "h1")?.spot ??
    null;
  return { title, source: winner?.source ?? "none", spot };
}

function* titleCandidates(
  facts: PageFacts,
  findings: RuleFindings,
  headings: readonly HeadingText[],
  machine: readonly MachineTitle[],
  index: PageIndex,
  body: BodyResult,
  names: SiteNames,
): Iterable<Candidate<string>> {
  for (const found of findings.fields.title ?? []) {
    yield { value: withoutFurniture(clean(found.value), machine), source: found.source };
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
  const agreed = agreedKey(machine);
  const confirmed = usable
    .filter(
      ({ spot, text }) =>
        agreed === null || spot.element.name === "h1" || fold(longestPart(text)) === agreed,
    )
    .map((heading) => {
      const match = agreement(heading, machine);
      return { heading, match, rank: match === null ? 0 : rank(heading, match, machine) };
    })
    .filter((one) => one.match !== null)
    .sort((a, b) => b.rank - a.rank);
  for (const { heading, match } of confirmed) {
    // A heading that holds the title and more also holds a kicker, a date or a byline.
    if (match === "the page's title and more") continue;
    const source = `${heading.spot.element.name}, ${match}`;
    const whole = withKicker(heading, machine);
    if (whole !== null)
      yield { ...whole, source: `${whole.source}, with the kicker of the heading` };
    const rest = behindKicker(heading, machine);
    if (rest !== undefined) {
      yield { ...rest, source: `${rest.source}, behind the heading's kicker` };
    }
    yield { value: withoutFurniture(heading.text, machine), source };
  }
  for (const one of machine) {
    if (
      confirmed.some(
        ({ heading, match }) =>
          match === "the page's title and more" &&
          holds(heading, one) &&
          !(STARTS_QUOTED.test(heading.text) && heading.key.endsWith(one.key)) &&
          !isCutShort(heading, one),
      )
    ) {
      yield { ...one, source: `${one.source}, inside the heading` };
    }
  }
  const ofFirst = usable.filter(({ spot }) => spot.element.name === "h1");
  const here = ofFirst.filter(({ isElsewhere }) => !isElsewhere);
  const first = here.length > 0 || ofFirst.length > 1 ? here : ofFirst;
  const share = first.length === 1 ? MIN_SHARED_WORDS : MIN_SHARED_OF_MANY;
  const akin = first.filter(
    ({ key }) => sharesWords(key, machine, share) && (first.length === 1 || isLong(key)),
  );
  const [only] = akin.length === 1 ? akin : [];
  if (only !== undefined) {
    const twin = twiceStated(machine);
    if (twin !== null && !STARTS_QUOTED.test(only.text) && isNearly(only.key, twin.key)) {
      yield { ...twin, source: `${twin.source}, stated twice, nearly the heading` };
    }
    const source = first.length === 1 ? "h1, the only one" : "h1, the only one about the same";
    yield { value: withoutFurniture(only.text, machine), source };
  }
  const part = partHeading(usable, machine[0]);
  if (part !== null) {
    yield { value: part.text, source: `${part.spot.element.name}, a part of the page's title` };
  }
  const [sole] = first.length === 1 && only === undefined ? first : [];
  if (sole !== undefined && namesPage(sole.key, facts)) {
    yield { value: sole.text, source: "h1, which the page's address repeats" };
  } else if (sole !== undefined && (disagree(machine) || isAlone(machine)) && isLong(sole.key)) {
    yield { value: sole.text, source: "h1, where the page's titles do not agree" };
  }
  const told = ofFirst.length === 0 ? toldByText(usable, machine, index, body, names) : null;
  if (told !== null) {
    yield { value: told.text, source: `${told.spot.element.name}, which the text begins with` };
  }
  for (const one of machine) {
    const shorter = machine.find((other) => isCore(other, one));
    if (shorter !== undefined)
      yield { ...shorter, source: `${shorter.source}, also in ${one.source}` };
    yield { ...one, value: longestPart(one.value) };
  }
  for (const heading of first) yield { value: heading.text, source: "h1" };
}

const MIN_TITLE_CHARS = 2;
/** `23.01.2022 - `: the date line, written into the heading. */
const DATE_BEFORE = /^\p{Nd}{1,2}[./]\p{Nd}{1,2}[./]\p{Nd}{4}\s*[-–—|:]\s+(?=\S.{10})/u;

/** A heading without its date, and without what stands behind a bar that the page's own title leaves out. */
function withoutFurniture(text: string, machine: readonly MachineTitle[]): string {
  const bar = text.indexOf(" | ");
  const head = bar > 0 ? text.slice(0, bar).trim() : "";
  const isAll = head !== "" && machine.some(({ value }) => fold(value) === fold(head));
  return (isAll ? head : text).replace(DATE_BEFORE, "");
}

function firstOfLength(candidates: Iterable<Candidate<string>>): Candidate<string> | null {
  for (const one of candidates) if (judgeLength(one.value) === null) return one;
  return null;
}

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
