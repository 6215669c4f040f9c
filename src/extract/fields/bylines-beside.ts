/**
 * Names that no label calls an author's, but their place does: alone with the date below the headline, and
 * beside the portrait that bears the same name. Last resorts: written as names and nothing else.
 */
import { type Element, isTag } from "domhandler";
import { clean, fold } from "../../text/index.ts";
import { hrefOf } from "../page/marks.ts";
import { isFullName, isJobTitle, looksLikeName, withoutDates } from "./author-names.ts";
import type { Byline } from "./bylines.ts";
import { AUTHOR_PATH } from "./bylines-visible.ts";
import { meaningOf } from "./dates/labels.ts";
import { elsewhereOn, type PageIndex, type Spot } from "./page-index.ts";
import { Region } from "./roles.ts";
import { textOf } from "./text-of.ts";

/** In nodes from the title. */
const NEAR_BEFORE = 30;
const NEAR_AFTER = 60;
/** A longer line is prose. */
const MAX_LINE_CHARS = 110;
const MAX_LOOKS = 12;
const MAX_NAME_WORDS = 4;
/** A name and what the person is. */
const MAX_PARTS = 2;
const PARTS = /\s*[|·•∙●]\s*|\s+[-–—]\s+|\s*,\s+/u;
/** Capitals begin its first and last word; the first may be an initial. */
const NAME_AS_WRITTEN =
  /^(?:\p{Lu}[\p{Ll}\p{M}'’.-][\p{L}\p{M}'’.-]*|\p{Lu}\.?)(?: [\p{L}\p{M}'’.-]+)* \p{Lu}[\p{L}\p{M}'’-]*\p{Ll}$/u;
const HAS_LETTER = /\p{L}/u;
const EDGES = /^[\s|·•,–—-]+|[\s|·•,–—-]+$/gu;

/** `11.12.2019 - Amal Haddad`, `Amal Haddad | Senior Writer | July 2, 2025`. */
export function* datedBylines(index: PageIndex, title: Spot | null): Iterable<Byline> {
  if (title === null) return;
  const notHere = elsewhereOn(index, title) | Region.crumb | Region.nav;
  let looks = 0;
  for (const { parent, order, region } of index.numbers) {
    if (order < title.order - NEAR_BEFORE || (region & notHere) !== 0) continue;
    if (order > title.order + NEAR_AFTER || looks++ >= MAX_LOOKS) return;
    const name =
      nameWithDate(parent) ??
      (isTag(parent.parent ?? parent) ? nameWithDate(parent.parent as Element) : null);
    if (name !== null)
      yield { raws: [name], source: "name beside the date", isStrict: true, isWeak: true };
  }
}

function nameWithDate(element: Element): string | null {
  const text = textOf(element, MAX_LINE_CHARS + 1);
  if (text.length > MAX_LINE_CHARS) return null;
  const rest = withoutDates(text);
  if (rest === text) return null;
  const parts = rest
    .split(PARTS)
    .map((part) => part.replace(EDGES, ""))
    .filter((part) => HAS_LETTER.test(part));
  const [name] = parts;
  if (name === undefined || parts.length > MAX_PARTS || !isWholeName(name)) return null;
  // `Released Wednesday`, `SID Friday`: what a date line says besides.
  if (!NAME_AS_WRITTEN.test(name) || meaningOf(name.split(" ", 1)[0] as string) !== null)
    return null;
  const [, job] = parts;
  if (job !== undefined && !isJobTitle(job)) return null;
  // `Benghazi Libya, 3 May 2020`, `World Affairs | 3 May 2020`: places and sections stand alone with the date, too.
  const address = addressOf(element, name);
  if (address === null) return job === undefined ? null : name;
  return AUTHOR_PATH.test(address) ? name : null;
}

/** Where the link around a name leads; null when there is none. */
function addressOf(element: Element, name: string): string | null {
  const waiting: Element[] = [element];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one.name === "a" && textOf(one, MAX_LINE_CHARS).includes(name)) return hrefOf(one) ?? "";
    for (const child of one.children) if (isTag(child)) waiting.push(child);
  }
  return null;
}

/** How a portrait is named, and what its description says before the name. */
const PORTRAIT =
  /(?:^|[\s_-])(?:avatars?|authors?|autor|auteur|gravatar|portrait|headshot)(?:[\s_-]|$)/iu;
/** A picture of the story may lie under `/authors/`, too; these serve portraits only. */
const PORTRAIT_ADDRESS = /gravatar\.com\/avatar|\/avatars?\//iu;
const DESCRIPTION =
  /^(?:(?:picture|photo|image|avatar|portrait|headshot|profile picture) (?:of|for)|(?:profil)?bild von|foto (?:von|de|di)|photo de|avatar de|صورة)\s+/iu;
/** From the portrait to the name, in nodes. */
const BESIDE = 16;
const MAX_TITLE_CHARS = 400;
const AROUND_END = 120;
const NEAR_TITLE = 260;

/** `<img class="avatar" alt="Amal Haddad">Amal Haddad`, the only such on the page. */
export function* portraitBylines(index: PageIndex, title: Spot | null): Iterable<Byline> {
  const notHere = elsewhereOn(index, title) | Region.crumb;
  const anchor = title?.order ?? index.containerStart;
  const isNear = (order: number): boolean =>
    Math.abs(order - anchor) < NEAR_TITLE || Math.abs(order - index.containerEnd) < AROUND_END;
  const names = new Set<string>();
  const titleKey = title === null ? "" : fold(textOf(title.element, MAX_TITLE_CHARS));
  for (const { element, order, region } of index.images) {
    if ((region & notHere) !== 0 || !isNear(order)) continue;
    const name = clean(element.attribs.alt ?? "").replace(DESCRIPTION, "");
    if (!isWholeName(name) || !isPortrait(element)) continue;
    const key = fold(name);
    // Whom the story is about: its picture is no byline.
    if (` ${titleKey} `.includes(` ${key} `)) continue;
    const isSaid = (spot: { readonly order: number }): boolean =>
      spot.order > order && spot.order <= order + BESIDE;
    if (
      index.shortTexts.some((line) => isSaid(line) && fold(line.text) === key) ||
      index.links.some((link) => isSaid(link) && fold(textOf(link.element, 80)) === key)
    )
      names.add(name);
  }
  if (names.size === 1)
    yield { raws: [...names], source: "name beside a portrait", isStrict: true };
}

function isPortrait({ attribs, parent }: Element): boolean {
  if (parent !== null && isTag(parent) && parent.name === "figure") return false;
  const holder = parent !== null && isTag(parent) ? (parent.attribs.class ?? "") : "";
  return (
    PORTRAIT.test(`${attribs.class ?? ""} ${holder}`) || PORTRAIT_ADDRESS.test(attribs.src ?? "")
  );
}

function isWholeName(text: string): boolean {
  const words = text.split(" ").length;
  return (
    words >= 2 &&
    words <= MAX_NAME_WORDS &&
    looksLikeName(text) &&
    isFullName(text) &&
    !isJobTitle(text)
  );
}
