/**
 * Where each id, class and tag stands in the page: one pass over the tree, so that asking whether a
 * page has `#the-post` is a look-up. Class attributes repeat a lot on a page: each distinct one is
 * split once, and only when somebody asks for a class.
 */
import { type ChildNode, type Document, type Element, isTag } from "domhandler";

export interface TreeIndex {
  /** In document order. */
  readonly elements: readonly Element[];
  /** Positions in `elements`, ascending. */
  byId(id: string): readonly number[];
  byClass(name: string): readonly number[];
  byTag(name: string): readonly number[];
  everything(): readonly number[];
}

const NONE: readonly number[] = [];

export function indexTree(root: Document): TreeIndex {
  const elements: Element[] = [];
  const ids = new Map<string, number[]>();
  const tags = new Map<string, number[]>();
  const classAttributes = new Map<string, number[]>();
  let node: ChildNode | null = root.firstChild;
  while (node !== null) {
    if (isTag(node)) {
      const at = elements.push(node) - 1;
      const { id, class: className } = node.attribs;
      if (id !== undefined) add(ids, id, at);
      if (className !== undefined) add(classAttributes, className, at);
      add(tags, node.name, at);
      if (node.firstChild !== null) {
        node = node.firstChild;
        continue;
      }
    }
    node = following(node);
  }
  let classes: ReadonlyMap<string, readonly number[]> | null = null;
  return {
    elements,
    byId: (id) => ids.get(id) ?? NONE,
    byTag: (name) => tags.get(name) ?? NONE,
    byClass(name) {
      classes ??= splitClasses(classAttributes);
      return classes.get(name) ?? NONE;
    },
    everything: () => elements.map((_, at) => at),
  };
}

function add(map: Map<string, number[]>, key: string, at: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [at]);
  else list.push(at);
}

function splitClasses(
  attributes: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, readonly number[]> {
  const classes = new Map<string, number[]>();
  for (const [attribute, positions] of attributes) {
    for (const name of new Set(attribute.split(/\s+/u))) {
      if (name === "") continue;
      const list = classes.get(name);
      if (list === undefined) classes.set(name, [...positions]);
      else for (const at of positions) list.push(at);
    }
  }
  for (const list of classes.values()) list.sort((a, b) => a - b);
  return classes;
}

/** The next node in document order that is not inside `node`. */
function following(node: ChildNode): ChildNode | null {
  let current: ChildNode = node;
  while (current.nextSibling === null) {
    const { parent } = current;
    if (parent === null || !isTag(parent)) return null;
    current = parent;
  }
  return current.nextSibling;
}
