/**
 * Pictures of the article with their captions and credits; lazy loading is resolved, tracking
 * pixels and icons are left out. URLs are absolute.
 */
import { type Element, isTag } from "domhandler";
import type { ArticleImage } from "../../model.ts";
import { clean } from "../../text/index.ts";
import { isSameSite } from "../../url/index.ts";
import type { PageFacts, RuleFindings, Tracer } from "../context.ts";
import { LAZY } from "../page/lazy.ts";
import { asList, isArticle, type JsonLd, plainText } from "./json-ld.ts";
import type { PageIndex, Spot } from "./page-index.ts";
import { ELSEWHERE, Region } from "./roles.ts";
import { textOf } from "./text-of.ts";

export interface Images {
  readonly lead: string | null;
  readonly leadSource: string;
  readonly images: readonly ArticleImage[];
}

const MAX_IMAGES = 60;
/** Smaller pictures are icons, avatars and pixels. */
const MIN_SIDE_PIXELS = 80;
const LAZY_SETS = ["data-srcset", "data-lazy-srcset", "srcset"];
const ICON =
  /(?:^|[-_/ ])(?:logo|icon|avatar|gravatar|sprite|pixel|spacer|blank|placeholder|emoji|loading|loader|1x1|transparent|badge|button|banner-ad)(?:[-_./ ]|$)/iu;
const CREDIT =
  /(?:^|[\s|(–—-])((?:photo(?:graph)?(?: by| credit)?|foto|bild|image(?: credit)?|credit|picture|source|quelle|crédit(?: photo)?|©|copyright|صورة|تصوير|المصدر|مصدر الصورة|عدسة)\s*[:：/]?\s*\S.{1,80})$/iu;

export function readImages(
  facts: PageFacts,
  findings: RuleFindings,
  index: PageIndex,
  jsonLd: JsonLd,
  title: Spot | null,
  tracer: Tracer,
): Images {
  const images: ArticleImage[] = [];
  const known = new Set<string>();
  for (const spot of index.images) {
    if (images.length >= MAX_IMAGES) break;
    if (!isOfArticle(spot, index, title) || isDropped(spot.element, findings.dropped)) continue;
    if (leadsElsewhere(spot.element, facts)) continue;
    const url = sourceOf(spot.element, facts);
    if (url === null || known.has(bare(url)) || isIcon(spot.element, url)) continue;
    known.add(bare(url));
    images.push({
      url,
      alt: clean(spot.element.attribs.alt ?? "") || null,
      ...captionOf(spot.element),
    });
  }
  const lead = leadImage(facts, findings, jsonLd, images, tracer);
  return { lead: lead?.url ?? null, leadSource: lead?.source ?? "", images };
}

/** Whether a rule says that this, or what it stands in, is not the article: advert slots above all. */
function isDropped(element: Element, dropped: ReadonlySet<Element>): boolean {
  if (dropped.size === 0) return false;
  for (let at: Element | null = element; at !== null; ) {
    if (dropped.has(at)) return true;
    at = at.parent !== null && isTag(at.parent) ? at.parent : null;
  }
  return false;
}

const PICTURE_FILE = /\.(?:jpe?g|png|gif|webp|avif)$/iu;
/** Elements between a picture and the link around it. */
const MAX_WRAPS = 4;

/** A picture that is a link to another site, and not to itself in full size, is an advert. */
function leadsElsewhere(image: Element, { url }: PageFacts): boolean {
  let at: Element | null = image;
  for (let up = 0; up < MAX_WRAPS && at !== null; up++) {
    const href: string | undefined = at.name === "a" ? at.attribs.href : undefined;
    if (href !== undefined) {
      if (!URL.canParse(href, url.href)) return false;
      const target = new URL(href, url.href);
      return (
        /^https?:$/u.test(target.protocol) &&
        !isSameSite(target.href, [url.host]) &&
        !PICTURE_FILE.test(target.pathname)
      );
    }
    at = at.parent !== null && isTag(at.parent) ? at.parent : null;
  }
  return false;
}

function isOfArticle(spot: Spot, index: PageIndex, title: Spot | null): boolean {
  if ((spot.region & (ELSEWHERE | Region.bio | Region.crumb)) !== 0) return false;
  if ((spot.region & Region.container) !== 0) return true;
  const from = title?.order ?? index.containerStart;
  return (
    from >= 0 &&
    spot.order > from - 40 &&
    spot.order < (index.containerStart >= 0 ? index.containerStart : from + 80)
  );
}

function leadImage(
  facts: PageFacts,
  findings: RuleFindings,
  jsonLd: JsonLd,
  images: readonly ArticleImage[],
  tracer: Tracer,
): { url: string; source: string } | null {
  const found: { url: string; source: string }[] = [];
  function add(value: string | undefined, source: string): void {
    const url = value === undefined ? null : absolute(value, facts);
    if (url !== null) found.push({ url, source });
  }
  for (const { value, source } of findings.fields.image ?? []) add(value, source);
  for (const name of [
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
    "itemprop:image",
    "thumbnail",
  ]) {
    add(facts.metas.get(name)?.[0], `meta:${name}`);
  }
  for (const node of jsonLd.works) {
    if (!isArticle(node)) continue;
    const image = jsonLd.resolve(asList(node.image)[0]);
    add(
      typeof image === "string"
        ? image
        : plainText((image as Record<string, unknown> | undefined)?.url),
      "json-ld:image",
    );
  }
  if (images[0] !== undefined)
    found.push({ url: images[0].url, source: "first picture of the article" });
  const winner = found[0] ?? null;
  if (tracer.on) {
    for (const one of found)
      tracer.candidate("image", {
        source: one.source,
        value: one.url,
        rejected: one === winner ? null : `after ${winner?.source}`,
      });
  }
  return winner;
}

function absolute(value: string, facts: PageFacts): string | null {
  const text = value.trim();
  if (text === "" || text.startsWith("data:") || !URL.canParse(text, facts.url.href)) return null;
  const url = new URL(text, facts.url.href);
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
}

/** The largest picture named: lazy attributes beat `src`, which is often a placeholder. */
function sourceOf(element: Element, facts: PageFacts): string | null {
  const { attribs } = element;
  for (const name of LAZY_SETS) {
    const url = absolute(largest(attribs[name] ?? ""), facts);
    if (url !== null) return url;
  }
  for (const name of LAZY) {
    const url = absolute(attribs[name] ?? "", facts);
    if (url !== null) return url;
  }
  const picture = element.parent;
  if (picture !== null && isTag(picture) && picture.name === "picture") {
    for (const child of picture.children) {
      if (!isTag(child) || child.name !== "source") continue;
      const url = absolute(
        largest(child.attribs.srcset ?? child.attribs["data-srcset"] ?? ""),
        facts,
      );
      if (url !== null) return url;
    }
  }
  return absolute(attribs.src ?? "", facts);
}

/** Candidates are separated by a comma and a space; URLs themselves may hold commas. */
function largest(srcset: string): string {
  let best = "";
  let bestSize = -1;
  for (const entry of srcset.trim().split(/,\s+/u)) {
    const [url = "", size = "1x"] = entry.trim().split(/\s+/u);
    const value = Number.parseFloat(size) || 0;
    if (url !== "" && value > bestSize) {
      best = url;
      bestSize = value;
    }
  }
  return best;
}

function isIcon(element: Element, url: string): boolean {
  const { width, height } = element.attribs;
  for (const side of [width, height]) {
    const pixels = Number.parseInt(side ?? "", 10);
    if (pixels > 0 && pixels < MIN_SIDE_PIXELS) return true;
  }
  return (
    ICON.test(new URL(url).pathname) ||
    ICON.test(element.attribs.class ?? "") ||
    /\.svg$/iu.test(new URL(url).pathname)
  );
}

/** One picture in two sizes is one picture. */
function bare(url: string): string {
  return url.replace(/[?#].*$/u, "").replace(/-\d{2,4}x\d{2,4}(?=\.\w+$)/u, "");
}

function captionOf(image: Element): { caption: string | null; credit: string | null } {
  let holder: Element | null = image;
  for (let up = 0; up < 4 && holder !== null; up++) {
    const parent: unknown = holder.parent;
    if (parent === null || !isTag(parent as Element)) break;
    holder = parent as Element;
    const isFigure = holder.name === "figure" || /caption/iu.test(holder.attribs.class ?? "");
    if (!isFigure) continue;
    const caption = findCaption(holder);
    if (caption === "") continue;
    const credit = CREDIT.exec(caption)?.[1] ?? null;
    const rest =
      credit === null
        ? caption
        : clean(caption.slice(0, caption.length - credit.length).replace(/[\s|(–—-]+$/u, ""));
    return {
      caption: rest || null,
      credit: credit === null ? null : clean(credit.replace(/\)$/u, "")),
    };
  }
  return { caption: null, credit: null };
}

function findCaption(holder: Element): string {
  const open: Element[] = [holder];
  for (let looks = 0; open.length > 0 && looks < 40; looks++) {
    const element = open.shift() as Element;
    for (const child of element.children) {
      if (!isTag(child)) continue;
      if (child.name === "figcaption" || /caption|legend/iu.test(child.attribs.class ?? "")) {
        const text = textOf(child, 500);
        if (text !== "") return text;
      }
      open.push(child);
    }
  }
  return "";
}
