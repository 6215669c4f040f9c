/**
 * Where a page says who wrote it, in order of trust: rules, JSON-LD, metas, then what a reader sees
 * (bylines-visible.ts). Only collects; who is a person is judged in author-names.ts.
 */
import type { BodyResult, PageFacts, RuleFindings } from "../context.ts";
import { cutByline, isByline } from "./author-names.ts";
import { datedBylines, portraitBylines } from "./bylines-beside.ts";
import { linkedBylines, markedBylines, textBylines } from "./bylines-visible.ts";
import { asList, isArticle, isOfType, type JsonLd, plainText } from "./json-ld.ts";
import type { PageIndex, Spot } from "./page-index.ts";

export interface Byline {
  readonly raws: readonly string[];
  readonly source: string;
  /** Listed one by one in the page's own data: an agency among them is an author too. */
  readonly isList?: boolean;
  /** An organisation, or a place where authors of other things stand too: only if nothing better. */
  readonly isWeak?: boolean;
  /** Only names written as names are taken: the place itself proves little. */
  readonly isStrict?: boolean;
}

const META_NAMES =
  "author article:author_name dc.creator dcterms.creator citation_author parsely-author sailthru.author byl dc.contributor creator byline article:author og:article:author cxenseparse:author authors itemprop:author vr:author rnews:author".split(
    " ",
  );

export function* bylines(
  facts: PageFacts,
  findings: RuleFindings,
  body: BodyResult,
  index: PageIndex,
  jsonLd: JsonLd,
  title: Spot | null,
): Iterable<Byline> {
  for (const { value, source } of findings.fields.authors ?? []) yield { raws: [value], source };
  for (const node of jsonLd.works) if (isArticle(node)) yield* jsonLdByline(node, jsonLd);
  yield* metaBylines(facts);
  yield* markedBylines(index, title);
  yield* linkedBylines(index, title);
  yield* textBylines(index, title);
  yield* datedBylines(index, title);
  yield* portraitBylines(index, title);
  for (const paragraph of [...body.paragraphs.slice(0, 2), ...body.paragraphs.slice(-2)]) {
    const named = paragraph.length > 80 ? null : cutByline(paragraph);
    if (named !== null) yield { raws: [named], source: "byline in the body", isStrict: true };
  }
  for (const node of jsonLd.works) {
    if (isArticle(node)) continue;
    for (const byline of jsonLdByline(node, jsonLd)) yield { ...byline, isWeak: true };
  }
}

const ORGANIZATION = /Organization|Corporation|WebSite/u;

function* jsonLdByline(node: Readonly<Record<string, unknown>>, jsonLd: JsonLd): Iterable<Byline> {
  const authors = asList(node.author ?? node.creator).map((one) => jsonLd.resolve(one));
  const raws = authors.flatMap(personName);
  if (raws.length === 0) return;
  const isWeak = authors.every(
    (one) => typeof one === "object" && one !== null && isOfType(one as never, ORGANIZATION),
  );
  yield { raws, source: "json-ld:author", isList: true, isWeak };
}

function* metaBylines(facts: PageFacts): Iterable<Byline> {
  for (const name of META_NAMES) {
    const raws = (facts.metas.get(name) ?? [])
      .map(plainText)
      .filter((raw) => raw !== "" && !/^https?:/u.test(raw))
      .map((raw) =>
        name === "citation_author" ? raw.replace(/^([^,]+),\s*([^,]+)$/u, "$2 $1") : raw,
      );
    if (raws.length > 0) yield { raws, source: `meta:${name}` };
  }
  for (const label of [1, 2, 3]) {
    const said = facts.metas.get(`twitter:label${label}`)?.[0];
    const value = facts.metas.get(`twitter:data${label}`)?.[0];
    if (said !== undefined && value !== undefined && isByline(said)) {
      yield { raws: [plainText(value)], source: `meta:twitter:data${label}` };
    }
  }
}

function personName(value: unknown): readonly string[] {
  if (typeof value === "string") {
    const text = plainText(value);
    return text === "" || /^https?:/u.test(text) ? [] : [text];
  }
  if (typeof value !== "object" || value === null) return [];
  const node = value as Record<string, unknown>;
  const names = asList(node.name)
    .map(plainText)
    .filter((name) => name !== "");
  if (names.length > 0) return names;
  const parts = [plainText(node.givenName), plainText(node.familyName)].filter(
    (part) => part !== "",
  );
  return parts.length > 0 ? [parts.join(" ")] : [];
}
