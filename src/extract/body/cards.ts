/**
 * Lists of teasers: three or more siblings alike, most of them holding a link of some length, made of
 * links or short. They are dropped as a group; one card alone looks like a paragraph with a link.
 */
import { isTag } from "domhandler";
import type { Tracer } from "../context.ts";
import { classOf } from "../page/marks.ts";
import { type FlatPage, within } from "./flat.ts";
import { Dropped, describe, drop, type Pruned, standsApart } from "./prune.ts";

const LEAST_CARDS = 3;
const WITH_LINK_SHARE = 0.8;
const LINK_SHARE = 0.5;
/** A teaser with a headline and a summary is shorter than this on average. */
const TEASER_CHARS = 350;
/** A group with more of the page's prose than this is the article (a list of linked paragraphs). */
const MOST_PROSE = 0.4;

export function dropCards(flat: FlatPage, pruned: Pruned, tracer: Tracer): void {
  const allProse = Math.max(1, within(flat, flat.proseChars, 0));
  for (let index = 0; index < flat.elements.length; ) {
    if (pruned.gone[index]) {
      index = flat.end[index] as number;
      continue;
    }
    for (const group of alikeChildren(flat, pruned, index)) {
      if (!areCards(flat, group, allProse)) continue;
      for (const card of group) {
        drop(flat, pruned, card, Dropped.card);
        if (tracer.on) {
          const chars = within(flat, flat.chars, card);
          tracer.removed(describe(flat.elements[card]), `one of ${group.length} cards`, chars);
        }
      }
    }
    index++;
  }
}

function alikeChildren(flat: FlatPage, pruned: Pruned, index: number): number[][] {
  const end = flat.end[index] as number;
  let child = index + 1;
  if (child >= end || (flat.end[child] as number) >= end) return [];
  const groups = new Map<string, number[]>();
  for (; child < end; child = flat.end[child] as number) {
    const element = flat.elements[child];
    if (pruned.gone[child] || element === undefined || !isTag(element)) continue;
    if (flat.pieceStart[child] === flat.pieceEnd[child]) continue;
    // Links in running text are alike too; cards stand apart from the text around them.
    if (!standsApart(flat, child)) continue;
    const key = `${element.name} ${classOf(element) ?? ""}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [child]);
    else group.push(child);
  }
  return [...groups.values()].filter((group) => group.length >= LEAST_CARDS);
}

function areCards(flat: FlatPage, group: readonly number[], allProse: number): boolean {
  let withLink = 0;
  let chars = 0;
  let linkChars = 0;
  let headingLinks = 0;
  let prose = 0;
  for (const card of group) {
    if (within(flat, flat.longLinks, card) > 0) withLink++;
    if (within(flat, flat.headingLinks, card) > 0) headingLinks++;
    chars += within(flat, flat.chars, card);
    linkChars += within(flat, flat.linkChars, card);
    prose += within(flat, flat.proseChars, card);
  }
  if (withLink < WITH_LINK_SHARE * group.length || prose > MOST_PROSE * allProse) return false;
  if (linkChars > LINK_SHARE * chars) return true;
  return chars < TEASER_CHARS * group.length && headingLinks >= WITH_LINK_SHARE * group.length;
}
