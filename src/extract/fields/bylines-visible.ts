/**
 * Bylines a reader sees: elements named after authors, links to authors' pages, lines with a label, a
 * name beside the date. What stands in menus, comments and lists of other articles is none.
 */
import { type ChildNode, type Element, isTag, isText } from "domhandler";
import { hrefOf } from "../page/marks.ts";
import {
  cutByline,
  isByline,
  isCredit,
  isFullName,
  looksLikeName,
  withoutDates,
} from "./author-names.ts";
import type { Byline } from "./bylines.ts";
import { elsewhereOn, isInside, type PageIndex, type Spot, type TextSpot } from "./page-index.ts";
import { Region, Role } from "./roles.ts";
import { partsOf, textOf } from "./text-of.ts";

const MAX_BYLINE_CHARS = 160;
const MAX_PARTS = 12;
/** In nodes from the title. */
const NEAR_TITLE = 260;
const NEAR_BEFORE_TITLE = 60;
/** In nodes from where the body ends. */
const AROUND_END = 40;
const MAX_LOOKS = 80;

export function* markedBylines(index: PageIndex, title: Spot | null): Iterable<Byline> {
  const anchor = title?.order ?? index.containerStart;
  const notHere = elsewhereOn(index, title) | Region.crumb;
  const isHere = (spot: Spot): boolean => (spot.region & notHere) === 0;
  for (const raws of linesOf((index.rels.get("author") ?? []).filter(isHere)))
    yield { raws, source: "a[rel=author]", isList: true };
  for (const spot of (index.itemprops.get("author") ?? []).filter(isHere)) {
    if (isOfPicture(spot.element)) continue;
    const inner = (index.itemprops.get("name") ?? []).find((name) => isInside(name, spot));
    const { element } = inner ?? spot;
    const raw = element.attribs.content ?? textOf(element, 120);
    yield { raws: [raw], source: "itemprop:author" };
  }
  const marked = index.authors.filter(
    (spot) =>
      isHere(spot) &&
      (spot.roles & (Role.caption | Role.credit)) === 0 &&
      !SECTIONS.has(spot.element.name),
  );
  const isNear = (spot: Spot): boolean => anchor < 0 || Math.abs(spot.order - anchor) < NEAR_TITLE;
  for (const spot of [...marked.filter(isNear), ...marked.filter((one) => !isNear(one))]) {
    const text = textOf(spot.element, MAX_BYLINE_CHARS + 1);
    if (text.length === 0 || text.length > MAX_BYLINE_CHARS || isCredit(text)) continue;
    const source = `.${spot.element.attribs.class?.trim().split(/\s+/u)[0] ?? spot.element.name}`;
    const linked = linkedNames(spot, index);
    if (linked.length > 0) yield { raws: [linked.join(", ")], source, isStrict: true };
    if (isSentence(text) && cutByline(text) === null) continue;
    const parts = partsOf(spot.element, MAX_PARTS, isDate);
    yield { raws: [parts.join(" ")], source, isStrict: true };
    if (!parts.some(isCredit)) yield { raws: parts, source, isStrict: true };
  }
  const margin = marginByline(index, notHere);
  if (margin !== null) yield { raws: [margin], source: "byline in the margin", isStrict: true };
}

/** A labelled author beside the text is the article's if it is the only one there: lists label all of theirs. */
function marginByline(index: PageIndex, notHere: number): string | null {
  const names = new Set<string>();
  for (const { element, region } of index.authors) {
    if ((region & notHere) !== Region.aside) continue;
    const text = textOf(element, MAX_BYLINE_CHARS + 1);
    const named = text.length <= MAX_BYLINE_CHARS ? cutByline(text) : null;
    if (named !== null && named !== "") names.add(named);
  }
  const [only] = names;
  return names.size === 1 ? (only as string) : null;
}

const PICTURE = /ImageObject|VideoObject/u;

/** The author of a picture is its photographer. */
function isOfPicture(element: Element): boolean {
  let one: Element | null = element;
  for (let up = 0; up < MAX_UP && one !== null; up++) {
    if (one.name === "figure" || PICTURE.test(one.attribs.itemtype ?? "")) return true;
    one = one.parent !== null && isTag(one.parent) ? one.parent : null;
  }
  return false;
}
const MAX_UP = 5;

/** Texts of the links that stand together, line by line: an author's portrait and name are two links. */
function linesOf(spots: readonly Spot[]): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { element, order } of spots) {
    const text = textOf(element, 120);
    if (order - last > SAME_LINE) lines.push([]);
    last = order;
    const line = lines[lines.length - 1] as string[];
    if (text !== "" && !line.includes(text)) line.push(text);
  }
  return lines;
}

const SECTIONS = new Set(["article", "main", "body", "section", "html"]);

/** In words; a byline with a full stop is shorter. */
const MIN_SENTENCE_WORDS = 9;

/** What is said about the author, not who it is. */
function isSentence(text: string): boolean {
  return /[.!?؟۔。]$/u.test(text) && text.split(" ").length >= MIN_SENTENCE_WORDS;
}

function isDate(element: Element): boolean {
  return element.name === "time" || element.name === "figure" || element.name === "img";
}

/** Paths of authors' pages, as CMSes in many languages write them. */
export const AUTHOR_PATH =
  /\/(?:authors?|autor|autora|autoren|autore|autori|autores|auteurs?|writers?|contributors?|columnists?|journalists?|reporters?|profil|redakteur|redakteure|redactie|kirjoittaja|forfatter|yazar|yazarlar|الكاتب|كاتب|كتاب)\/|[?&]_?author=/iu;
/** Links that stand together, in nodes. */
const SAME_LINE = 14;

/** Links to authors' pages near the title: `<a href="/author/salma">Salma Harb</a>`. */
export function* linkedBylines(index: PageIndex, title: Spot | null): Iterable<Byline> {
  const anchor = title?.order ?? index.containerStart;
  const notHere = elsewhereOn(index, title) | Region.crumb | Region.hidden;
  const names: string[] = [];
  let last = -1;
  for (const spot of index.links) {
    if (anchor >= 0 && spot.order < anchor - NEAR_BEFORE_TITLE) continue;
    if (spot.order > Math.max(anchor, 0) + NEAR_TITLE) break;
    if (last >= 0 && spot.order > last + SAME_LINE) break;
    if ((spot.region & notHere) !== 0) continue;
    if (!AUTHOR_PATH.test(hrefOf(spot.element) ?? "")) continue;
    const text = textOf(spot.element, 80);
    if (!looksLikeName(text) || !isFullName(text)) continue;
    last = spot.order;
    if (!names.includes(text)) names.push(text);
  }
  if (names.length > 0) yield { raws: names, source: "link to an author", isList: true };
}

/** Short lines near the title that start with a label: `By …`, `كتب: …`. */
export function* textBylines(index: PageIndex, title: Spot | null): Iterable<Byline> {
  const anchor = title?.order ?? index.containerStart;
  const notHere = elsewhereOn(index, title) | Region.crumb | Region.nav;
  let looks = 0;
  for (const line of index.shortTexts) {
    if (looks > MAX_LOOKS) return;
    if ((line.region & notHere) !== 0) continue;
    if (anchor >= 0 && line.order < anchor - NEAR_BEFORE_TITLE) continue;
    if (anchor >= 0 && line.order > anchor + NEAR_TITLE && !isAtEnd(line.order, index)) continue;
    looks++;
    const source = "byline text";
    // A label of two words is not one of one word before a name.
    const isLabel = isByline(line.text);
    const named = isLabel ? null : cutByline(line.text);
    if (named !== null && named.length > 1 && named.length < 80) {
      yield { raws: [named], source, isStrict: true };
    } else if (isLabel) {
      const whole = textOf(line.parent, MAX_BYLINE_CHARS + 1);
      const isLine = whole.length <= MAX_BYLINE_CHARS;
      const rest = isLine ? cutByline(whole) : null;
      if (rest !== null && rest.length > 1) yield { raws: [rest], source, isStrict: true };
      const after = nextText(line.parent);
      if (after !== "") yield { raws: [after], source, isStrict: true };
      const beside = besideLabel(line);
      if (beside !== "" && rest?.startsWith(beside) && isDateLine(rest.slice(beside.length)))
        yield { raws: [beside], source, isStrict: true, isWeak: true };
    }
  }
}

/** The text right after a label in its own element: `By <a>Name</a>`. */
function besideLabel({ parent, text }: TextSpot): string {
  const label = parent.children.find((node) => isText(node) && node.data.trim() === text);
  return label === undefined ? "" : nextText(label);
}

/** In words; a preposition and the name of a day. */
const MAX_WORDS_OF_DATE_LINE = 2;

/** What follows a name in a byline is a date; in `By Ali's own account …` it is the sentence. */
function isDateLine(text: string): boolean {
  const rest = withoutDates(text);
  const words = rest.split(/[^\p{L}\p{M}\p{Nd}]+/u).filter((word) => HAS_LETTER.test(word));
  return rest !== text && words.length <= MAX_WORDS_OF_DATE_LINE;
}
const HAS_LETTER = /\p{L}/u;

/** Authors sign below the last paragraph, too. */
function isAtEnd(order: number, { containerEnd }: PageIndex): boolean {
  return order > containerEnd - AROUND_END && order < containerEnd + AROUND_END;
}

/** Text after a label in an element of its own: `<dt>By</dt><dd>Name</dd>`, `<b>Author:</b> Name`. */
function nextText(label: ChildNode): string {
  let next = label.nextSibling;
  for (let ahead = 0; ahead < 3 && next !== null; ahead++) {
    const text = isText(next) ? next.data.trim() : isTag(next) ? textOf(next, 81) : "";
    if (text !== "") return text.length > 80 ? "" : text;
    next = next.nextSibling;
  }
  return "";
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
