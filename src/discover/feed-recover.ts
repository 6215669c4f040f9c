/**
 * Reads a feed the way a forgiving reader would: tags as they stand, namespaces by their prefix,
 * whatever precedes the first tag ignored, a file cut short read to where it ends.
 */
import type { RawEntry, RawFeed } from "./feed.ts";
import { scan } from "./scan.ts";

const ENTRY_TAGS: ReadonlySet<string> = new Set(["item", "entry"]);
const PUBLISHED_TAGS: ReadonlySet<string> = new Set([
  "pubdate",
  "published",
  "dc:date",
  "issued",
  "date",
  "created",
]);
const UPDATED_TAGS: ReadonlySet<string> = new Set([
  "updated",
  "modified",
  "atom:updated",
  "dcterms:modified",
]);
const TEXT_TAGS: ReadonlySet<string> = new Set([
  "title",
  "link",
  "guid",
  "id",
  ...PUBLISHED_TAGS,
  ...UPDATED_TAGS,
]);
// Not allowed in XML 1.0 and seen in pasted text; the parser would keep them inside URLs.
const CONTROL = /[^\P{Cc}\t\n\r]+|\uFEFF/gu;
const CDATA_OPEN = "<![CDATA[";
const CDATA_CLOSE = "]]>";
/** What cannot stand between an element's closing tag and the end of its CDATA section. */
const NOT_INSIDE_CDATA = /<(?:item|entry)[\s>]|<!\[CDATA\[/u;
// Bounds that keep a hostile file linear: the longest feeds seen hold some thousand sections of at
// most an article's HTML each.
const MAX_CDATA_SECTIONS = 10_000;
const MAX_SECTION_CHARS = 65_536;
const MAX_TAG_CHARS = 300;

interface Draft {
  links: string[];
  permalink: string | null;
  guid: string | null;
  title: string | null;
  published: string[];
  updated: string[];
}

/** Never throws; gives what could be read. */
export function recoverFeed(text: string): RawFeed {
  const entries: RawEntry[] = [];
  let base: string | null = null;
  let next: string | null = null;
  let draft: Draft | null = null;
  let open: string | null = null;
  let isPermaLink = true;
  let value = "";

  const finishEntry = (): void => {
    if (draft !== null) entries.push(toEntry(draft));
    draft = null;
    open = null;
  };
  const finishText = (): void => {
    if (open !== null && value.trim() !== "") {
      if (draft !== null) take(draft, open, value.trim(), isPermaLink);
      else if (open === "link") base ??= value.trim();
    }
    open = null;
  };
  scan(
    closeCdata(text.replace(CONTROL, "")),
    {
      onopentag(name, attributes) {
        const tag = withoutOwnPrefix(name);
        if (ENTRY_TAGS.has(tag)) {
          finishText();
          finishEntry();
          draft = {
            links: [],
            permalink: null,
            guid: attributes["rdf:about"] ?? null,
            title: null,
            published: [],
            updated: [],
          };
          return;
        }
        if (tag === "link" && attributes.href !== undefined) {
          const rel = attributes.rel ?? "alternate";
          if (draft === null && rel === "next") next = attributes.href;
          if (draft !== null && rel === "alternate") draft.links.push(attributes.href);
          return;
        }
        if (!TEXT_TAGS.has(tag)) return;
        // A tag of ours that opens inside another one: the first was never closed.
        finishText();
        open = tag;
        value = "";
        isPermaLink = attributes.ispermalink !== "false";
      },
      ontext(piece) {
        if (open !== null) value += piece;
      },
      onclosetag(name) {
        const tag = withoutOwnPrefix(name);
        if (tag === open) finishText();
        if (ENTRY_TAGS.has(tag)) finishEntry();
      },
      beforeEnd() {
        // A value the file's end cuts off is not a value: half an address is another address.
        open = null;
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  finishEntry();
  return { entries, base, next };
}

function take(draft: Draft, tag: string, value: string, isPermaLink: boolean): void {
  if (tag === "title") draft.title ??= value;
  else if (tag === "link") draft.links.push(value);
  else if (tag === "guid" && isPermaLink) draft.permalink ??= value;
  else if (tag === "guid" || tag === "id") draft.guid ??= value;
  else if (PUBLISHED_TAGS.has(tag)) draft.published.push(value);
  else draft.updated.push(value);
}

function toEntry({ links, permalink, guid, title, published, updated }: Draft): RawEntry {
  const all = [...links, permalink, guid].filter((link): link is string => link !== null);
  return { links: all, title, published: [...published, ...updated], updated };
}

/** `atom:link`, `a10:updated`, `rss:item` are their local names; `media:title` is not a title. */
function withoutOwnPrefix(name: string): string {
  const at = name.indexOf(":");
  if (at < 0) return name;
  const prefix = name.slice(0, at);
  return prefix === "atom" || prefix === "a10" || prefix === "rss" || prefix === "a"
    ? name.slice(at + 1)
    : name;
}

/**
 * Ends CDATA sections nobody ended: one that runs past the closing tag of its own element and into
 * the next section or item is cut there.
 */
function closeCdata(text: string): string {
  const pieces: string[] = [];
  let at = 0;
  let end = 0;
  for (let section = 0; section < MAX_CDATA_SECTIONS; section += 1) {
    const start = text.indexOf(CDATA_OPEN, at);
    if (start < 0) break;
    if (end >= 0 && end < start) end = text.indexOf(CDATA_CLOSE, start);
    const close = ownClosingTag(text, start, at);
    const isUnclosed =
      close >= 0 && (end < 0 || (close < end && NOT_INSIDE_CDATA.test(text.slice(close, end))));
    if (isUnclosed) pieces.push(text.slice(at, close), CDATA_CLOSE);
    const stop = isUnclosed ? close : end < 0 ? text.length : end + CDATA_CLOSE.length;
    if (!isUnclosed) pieces.push(text.slice(at, stop));
    at = stop;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

/** Where the element that the section at `start` stands in is closed; -1 when that is not near. */
function ownClosingTag(text: string, start: number, from: number): number {
  const before = text.slice(Math.max(from, start - MAX_TAG_CHARS), start);
  const element = /<([\w:]+)(?:\s[^<>]*)?>\s*$/u.exec(before)?.[1];
  if (element === undefined) return -1;
  const close = text.slice(start, start + MAX_SECTION_CHARS).indexOf(`</${element}>`);
  return close < 0 ? -1 : start + close;
}
