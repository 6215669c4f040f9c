/**
 * One walk over the tree that notes every element a field could come from, so that no field asks
 * the tree again. Spots are in document order; `order` counts all nodes and so measures distance.
 * Linear in the page; each list is capped, because a page with more is not an article's page.
 */
import { type ChildNode, type Element, isTag, isText } from "domhandler";
import { hasDigit } from "../../text/index.ts";
import type { BodyResult, PageFacts } from "../context.ts";
import { classesOf, classOf, idOf, Mark, marksOf } from "../page/marks.ts";
import { isBlank } from "../page/shape.ts";
import { know } from "../remember.ts";
import { isBeside, REGION_OF_ROLE, REGION_OF_TAG } from "./regions.ts";
import { ELSEWHERE, Region, Role, readRoles } from "./roles.ts";

/** An element worth a look, with where it stands. */
export interface Spot {
  readonly element: Element;
  readonly order: number;
  /** Bits of Region, its own and its ancestors'. */
  readonly region: number;
  /** Bits of Role, its own. */
  readonly roles: number;
}

/** A text node short enough to be a label, a date line or a byline. */
export interface TextSpot {
  readonly text: string;
  readonly parent: Element;
  readonly order: number;
  readonly region: number;
}

export interface PageIndex {
  readonly h1: readonly Spot[];
  readonly headings: readonly Spot[];
  readonly times: readonly Spot[];
  /** itemprop, lower case → spots. */
  readonly itemprops: ReadonlyMap<string, readonly Spot[]>;
  /** RDFa `property`, lower case → spots. */
  readonly properties: ReadonlyMap<string, readonly Spot[]>;
  readonly authors: readonly Spot[];
  readonly dates: readonly Spot[];
  readonly categories: readonly Spot[];
  readonly crumbs: readonly Spot[];
  readonly tags: readonly Spot[];
  readonly subtitles: readonly Spot[];
  /** rel token → links. */
  readonly rels: ReadonlyMap<string, readonly Spot[]>;
  readonly links: readonly Spot[];
  readonly images: readonly Spot[];
  /** Short text nodes with a digit: candidates for a date. */
  readonly numbers: readonly TextSpot[];
  /** Short text nodes outside navigation, candidates for a label such as "By". */
  readonly shortTexts: readonly TextSpot[];
  /** Classes of body and of the article element, for `category-x` and the like. */
  readonly postClasses: string;
  readonly containerStart: number;
  readonly containerEnd: number;
  /** Region bits of the body's container: what it stands in says nothing about other elements. */
  readonly containerRegion: number;
  readonly nodeCount: number;
}

/**
 * Regions that are not the article on this page. What the title or the body stands in says nothing
 * about its neighbours: some pages put everything into one "widget".
 */
export function elsewhereOn(index: PageIndex, title: Spot | null): number {
  return ELSEWHERE & ~((title?.region ?? 0) | index.containerRegion);
}

/** True when `inner` is `outer` or inside it, a few levels deep. */
export function isInside(inner: Spot, outer: Spot): boolean {
  if (inner.order < outer.order) return false;
  let node: unknown = inner.element;
  for (let up = 0; up < MAX_CLIMB && node !== null && node !== undefined; up++) {
    if (node === outer.element) return true;
    node = (node as { parent: unknown }).parent;
  }
  return false;
}

/** Links in bylines, breadcrumbs and label lists are rarely nested deeper. */
const MAX_CLIMB = 10;

/** Enough for any article; link farms and archives have more. */
const MAX_SPOTS = 400;
const MAX_TEXTS = 3_000;
const MAX_SHORT_TEXT = 200;
/** A label and a name, or two. */
const MAX_LABEL_TEXT = 100;

const HIDING = /display:\s*none/iu;
const SKIPPED = new Set(["script", "style", "noscript", "template", "select", "iframe", "svg"]);

/** Tags that are listed whatever they are called. */
const NOTED = new Set(["h1", "h2", "h3", "time", "a", "area", "img", "amp-img", "article"]);

const NOTED_MARKS = Mark.itemprop | Mark.property;

/** Indented templates spread a short line over this many characters. */
const MAX_SPREAD_TEXT = 1_000;
const STARTS_WITH_SPACE = /^\s/u;

/** The text of a short node, empty for a long one. */
function shortText(data: string): string {
  if (data.length <= MAX_SHORT_TEXT) return data.trim();
  if (data.length > MAX_SPREAD_TEXT || !STARTS_WITH_SPACE.test(data)) return "";
  const text = data.trim().replace(/\s+/gu, " ");
  return text.length <= MAX_SHORT_TEXT ? text : "";
}

export function indexPage(facts: PageFacts, body: BodyResult): PageIndex {
  const lists = {
    h1: [] as Spot[],
    headings: [] as Spot[],
    times: [] as Spot[],
    authors: [] as Spot[],
    dates: [] as Spot[],
    categories: [] as Spot[],
    crumbs: [] as Spot[],
    tags: [] as Spot[],
    subtitles: [] as Spot[],
    links: [] as Spot[],
    images: [] as Spot[],
  };
  const itemprops = new Map<string, Spot[]>();
  const properties = new Map<string, Spot[]>();
  const rels = new Map<string, Spot[]>();
  const numbers: TextSpot[] = [];
  const shortTexts: TextSpot[] = [];
  let postClasses = (facts.body && classOf(facts.body)) ?? "";
  let containerStart = -1;
  let containerEnd = -1;
  let containerRegion = 0;
  let order = 0;
  const regions: number[] = [];
  let region = 0;

  function add(list: Spot[], spot: Spot): void {
    if (list.length < MAX_SPOTS) list.push(spot);
  }
  function addNamed(map: Map<string, Spot[]>, names: string | undefined, spot: Spot): void {
    if (names === undefined) return;
    for (const name of names.toLowerCase().split(/\s+/u)) {
      if (name === "") continue;
      const list = map.get(name);
      if (list === undefined) map.set(name, [spot]);
      else add(list, spot);
    }
  }

  function enter(element: Element): number {
    const { name } = element;
    const marks = marksOf(element);
    const byClass = readRoles(classesOf(element));
    const byId = readRoles(idOf(element));
    const isRoot = name === "body" || name === "html";
    // `<lit-timestamp>`: an element of the site's own says by its name what it is.
    const byName = name.includes("-") ? readRoles(know(name)).roles : 0;
    const roles = isRoot ? 0 : byClass.roles | byId.roles | byName;
    let own = isRoot ? 0 : byClass.region | byId.region;
    // The lines of an article's foot are named after it.
    if ((own & ~region & Region.ownFoot) !== 0) {
      const isOwn = isBeside(element, body.container) || isBeside(element, body.heading);
      if (!isOwn) own = (own & ~Region.ownFoot) | Region.footer;
    }
    own |= REGION_OF_TAG[name] ?? 0;
    if (marks & Mark.role)
      own |= REGION_OF_ROLE[(element.attribs.role as string).toLowerCase()] ?? 0;
    if (own & Region.article || name === "main") own &= ~(Region.related | Region.aside);
    // `<aside class="post-author">`: beside the text, but what it says is of the article.
    if (name === "aside" && (roles & (Role.author | Role.date)) !== 0) own &= ~Region.aside;
    // An article's own foot or margin holds its date as often as its head does.
    if ((region & Region.article) !== 0 && (name === "footer" || name === "aside")) {
      own &= ~(REGION_OF_TAG[name] as number) | byClass.region | byId.region;
    }
    if (
      roles & Role.crumb ||
      (marks & Mark.itemtype && element.attribs.itemtype?.endsWith("BreadcrumbList"))
    ) {
      own |= Region.crumb;
    }
    if (
      marks & Mark.hidden ||
      (marks & Mark.style && HIDING.test(element.attribs.style as string))
    ) {
      own |= Region.hidden;
    }
    if (element === body.container) {
      containerStart = order;
      containerRegion = region | own;
      own |= Region.container;
    }
    const inside = region | own;
    const isNoted = (marks & NOTED_MARKS) !== 0 || NOTED.has(name);
    if (roles === 0 && !isNoted && (own & Region.crumb) === 0) return inside;
    const spot: Spot = { element, order, region: inside, roles };
    switch (name) {
      case "h1":
        add(lists.h1, spot);
        add(lists.headings, spot);
        break;
      case "h2":
      case "h3":
        add(lists.headings, spot);
        break;
      case "time":
      case "abbr":
        if (name === "time" || roles & Role.date) add(lists.times, spot);
        break;
      case "a":
      case "area":
        if (marks & Mark.href) add(lists.links, spot);
        if (marks & Mark.rel) addNamed(rels, element.attribs.rel, spot);
        break;
      case "img":
      case "amp-img":
        add(lists.images, spot);
        break;
      case "article":
        if (postClasses.length < 2_000) postClasses += ` ${classOf(element) ?? ""}`;
        break;
    }
    if (marks & Mark.itemprop) addNamed(itemprops, element.attribs.itemprop, spot);
    if (marks & Mark.property) addNamed(properties, element.attribs.property, spot);
    if (roles !== 0) {
      if (roles & Role.author) add(lists.authors, spot);
      if (roles & (Role.date | Role.updated)) add(lists.dates, spot);
      if (roles & Role.category) add(lists.categories, spot);
      if (roles & Role.tags) add(lists.tags, spot);
      if (roles & Role.subtitle) add(lists.subtitles, spot);
    }
    if (own & Region.crumb) add(lists.crumbs, spot);
    if (name === "h1" || name === "h2" || name === "h3") return inside | Region.heading;
    return inside;
  }

  let node: ChildNode | null = facts.body ?? facts.root.firstChild;
  const top = node?.parent ?? null;
  while (node !== null) {
    order++;
    if (isTag(node)) {
      if (!SKIPPED.has(node.name)) {
        const inside = enter(node);
        if (node.firstChild !== null) {
          regions.push(region);
          region = inside;
          node = node.firstChild;
          continue;
        }
      }
    } else if (isText(node) && node.parent !== null && !isBlank(node)) {
      const text = shortText(node.data);
      if (text.length > 1) {
        const parent = node.parent as Element;
        const isNumber = numbers.length < MAX_TEXTS && hasDigit(text);
        const isLabel =
          (region & Region.nav) === 0 &&
          parent.name !== "a" &&
          text.length <= MAX_LABEL_TEXT &&
          shortTexts.length < MAX_TEXTS;
        if (isNumber || isLabel) {
          const spot = { text, parent, order, region };
          if (isNumber) numbers.push(spot);
          if (isLabel) shortTexts.push(spot);
        }
      }
    }
    let next: ChildNode | null = node.nextSibling;
    let climbed: ChildNode = node;
    while (next === null) {
      const parent: unknown = climbed.parent;
      if (parent === null || parent === top || !isTag(parent as ChildNode)) break;
      climbed = parent as Element;
      region = regions.pop() ?? 0;
      if (climbed === body.container) containerEnd = order;
      if (climbed === facts.body) break;
      next = climbed.nextSibling;
    }
    node = next;
  }
  return {
    ...lists,
    itemprops,
    properties,
    rels,
    numbers,
    shortTexts,
    postClasses,
    containerStart,
    containerEnd,
    containerRegion,
    nodeCount: order,
  };
}
