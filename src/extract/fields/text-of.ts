/** Text of small elements, without recursion (markup may be a thousand levels deep). */
import { type ChildNode, type Element, isTag, isText } from "domhandler";
import { clean } from "../../text/index.ts";

const DEFAULT_MAX_CHARS = 600;
const SILENT = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "svg",
  "button",
  "select",
  "rt",
  "rp",
]);
const INLINE = new Set(
  "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd mark q rb ruby s samp small span strong sub sup time tt u var wbr".split(
    " ",
  ),
);

/**
 * The element's text on one line, block boundaries as one space; cleaned. Longer text is cut, so the
 * cost of a look at a large element is small.
 *
 * @param skip - elements whose text is left out
 */
export function textOf(
  element: Element,
  maxChars: number = DEFAULT_MAX_CHARS,
  skip: ((element: Element) => boolean) | null = null,
): string {
  let text = "";
  let node: ChildNode | null = element.firstChild;
  while (node !== null && text.length < maxChars) {
    if (isText(node)) text += node.data;
    else if (isTag(node)) {
      if (!INLINE.has(node.name)) text += " ";
      if (node.firstChild !== null && !SILENT.has(node.name) && !skip?.(node)) {
        node = node.firstChild;
        continue;
      }
    }
    let climbed: ChildNode = node;
    while (climbed.nextSibling === null && climbed.parent !== element && climbed.parent !== null) {
      climbed = climbed.parent as Element;
      if (!INLINE.has((climbed as Element).name)) text += " ";
    }
    node = climbed.nextSibling;
  }
  return clean(text);
}

/** Texts of the element's text nodes in order, each cleaned: what stands in different elements stays apart. */
export function partsOf(
  element: Element,
  maxParts: number,
  skip: (element: Element) => boolean,
): string[] {
  const parts: string[] = [];
  let node: ChildNode | null = element.firstChild;
  while (node !== null && parts.length < maxParts) {
    if (isText(node)) {
      const text = clean(node.data);
      if (text !== "") parts.push(text);
    } else if (isTag(node) && node.firstChild !== null && !SILENT.has(node.name) && !skip(node)) {
      node = node.firstChild;
      continue;
    }
    let climbed: ChildNode = node;
    while (climbed.nextSibling === null && climbed.parent !== element && climbed.parent !== null) {
      climbed = climbed.parent as Element;
    }
    node = climbed.nextSibling;
  }
  return parts;
}
