/**
 * What no reader of text needs, taken out of the markup before htmlparser2 builds a tree of it. Most
 * pages do not come here: tree.ts leaves the same out on its way. One linear scan, no regular expressions.
 *
 * - bodies of script, style and svg, and comments, are cut (they are most of a page's bytes);
 *   JSON-LD scripts are handed back aside;
 * - tags nested deeper than MAX_DEPTH are cut (their text stays): the tree builder's stack costs
 *   time in proportion to the depth, and markup that deep is broken or hostile.
 */

import { describeTag, isLetter, Kind } from "./tags.ts";

/** Real articles stay below 60; generated pages have been seen at 300. */
export const MAX_DEPTH = 1_000;

/** Shorter scripts hold no article. */
const LEAST_SCRIPT_CHARS = 500;

/** What was taken out of a page. */
export interface Cuttings {
  /** Contents of the JSON-LD scripts, in page order, as written. */
  readonly jsonLd: readonly string[];
  /** Contents of the other scripts of some size. */
  readonly scripts: readonly string[];
  readonly cutAtDepth: number | null;
  readonly scriptBytes: number;
}

export interface CutPage extends Cuttings {
  readonly markup: string;
}

const GT = 62;
const SLASH = 47;
const BANG = 33;
const EQUALS = 61;
const DOUBLE = 34;
const SINGLE = 39;

export function cutPage(html: string): CutPage {
  const kept: string[] = [];
  const search: Search = { isLastDrawingClosed: false };
  const found = { jsonLd: [] as string[], scripts: [] as string[] };
  let keptUpTo = 0;
  let scriptBytes = 0;
  let depth = 0;
  let tooDeep = 0;
  let cutAtDepth: number | null = null;
  let at = html.indexOf("<");
  while (at !== -1) {
    const next = html.charCodeAt(at + 1);
    if (next === BANG) {
      const end = endOfDeclaration(html, at);
      if (html.charCodeAt(at + 2) === 45) {
        kept.push(html.slice(keptUpTo, at));
        keptUpTo = end;
      }
      at = html.indexOf("<", end);
      continue;
    }
    const isClosing = next === SLASH;
    const nameStart = isClosing ? at + 2 : at + 1;
    if (!isLetter(html.charCodeAt(nameStart))) {
      at = html.indexOf("<", at + 1);
      continue;
    }
    const nameEnd = endOfName(html, nameStart);
    const tagEnd = endOfTag(html, nameEnd);
    const { name, kind } = describeTag(html.slice(nameStart, nameEnd).toLowerCase());
    const isCounted = (kind & Kind.uncounted) === 0;
    let end = tagEnd;
    if (isClosing) {
      if (isCounted) {
        if (tooDeep > 0) {
          tooDeep--;
          kept.push(html.slice(keptUpTo, at));
          keptUpTo = end;
        } else if (depth > 0) depth--;
      }
    } else if ((kind & Kind.cut) !== 0) {
      const isSelfClosed = html.charCodeAt(tagEnd - 2) === SLASH;
      if (name !== "svg" || !isSelfClosed) {
        const bodyEnd = endOfRaw(html, name, tagEnd, search);
        end = bodyEnd.after;
        scriptBytes += bodyEnd.before - tagEnd;
        if (name === "script") collectScript(html, nameEnd, tagEnd, bodyEnd.before, found);
      }
      kept.push(html.slice(keptUpTo, at));
      keptUpTo = end;
    } else if (isCounted) {
      if (depth >= MAX_DEPTH) {
        tooDeep++;
        cutAtDepth = MAX_DEPTH;
        kept.push(html.slice(keptUpTo, at));
        keptUpTo = end;
      } else depth++;
    }
    at = html.indexOf("<", end);
  }
  kept.push(html.slice(keptUpTo));
  return { markup: kept.join(""), ...found, cutAtDepth, scriptBytes };
}

/** What is known of the page's rest while it is cut. */
export interface Search {
  /** No drawing ends from here on: looked for once, not once for each that is not closed. */
  isLastDrawingClosed: boolean;
}

/** Where a script, a style or a drawing ends; what it held goes to the cuttings. */
export function endOfCut(
  markup: string,
  name: string,
  nameEnd: number,
  cuttings: { readonly jsonLd: string[]; readonly scripts: string[]; scriptBytes: number },
  search: Search,
): number {
  const tagEnd = endOfTag(markup, nameEnd);
  if (name === "svg" && markup.charCodeAt(tagEnd - 2) === SLASH) return tagEnd;
  const body = endOfRaw(markup, name, tagEnd, search);
  cuttings.scriptBytes += body.before - tagEnd;
  if (name === "script") collectScript(markup, nameEnd, tagEnd, body.before, cuttings);
  return body.after;
}

/** Keeps a script's contents: data for machines, or what is large enough to hold an article. */
function collectScript(
  html: string,
  nameEnd: number,
  from: number,
  to: number,
  found: { readonly jsonLd: string[]; readonly scripts: string[] },
): void {
  if (isJsonLd(html.slice(nameEnd, from))) found.jsonLd.push(html.slice(from, to));
  else if (to - from >= LEAST_SCRIPT_CHARS) found.scripts.push(html.slice(from, to));
}

function endOfName(html: string, from: number): number {
  let at = from;
  for (; at < html.length; at++) {
    const code = html.charCodeAt(at);
    if (code === GT || code === SLASH || code <= 32) break;
  }
  return at;
}

/** Position after the `>` that ends the tag; quotes count only after `=`, as tokenizers do. */
function endOfTag(html: string, from: number): number {
  let at = from;
  let afterEquals = false;
  for (; at < html.length; at++) {
    const code = html.charCodeAt(at);
    if (code === GT) return at + 1;
    if (afterEquals && (code === DOUBLE || code === SINGLE)) {
      const close = html.indexOf(code === DOUBLE ? '"' : "'", at + 1);
      if (close === -1) return html.length;
      at = close;
      afterEquals = false;
    } else if (code > 32) afterEquals = code === EQUALS;
  }
  return html.length;
}

/** Position after a comment or `<!doctype …>`. An unclosed comment runs to the end, as in browsers. */
export function endOfDeclaration(html: string, at: number): number {
  if (html.charCodeAt(at + 2) === 45 && html.charCodeAt(at + 3) === 45) {
    if (html.charCodeAt(at + 4) === GT) return at + 5;
    const end = html.indexOf("-->", at + 4);
    return end === -1 ? html.length : end + 3;
  }
  const end = html.indexOf(">", at);
  return end === -1 ? html.length : end + 1;
}

/** Where the raw text of an element ends (`before` the end tag, `after` it); the page's end if never. */
function endOfRaw(
  html: string,
  name: string,
  from: number,
  search: Search,
): { readonly before: number; readonly after: number } {
  let at = name === "svg" && search.isLastDrawingClosed ? -1 : html.indexOf("</", from);
  while (at !== -1) {
    const nameEnd = at + 2 + name.length;
    if (html.slice(at + 2, nameEnd).toLowerCase() === name && !isLetter(html.charCodeAt(nameEnd))) {
      const close = html.indexOf(">", nameEnd);
      return { before: at, after: close === -1 ? html.length : close + 1 };
    }
    at = html.indexOf("</", at + 2);
  }
  if (name === "svg") search.isLastDrawingClosed = true;
  // An unclosed drawing swallows nothing; an unclosed script does, as in browsers.
  return name === "svg"
    ? { before: from, after: from }
    : { before: html.length, after: html.length };
}

function isJsonLd(attributes: string): boolean {
  return attributes.toLowerCase().includes("ld+json");
}
