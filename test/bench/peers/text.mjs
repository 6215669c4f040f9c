/**
 * From what a system answered to what the scorer compares. Bodies given as HTML become text the same
 * way for all: a line per block, so that the last word of a paragraph is not glued to the next one's
 * first (`textContent` does that, and costs those systems half a point of F1).
 */
import { parseDocument } from "htmlparser2";

const BLOCKS = new Set(
  "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);
const SILENT = new Set("script style noscript template svg math iframe object".split(" "));

export function textOf(html) {
  const parts = [];
  // A stack of our own: bodies may be nested deeper than calls can be.
  const stack = [parseDocument(html ?? "")];
  while (stack.length > 0) {
    const node = stack.pop();
    if (typeof node === "string") parts.push(node);
    else if (node.type === "text") parts.push(node.data);
    else if (node.children && !SILENT.has(node.name)) {
      if (BLOCKS.has(node.name)) {
        parts.push("\n");
        stack.push("\n");
      }
      for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at]);
    }
  }
  return parts.join("");
}

/** The day a system means: its own figures where it gives ISO 8601, else what JavaScript reads, in UTC. */
export function dayOf(date) {
  if (!date) return null;
  const text = String(date);
  if (/^\d{4}-\d\d-\d\d/.test(text)) return text.slice(0, 10);
  const time = Date.parse(/\d:\d\d/.test(text) ? text : `${text} 00:00 UTC`);
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

/** The scorer's form. */
export function predictionOf(answer) {
  if (answer === null) return null;
  const { title, html, text, author, date, section } = answer;
  return { title, body: text ?? textOf(html), author, date: dayOf(date), section };
}
