/**
 * Step 1: markup → tree and facts. One scan of the string, one look at each element; every stage after
 * this reads PageFacts and none changes the tree.
 */
import { type Element, isText } from "domhandler";
import type { Html } from "../../model.ts";
import type { ExtractContext, PageFacts } from "../context.ts";
import { readJsonLd } from "./json-ld.ts";
import { buildTree } from "./tree.ts";

/** Where the site is unknown the program's first readers are: the zone of Libya. */
const DEFAULT_TIME_ZONE = "Africa/Tripoli";

/** A page repeats a name for each author or tag; hundreds are a fault of its template. */
const MAX_VALUES = 100;

/** Never throws, whatever the markup is. */
export function parsePage(html: Html, context: ExtractContext): PageFacts {
  const tree = buildTree(html.text);
  const seen = lookAt(tree.elements);
  const url = baseUrl(context.url);
  return {
    url,
    capturedAt: context.capturedAt,
    timeZone: context.site?.timeZone ?? DEFAULT_TIME_ZONE,
    root: tree.root,
    elements: tree.elements,
    html: seen.html,
    body: seen.body,
    metas: seen.metas,
    canonicals: resolveAll(seen.canonicals, resolveBase(seen.base, url)),
    jsonLd: readJsonLd(tree.jsonLd),
    titleText: seen.title,
    lang: seen.html?.attribs.lang?.trim() || seen.html?.attribs["xml:lang"]?.trim() || null,
    dir: seen.html?.attribs.dir?.trim().toLowerCase() || seen.body?.attribs.dir?.trim() || null,
    cutAtDepth: tree.cutAtDepth,
    scriptBytes: tree.scriptBytes,
    scripts: tree.scripts,
  };
}

interface Seen {
  html: Element | null;
  body: Element | null;
  base: string | null;
  title: string;
  readonly metas: Map<string, string[]>;
  readonly canonicals: string[];
}

function lookAt(elements: readonly Element[]): Seen {
  const seen: Seen = {
    html: null,
    body: null,
    base: null,
    title: "",
    metas: new Map(),
    canonicals: [],
  };
  for (const element of elements) noteElement(element, seen);
  return seen;
}

function noteElement(element: Element, seen: Seen): void {
  switch (element.name) {
    case "html":
      seen.html ??= element;
      break;
    case "body":
      seen.body ??= element;
      break;
    case "base":
      seen.base ??= element.attribs.href ?? null;
      break;
    case "title":
      if (seen.title === "") seen.title = ownText(element);
      break;
    case "meta":
      noteMeta(element, seen.metas);
      break;
    case "link": {
      const { rel, href } = element.attribs;
      if (rel !== undefined && href !== undefined && isCanonical(rel)) seen.canonicals.push(href);
      break;
    }
  }
}

function noteMeta(element: Element, metas: Map<string, string[]>): void {
  const { attribs } = element;
  const content = (attribs.content ?? attribs.value)?.trim();
  if (!content) return;
  for (const attribute of ["property", "name", "itemprop", "http-equiv"] as const) {
    const key = attribs[attribute]?.trim().toLowerCase();
    if (!key) continue;
    // Microdata names are common words; kept apart from `name`.
    const name = attribute === "itemprop" ? `itemprop:${key}` : key;
    const values = metas.get(name);
    if (values === undefined) metas.set(name, [content]);
    else if (values.length < MAX_VALUES && !values.includes(content)) values.push(content);
    if (attribute === "property") break;
  }
}

function ownText(element: Element): string {
  let text = "";
  for (const child of element.children) if (isText(child)) text += child.data;
  return text.replace(/\s+/gu, " ").trim();
}

const NOWHERE = "http://localhost/";

function baseUrl(url: string): URL {
  return URL.canParse(url) ? new URL(url) : new URL(NOWHERE);
}

/** `<base href>` counts only when it is http(s): pages have been seen to set `javascript:` and `//`. */
function resolveBase(base: string | null, url: URL): URL {
  if (base === null || !URL.canParse(base, url.href)) return url;
  const resolved = new URL(base, url.href);
  return resolved.protocol === "http:" || resolved.protocol === "https:" ? resolved : url;
}

/** Whether `canonical` is among the space-parted words of a `rel`. */
function isCanonical(rel: string): boolean {
  return rel.length >= CANONICAL.length && rel.toLowerCase().split(/\s+/u).includes(CANONICAL);
}
const CANONICAL = "canonical";

function resolveAll(hrefs: readonly string[], base: URL): readonly string[] {
  return hrefs
    .map((href) => href.trim())
    .filter((href) => URL.canParse(href, base.href))
    .map((href) => new URL(href, base.href).href);
}
