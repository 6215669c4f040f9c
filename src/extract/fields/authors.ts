/**
 * Who wrote it. Sources in order of trust; the first that names a person wins, an account, an agency
 * or the newsroom only when nobody is named. A byline in the body beats an account called "admin".
 */
import type { Element } from "domhandler";
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { cutByline, isByline, looksLikeName, readNames } from "./author-names.ts";
import { asList, isArticle, isOfType, type JsonLd, plainText } from "./json-ld.ts";
import { elsewhereOn, isInside, type PageIndex, type Spot } from "./page-index.ts";
import { Region } from "./roles.ts";
import type { SiteNames } from "./site-name.ts";
import { partsOf, textOf } from "./text-of.ts";

interface Byline {
  readonly raws: readonly string[];
  readonly source: string;
  /** Listed one by one in the page's own data: an agency among them is an author too. */
  readonly isList?: boolean;
  /** An organisation, or a place where authors of other things stand too: only if nothing better. */
  readonly isWeak?: boolean;
  /** Only names written as names are taken: the place itself proves little. */
  readonly isStrict?: boolean;
}

export interface Authors {
  readonly names: readonly string[];
  readonly source: string;
}

const MAX_BYLINE_CHARS = 160;
const MAX_PARTS = 12;
/** In nodes from the title. */
const NEAR_TITLE = 260;
const NEAR_BEFORE_TITLE = 60;
const MAX_LOOKS = 80;

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
  for (const byline of bylines(facts, findings, body, index, jsonLd, title)) {
    const { source } = byline;
    const { people, others } = namesOf(byline, names);
    if (people.length > 0 && byline.isWeak !== true) winner ??= { names: people, source };
    else if (people.length + others.length > 0) {
      fallback ??= { names: people.length > 0 ? people : others, source };
    }
    if (tracer.on) {
      const isWinner = winner?.source === source && people.length > 0;
      const reason = people.length === 0 ? "names no person" : `after ${winner?.source}`;
      tracer.candidate("authors", {
        source,
        value: byline.raws.join(" | "),
        rejected: isWinner ? null : reason,
      });
    } else if (winner !== null) return winner;
  }
  return winner ?? fallback ?? { names: [], source: "" };
}

function namesOf(byline: Byline, site: SiteNames): { people: string[]; others: string[] } {
  const people: string[] = [];
  const others: string[] = [];
  for (const raw of byline.raws) {
    const read = readNames(raw, site.isSite);
    for (const name of read.people) {
      if (byline.isStrict === true && !looksLikeName(name)) continue;
      if (!people.includes(name)) people.push(name);
    }
    for (const name of read.others) {
      if (people.length > 0 && byline.isList === true && !site.isSite(name)) people.push(name);
      else if (!others.includes(name)) others.push(name);
    }
    // Beside the first name stand jobs, dates and buttons.
    if (byline.isStrict === true && people.length > 0) break;
  }
  return { people, others };
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
  for (const { value, source } of findings.fields.authors ?? []) yield { raws: [value], source };
  for (const node of jsonLd.works) if (isArticle(node)) yield* jsonLdByline(node, jsonLd);
  yield* metaBylines(facts);
  yield* markedBylines(index, title);
  yield* textBylines(index, title);
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

function* markedBylines(index: PageIndex, title: Spot | null): Iterable<Byline> {
  const anchor = title?.order ?? index.containerStart;
  const notHere = elsewhereOn(index, title) | Region.crumb;
  const isHere = (spot: Spot): boolean => (spot.region & notHere) === 0;
  for (const spot of index.rels.get("author") ?? []) {
    if (isHere(spot)) yield { raws: [textOf(spot.element, 120)], source: "a[rel=author]" };
  }
  for (const spot of (index.itemprops.get("author") ?? []).filter(isHere)) {
    const inner = (index.itemprops.get("name") ?? []).find((name) => isInside(name, spot));
    const { element } = inner ?? spot;
    const raw = element.attribs.content ?? textOf(element, 120);
    yield { raws: [raw], source: "itemprop:author" };
  }
  const marked = index.authors.filter((spot) => isHere(spot) && !SECTIONS.has(spot.element.name));
  const isNear = (spot: Spot): boolean => anchor < 0 || Math.abs(spot.order - anchor) < NEAR_TITLE;
  for (const spot of [...marked.filter(isNear), ...marked.filter((one) => !isNear(one))]) {
    const text = textOf(spot.element, MAX_BYLINE_CHARS + 1);
    if (text.length === 0 || text.length > MAX_BYLINE_CHARS) continue;
    const source = `.${spot.element.attribs.class?.trim().split(/\s+/u)[0] ?? spot.element.name}`;
    const linked = linkedNames(spot, index);
    if (linked.length > 0) yield { raws: [linked.join(", ")], source, isStrict: true };
    yield { raws: [text], source, isStrict: true };
    yield { raws: partsOf(spot.element, MAX_PARTS, isDate), source, isStrict: true };
  }
}

const SECTIONS = new Set(["article", "main", "body", "section", "html"]);

function isDate(element: Element): boolean {
  return element.name === "time" || element.name === "figure" || element.name === "img";
}

/** Short lines near the title that start with a label: `By …`, `كتب: …`. */
function* textBylines(index: PageIndex, title: Spot | null): Iterable<Byline> {
  const anchor = title?.order ?? index.containerStart;
  const notHere = elsewhereOn(index, title) | Region.crumb | Region.nav;
  let looks = 0;
  for (const line of index.shortTexts) {
    if (looks > MAX_LOOKS) return;
    if ((line.region & notHere) !== 0) continue;
    if (anchor >= 0 && line.order < anchor - NEAR_BEFORE_TITLE) continue;
    if (anchor >= 0 && line.order > anchor + NEAR_TITLE) return;
    looks++;
    const source = "byline text";
    const named = cutByline(line.text);
    if (named !== null && named.length > 1 && named.length < 80) {
      yield { raws: [named], source, isStrict: true };
    } else if (isByline(line.text)) {
      const whole = textOf(line.parent, MAX_BYLINE_CHARS + 1);
      const rest = whole.length <= MAX_BYLINE_CHARS ? cutByline(whole) : null;
      if (rest !== null && rest.length > 1) yield { raws: [rest], source, isStrict: true };
      const after = nextText(line.parent);
      if (after !== "") yield { raws: [after], source, isStrict: true };
    }
  }
}

/** Text of the element after a label: `<dt>By</dt><dd>Name</dd>`. */
function nextText(element: Element): string {
  let next = element.nextSibling;
  for (let ahead = 0; ahead < 3 && next !== null; ahead++) {
    const text = next.type === "tag" ? textOf(next as Element, 81) : "";
    if (text !== "") return text.length > 80 ? "" : text;
    next = next.nextSibling;
  }
  return "";
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

/** Names in a byline are linked, the words around them are not. */
function linkedNames(spot: Spot, index: PageIndex): readonly string[] {
  const names: string[] = [];
  for (const link of index.links) {
    if (link.order < spot.order) continue;
    if (link.order > spot.order + 40) break;
    const text = isInside(link, spot) ? textOf(link.element, 80) : "";
    if (text !== "" && looksLikeName(text)) names.push(text);
  }
  return names;
}
