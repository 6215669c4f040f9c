/**
 * Which article a reading belongs to. In doubt, two articles: a wrong merge loses one for good, a
 * missed one costs some bytes. In order:
 *
 * 1. The address that answered (after redirects) is an article's own: that article.
 * 2. The page has led to an article before: that one, unless it now shows another text elsewhere.
 * 3. The canonical URL is an article's own address on the same site, and the two look alike
 *    (sites print the same canonical URL on every page by mistake).
 * 4. The same folded text on the same site, of the same published day: recurring notices repeat
 *    their words, so day counts; texts of a few words must be equal in every field.
 * 5. Otherwise a new article; the oldest with the same text is named as what it duplicates.
 */
import { similarity } from "../../fingerprint/index.ts";
import type { Article, Fingerprint } from "../../model.ts";
import { fold } from "../../text/index.ts";
import { urlKey } from "../../url/index.ts";
import type { Database } from "./driver.ts";

export interface Arrival {
  readonly siteId: string;
  /** The page that was asked for, and the one that answered: the same without redirect. */
  readonly pageId: number;
  readonly finalPageId: number;
  readonly article: Article;
  readonly fingerprint: Fingerprint;
  readonly text: Buffer;
}

/** What is known of an article when deciding. */
export interface Known {
  readonly id: number;
  readonly siteId: string;
  readonly pageId: number;
  readonly status: string;
  readonly title: string;
  readonly published: string | null;
  readonly content: Buffer;
  readonly text: Buffer;
  readonly near: Buffer;
}

export interface Identity {
  /** The article, or null for a new one. */
  readonly known: Known | null;
  /** Whether the article's own address was asked for or answered; only that address makes versions. */
  readonly isOwnAddress: boolean;
  /** The article this page led to before, when it has led to another now. */
  readonly movedFrom: number | null;
  /** For a new article: the oldest with the same text. */
  readonly duplicateOf: number | null;
}

/** Texts below this many words are alike by chance: captions, "breaking", a photo of the day. */
export const TELLING_WORDS = 12;
/** A title this long is an article's own; shorter ones may be the site's name or a column's. */
const TELLING_TITLE_WORDS = 4;
/** Share of equal SimHash bits above which two readings of one address are one text, edited. */
const ALIKE = 0.8;

const SELECT_KNOWN = /* sql */ `
  SELECT a.id, a.site_id AS siteId, a.page_id AS pageId, a.status, v.title, v.published,
    v.content, v.text, v.near
  FROM article a JOIN version v ON v.id = a.version_id`;

export function createIdentity(db: Database): (arrival: Arrival) => Identity {
  const ofOwnPage = db.prepare<[number], Known>(
    /* sql */ `${SELECT_KNOWN} WHERE a.page_id = ? ORDER BY a.id LIMIT 1`,
  );
  const ofPage = db.prepare<[number], Known>(
    /* sql */ `${SELECT_KNOWN} JOIN page p ON p.article_id = a.id WHERE p.id = ?`,
  );
  const ofUrl = db.prepare<[string, string], Known>(/* sql */ `
    ${SELECT_KNOWN} JOIN page p ON p.id = a.page_id WHERE p.url_key = ? AND a.site_id = ?`);
  const sameText = db.prepare<
    [Buffer],
    { id: number; siteId: string; published: string | null; content: Buffer; root: number }
  >(/* sql */ `
    SELECT a.id, a.site_id AS siteId, v.published, v.content, coalesce(a.duplicate_of, a.id) AS root
    FROM version v JOIN article a ON a.id = v.article_id
    WHERE v.text = ? ORDER BY a.id LIMIT 100`);
  const byId = db.prepare<[number], Known>(/* sql */ `${SELECT_KNOWN} WHERE a.id = ?`);

  return (arrival) => {
    const { siteId, pageId, finalPageId, article, fingerprint, text } = arrival;
    const answer = (known: Known | null, duplicateOf: number | null = null): Identity => ({
      known,
      isOwnAddress: known?.pageId === finalPageId || known?.pageId === pageId,
      movedFrom: before !== undefined && before.id !== known?.id ? before.id : null,
      duplicateOf,
    });
    const day = dayOf(article.published?.iso ?? null);
    const isAlike = (known: Known): boolean =>
      known.text.equals(text) ||
      similarity(known.near.toString("hex"), fingerprint.near) >= ALIKE ||
      (haveOneTitle(known.title, article.title) &&
        [day, ""].includes(day === "" ? "" : dayOf(known.published)));

    const before = ofPage.get(pageId);
    const own =
      ofOwnPage.get(finalPageId) ?? (finalPageId === pageId ? before : ofPage.get(finalPageId));
    if (own !== undefined && (own.pageId === finalPageId || isAlike(own))) return answer(own);
    if (before !== undefined && isAlike(before)) return answer(before);
    if (article.canonicalUrl !== null) {
      const canonical = ofUrl.get(urlKey(article.canonicalUrl), siteId);
      if (canonical !== undefined && isAlike(canonical)) return answer(canonical);
    }
    const twins = sameText.all(text);
    const isTelling = article.wordCount >= TELLING_WORDS;
    const twin = twins.find(
      (other) =>
        other.siteId === siteId &&
        (isTelling
          ? dayOf(other.published) === day
          : other.content.toString("hex") === fingerprint.content),
    );
    if (twin !== undefined) return answer(byId.get(twin.id) ?? null);
    return answer(null, isTelling ? (twins[0]?.root ?? null) : null);
  };
}

function haveOneTitle(a: string, b: string): boolean {
  const folded = fold(a);
  return folded.split(" ").length >= TELLING_TITLE_WORDS && folded === fold(b);
}

function dayOf(iso: string | null): string {
  return iso === null ? "" : iso.slice(0, "2019-04-23".length);
}
