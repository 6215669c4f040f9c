/**
 * What kind of page this is, with reasons. The rule above all: a real article is never called
 * anything else. So every other kind needs evidence of its own, and pages with an article's worth of
 * prose can only be a kind of article (article, live blog, gallery, video) or, with strong evidence, a
 * listing.
 */
import type { PageKind } from "../../model.ts";
import { fold, wordCount } from "../../text/index.ts";
import type { BodyResult, Fields, JsonLdNode, PageFacts } from "../context.ts";
import { judgeListing } from "./listing.ts";
import { type Measures, measurePage } from "./measure.ts";
import { phraseInText, phraseInTitle, phraseOpening } from "./phrases.ts";

export interface Classified {
  readonly kind: PageKind;
  /** Most telling first; never empty. */
  readonly reasons: readonly string[];
}

/** Block pages, error pages and parked domains say little; articles about them say more. */
const MAX_NOTICE_WORDS = 160;
/** Fewer visible characters than this are a menu at most. */
const SHELL_CHARS = 250;
const EMPTY_CHARS = 25;
/** A script application ships at least this much script. */
const APP_SCRIPT_BYTES = 1_000;
/** A flash of one sentence is an article when it has a date or says so. */
const MIN_BODY_WORDS = 5;

export function classifyPage(facts: PageFacts, body: BodyResult, fields: Fields): Classified {
  const measures = measurePage(facts);
  const words = wordCount(body.paragraphs.join(" "));
  return (
    judgeNotice(facts, measures, words) ??
    judgeEmpty(facts, measures, words) ??
    judgeListing(facts, body, fields, measures, words) ??
    judgeArticle(facts, fields, measures, words)
  );
}

/** Firewalls, errors, parked domains: short, and they say what they are. */
function judgeNotice(facts: PageFacts, measures: Measures, words: number): Classified | null {
  const isWordPressError = /(?:^|\s)error-?404(?:\s|$)/u.test(facts.body?.attribs.class ?? "");
  if (isWordPressError) return { kind: "soft-404", reasons: ["the body's class says error404"] };
  if (words > MAX_NOTICE_WORDS || measures.proseChars > MAX_NOTICE_WORDS * 8) return null;
  const sample = fold(measures.sample);
  const title = facts.titleText;
  const isArticle = saysArticle(facts);
  for (const [name, kind, what] of [
    ["block", "block-page", "a block page"],
    ["parked", "parked", "a parked domain"],
    ["soft404", "soft-404", "a missing page"],
  ] as const) {
    const titled = phraseInTitle(name, title);
    const told = phraseInText(name, sample);
    const isShort = measures.textChars < 1_500;
    if (titled !== null && told !== null) {
      return { kind, reasons: [`title and text are those of ${what}: "${titled}", "${told}"`] };
    }
    if (titled !== null && isShort && !isArticle && words < 60) {
      return {
        kind,
        reasons: [`title of ${what}: "${titled}"`, `${measures.textChars} visible characters`],
      };
    }
    if (told !== null && !isArticle && words < 60 && measures.textChars < 1_000) {
      return {
        kind,
        reasons: [`text of ${what}: "${told}"`, `${measures.textChars} visible characters`],
      };
    }
  }
  const consent = phraseInText("consent", sample);
  if (consent !== null && words < 60 && measures.textChars < 2_500 && !isArticle) {
    return { kind: "block-page", reasons: [`a consent wall: "${consent}"`] };
  }
  return null;
}

function judgeEmpty(facts: PageFacts, measures: Measures, words: number): Classified | null {
  if (words >= MIN_BODY_WORDS * 4 || measures.textChars > SHELL_CHARS * 4) return null;
  const told = phraseInText("script", fold(`${measures.noscript} ${measures.sample}`));
  const isApp = facts.scriptBytes > APP_SCRIPT_BYTES || measures.hasAppRoot || told !== null;
  if (measures.textChars < SHELL_CHARS && words < MIN_BODY_WORDS * 4 && isApp) {
    const reasons = [
      `${measures.textChars} visible characters, ${facts.scriptBytes} bytes of script`,
    ];
    if (measures.hasAppRoot) reasons.push("an element where an application draws");
    if (told !== null) reasons.push(`says "${told}"`);
    return { kind: "empty-shell", reasons };
  }
  if (measures.textChars < EMPTY_CHARS) {
    return { kind: "empty", reasons: [`${measures.textChars} visible characters`] };
  }
  return null;
}

function judgeArticle(
  facts: PageFacts,
  fields: Fields,
  measures: Measures,
  words: number,
): Classified {
  const live = liveReason(facts, fields, measures);
  if (live !== null) return { kind: "live-blog", reasons: [live] };
  const pictures = fields.images.length;
  const isGalleryNode = hasType(facts, /^(?:ImageGallery|MediaGallery)$/u);
  const opening = phraseOpening("gallery", fields.title);
  if (pictures >= 3 && words < pictures * 40 && (isGalleryNode || opening !== null)) {
    return {
      kind: "gallery",
      reasons: [`${pictures} pictures, ${words} words`, opening ?? "JSON-LD says gallery"],
    };
  }
  if (pictures >= 10 && words < pictures * 5) {
    return { kind: "gallery", reasons: [`${pictures} pictures, ${words} words`] };
  }
  const ogType = facts.metas.get("og:type")?.[0] ?? "";
  const saysVideo =
    ogType.startsWith("video") || (hasType(facts, /^VideoObject$/u) && !saysArticle(facts));
  const watch = phraseOpening("video", fields.title);
  if (words < 120 && (saysVideo || (watch !== null && measures.players > 0))) {
    return {
      kind: "video",
      reasons: [
        saysVideo ? "the page's data says video" : `title opens with "${watch}", a player`,
        `${words} words`,
      ],
    };
  }
  if (words < MIN_BODY_WORDS && fields.title === "") {
    return { kind: "empty", reasons: [`${words} words and no title`] };
  }
  return {
    kind: "article",
    reasons: [`${words} words`, ...(fields.published === null ? [] : ["a date"])],
  };
}

function liveReason(facts: PageFacts, fields: Fields, measures: Measures): string | null {
  if (hasType(facts, /^LiveBlogPosting$/u)) return "JSON-LD says LiveBlogPosting";
  const opening = phraseOpening("live", fields.title);
  if (opening !== null && measures.times >= 5)
    return `title opens with "${opening}", ${measures.times} times`;
  return null;
}

function hasType(facts: PageFacts, pattern: RegExp): boolean {
  return facts.jsonLd.some((node) => typesOf(node).some((type) => pattern.test(type)));
}

function typesOf(node: JsonLdNode): readonly string[] {
  const type = node["@type"];
  const list = Array.isArray(type) ? type : [type];
  return list.filter((one): one is string => typeof one === "string");
}

function saysArticle(facts: PageFacts): boolean {
  return (
    facts.metas.get("og:type")?.[0] === "article" ||
    facts.metas.has("article:published_time") ||
    hasType(facts, /(?:Article|Posting)$/u)
  );
}
