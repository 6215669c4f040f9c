/**
 * Takes out what is not the article before anything is scored: by tag, role, name and visibility.
 * Guarded by prose: what holds most of the page's prose is never dropped for its name alone, since
 * names lie more often than text does.
 */
import { type Document, type Element, isTag } from "domhandler";
import type { Tracer } from "../context.ts";
import { type FlatPage, Is, within } from "./flat.ts";
import { Names } from "./names.ts";

export interface Pruned {
  /** 1 where a piece of text is still alive. */
  readonly alive: Uint8Array;
  /** 1 where an element was dropped itself (its descendants are not marked). */
  readonly gone: Uint8Array;
}

/** How strict a pass is: the soft retry keeps everything whose name is only suspicious. */
export type Strictness = "full" | "soft";

const DROPPED_TAGS = new Set(["nav", "footer", "aside", "menu", "dialog", "menuitem"]);
const DROPPED_ROLES = new Set([
  "navigation",
  "complementary",
  "banner",
  "contentinfo",
  "search",
  "dialog",
  "alertdialog",
  "alert",
  "menu",
  "menubar",
  "toolbar",
  "tooltip",
  "tablist",
  "radiogroup",
]);
/** More than this share of all prose is the article itself, whatever it is called. */
const MOST_PROSE = 0.5;
/** An article, main or h1-holder is kept from here on: the share of one short article on a full page. */
const SOME_PROSE = 0.05;
/** A form around most of the page is how ASP.NET sites are built. */
const FORM_PROSE = 0.3;
/** A figure with this much prose is a gallery page, not a picture. */
const FIGURE_PROSE_CHARS = 400;
/** A suspicious name on less prose than two lines drops the element. */
const SOFT_PROSE_CHARS = 140;
const SOFT_LINK_SHARE = 0.2;

export function prune(flat: FlatPage, strictness: Strictness, tracer: Tracer): Pruned {
  const alive = new Uint8Array(flat.pieces.length).fill(1);
  const gone = new Uint8Array(flat.elements.length);
  const allProse = Math.max(1, within(flat, flat.proseChars, 0));
  for (let index = 1; index < flat.elements.length; ) {
    const reason = dropReason(flat, index, allProse, strictness);
    if (reason === null) {
      index++;
      continue;
    }
    drop(flat, { alive, gone }, index);
    if (tracer.on) {
      const chars = within(flat, flat.chars, index);
      if (chars > 0) tracer.removed(describe(flat.elements[index]), reason, chars);
    }
    index = flat.end[index] as number;
  }
  return { alive, gone };
}

export function drop(flat: FlatPage, pruned: Pruned, index: number): void {
  pruned.gone[index] = 1;
  pruned.alive.fill(0, flat.pieceStart[index], flat.pieceEnd[index]);
}

/** `div#related-posts.container-wrapper`. */
export function describe(element: Element | Document | undefined): string {
  if (element === undefined || !isTag(element)) return "page";
  const id = element.attribs.id ? `#${element.attribs.id}` : "";
  const names = element.attribs.class?.trim().split(/\s+/u).slice(0, 3) ?? [];
  return `${element.name}${id}${names.map((name) => `.${name}`).join("")}`;
}

function dropReason(
  flat: FlatPage,
  index: number,
  allProse: number,
  strictness: Strictness,
): string | null {
  const element = flat.elements[index];
  if (element === undefined || !isTag(element)) return null;
  const { name, attribs } = element;
  if (name === "html" || name === "body") return null;
  const own = flat.own[index] as number;
  const names = flat.names[index] as number;
  const prose = within(flat, flat.proseChars, index);
  const share = prose / allProse;
  const isMost = share > MOST_PROSE;
  const isHolder =
    share > SOME_PROSE &&
    (name === "article" || name === "main" || within(flat, flat.h1s, index) > 0);
  if (own & Is.hidden && !(isMost && (names & Names.hard) === 0) && !isHolder) return "hidden";
  if (isMost) return null;
  if (name === "form" && share < FORM_PROSE) return "form";
  if (name === "figure" && prose < FIGURE_PROSE_CHARS) return "figure";
  if (isHolder) return null;
  if (own & Is.caption) return "caption";
  if (DROPPED_TAGS.has(name)) return name;
  if (name === "header" && within(flat, flat.h1s, index) === 0) return "header";
  if (attribs.role !== undefined && DROPPED_ROLES.has(attribs.role)) return attribs.role;
  if (names & Names.hard) return "name";
  if (strictness === "soft" || (names & Names.soft) === 0) return null;
  if (prose < SOFT_PROSE_CHARS && (own & Is.heading) === 0) return "name, little prose";
  const chars = within(flat, flat.chars, index);
  return within(flat, flat.linkChars, index) > SOFT_LINK_SHARE * chars ? "name, many links" : null;
}
