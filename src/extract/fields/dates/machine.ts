/** Dates the page states for machines: rules, JSON-LD, metas, microdata, RDFa, the URL. */
import { dateFromUrl } from "../../../text/index.ts";
import type { PageFacts, RuleFindings } from "../../context.ts";
import { asList, isArticle, type JsonLd, plainText } from "../json-ld.ts";
import type { PageIndex } from "../page-index.ts";
import { ELSEWHERE } from "../roles.ts";
import { textOf } from "../text-of.ts";
import { type ClueContext, type DateClue, readClue, toClue } from "./clue.ts";

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
  weakMeta: 0.8,
} as const;

interface MetaName {
  readonly name: string;
  readonly weight: number;
  readonly isModified: boolean;
}

const PUBLISHED_METAS =
  "article:published_time article:published og:published_time og:article:published_time datepublished date_published publish_date publish-date publishdate publication_date publication-date pubdate pub_date published published_time published_at parsely-pub-date sailthru.date dc.date.issued dcterms.issued dc.date.created dcterms.created dcterms.created dc.created dc.issued citation_publication_date citation_online_date cxenseparse:recs:publishtime cxenseparse:publishtime vr:published_time article.published article:post_date rnews:datepublished ptime displaydate originalpublicationdate article_date_original apub:time shareaholic:article_published_time itemprop:datepublished itemprop:datecreated bt:pubdate video:release_date prism.publicationdate eomportal-lastupdate".split(
    " ",
  );
const WEAK_METAS =
  "date dc.date dcterms.date itemprop:date release_date created creation_date timestamp docdate dc:date cre_date".split(
    " ",
  );
const MODIFIED_METAS =
  "article:modified_time og:updated_time last-modified lastmod modified date_modified datemodified dcterms.modified dc.date.modified itemprop:datemodified article:modified updated_time revision_date utime cxenseparse:recs:modifiedtime".split(
    " ",
  );
const METAS: readonly MetaName[] = [
  ...PUBLISHED_METAS.map((name, rank) => ({
    name,
    weight: rank < 2 ? Weight.articleMeta : Weight.meta,
    isModified: false,
  })),
  ...WEAK_METAS.map((name) => ({ name, weight: Weight.weakMeta * 2, isModified: false })),
  ...MODIFIED_METAS.map((name) => ({ name, weight: Weight.modified, isModified: true })),
];

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
      add(
        readClue(
          value,
          { source: `json-ld:${key}`, family: "json-ld", weight: weight * factor, isModified },
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
  for (const [map, family] of [
    [index.itemprops, "itemprop"],
    [index.properties, "property"],
  ] as const) {
    for (const name of [
      "datepublished",
      "datecreated",
      "datemodified",
      "dc:created",
      "dc:date",
      "schema:datepublished",
      "dc:date dc:created",
    ]) {
      let nth = 0;
      for (const spot of map.get(name) ?? []) {
        if ((spot.region & ELSEWHERE) !== 0 && nth > 0) continue;
        const { attribs } = spot.element;
        const value =
          attribs.content ?? attribs.datetime ?? attribs.title ?? textOf(spot.element, 120);
        const isModified = name.endsWith("modified");
        const weight =
          Weight.microdata - 0.6 * Math.min(nth, 2) - ((spot.region & ELSEWHERE) !== 0 ? 1 : 0);
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
  const fromUrl = dateFromUrl(facts.url.href, context.zone.timeZone);
  if (fromUrl !== null)
    add(toClue(fromUrl, { source: "url", family: "url", weight: Weight.url }, context.zone));
  return clues;
}
