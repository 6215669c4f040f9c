/**
 * Which selector stands for a field on all pages: candidates come from the nodes that say what the
 * generic extractor found, and are judged by what they say on every page. Pure.
 */
import type { Element } from "domhandler";
import type { Article } from "../model.ts";
import type { Pick } from "../sites/index.ts";
import { clean, parseDate, parseMachineDate } from "../text/index.ts";
import { type ProposedField, VOCABULARY } from "./names.ts";
import type { ReadPage, ZoneAndTime } from "./page.ts";
import {
  contradictsField,
  matcherOf,
  meaningOf,
  type SelectorCandidate,
  selectorsFor,
} from "./selectors.ts";
import { ancestorsOf, classesOf, type PageTree, TEXT_CHARS } from "./tree.ts";

export interface Proposal {
  readonly pick: Pick;
  /** 0…1: on what share of the pages that have the field the selector says the same. */
  readonly agreement: number;
  /** Higher is better; compares proposals for one field only. */
  readonly score: number;
}

export type TextField = Exclude<ProposedField, "body">;

/** Fewer than this share and the node is another field's. */
export const ENOUGH_AGREEMENT = 0.6;
/** Proposals handed on to be tried on the pages for real. */
export const MOST_PROPOSALS = 4;
/** A byline is a name and a few words around it. */
const MOST_EXTRA_CHARS = 40;
/** Related and latest stories come by tens; their dates are namesakes of each other. */
const MOST_NAMESAKES = 60;
/** "Saturday 14 June 2026 at 14:30, last update …" and no paragraph. */
const LONGEST_DATE_LINE = 90;

// Agreement decides; the rest orders what agrees alike. A second match on a page is a node that may
// come first tomorrow; a name that says what it is survives a redesign better than a short one.
const POINTS = {
  agreement: 1_000,
  strength: 200,
  extraMatch: -30,
  missing: -60,
  outside: -120,
  ownMeaning: 40,
  meaningAbove: 10,
  meta: -25,
  bareTag: -20,
  contradiction: -90,
  perCharacter: -0.6,
} as const;
const MOST_EXTRA_MATCHES = 5;

/**
 * The best selectors for one field, best first; none when no node says it on most pages.
 *
 * @param pages - articles of one site; those where the generic extractor found nothing count only
 *   against selectors that match there as well as elsewhere say nothing
 */
export function proposeField(
  field: TextField,
  pages: readonly ReadPage[],
  context: ZoneAndTime,
): readonly Proposal[] {
  const wanted = pages.filter(({ generic }) => valuesOf(field, generic).length > 0);
  if (wanted.length === 0) return [];
  const tally = new Map<string, { readonly reader: Reader; pages: number; outside: number }>();
  for (const page of wanted) {
    const found = new Map<string, { readonly reader: Reader; isOutside: boolean }>();
    for (const { element, attr } of nodesSaying(field, page, context)) {
      const isOutside = isOutsideArticle(element);
      for (const candidate of selectorsFor(element)) {
        const key = `${candidate.css}@${attr ?? ""}`;
        const before = found.get(key);
        found.set(key, {
          reader: { candidate, attr },
          isOutside: isOutside && (before?.isOutside ?? true),
        });
      }
    }
    for (const [key, { reader, isOutside }] of found) {
      const entry = tally.get(key) ?? { reader, pages: 0, outside: 0 };
      entry.pages += 1;
      entry.outside += isOutside ? 1 : 0;
      tally.set(key, entry);
    }
  }
  const often = [...tally.values()].filter(
    (entry) => entry.pages >= wanted.length * ENOUGH_AGREEMENT,
  );
  return often
    .map(({ reader, pages: seen, outside }) => ({
      ...judge(field, reader, pages, context),
      outside: outside / seen,
    }))
    .filter(({ agreement }) => agreement >= ENOUGH_AGREEMENT)
    .map(({ outside, ...proposal }) => ({
      ...proposal,
      score: proposal.score + outside * POINTS.outside,
    }))
    .sort((a, b) => b.score - a.score || (cssOf(a) < cssOf(b) ? -1 : 1))
    .slice(0, MOST_PROPOSALS);
}

export function cssOf({ pick }: { readonly pick: Pick }): string {
  return typeof pick === "string" ? pick : pick.css;
}

interface Reader {
  readonly candidate: SelectorCandidate;
  readonly attr: string | null;
}

interface Node {
  readonly element: Element;
  readonly attr: string | null;
}

const OUTSIDE: ReadonlySet<string> = new Set(VOCABULARY.outsideTags);

function isOutsideArticle(element: Element): boolean {
  for (const ancestor of ancestorsOf(element)) if (OUTSIDE.has(ancestor.name)) return true;
  return false;
}

/** What the generic extractor says of a field; several for categories and authors. */
function valuesOf(field: TextField, article: Article): readonly string[] {
  if (field === "title") return article.title === "" ? [] : [article.title];
  if (field === "author") return article.authors;
  if (field === "category") return article.categories.map(({ label }) => label);
  return article.published === null ? [] : [article.published.iso];
}

function nodesSaying(field: TextField, page: ReadPage, context: ZoneAndTime): readonly Node[] {
  const { tree, generic } = page;
  return tree.elements.flatMap((element) => {
    const nodes: Node[] = [];
    // Reading a text as a date is dear, and the hundredth of a list is not the article's.
    if (field === "published" && namesakes(element, tree) > MOST_NAMESAKES) return nodes;
    if (field === "published") {
      for (const attr of VOCABULARY.dateAttributes) {
        if (sameDate(element.attribs[attr], generic, context) > 0) nodes.push({ element, attr });
      }
    }
    if (saysText(field, tree.textOf(element), generic, context) > 0)
      nodes.push({ element, attr: null });
    return nodes;
  });
}

/** How many elements of the page are called like this one, or its nearest named ancestor. */
function namesakes(element: Element, tree: PageTree): number {
  for (const node of [element, ...ancestorsOf(element)]) {
    if (node.attribs.id !== undefined) return 1;
    const classes = classesOf(node);
    if (classes.length > 0)
      return Math.min(...classes.map((name) => tree.named(`.${name}`).length));
  }
  return 1;
}

/** 0…1: how exactly a text says what the generic extractor found. */
function saysText(field: TextField, text: string, generic: Article, context: ZoneAndTime): number {
  if (text === "" || text.length >= TEXT_CHARS) return 0;
  if (field === "published")
    return text.length > LONGEST_DATE_LINE ? 0 : sameDate(text, generic, context);
  const values = valuesOf(field, generic);
  if (field === "category") return text === (generic.category ?? values[0]) ? 1 : 0;
  if (values.some((value) => value === text) || values.join(", ") === text) return 1;
  if (field === "title") return 0;
  const holdsAll = values.every((value) => text.includes(value));
  const extra = text.length - values.join("").length;
  return holdsAll && extra <= MOST_EXTRA_CHARS ? 0.6 : 0;
}

const DAY_CHARS = "2026-06-14".length;

/** 1 for the same instant, less for the same day said less (or more) precisely, 0 for another day. */
function sameDate(text: string | undefined, generic: Article, context: ZoneAndTime): number {
  const wanted = generic.published;
  if (text === undefined || wanted === null || !/\p{N}/u.test(text)) return 0;
  const { timeZone, now } = context;
  const read =
    parseMachineDate(text, { timeZone, now, naive: "local" }) ?? parseDate(text, { timeZone, now });
  if (read === null) return 0;
  if (read.at === wanted.at && read.precision === wanted.precision) return 1;
  if (read.at === wanted.at) return 0.9;
  return read.iso.slice(0, DAY_CHARS) === wanted.iso.slice(0, DAY_CHARS) ? 0.7 : 0;
}

function judge(
  field: TextField,
  { candidate, attr }: Reader,
  pages: readonly ReadPage[],
  context: ZoneAndTime,
): Proposal {
  const match = matcherOf(candidate);
  let [agreed, strength, extra, missing, wanted] = [0, 0, 0, 0, 0];
  for (const { tree, generic } of pages) {
    const texts = match(tree)
      .map((element) => textBy(tree, element, attr))
      .filter((text) => text !== "");
    if (valuesOf(field, generic).length === 0) continue;
    wanted += 1;
    const worth = worthOf(field, texts, generic, context);
    if (worth > 0) agreed += 1;
    strength += worth;
    if (texts.length === 0) missing += 1;
    if (field !== "category") extra += Math.min(MOST_EXTRA_MATCHES, Math.max(0, texts.length - 1));
  }
  const agreement = agreed / wanted;
  const meaning = meaningOf(field, candidate.css);
  const score =
    agreement * POINTS.agreement +
    (strength / wanted) * POINTS.strength +
    (extra / wanted) * POINTS.extraMatch +
    (missing / wanted) * POINTS.missing +
    (meaning === 2 ? POINTS.ownMeaning : meaning === 1 ? POINTS.meaningAbove : 0) +
    (contradictsField(field, candidate.css) ? POINTS.contradiction : 0) +
    (candidate.css.includes("meta[") ? POINTS.meta : 0) +
    (candidate.css === candidate.key && /^\w/u.test(candidate.key) ? POINTS.bareTag : 0) +
    candidate.css.length * POINTS.perCharacter;
  return { pick: toPick(candidate.css, attr), agreement, score };
}

/** What the extractor would read: of a category every match counts, of the others the first. */
function worthOf(
  field: TextField,
  texts: readonly string[],
  generic: Article,
  context: ZoneAndTime,
): number {
  const [first] = texts;
  if (first === undefined) return 0;
  if (field !== "category") return saysText(field, first, generic, context);
  const labels = new Set(valuesOf(field, generic));
  const strange = new Set(texts.filter((text) => !labels.has(text))).size;
  const isThere = texts.some((text) => saysText(field, text, generic, context) > 0);
  return isThere ? 1 / (1 + strange) : 0;
}

function textBy(tree: PageTree, element: Element, attr: string | null): string {
  return attr === null ? tree.textOf(element) : clean(element.attribs[attr] ?? "");
}

function toPick(css: string, attr: string | null): Pick {
  return attr === null ? css : { css, attr };
}
