/**
 * RSS 0.9–2.0, RDF, Atom and JSON Feed to entries. feedsmith reads what is well formed; where it
 * refuses or loses items, feed-recover.ts reads the tags as they stand and the fuller answer wins.
 * Entries are in the feed's order. Never throws.
 */
import { parseFeed as parseWithFeedsmith } from "feedsmith";
import { resolveUrl } from "../url/index.ts";
import { machineDate } from "./dates.ts";
import { recoverFeed } from "./feed-recover.ts";
import { plainText } from "./plain-text.ts";
import { repairLink } from "./repair-link.ts";

/** What a feed says about one entry, before it is judged. Links in order of trust. */
export interface RawEntry {
  readonly links: readonly string[];
  readonly title: string | null;
  readonly published: readonly (string | null | undefined)[];
  readonly updated: readonly (string | null | undefined)[];
}

export interface RawFeed {
  readonly entries: readonly RawEntry[];
  /** Base of relative links, as the feed says it. */
  readonly base: string | null;
  /** The next older page of a paged feed. */
  readonly next: string | null;
}

export interface FeedEntry {
  readonly url: string;
  readonly title: string | null;
  readonly publishedAt: number | null;
  readonly lastModifiedAt: number | null;
}

export interface Feed {
  readonly entries: readonly FeedEntry[];
  readonly next: string | null;
  readonly problems: readonly string[];
}

const ITEM_TAG = /<(?:\w+:)?(?:item|entry)[\s>]/giu;

/** @param url - where the feed came from; relative links count from there when it names no base */
export function parseFeed(text: string, url: string): Feed {
  const problems: string[] = [];
  const isJson = /^[\s\uFEFF]*[{[]/u.test(text);
  const expected = isJson ? 0 : (text.match(ITEM_TAG)?.length ?? 0);
  let raw = readWell(text, problems);
  let entries = raw === null ? [] : finish(raw, url);
  if (!isJson && (raw === null || entries.length < expected)) {
    const recovered = recoverFeed(text);
    const recoveredEntries = finish(recovered, url);
    if (raw === null || recoveredEntries.length > entries.length) {
      if (raw !== null)
        problems.push(`only ${entries.length} of ${expected} items were well formed`);
      raw = recovered;
      entries = recoveredEntries;
    }
    if (entries.length < expected)
      problems.push(`${expected - entries.length} of ${expected} items have no usable link`);
  }
  if (entries.length === 0 && expected === 0) problems.push("no items");
  const next = raw?.next ? resolveUrl(raw.next, url) : null;
  return { entries, next, problems };
}

function readWell(text: string, problems: string[]): RawFeed | null {
  try {
    return fromFeedsmith(parseWithFeedsmith<string>(text));
  } catch (error) {
    problems.push(`not well formed: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

type Parsed = ReturnType<typeof parseWithFeedsmith<string>>;

interface AtomLink {
  readonly href?: string | undefined;
  readonly rel?: string | undefined;
}

function fromFeedsmith(parsed: Parsed): RawFeed {
  switch (parsed.format) {
    case "rss":
      return {
        base: parsed.feed.link ?? null,
        next: nextOf(parsed.feed.atom?.links),
        entries: (parsed.feed.items ?? []).map((item) => ({
          links: present([item.link, ...alternates(item.atom?.links), item.guid?.value]),
          title: item.title ?? null,
          published: [item.pubDate, ...(item.dc?.dates ?? [])],
          updated: [item.atom?.updated],
        })),
      };
    case "rdf":
      return {
        base: parsed.feed.link ?? null,
        next: null,
        entries: (parsed.feed.items ?? []).map((item) => ({
          links: present([item.link, item.rdf?.about]),
          title: item.title ?? null,
          published: item.dc?.dates ?? [],
          updated: [],
        })),
      };
    case "atom":
      return {
        base: parsed.feed.xml?.base ?? null,
        next: nextOf(parsed.feed.links),
        entries: (parsed.feed.entries ?? []).map((entry) => ({
          links: present([...alternates(entry.links), entry.id]),
          title: entry.title?.value ?? null,
          published: [entry.published, entry.updated],
          updated: [entry.updated],
        })),
      };
    case "json":
      return {
        base: null,
        next: parsed.feed.next_url ?? null,
        entries: (parsed.feed.items ?? []).map((item) => ({
          links: present([item.url, item.external_url, item.id]),
          title: item.title ?? null,
          published: [item.date_published],
          updated: [item.date_modified],
        })),
      };
  }
}

function finish(raw: RawFeed, url: string): FeedEntry[] {
  const base = raw.base === null ? url : (resolveUrl(raw.base, url) ?? url);
  return raw.entries.flatMap((entry) => {
    const link = firstOf(entry.links, (href) => usableLink(href, base));
    if (link === null) return [];
    return [
      {
        url: link,
        title: entry.title === null ? null : plainText(entry.title) || null,
        publishedAt: firstOf(entry.published, machineDate),
        lastModifiedAt: firstOf(entry.updated, machineDate),
      },
    ];
  });
}

/** Ids such as `tag:site,2019:1` or bare numbers are no links; addresses and paths are. */
function usableLink(href: string, base: string): string | null {
  const link = repairLink(href);
  const isAddress = /^(?:https?:|[/?])/iu.test(link);
  const isPath = /[/.]/u.test(link) && !/[:\s]/u.test(link);
  return isAddress || isPath ? resolveUrl(link, base) : null;
}

function alternates(links: readonly AtomLink[] | undefined): (string | undefined)[] {
  return (links ?? [])
    .filter(({ rel }) => rel === undefined || rel === "alternate")
    .map(({ href }) => href);
}

function nextOf(links: readonly AtomLink[] | undefined): string | null {
  return links?.find(({ rel }) => rel === "next")?.href ?? null;
}

function present(values: readonly (string | null | undefined)[]): string[] {
  return values.filter(
    (value): value is string => typeof value === "string" && value.trim() !== "",
  );
}

function firstOf<In, Out>(values: readonly In[], read: (value: In) => Out | null): Out | null {
  for (const value of values) {
    const out = read(value);
    if (out !== null) return out;
  }
  return null;
}
