/**
 * A page as the workshop looks at it: every element in document order with the beginning of its text,
 * and where each id, class and tag stands. Nothing recurses: markup may be a thousand levels deep.
 */
import { type ChildNode, type Document, type Element, isTag, isText } from "domhandler";
import { parseDocument } from "htmlparser2";
import { clean } from "../text/index.ts";

export interface PageTree {
  readonly root: Document;
  /** In document order. */
  readonly elements: readonly Element[];
  /** The element's cleaned text, cut at TEXT_CHARS; `""` for scripts and styles. */
  textOf(element: Element): string;
  /** Elements by `#id`, `.class` or `tag`, in document order. */
  named(key: string): readonly Element[];
}

/** Longer than any title, byline or date line; a body is found by the beginnings of its paragraphs. */
export const TEXT_CHARS = 400;

const SILENT: ReadonlySet<string> = new Set(["script", "style", "noscript", "template", "svg"]);
const INLINE: ReadonlySet<string> = new Set(
  "a abbr b bdi bdo cite code em font i mark q s small span strong sub sup time u wbr".split(" "),
);

export function readTree(markup: string): PageTree {
  const root = parseDocument(markup);
  const elements = elementsOf(root);
  const texts = new Map<Element, string>();
  // Backwards, so that an element's children are read before it.
  for (let at = elements.length - 1; at >= 0; at -= 1) {
    const element = elements[at] as Element;
    texts.set(element, rawTextOf(element, texts));
  }
  const cleaned = new Map<Element, string>();
  const names = new Map<string, Element[]>();
  for (const element of elements) {
    for (const key of new Set(keysOf(element))) {
      const list = names.get(key);
      if (list === undefined) names.set(key, [element]);
      else list.push(element);
    }
  }
  return {
    root,
    elements,
    named: (key) => names.get(key) ?? [],
    textOf(element) {
      const known = cleaned.get(element) ?? clean(texts.get(element) ?? "");
      cleaned.set(element, known);
      return known;
    },
  };
}

/** From the element's parent up to the outermost. */
export function* ancestorsOf(element: Element): Generator<Element> {
  for (let { parent } = element; parent !== null && isTag(parent); { parent } = parent)
    yield parent;
}

export function classesOf(element: Element): readonly string[] {
  return (element.attribs.class ?? "").split(/\s+/u).filter(Boolean);
}

function keysOf(element: Element): string[] {
  const { id } = element.attribs;
  return [element.name, ...classesOf(element).map((name) => `.${name}`), ...(id ? [`#${id}`] : [])];
}

function rawTextOf(element: Element, texts: ReadonlyMap<Element, string>): string {
  if (SILENT.has(element.name)) return "";
  let text = "";
  for (const child of element.children) {
    if (text.length >= TEXT_CHARS) break;
    if (isText(child)) text += child.data;
    else if (isTag(child)) {
      const inner = texts.get(child) ?? "";
      text += INLINE.has(child.name) ? inner : ` ${inner} `;
    }
  }
  return text.slice(0, TEXT_CHARS);
}

function elementsOf(root: Document): readonly Element[] {
  const elements: Element[] = [];
  const open: ChildNode[] = root.children.toReversed();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isTag(node)) continue;
    elements.push(node);
    for (let at = node.children.length - 1; at >= 0; at -= 1)
      open.push(node.children[at] as ChildNode);
  }
  return elements;
}
