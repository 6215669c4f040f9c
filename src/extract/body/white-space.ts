/** White space as a reader sees it: one space, whatever it is made of. One look at each letter. */

import type { Text } from "domhandler";
import { Shape, shapeOf } from "../page/shape.ts";
import { isWideSpace } from "../page/tags.ts";

const SPACE_RUN = /\s+/gu;

/** Every run of white space as one space; empty when there is nothing to see. */
export function squeezed(node: Text): string {
  const shape = shapeOf(node);
  if (shape === Shape.blank) return "";
  return shape === Shape.plain ? node.data : squeeze(node.data);
}

function squeeze(text: string): string {
  const { length } = text;
  let first = 0;
  while (first < length && isSpace(text.charCodeAt(first))) first++;
  if (first === length) return "";
  let last = length - 1;
  while (isSpace(text.charCodeAt(last))) last--;
  let wasSpace = false;
  for (let at = first; at <= last; at++) {
    const code = text.charCodeAt(at);
    const isNow = code <= 32 || code >= 160 ? isSpace(code) : false;
    if (isNow && (wasSpace || code !== 32)) return text.replace(SPACE_RUN, " ");
    wasSpace = isNow;
  }
  if (first === 0 && last === length - 1) return text;
  return `${first > 0 ? " " : ""}${text.slice(first, last + 1)}${last < length - 1 ? " " : ""}`;
}

/** What `\s` matches. */
function isSpace(code: number): boolean {
  return code < 160 ? code === 32 || (code >= 9 && code <= 13) : isWideSpace(code);
}
