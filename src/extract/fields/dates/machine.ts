/** Dates the page states for machines: rules, JSON-LD, metas, microdata, RDFa, the URL. */
import { dateFromUrl } from "../../../text/index.ts";
import type { PageFacts, RuleFindings } from "../../context.ts";
import { asList, isArticle, type JsonLd, plainText } from "../json-ld.ts";
import type { PageIndex } from "../page-index.ts";
import { ELSEWHERE } from "../roles.ts";
import { textOf } from "../text-of.ts";
import { type ClueContext, type DateClue, readClue, toClue } from "./clue.ts";
import { meaningOfName, STATED_DAY } from "./name-form.ts";
import { DATE_NAMES } from "./names.ts";

/** Weights from how often each source was right when present, on 908 pages with truth. */
const Weight = {
  siteRule: 6,
  themeRule: 3,
  articleMeta: 2.6,
  url: 2.6,
  jsonLdArticle: 2.4,
  meta: 2.1,
  jsonLdOther: 1.4,
  microdata: 1.9,
  modified: 2,
  weakMeta: 1.3,
  /** A name that no list knows, of words that such names are made of. */
  metaByForm: 1.7,
  /** A date in words was filled in by a template from some field, often that of the last change. */
  jsonLdInWords: 0.9,
} as const;

/** `Jun 24, 2025`, which the standard does not allow; a time of day makes it a machine's again. */
const IN_WORDS = /^\p{L}{3,9}\.? \d{1,2}, \d{4}$/u;

const METAS: readonly MetaName[] = [
  ...named(DATE_NAMES.metas.article, Weight.articleMeta, false),
  ...named(DATE_NAMES.metas.published, Weight.meta, false),
  ...named(DATE_NAMES.metas.weak, Weight.weakMeta, false),
  ...named(DATE_NAMES.metas.modified, Weight.modified, true),
];

interface MetaName {
  readonly name: string;
  readonly weight: number;
  readonly isModified: boolean;
}

const LISTED: ReadonlySet<string> = new Set(METAS.map(({ name }) => name));
function named(names: readonly string[], weight: number, isModified: boolean): readonly MetaName[] {
  return names.map((name) => ({ name, weight, isModified }));
}

export function machineClues(
  facts: PageFacts,
  findings: RuleFindings,
  index: PageIndex,
  jsonLd: JsonLd,
  context: ClueContext,
): readonly DateClue[] {
  const clues: DateClue[] = [];
  function add(clue: DateClue | null): void {
    if (clue !== null) clues.push(clue);
  }
  for (const field of ["published", "modified"] as const) {
    (findings.fields[field] ?? []).forEach((found, rank) => {
      const weight =
        (found.source.startsWith("site:") ? Weight.siteRule : Weight.themeRule) - rank * 0.2;
      add(
        readClue(
          found.value,
          {
            source: found.source,
            family: "rule",
            weight: found.as === "may-be-modified" ? 0.6 : weight,
            isModified: field === "modified",
            as: found.as,
          },
          context,
        ),
      );
    });
  }
  let rank = 0;
  for (const node of jsonLd.works) {
    const weight =
      (isArticle(node) ? Weight.jsonLdArticle : Weight.jsonLdOther) - 0.5 * Math.min(rank, 3);
    let isTelling = false;
    for (const key of ["datePublished", "dateCreated", "uploadDate", "dateModified"] as const) {
      const value = plainText(asList(node[key])[0]);
      if (value === "") continue;
      isTelling = true;
      const isModified = key === "dateModified";
      const factor = key === "datePublished" ? 1 : key === "dateModified" ? 0.8 : 0.6;
      const most = IN_WORDS.test(value) ? Weight.jsonLdInWords : weight;
      add(
        readClue(
          value,
          {
            source: `json-ld:${key}`,
            family: "json-ld",
            weight: Math.min(weight, most) * factor,
            isModified,
          },
          context,
        ),
      );
    }
    if (isTelling) rank++;
  }
  for (const { name, weight, isModified } of METAS) {
    for (const value of facts.metas.get(name) ?? []) {
      add(readClue(value, { source: `meta:${name}`, family: "meta", weight, isModified }, context));
    }
  }
  for (const [name, values] of facts.metas) {
    const value = values[0]?.trim() ?? "";
    if (!STATED_DAY.test(value) || LISTED.has(name)) continue;
    const meaning = meaningOfName(name);
    if (meaning === null || meaning === "date") continue;
    const isModified = meaning === "modified";
    const weight = Weight.metaByForm;
    add(readClue(value, { source: `meta:${name}`, family: "meta", weight, isModified }, context));
  }
  for (const [map, family] of [
    [index.itemprops, "itemprop"],
    [index.properties, "property"],
  ] as const) {
    for (const name of DATE_NAMES.properties) {
      let nth = 0;
      for (const spot of map.get(name) ?? []) {
        if ((spot.region & ELSEWHERE) !== 0 && nth > 0) continue;
        const { attribs } = spot.element;
        const value =
          attribs.content ?? attribs.datetime ?? attribs.title ?? textOf(spot.element, 120);
        const isModified = name.endsWith("modified");
        // Lists of other articles mark many dates; the only one of a page is its own.
        const isOther = (spot.region & ELSEWHERE) !== 0 && (map.get(name)?.length ?? 0) > 1;
        const weight = Weight.microdata - 0.6 * Math.min(nth, 2) - (isOther ? 1 : 0);
        add(
          readClue(
            value,
            { source: `${family}:${name}`, family: "microdata", weight, isModified },
            context,
          ) ??
            readClue(
              textOf(spot.element, 120),
              { source: `${family}:${name}`, family: "microdata", weight, isModified },
              context,
            ),
        );
        nth++;
      }
    }
  }
  // Behind short links and feeds' counters the page still says its own address.
  for (const [source, address] of [
    ["url", facts.url.href],
    ["link:canonical", facts.canonicals[0] ?? ""],
  ] as const) {
    const found = dateFromUrl(address, context.zone.timeZone);
    if (found === null) continue;
    add(toClue(found, { source, family: "url", weight: Weight.url }, context));
    break;
  }
  return clues;
}
