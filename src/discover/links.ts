/**
 * The links of a page, with what surrounds each: one pass of the parser, no tree. Order is the
 * page's; one entry per address, its evidence summed over all its places.
 */
import { clean } from "../text/index.ts";
import { resolveUrl } from "../url/index.ts";
import { copy } from "./page-ref.ts";
import { scan } from "./scan.ts";

export interface PageLink {
  readonly url: string;
  /** The longest of its anchor texts. */
  readonly text: string;
  readonly isInHeading: boolean;
  /** True only when every place it stands in is a menu, header or footer. */
  readonly isInNavigation: boolean;
  readonly isNextLink: boolean;
  readonly occurrences: number;
}

/** `<link>` elements that matter to discovery. */
export interface HeadLink {
  readonly url: string;
  readonly rel: string;
  readonly type: string;
  readonly title: string;
}

export interface PageLinks {
  readonly links: readonly PageLink[];
  readonly headLinks: readonly HeadLink[];
  /** False when the page nests too deeply and was not read to its end. */
  readonly isComplete: boolean;
}

// A page with more links than this is a link farm or a trap; the first thousands tell enough.
const MAX_LINKS = 5_000;
const MAX_ANCHOR_CHARS = 300;
const HEADINGS: ReadonlySet<string> = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);
const NAVIGATION: ReadonlySet<string> = new Set(["nav", "footer", "header"]);
const NOT_TEXT: ReadonlySet<string> = new Set(["script", "style", "template"]);

interface OpenAnchor {
  url: string;
  text: string;
  isInHeading: boolean;
  isInNavigation: boolean;
  isNextLink: boolean;
}

/** @param url - the page's own address; its `<base href>` is honoured */
export function readLinks(html: string, url: string): PageLinks {
  const found = new Map<string, PageLink>();
  const headLinks: HeadLink[] = [];
  let base = url;
  let hasBase = false;
  let headings = 0;
  let navigations = 0;
  let articles = 0;
  let silent = 0;
  let anchor: OpenAnchor | null = null;

  const finish = (): void => {
    if (anchor !== null) add(found, anchor);
    anchor = null;
  };
  const isComplete = scan(
    html,
    {
      onopentag(tag, attributes) {
        if (HEADINGS.has(tag)) {
          headings += 1;
          if (anchor !== null) anchor.isInHeading = true;
        } else if (NAVIGATION.has(tag)) navigations += 1;
        else if (tag === "article") articles += 1;
        else if (NOT_TEXT.has(tag)) silent += 1;
        else if (tag === "base" && !hasBase && attributes.href !== undefined) {
          base = resolveUrl(attributes.href, url) ?? url;
          hasBase = true;
        } else if (tag === "link") {
          const target = attributes.href === undefined ? null : resolveUrl(attributes.href, base);
          if (target !== null)
            headLinks.push({
              url: copy(target),
              rel: (attributes.rel ?? "").toLowerCase(),
              type: (attributes.type ?? "").toLowerCase(),
              title: copy(attributes.title ?? ""),
            });
        } else if (tag === "a" || tag === "area") {
          finish();
          const target = attributes.href === undefined ? null : resolveUrl(attributes.href, base);
          if (target !== null)
            anchor = {
              url: target,
              text: "",
              isInHeading: headings > 0,
              isInNavigation: navigations > 0 && articles === 0,
              isNextLink: /\bnext\b/iu.test(attributes.rel ?? ""),
            };
          if (tag === "area") finish();
        } else if (
          tag === "img" &&
          anchor !== null &&
          anchor.text.trim() === "" &&
          attributes.alt
        ) {
          anchor.text = attributes.alt;
        }
      },
      ontext(piece) {
        if (anchor !== null && silent === 0 && anchor.text.length < MAX_ANCHOR_CHARS)
          anchor.text += piece;
      },
      onclosetag(tag) {
        if (tag === "a") finish();
        else if (HEADINGS.has(tag)) headings = Math.max(0, headings - 1);
        else if (NAVIGATION.has(tag)) navigations = Math.max(0, navigations - 1);
        else if (tag === "article") articles = Math.max(0, articles - 1);
        else if (NOT_TEXT.has(tag)) silent = Math.max(0, silent - 1);
      },
    },
    { decodeEntities: true },
  );
  finish();
  return { links: [...found.values()], headLinks, isComplete };
}

function add(found: Map<string, PageLink>, anchor: OpenAnchor): void {
  const url = anchor.url;
  const text = clean(anchor.text);
  const known = found.get(url);
  if (known === undefined) {
    if (found.size >= MAX_LINKS) return;
    const { isInHeading, isInNavigation, isNextLink } = anchor;
    const own = copy(url);
    found.set(own, {
      url: own,
      text: copy(text),
      isInHeading,
      isInNavigation,
      isNextLink,
      occurrences: 1,
    });
    return;
  }
  found.set(known.url, {
    url: known.url,
    text: text.length > known.text.length ? copy(text) : known.text,
    isInHeading: known.isInHeading || anchor.isInHeading,
    isInNavigation: known.isInNavigation && anchor.isInNavigation,
    isNextLink: known.isNextLink || anchor.isNextLink,
    occurrences: known.occurrences + 1,
  });
}
