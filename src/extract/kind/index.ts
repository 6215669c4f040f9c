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
import { countPhrases, phraseInText, phraseInTitle, phraseOpening } from "./phrases.ts";

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
/** A notice that gives itself a date and as many words is a short article about the thing. */
const DATED_WORDS = 25;
/** More linked headings are a list of other pages, with their dates. */
const FEW_TEASERS = 3;
/** A page that asks for a password says hardly more than that. */
const MAX_LOGIN_WORDS = 25;
/** Injected pages repeat what they sell: at least so many phrases, so close together. */
const SPAM = { distinct: 4, hits: 8, share: 0.1 } as const;
/** A flash of one sentence is an article when it has a date or says so. */
const MIN_BODY_WORDS = 5;

export function classifyPage(facts: PageFacts, body: BodyResult, fields: Fields): Classified {
  const measures = measurePage(facts);
  const words = wordCount(body.paragraphs.join(" "));
  return (
    judgeNotice(facts, fields, measures, words) ??
    judgeSpam(facts, body, fields) ??
    judgeEmpty(facts, measures, words) ??
    judgeListing(facts, body, fields, measures, words) ??
    judgeArticle(facts, fields, measures, words)
  );
}

/** Firewalls, logins, errors, parked domains: short, and they say what they are. */
function judgeNotice(
  facts: PageFacts,
  fields: Fields,
  measures: Measures,
  words: number,
): Classified | null {
  const isWordPressError = /(?:^|\s)error-?404(?:\s|$)/u.test(facts.body?.attribs.class ?? "");
  if (isWordPressError) return { kind: "soft-404", reasons: ["the body's class says error404"] };
  if (words > MAX_NOTICE_WORDS || measures.proseChars > MAX_NOTICE_WORDS * 8) return null;
  const sample = fold(measures.sample);
  const title = facts.titleText;
  const isArticle = saysArticle(facts) || (words >= DATED_WORDS && isDated(fields, measures));
  for (const [name, kind, what] of [
    ["block", "block-page", "a block page"],
    ["maintenance", "maintenance", "a site under repair"],
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
  const login = phraseInTitle("login", title) ?? phraseInText("login", sample);
  if (login !== null && measures.passwords > 0 && words < MAX_LOGIN_WORDS && !isArticle) {
    return { kind: "block-page", reasons: [`asks for a password: "${login}"`] };
  }
  return null;
}

/** Text that others have put on the site to sell something: the title sells, and so does the body. */
function judgeSpam(facts: PageFacts, body: BodyResult, fields: Fields): Classified | null {
  const title = fold(`${facts.titleText} ${fields.title}`);
  if (countPhrases("spam", title).hits === 0) return null;
  const text = fold(body.paragraphs.join(" "));
  const { distinct, hits, chars } = countPhrases("spam", text);
  if (distinct < SPAM.distinct || hits < SPAM.hits || chars < text.length * SPAM.share) return null;
  const share = Math.round((chars / text.length) * 100);
  return {
    kind: "spam",
    reasons: [`${hits} selling phrases, ${distinct} different ones, ${share}% of the text`],
  };
}

/** A date the page itself prints, and not beside other pages; an address may have one and lead to an error. */
function isDated({ published }: Fields, { times, teasers }: Measures): boolean {
  const isSure = published !== null && published.confidence >= 0.5;
  return isSure && teasers < FEW_TEASERS && (published.source !== "url" || times > 0);
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
