/** Reading the JSON-LD nodes of a page: which one is the article, and plain values out of it. */
import { clean } from "../../text/index.ts";
import type { JsonLdNode, PageFacts } from "../context.ts";

export interface JsonLd {
  /** Nodes that describe an article (or another work), most likely first. */
  readonly works: readonly JsonLdNode[];
  readonly all: readonly JsonLdNode[];
  /** The node an `{"@id": …}` points at, or the value itself. */
  resolve(value: unknown): unknown;
}

const ARTICLE_TYPE =
  /(?:^|[/:])(?:[a-z]*article|[a-z]*posting|report|liveblogposting|opinionpiece|critic)$/iu;
const OTHER_WORK =
  /(?:^|[/:])(?:webpage|itempage|medicalwebpage|recipe|[a-z]*review|videoobject|audioobject|[a-z]*episode|creativework|howto|newscast|event|blog|faqpage|mediagallery|imagegallery|collectionpage|product)$/iu;

export function readWorks(facts: PageFacts): JsonLd {
  const byId = new Map<string, JsonLdNode>();
  const articles: JsonLdNode[] = [];
  const others: JsonLdNode[] = [];
  for (const node of facts.jsonLd) {
    const id = node["@id"];
    // A bare reference `{"@id": …}` must not hide the node it points at.
    if (typeof id === "string" && Object.keys(node).length > 1) {
      const known = byId.get(id);
      if (known === undefined || Object.keys(known).length < Object.keys(node).length) {
        byId.set(id, node);
      }
    }
    if (isOfType(node, ARTICLE_TYPE)) articles.push(node);
    else if (isOfType(node, OTHER_WORK)) others.push(node);
  }
  return {
    works: [...articles, ...others],
    all: facts.jsonLd,
    resolve(value) {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      const id = (value as JsonLdNode)["@id"];
      return typeof id === "string" ? (byId.get(id) ?? value) : value;
    },
  };
}

export function isOfType(node: JsonLdNode, pattern: RegExp): boolean {
  const type = node["@type"];
  if (typeof type === "string") return pattern.test(type);
  return Array.isArray(type) && type.some((one) => typeof one === "string" && pattern.test(one));
}

/** True for a node that says it is an article and not just a page. */
export function isArticle(node: JsonLdNode): boolean {
  return isOfType(node, ARTICLE_TYPE);
}

export function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

const ENTITY = /&(?:amp|quot|apos|lt|gt|nbsp|#x?[\da-f]+);/iu;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  quot: '"',
  apos: "'",
  lt: "<",
  gt: ">",
  nbsp: " ",
};

/** Cleaned text of a string value; entities that were written into JSON or attributes are read. */
export function plainText(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return "";
  return clean(decodeTwice(value).replace(/<\/?[a-z][^<>]{0,200}>/giu, " "));
}

/** Attributes were decoded once by the parser; many sites encode twice. */
export function decodeTwice(text: string): string {
  if (!ENTITY.test(text)) return text;
  return text.replace(/&(amp|quot|apos|lt|gt|nbsp|#x?[\da-f]{1,6});/giu, (whole, name: string) => {
    if (name.startsWith("#")) {
      const isHex = name[1] === "x" || name[1] === "X";
      const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
      return Number.isNaN(code) || code > 0x10ffff || code === 0
        ? whole
        : String.fromCodePoint(code);
    }
    return ENTITIES[name.toLowerCase()] ?? whole;
  });
}
