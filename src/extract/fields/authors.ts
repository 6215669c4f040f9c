/**
 * Who wrote it. Sources in order of trust; the first that names a person wins, an agency or the
 * newsroom only when nobody is named. A byline in the body beats an account called "admin".
 */
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { cutByline, readNames } from "./author-names.ts";
import { asList, isArticle, type JsonLd, plainText } from "./json-ld.ts";
import type { PageIndex, Spot } from "./page-index.ts";
import { ELSEWHERE, Region } from "./roles.ts";
import type { SiteNames } from "./site-name.ts";
import { textOf } from "./text-of.ts";

interface Byline {
  readonly raws: readonly string[];
  readonly source: string;
}

export interface Authors {
  readonly names: readonly string[];
  readonly source: string;
}

const MAX_BYLINE_CHARS = 160;
const NEAR_TITLE = 260;

export function readAuthors(
  facts: PageFacts,
  findings: RuleFindings,
  body: BodyResult,
  index: PageIndex,
  jsonLd: JsonLd,
  names: SiteNames,
  title: Spot | null,
  tracer: Tracer,
): Authors {
  let winner: Authors | null = null;
  let fallback: Authors | null = null;
  for (const { raws, source } of bylines(facts, findings, body, index, jsonLd, title)) {
    const people: string[] = [];
    const bodies: string[] = [];
    for (const raw of raws) {
      const read = readNames(raw, names.isSite);
      for (const name of read.people) if (!people.includes(name)) people.push(name);
      for (const name of read.bodies) if (!bodies.includes(name)) bodies.push(name);
    }
    if (winner === null && people.length > 0) winner = { names: people, source };
    else if (fallback === null && people.length === 0 && bodies.length > 0)
      fallback = { names: bodies, source };
    if (tracer.on) {
      const rejected =
        people.length === 0
          ? "names no person"
          : winner?.source === source
            ? null
            : `after ${winner?.source}`;
      tracer.candidate("authors", { source, value: raws.join(" | "), rejected });
    } else if (winner !== null) return winner;
  }
  return winner ?? fallback ?? { names: [], source: "" };
}

const META_NAMES =
  "author article:author_name dc.creator dcterms.creator citation_author parsely-author sailthru.author byl dc.contributor creator byline article:author og:article:author cxenseparse:author authors itemprop:author vr:author rnews:author".split(
    " ",
  );

function* bylines(
  facts: PageFacts,
  findings: RuleFindings,
  body: BodyResult,
  index: PageIndex,
  jsonLd: JsonLd,
  title: Spot | null,
): Iterable<Byline> {
  for (const found of findings.fields.authors ?? [])
    yield { raws: [found.value], source: found.source };
  for (const node of jsonLd.works) {
    if (!isArticle(node)) continue;
    const raws = asList(node.author ?? node.creator).flatMap((one) =>
      personName(jsonLd.resolve(one)),
    );
    if (raws.length > 0) yield { raws, source: "json-ld:author" };
  }
  for (const name of META_NAMES) {
    const raws = (facts.metas.get(name) ?? [])
      .map(plainText)
      .filter((raw) => raw !== "" && !/^https?:/u.test(raw));
    if (raws.length > 0) yield { raws, source: `meta:${name}` };
  }
  for (const label of [1, 2, 3]) {
    const said = facts.metas.get(`twitter:label${label}`)?.[0];
    const value = facts.metas.get(`twitter:data${label}`)?.[0];
    if (said !== undefined && value !== undefined && cutByline(`${said} x`) !== null) {
      yield { raws: [plainText(value)], source: `meta:twitter:data${label}` };
    }
  }
  const anchor = title?.order ?? index.containerStart;
  const isNear = (spot: Spot): boolean => anchor < 0 || Math.abs(spot.order - anchor) < NEAR_TITLE;
  const isHere = (spot: Spot): boolean => (spot.region & (ELSEWHERE | Region.crumb)) === 0;
  for (const rel of index.rels.get("author") ?? []) {
    if (isHere(rel)) yield { raws: [textOf(rel.element, 120)], source: "a[rel=author]" };
  }
  const props = (index.itemprops.get("author") ?? []).filter(isHere);
  for (const spot of props) {
    const inner = (index.itemprops.get("name") ?? []).find((name) => isInside(name, spot));
    const raw =
      inner === undefined
        ? (spot.element.attribs.content ?? textOf(spot.element, 120))
        : (inner.element.attribs.content ?? textOf(inner.element, 120));
    yield { raws: [raw], source: "itemprop:author" };
  }
  for (const near of [true, false]) {
    for (const spot of index.authors) {
      if (!isHere(spot) || isNear(spot) !== near) continue;
      const text = textOf(spot.element, MAX_BYLINE_CHARS + 1);
      if (text.length === 0 || text.length > MAX_BYLINE_CHARS) continue;
      const link = linkIn(spot, index);
      yield {
        raws: [link ?? text],
        source: `.${spot.element.attribs.class?.trim().split(/\s+/u)[0] ?? spot.element.name}`,
      };
    }
  }
  let looks = 0;
  for (const line of index.shortTexts) {
    if ((line.region & (ELSEWHERE | Region.crumb)) !== 0 || looks > 80) continue;
    if (anchor >= 0 && (line.order < anchor - 60 || line.order > anchor + NEAR_TITLE)) continue;
    looks++;
    const named = cutByline(line.text);
    if (named !== null && named.length > 2 && named.length < 80)
      yield { raws: [named], source: "byline text" };
    else if (cutByline(`${line.text} x`) === "x") {
      const whole = textOf(line.parent, MAX_BYLINE_CHARS + 1);
      const rest = whole.length <= MAX_BYLINE_CHARS ? cutByline(whole) : null;
      if (rest !== null && rest.length > 2) yield { raws: [rest], source: "byline text" };
    }
  }
  for (const paragraph of [...body.paragraphs.slice(0, 2), ...body.paragraphs.slice(-2)]) {
    if (paragraph.length > 80) continue;
    const named = cutByline(paragraph);
    if (named !== null) yield { raws: [named], source: "byline in the body" };
  }
  for (const node of jsonLd.works) {
    if (isArticle(node)) continue;
    const raws = asList(node.author ?? node.creator).flatMap((one) =>
      personName(jsonLd.resolve(one)),
    );
    if (raws.length > 0) yield { raws, source: "json-ld:author of the page" };
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

function isInside(inner: Spot, outer: Spot): boolean {
  if (inner.order < outer.order) return false;
  let node: unknown = inner.element;
  for (let up = 0; up < 8 && node !== null && node !== undefined; up++) {
    if (node === outer.element) return true;
    node = (node as { parent: unknown }).parent;
  }
  return false;
}

/** Text of the links inside a byline: names are linked, the words around them are not. */
function linkIn(spot: Spot, index: PageIndex): string | null {
  const texts: string[] = [];
  for (const link of index.links) {
    if (link.order < spot.order) continue;
    if (link.order > spot.order + 40) break;
    if (isInside(link, spot)) {
      const text = textOf(link.element, 80);
      if (text !== "") texts.push(text);
    }
  }
  return texts.length > 0 ? texts.join(", ") : null;
}
