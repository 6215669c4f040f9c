/**
 * Is it a list of articles instead of one? Evidence is added up for and against; a page that says it is
 * an article, or has an article's worth of prose, needs much more.
 */
import type { BodyResult, Fields, PageFacts } from "../context.ts";
import type { Classified } from "./index.ts";
import type { Measures } from "./measure.ts";
import { ARTICLE_CLASSES, LISTING_CLASSES, LISTING_SEGMENTS } from "./phrases.ts";

/** Points at which a page is a listing; two strong signs, or one strong and three weak. */
const THRESHOLD = 5;
const MANY_TEASERS = 10;
const SOME_TEASERS = 5;
/** Prose of this many characters in long paragraphs is an article's worth. */
const MUCH_PROSE_CHARS = 1_500;
const LONG_PARAGRAPH_CHARS = 150;

export function judgeListing(
  facts: PageFacts,
  body: BodyResult,
  fields: Fields,
  measures: Measures,
  words: number,
): Classified | null {
  const reasons: string[] = [];
  let points = 0;
  function add(weight: number, reason: string): void {
    points += weight;
    if (weight > 0) reasons.push(reason);
  }
  const classes = (facts.body?.attribs.class ?? "").toLowerCase().split(/\s+/u);
  const listed = classes.find((name) => LISTING_CLASSES.has(name));
  if (listed !== undefined) add(3, `the body's class says ${listed}`);
  if (classes.some((name) => ARTICLE_CLASSES.has(name))) add(-5, "");
  const segments = facts.url.pathname
    .toLowerCase()
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  if (segments.length === 0 && facts.url.search === "") add(3, "the site's front page");
  const named = segments.find((part) => LISTING_SEGMENTS.has(part));
  if (named !== undefined && segments.length <= 4) add(2, `an address of listings: ${named}`);
  if (measures.teasers >= MANY_TEASERS) add(2, `${measures.teasers} linked headings`);
  else if (measures.teasers >= SOME_TEASERS) add(1, `${measures.teasers} linked headings`);
  if (measures.linkChars > measures.textChars * 0.5) add(1, "mostly links");
  if (facts.metas.get("og:type")?.[0] === "website") add(1, "og:type says website");
  if (fields.published === null || fields.published.confidence < 0.5) add(1, "no date of its own");
  if (facts.metas.get("og:type")?.[0] === "article") add(-2, "");
  if (facts.metas.has("article:published_time")) add(-3, "");
  const isArticleNode = facts.jsonLd.some(
    (node) =>
      /(?:Article|Posting)"?$/u.test(String(node["@type"])) &&
      node.headline !== undefined &&
      node.datePublished !== undefined,
  );
  if (isArticleNode && listed === undefined) add(-3, "");
  const longChars = body.paragraphs.reduce(
    (sum, paragraph) => sum + (paragraph.length >= LONG_PARAGRAPH_CHARS ? paragraph.length : 0),
    0,
  );
  if (longChars >= MUCH_PROSE_CHARS) add(-3, "");
  else if (words >= 80 && body.method !== "soft" && body.method !== "description") add(-1, "");
  return points >= THRESHOLD ? { kind: "listing", reasons } : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
