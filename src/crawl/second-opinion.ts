/**
 * The text a site's REST interface gave of a page, as a second opinion on what was read from the page
 * itself: said when the two disagree badly, and the article itself where the page is a wall or an
 * empty shell.
 */
import type { Article, Capture, PageKind, PageRef } from "../model.ts";
import type { PageReading } from "../process/index.ts";
import { fold, tokens } from "../text/index.ts";
import type { VisitContext } from "./context.ts";
import { readCapture } from "./parts.ts";

/** Pages that hold nothing of the article they stand for. */
export const SHELLS: ReadonlySet<PageKind> = new Set(["empty-shell", "block-page", "empty"]);

/** A text shorter than this is a teaser or a caption: no opinion. */
const FEWEST_WORDS = 30;
/**
 * Where both read the same article they share over nine words in ten; galleries, embeds and "read
 * also" boxes inside the text cost up to three. Under half, one of them read something else.
 */
const LEAST_SHARED = 0.5;

export interface OtherReading {
  readonly capture: Capture;
  readonly reading: PageReading;
}

/** The article as the REST interface gave it, or null when it gave none worth keeping. */
export async function readListedText(
  page: PageRef,
  context: VisitContext,
): Promise<OtherReading | null> {
  const capture = await context.deps.store.listedText(page.url);
  if (capture === null) return null;
  const outcome = await readCapture(capture, context);
  if (outcome.kind === "unreadable") return null;
  const { extraction, fingerprint, packed } = outcome.reading;
  const { article } = extraction;
  if (article === null || fingerprint === null || packed === null) return null;
  const reading = { ...outcome.reading, extraction: { ...extraction, article: asListed(article) } };
  return { capture: { ...capture, fetchedAt: context.deps.now() }, reading };
}

/** An article that was read from what a list said of it. */
export function asListed(article: Article): Article {
  return { ...article, from: { ...article.from, body: "wp-json content" }, method: "wp-json" };
}

/** What is to be doubted about a body, or null: the text as listed shares less than half its words. */
export async function doubtOf(
  page: PageRef,
  body: string,
  { deps }: VisitContext,
): Promise<string | null> {
  const capture = await deps.store.listedText(page.url);
  if (capture === null) return null;
  const html = Buffer.from(capture.body).toString("utf8");
  const listed = wordsOf(html.slice(html.indexOf("</h1>")).replace(/<[^<>]*>|&[#\w]+;/gu, " "));
  if (listed.size < FEWEST_WORDS) return null;
  const read = wordsOf(body);
  let shared = 0;
  for (const word of listed) if (read.has(word)) shared++;
  const share = (2 * shared) / (listed.size + read.size);
  if (share >= LEAST_SHARED) return null;
  const percent = Math.round(share * 100);
  return `the page and the site's REST interface tell different texts (${percent} % shared words; ${read.size} and ${listed.size} different words)`;
}

function wordsOf(text: string): Set<string> {
  return new Set(tokens(fold(text)).map((token) => token.text));
}
