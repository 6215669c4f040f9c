/** The summary the outlet gives. */
import { clean, fold } from "../../text/index.ts";
import type { PageFacts, RuleFindings, Tracer } from "../context.ts";
import { type Candidate, choose } from "./candidates.ts";
import { isArticle, type JsonLd, plainText } from "./json-ld.ts";
import type { SiteNames } from "./site-name.ts";

const MIN_EXCERPT_CHARS = 20;
const MAX_EXCERPT_CHARS = 1_000;

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
