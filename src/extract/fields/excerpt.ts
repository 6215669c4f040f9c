/** The summary the outlet gives, and the subtitle under its headline. */
import { clean, fold } from "../../text/index.ts";
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { classOf } from "../page/marks.ts";
import { cutByline, withoutDates } from "./author-names.ts";
import { type Candidate, choose } from "./candidates.ts";
import { isArticle, type JsonLd, plainText } from "./json-ld.ts";
import { elsewhereOn, type PageIndex, type Spot } from "./page-index.ts";
import { Region } from "./roles.ts";
import type { SiteNames } from "./site-name.ts";
import { textOf } from "./text-of.ts";
import type { TitleResult } from "./title.ts";

const MIN_EXCERPT_CHARS = 20;
const MAX_EXCERPT_CHARS = 1_000;
const MAX_SUBTITLE_CHARS = 400;

export function readExcerpt(
  facts: PageFacts,
  findings: RuleFindings,
  jsonLd: JsonLd,
  title: string,
  names: SiteNames,
  tracer: Tracer,
): Candidate<string> | null {
  const candidates: Candidate<string>[] = [];
  for (const { value, source } of findings.fields.excerpt ?? [])
    candidates.push({ value: clean(value), source });
  for (const name of [
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "itemprop:description",
  ]) {
    const value = plainText(facts.metas.get(name)?.[0]);
    if (value !== "") candidates.push({ value, source: `meta:${name}` });
  }
  for (const node of jsonLd.works) {
    const value = isArticle(node) ? plainText(node.description) : "";
    if (value !== "") candidates.push({ value, source: "json-ld:description" });
  }
  const key = fold(title);
  return choose(
    "excerpt",
    candidates,
    ({ value }) => {
      if (value.length < MIN_EXCERPT_CHARS) return "too short";
      if (value.length > MAX_EXCERPT_CHARS) return "too long for a summary";
      if (fold(value) === key) return "repeats the title";
      return names.isSite(value) ? "the site's name" : null;
    },
    (value) => value,
    tracer,
  );
}

/** A name and a label beside a date are fewer. */
const MIN_WORDS_BESIDE_DATE = 8;
/** In nodes from the headline: a subtitle stands right below it. */
const BELOW_TITLE = 40;

export function readSubtitle(
  findings: RuleFindings,
  body: BodyResult,
  index: PageIndex,
  title: TitleResult,
  tracer: Tracer,
): Candidate<string> | null {
  const candidates = (findings.fields.subtitle ?? []).map(({ value, source }) => ({
    value: clean(value),
    source,
  }));
  candidates.push(...namedSubtitles(index, title.spot));
  const key = fold(title.title);
  const first = fold(body.paragraphs[0] ?? "");
  return choose(
    "subtitle",
    candidates,
    ({ value, source }) => {
      if (value.length < 2) return "empty";
      if (value.length > MAX_SUBTITLE_CHARS) return "too long for a subtitle";
      if (fold(value) === key) return "repeats the title";
      return source.startsWith(".") ? judgeNamed(value, first) : null;
    },
    (value) => value,
    tracer,
  );
}

/** Bylines and date lines are called so, too; and what begins the body is told there. */
function judgeNamed(value: string, bodyStart: string): string | null {
  if (fold(value) === bodyStart) return "begins the body";
  if (cutByline(value) !== null) return "a byline";
  const rest = withoutDates(value);
  return rest !== value && rest.split(" ").length < MIN_WORDS_BESIDE_DATE ? "a date line" : null;
}

/** What is named a subtitle, below the headline and before the text. */
function namedSubtitles(index: PageIndex, title: Spot | null): Candidate<string>[] {
  if (title === null) return [];
  const notHere = elsewhereOn(index, title) | Region.crumb | Region.hidden | Region.heading;
  return index.subtitles
    .filter(
      ({ order, region }) =>
        order > title.order && order <= title.order + BELOW_TITLE && (region & notHere) === 0,
    )
    .map(({ element }) => ({
      value: textOf(element, MAX_SUBTITLE_CHARS + 1),
      source: `.${classOf(element)?.trim().split(/\s+/u)[0] ?? element.name}`,
    }));
}
