/**
 * The things that travel through the program, in the order they travel.
 *
 *   discover → PageRef → fetch → Capture → decode → Html → extract → Article
 *            → fingerprint → Fingerprint → store → ArticleRecord → query / export
 *
 * Types only: everybody may import this file and it imports nobody.
 * Conventions: instants end in `At` (UTC, milliseconds since 1970), durations in `Ms`, sizes in
 * `Bytes`; every field is read-only; an expected outcome is a value, not an exception; a field that
 * has no value is `null`, never missing, so that records keep one shape.
 */

/** How a page became known. Kept with the page, so a gap in coverage can be traced to its source. */
export type FoundBy =
  | "seed"
  | "home"
  /** A usual place, tried because nothing pointed to one. */
  | "guess"
  | "listing"
  | "feed"
  | "sitemap"
  | "wp-json"
  | "pagination"
  | "date-archive"
  | "id-range"
  | "link"
  | "wayback"
  | "commoncrawl"
  | "warc"
  | "import";

/** What a page is to the crawler: articles are extracted, the others are read for more pages. */
export type PageRole = "article" | "listing" | "feed" | "sitemap" | "wp-json" | "robots";

/** A page worth fetching. `url` is absolute http(s), without fragment, otherwise as it was found. */
export interface PageRef {
  readonly url: string;
  readonly siteId: string;
  readonly role: PageRole;
  readonly foundBy: FoundBy;
  /** What the source said about the page (feed, news sitemap); hints, never facts of the archive. */
  readonly title: string | null;
  readonly publishedAt: number | null;
  readonly lastModifiedAt: number | null;
}

/** By which road bytes reached the archive. */
export type Via = "live" | "warc" | "wacz" | "wayback" | "commoncrawl" | "file" | "wp-json";

export type Headers = readonly (readonly [name: string, value: string])[];

/** One hop of a redirect chain, as answered. */
export interface RedirectHop {
  readonly url: string;
  readonly status: number;
  readonly location: string;
}

/** One HTTP answer, byte for byte: the narrow waist between the network (or a WARC) and the rest. */
export interface Capture {
  /** The URL that was asked for, exactly. */
  readonly url: string;
  /** The URL that answered, after redirects. */
  readonly finalUrl: string;
  readonly redirects: readonly RedirectHop[];
  readonly fetchedAt: number;
  readonly status: number;
  /** Lower-case names, in the order sent; repeated headers stay repeated. */
  readonly headers: Headers;
  /** The body after content-encoding (gzip, br) and before any character decoding. */
  readonly body: Uint8Array;
  readonly via: Via;
}

/** What one visit to a page came to. Retrying and following redirects has already happened. */
export type FetchOutcome =
  | { readonly kind: "captured"; readonly capture: Capture; readonly wireBytes: number }
  /** 304: the validators we sent still hold. */
  | { readonly kind: "not-modified"; readonly checkedAt: number }
  | { readonly kind: "gone"; readonly status: 404 | 410; readonly checkedAt: number }
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly detail: string }
  | {
      readonly kind: "failed";
      readonly code: FailureCode;
      readonly status: number | null;
      readonly detail: string;
      readonly attempts: number;
      /** Set when nothing was asked: the host is to be left alone until then. */
      readonly leftAloneUntil?: number;
    };

/** Why we chose not to have a page. Closed list, documented in the README. */
export type RefusalReason =
  | "robots"
  | "robots-unreachable"
  | "off-site"
  | "private-address"
  | "too-large"
  | "not-html"
  | "too-many-redirects"
  | "redirect-loop"
  | "bad-url"
  | "encoding-bomb"
  /** Reading the page took longer than its budget, or broke the reader. */
  | "unreadable"
  /** Left out by --include, --exclude or --max-age. */
  | "filtered";

/** Why a page could not be had. Closed list, documented in the README. */
export type FailureCode =
  | "E_DNS"
  | "E_CONNECT"
  | "E_TLS"
  | "E_TIMEOUT"
  | "E_ABORTED"
  | "E_PROTOCOL"
  | "E_HTTP_FORBIDDEN"
  | "E_HTTP_RATE_LIMITED"
  | "E_HTTP_CLIENT"
  | "E_HTTP_SERVER"
  | "E_BAD_ENCODING";

export type EncodingSource = "bom" | "utf-8-valid" | "header" | "meta" | "guess" | "fallback";

/** Decoded markup, with the evidence for the encoding (many old sites lie about it). */
export interface Html {
  readonly text: string;
  /** WHATWG encoding name, lower case. */
  readonly encoding: string;
  readonly encodingFrom: EncodingSource;
  /** Set when a label said something else than what the bytes were. */
  readonly labelled: string | null;
}

export type DatePrecision = "second" | "minute" | "hour" | "day" | "month" | "year";

/** One date of an article, with everything needed to doubt it. */
export interface ArticleDate {
  /** UTC milliseconds of the start of what is known (a day-precise date is that day's local midnight). */
  readonly at: number;
  /** ISO 8601 with the offset of the article's zone at that time, e.g. `2019-04-23T16:05:00+02:00`. */
  readonly iso: string;
  readonly precision: DatePrecision;
  /** The text it was read from, as it stood on the page. */
  readonly raw: string;
  /** Which node gave it: `json-ld:datePublished`, `theme:tielabs-jannah .date`, `url` … */
  readonly source: string;
  /** 0…1. Below 0.5 the date is doubted, and `doubt` says why. */
  readonly confidence: number;
  readonly doubt: string | null;
}

export type CategoryKind = "topic" | "scope" | "genre" | "format" | "place" | "unknown";

/** A category as the outlet prints it, with what the vocabulary knows about it. */
export interface Category {
  readonly label: string;
  readonly kind: CategoryKind;
  /** Second word of scope and genre: `national`, `opinion` …; else null. */
  readonly detail: string | null;
  /** IPTC Media Topic codes, most general first; empty when the label is not a topic. */
  readonly medtops: readonly string[];
}

export interface ArticleImage {
  readonly url: string;
  readonly alt: string | null;
  readonly caption: string | null;
  readonly credit: string | null;
}

export type ExtractionMethod =
  | "site"
  | "theme"
  | "scored"
  | "json-ld"
  | "soft"
  | "description"
  /** The text the site's own REST interface gave; its page was a wall or an empty shell. */
  | "wp-json"
  /** Another program read it (`import`); there is no page to read it from again. */
  | "imported";

/** What a reader would call the article. Text is cleaned (text/clean.ts), never folded. */
export interface Article {
  readonly title: string;
  readonly subtitle: string | null;
  /** The first category that is not noise, as printed. */
  readonly category: string | null;
  /** All categories that are not noise, in the page's order. */
  readonly categories: readonly Category[];
  /** Paragraphs separated by one blank line. */
  readonly body: string;
  readonly excerpt: string | null;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly published: ArticleDate | null;
  readonly modified: ArticleDate | null;
  /** BCP 47 primary tag by the content's own words, `und` when they do not tell. */
  readonly language: string;
  readonly dir: "rtl" | "ltr";
  readonly imageUrl: string | null;
  readonly images: readonly ArticleImage[];
  readonly canonicalUrl: string | null;
  readonly siteName: string | null;
  /** For aggregators: the outlet the text was taken from. */
  readonly originalSource: { readonly name: string; readonly url: string | null } | null;
  readonly wordCount: number;
  readonly method: ExtractionMethod;
  /** 0…1: how sure the extractor is that `body` is the article and nothing else. */
  readonly confidence: number;
  /** True when `body` is known to be less than the article (a description, a paywall teaser). */
  readonly isPartial: boolean;
  /** For each field, what gave it: `title: "theme:tielabs-jannah h1.post-title"`. */
  readonly from: Readonly<Partial<Record<ArticleField, string>>>;
}

export type ArticleField =
  | "title"
  | "subtitle"
  | "category"
  | "body"
  | "excerpt"
  | "authors"
  | "tags"
  | "published"
  | "modified"
  | "language"
  | "dir"
  | "image"
  | "canonicalUrl"
  | "siteName"
  | "originalSource";

/** What kind of page this is. Only the first four are ever stored as versions. */
export type PageKind =
  | "article"
  | "live-blog"
  | "gallery"
  | "video"
  | "listing"
  | "block-page"
  | "empty-shell"
  | "soft-404"
  | "parked"
  /** The whole site is down for works, or has lost its database. */
  | "maintenance"
  /** Text that others have put on the site to sell something. */
  | "spam"
  | "empty";

/** One candidate for one field, as `--explain` shows it. */
export interface FieldCandidate {
  readonly source: string;
  readonly value: string;
  /** Why it lost; null for the winner. */
  readonly rejected: string | null;
}

export interface TraceStep {
  readonly step: string;
  readonly detail: string;
}

export interface Removal {
  /** `div#related-posts.container-wrapper`, or the text of a line. */
  readonly what: string;
  readonly reason: string;
  readonly chars: number;
}

/** Everything `extract --explain` prints. Collected only when asked for: it costs time. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  readonly fields: Readonly<Partial<Record<ArticleField, readonly FieldCandidate[]>>>;
  readonly removals: readonly Removal[];
}

/** What extraction made of one page. `article` is null unless `kind` is one that is stored. */
export interface Extraction {
  readonly kind: PageKind;
  /** Why this kind was chosen, most telling first. */
  readonly reasons: readonly string[];
  readonly article: Article | null;
  /** Address of the article's next part, when it is cut into several pages; else null. */
  readonly nextPart: string | null;
  /** Detected theme id, or null. */
  readonly theme: string | null;
  /** Which rules read the page, with their digests; `generic` for none. Goes into the extractor stamp. */
  readonly rule: string;
  readonly trace: Trace | null;
}

/** Identity of an article's content at three strengths; equality of `text` is what "same text" means. */
export interface Fingerprint {
  /** SHA-256 of every extracted field that makes a version, hex. */
  readonly content: string;
  /** SHA-256 of the folded title and body, hex: the same words, whatever the spelling or markup. */
  readonly text: string;
  /** 64-bit SimHash of folded word 3-grams, 16 hex digits: near-duplicates differ in few bits. */
  readonly near: string;
}

/** Body bytes as the archive keeps them. `digest` is the SHA-256 (hex) of the unpacked bytes. */
export interface PackedBody {
  readonly codec: "identity" | "gzip" | "brotli";
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly unpackedBytes: number;
}

/** Which program and rule produced an extraction: half of what makes a citation trustworthy. */
export interface ExtractorStamp {
  readonly program: string;
  /** `site:almarsad@1a2b3c4d`, `theme:tielabs-jannah@…` or `generic`; the suffix is the rule's digest. */
  readonly rule: string;
}

/** Why a run ended. */
export type RunReason =
  | "finished"
  | "max-pages"
  | "time-limit"
  | "budget"
  | "signal"
  | "disk"
  | "crashed"
  | "dry-run";

/** The counters of a run, in the order the final line prints them. */
export interface RunCounters {
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly gone: number;
  readonly skipped: number;
  readonly failed: number;
  readonly notModified: number;
  readonly requests: number;
  readonly bytes: number;
}

/**
 * One article as the archive hands it out: its newest (or one chosen) version with its history
 * summed up. The export schema is this record in snake_case.
 */
export interface ArticleRecord {
  readonly id: string;
  readonly url: string;
  readonly siteId: string;
  readonly sourceDomain: string;
  readonly article: Article;
  readonly fingerprint: Fingerprint;
  /** Places of data/places.json that its newest version names, the most named first. */
  readonly places: readonly string[];
  readonly version: number;
  readonly versions: number;
  readonly status: "live" | "gone" | "blocked" | "moved";
  readonly httpStatus: number;
  readonly via: Via;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly downloadedAt: number;
  /** SHA-256 of the raw body this version was read from. */
  readonly rawDigest: string;
  readonly duplicateOf: string | null;
  readonly cluster: string | null;
  readonly extractor: ExtractorStamp;
}
