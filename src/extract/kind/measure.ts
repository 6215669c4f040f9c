/**
 * What can be counted about a page without understanding it: how much text, how much of it in links,
 * how many teasers, players and times. One walk, linear; text is kept up to a limit for the phrases.
 */
import { type ChildNode, type Element, isTag, isText } from "domhandler";
import type { PageFacts } from "../context.ts";
import { idOf } from "../page/marks.ts";
import { isBlank } from "../page/shape.ts";

export interface Measures {
  /** Visible characters, outside scripts and `noscript`. */
  readonly textChars: number;
  readonly linkChars: number;
  /** Characters in runs long enough to be prose, outside links. */
  readonly proseChars: number;
  /** Headings that are links or hold one: teasers of other pages. */
  readonly teasers: number;
  readonly players: number;
  readonly images: number;
  readonly times: number;
  /** Fields for a password. */
  readonly passwords: number;
  /** The beginning of the visible text, for phrases. */
  readonly sample: string;
  /** Text of `noscript` elements, up to the same limit. */
  readonly noscript: string;
  /** An element where a script application draws the page. */
  readonly hasAppRoot: boolean;
}

/** Shorter runs are labels and menus. */
const PROSE_RUN_CHARS = 70;
const MAX_SAMPLE_CHARS = 3_000;
const SILENT = new Set(["script", "style", "template", "svg", "title", "head"]);
const PLAYERS = new Set(["video", "audio", "iframe", "object", "embed", "amp-youtube"]);
const APP_ROOTS = new Set(["root", "app", "__next", "__nuxt", "q-app", "main-app", "react-root"]);

/** `h1` … `h6`. */
function isHeading(name: string): boolean {
  if (name.length !== 2 || name.charCodeAt(0) !== 104) return false;
  const level = name.charCodeAt(1) - 48;
  return level >= 1 && level <= 6;
}

export function measurePage(facts: PageFacts): Measures {
  let textChars = 0;
  let linkChars = 0;
  let proseChars = 0;
  let teasers = 0;
  let players = 0;
  let images = 0;
  let times = 0;
  let passwords = 0;
  let sample = "";
  let noscript = "";
  let hasAppRoot = false;
  let inLink = 0;
  let inHeading = 0;
  let inNoscript = 0;

  function enter(element: Element): void {
    const { name } = element;
    if (name === "a") {
      inLink++;
      if (inHeading > 0) teasers++;
    } else if (isHeading(name)) {
      inHeading++;
      if (inLink > 0) teasers++;
    } else if (name === "noscript") inNoscript++;
    else if (PLAYERS.has(name)) players++;
    else if (name === "img") images++;
    else if (name === "time") times++;
    else if (name === "input" && element.attribs.type?.toLowerCase() === "password") passwords++;
    const id = idOf(element);
    if (id !== null && APP_ROOTS.has(id.text)) hasAppRoot = true;
  }
  function leave({ name }: Element): void {
    if (name === "a") inLink--;
    else if (isHeading(name)) inHeading--;
    else if (name === "noscript") inNoscript--;
  }

  const top = facts.body ?? facts.root;
  let node: ChildNode | null = top.firstChild;
  while (node !== null) {
    if (isText(node)) {
      const chars = isBlank(node) ? 0 : node.data.trim().length;
      if (chars > 0 && inNoscript > 0) {
        if (noscript.length < MAX_SAMPLE_CHARS) noscript += ` ${node.data}`;
      } else if (chars > 0) {
        textChars += chars;
        if (inLink > 0) linkChars += chars;
        else if (chars >= PROSE_RUN_CHARS) proseChars += chars;
        if (sample.length < MAX_SAMPLE_CHARS) sample += ` ${node.data}`;
      }
    } else if (isTag(node) && !SILENT.has(node.name)) {
      enter(node);
      if (node.firstChild !== null) {
        node = node.firstChild;
        continue;
      }
      leave(node);
    }
    let climbed: ChildNode = node;
    while (climbed.nextSibling === null && climbed.parent !== top && climbed.parent !== null) {
      climbed = climbed.parent as Element;
      leave(climbed as Element);
    }
    node = climbed.nextSibling;
  }
  return {
    textChars,
    linkChars,
    proseChars,
    teasers,
    players,
    images,
    times,
    passwords,
    sample,
    noscript,
    hasAppRoot,
  };
}
