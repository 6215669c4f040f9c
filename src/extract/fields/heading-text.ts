/**
 * The headline inside a heading: without the kicker, section or date that a template puts in front of it and
 * the subtitle or byline behind it, where the markup tells them apart. Where all parts are wrapped alike
 * (`<span>Kicker</span><span>Headline</span>`) the kicker is as often a part of the title: it stays.
 */
import { readFileSync } from "node:fs";
import { type ChildNode, type Element, isTag, isText } from "domhandler";
import { fold } from "../../text/index.ts";
import { textOf } from "./text-of.ts";

const NAMES: ReadonlySet<string> = new Set(
  JSON.parse(
    readFileSync(
      new URL("../../../data/extract/fields/heading-parts.json", import.meta.url),
      "utf8",
    ),
  ).names,
);

/** Tags that set off what is in them from the headline around it. */
const SMALLER = new Set(["small", "time"]);
/** `section-title`, `meta-headline`: what says so is the headline itself. */
const HEADLINES = new Set(["title", "headline"]);
const LOWER_HEADING = new Set(["h2", "h3", "h4", "h5", "h6"]);
/** What joined the parts: `Local News | `, `Kicker: `. */
const JOINT_BEFORE = /^[\s|:–—-]+/u;
const JOINT_AFTER = /[\s|–—-]+$/u;
/** A heading has a few parts; one with more is no heading. */
const MAX_PARTS = 8;
/** A headline is wrapped once or twice; each level is looked at whole. */
const MAX_WRAPPERS = 4;
/** White space of a template in front of the first word of a part. */
const MAX_INDENT = 400;

/**
 * @param pageTitle - the page's `<title>`, folded
 * @returns the text on one line, cleaned; the whole of it where nothing in it is set off
 */
export function headlineOf(heading: Element, maxChars: number, pageTitle: string): string {
  const [before, after] = furnitureOf(heading);
  const whole = textOf(heading, maxChars);
  if (before === null && after === null) return whole;
  const rest = textOf(heading, maxChars, (one) => one === before || one === after)
    .replace(JOINT_BEFORE, "")
    .replace(JOINT_AFTER, "");
  // What is set off is a few words: the larger half is the headline, whatever it is called.
  if (rest.length * 2 < whole.length) return whole;
  // Its end is a part of it where the page's title has it; a kicker in front often stands there, too.
  const isWhole = before === null && ` ${pageTitle} `.includes(` ${fold(whole)} `);
  return isWhole ? whole : rest;
}

function furnitureOf(heading: Element): readonly [before: Element | null, after: Element | null] {
  let parts = filled(heading);
  for (let level = 0; level < MAX_WRAPPERS && parts.length === 1; level++) {
    const [only] = parts as [ChildNode];
    if (!isTag(only)) break;
    parts = filled(only);
  }
  const [first, second] = parts;
  const last = parts.at(-1);
  if (first === undefined || second === undefined || last === undefined) return [null, null];
  const before = isTag(first) && isText(second) && isSetOff(first) ? first : null;
  const isAfter = isTag(last) && (LOWER_HEADING.has(last.name) || isSetOff(last));
  // Of two parts only one can be beside the other.
  return [before, isAfter && !(before !== null && parts.length === 2) ? last : null];
}

/** Children with a text, or none where there are many. */
function filled(element: Element): readonly ChildNode[] {
  const { children } = element;
  if (children.length > MAX_PARTS) return [];
  return children.filter((child) =>
    isText(child) ? child.data.trim() !== "" : isTag(child) && textOf(child, MAX_INDENT) !== "",
  );
}

function isSetOff({ name, attribs }: Element): boolean {
  if (SMALLER.has(name)) return true;
  const named = attribs.class;
  if (named === undefined || name === "em" || name === "strong") return false;
  const tokens = named
    .replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return tokens.some((token) => NAMES.has(token)) && !tokens.some((token) => HEADLINES.has(token));
}
