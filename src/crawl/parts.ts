/**
 * Articles cut into several pages: fetches the further parts, politely and on the same host, and
 * joins their texts into the one article a reader would call it.
 */
import { fingerprint } from "../fingerprint/index.ts";
import type { Article, Capture, PackedBody } from "../model.ts";
import type { PageReading, ReadOutcome } from "../process/index.ts";
import { wordCount } from "../text/index.ts";
import { isSameSite } from "../url/index.ts";
import type { VisitContext } from "./context.ts";

/** Enough for the longest serial; more is a trap of links that count on for ever. */
const MOST_PARTS = 20;
/** A part that repeats this share of the paragraphs already read is the same page again. */
const MOST_REPEATED = 0.5;

export interface JoinedReading {
  readonly reading: PageReading;
  readonly parts: readonly { readonly capture: Capture; readonly packed: PackedBody }[];
}

/**
 * Follows `nextPart` from page to page. A part that cannot be had or read ends the joining; the
 * article is then kept as partial, which it is.
 */
export async function joinParts(first: PageReading, context: VisitContext): Promise<JoinedReading> {
  const parts: { capture: Capture; packed: PackedBody }[] = [];
  const { article } = first.extraction;
  let next = first.extraction.nextPart;
  if (article === null || next === null) return { reading: first, parts };
  const join = startJoin(article);
  let isCut = false;
  while (next !== null && parts.length < MOST_PARTS) {
    const part = await readPart(next, context);
    if (part === null) {
      isCut = true;
      break;
    }
    if (!join.add(part.article)) break;
    parts.push({ capture: part.capture, packed: part.packed });
    next = part.nextPart;
  }
  if (parts.length === 0 && (!isCut || article.isPartial)) return { reading: first, parts };
  return { reading: withArticle(first, join.article(isCut)), parts };
}

/** Joins the parts of one article, in order. Pure. */
export function startJoin(article: Article) {
  const paragraphs = article.body.split("\n\n");
  const images = [...article.images];
  return {
    /** @returns false for a part that is the same page again: it is left out, and the last */
    add(part: Article): boolean {
      const texts = part.body.split("\n\n");
      const seen = new Set(paragraphs);
      const fresh = texts.filter((text) => !seen.has(text));
      if (fresh.length <= texts.length * (1 - MOST_REPEATED)) return false;
      paragraphs.push(...fresh);
      images.push(...part.images.filter(({ url }) => !images.some((one) => one.url === url)));
      return true;
    },
    /** @param isCut - a part could not be had */
    article(isCut: boolean): Article {
      const body = paragraphs.join("\n\n");
      const isPartial = article.isPartial || isCut;
      return { ...article, body, images, isPartial, wordCount: wordCount(body) };
    },
  };
}

/** A reading whose article was completed from elsewhere. */
export function withArticle(reading: PageReading, article: Article): PageReading {
  const extraction = { ...reading.extraction, article };
  return { ...reading, extraction, fingerprint: fingerprint(article) };
}

/** Reads a page in a worker thread, packed for the archive. */
export function readCapture(capture: Capture, { deps, site }: VisitContext): Promise<ReadOutcome> {
  return deps.workers.read({
    url: capture.finalUrl,
    fetchedAt: capture.fetchedAt,
    headers: capture.headers,
    body: capture.body,
    siteId: site.id,
    explain: false,
    pack: true,
  });
}

async function readPart(url: string, context: VisitContext) {
  const { deps, site, delayMs, hardSignal } = context;
  const outcome = await deps.fetcher.fetch(
    {
      url,
      isInScope: (target) => isSameSite(target, site.hosts),
      ...{ etag: null, lastModified: null, accept: "html" },
      delayMs: delayMs ?? site.delayMs,
    },
    hardSignal,
  );
  if (outcome.kind !== "captured") return null;
  const { capture } = outcome;
  const read = await readCapture(capture, context);
  if (read.kind === "unreadable") return null;
  const { extraction, packed } = read.reading;
  const { article, nextPart } = extraction;
  return article === null || packed === null ? null : { capture, packed, article, nextPart };
}
