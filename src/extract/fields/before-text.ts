/** Whether something stands before the body's first paragraph: headlines and subtitles do, headings of its parts do not. */
import { type ChildNode, type Element, isTag, isText } from "domhandler";
import { fold } from "../../text/index.ts";
import type { BodyResult } from "../context.ts";
import type { PageIndex, Spot } from "./page-index.ts";

/** Enough to tell a paragraph from a headline of the same words. */
const START_CHARS = 40;
/** A headline, a byline and a caption over the text are shorter together: what has more above it is in the text. */
const MAX_CHARS_ABOVE = 1_000;

export function standsBeforeText(
  { element, order }: Spot,
  { containerStart }: PageIndex,
  { container, paragraphs }: BodyResult,
): boolean {
  if (container === null) return false;
  if (order < containerStart) return true;
  const above = textAbove(element, container);
  const start = fold(paragraphs[0] ?? "").slice(0, START_CHARS);
  return above.length <= MAX_CHARS_ABOVE && !fold(above).includes(start);
}

/** The container's text up to the element, as far as it is short; all of it for an element below. */
function textAbove(element: Element, container: Element): string {
  let text = "";
  let node: ChildNode | null = container.firstChild;
  while (node !== null && node !== element && text.length <= MAX_CHARS_ABOVE) {
    if (isText(node)) text += node.data.replace(/\s+/gu, " ");
    else if (isTag(node) && node.firstChild !== null) {
      if (!SILENT.has(node.name)) {
        node = node.firstChild;
        continue;
      }
    }
    let climbed: ChildNode = node;
    while (
      climbed.nextSibling === null &&
      climbed.parent !== container &&
      climbed.parent !== null
    ) {
      climbed = climbed.parent as Element;
    }
    text += " ";
    node = climbed.nextSibling;
  }
  return text;
}

const SILENT = new Set(["script", "style", "noscript", "template", "svg"]);
