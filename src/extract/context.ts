/**
 * What extraction is given and what its stages share. Types only.
 *
 * extract(html, context) is pure: same input, same output; no I/O, no clock, no globals that change.
 */
import type { Document, Element } from "domhandler";
import type { Article, ArticleField, FieldCandidate } from "../model.ts";
import type { SiteRule, ThemeRule } from "../sites/rule.ts";

export interface ExtractContext {
  /** The URL that answered; base of relative links unless the page says otherwise. */
  readonly url: string;
  /** Relative dates ("منذ ساعتين") count back from here; later dates are doubted. */
  readonly capturedAt: number;
  /** The rule of the site, or null for an unknown one. */
  readonly site: SiteRule | null;
  readonly themes: readonly ThemeRule[];
  readonly explain: boolean;
  /** Short name of a rule's exact content, for the extractor stamp; without it the stamp has ids only. */
  readonly digestOf?: (rule: SiteRule | ThemeRule) => string;
}

/** What one walk over the tree collects from head and body, so no field stage walks again. */
export interface PageFacts {
  readonly url: URL;
  readonly capturedAt: number;
  readonly timeZone: string;
  readonly root: Document;
  /** Every element of the tree, in document order. */
  readonly elements: readonly Element[];
  readonly html: Element | null;
  readonly body: Element | null;
  /** Lower-case name or property → contents in page order. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  /** Addresses of `link[rel=canonical]` as absolute URLs, in page order. */
  readonly canonicals: readonly string[];
  /** Flattened JSON-LD nodes of every script that could be read or repaired, in page order. */
  readonly jsonLd: readonly JsonLdNode[];
  readonly titleText: string;
  readonly lang: string | null;
  readonly dir: string | null;
  /** Set when markup deeper than the limit was cut. */
  readonly cutAtDepth: number | null;
  readonly scriptBytes: number;
  /** Contents of larger scripts: the text of pages that a script would draw. */
  readonly scripts: readonly string[];
}

export type JsonLdNode = Readonly<Record<string, unknown>>;

/** The body as found, before it is cleaned into `Article.body`. */
export interface BodyResult {
  /** Paragraphs in order, cleaned, none empty. */
  readonly paragraphs: readonly string[];
  readonly method: "site" | "theme" | "scored" | "json-ld" | "soft" | "description";
  readonly source: string;
  readonly confidence: number;
  readonly isPartial: boolean;
  /** The element that holds the article, for fields that look near or inside it; null when unknown. */
  readonly container: Element | null;
  /** The heading taken as the title while looking for the body; null when none. */
  readonly heading: Element | null;
}

/** Collects what `--explain` prints. All methods do nothing when explaining is off. */
export interface Tracer {
  readonly on: boolean;
  step(step: string, detail: string): void;
  removed(what: string, reason: string, chars: number): void;
  candidate(field: ArticleField, candidate: FieldCandidate): void;
}

/** One value a rule's selector gave, before any stage judges it. */
export interface RuleValue {
  readonly value: string;
  /** `theme:tielabs-jannah .date.meta-item`, `site:lana .publish_date span`. */
  readonly source: string;
  readonly element: Element | null;
  readonly as: "local-labelled-utc" | "naive-local" | "naive-utc" | "may-be-modified" | null;
}

/** What the site's and the theme's rules found; nothing in the tree has been changed yet. */
export interface RuleFindings {
  readonly theme: ThemeRule | null;
  /** In order of trust: the site's own selectors first, then the theme's. */
  readonly fields: Readonly<Partial<Record<ArticleField, readonly RuleValue[]>>>;
  readonly bodies: readonly {
    readonly method: "site" | "theme";
    readonly source: string;
    /** More than one when the theme splits the body over siblings. */
    readonly elements: readonly Element[];
  }[];
  /** Elements the rules say are not the article: every stage that reads prose skips them. */
  readonly dropped: ReadonlySet<Element>;
  readonly endsAt: readonly string[];
  /** `site:almarsad@1a2b3c4d+theme:tielabs-jannah@…` or `generic`: goes into the extractor stamp. */
  readonly stamp: string;
}

/** Everything of an article that is not its body: what the fields stage answers. */
export type Fields = Omit<Article, "body" | "method" | "confidence" | "isPartial" | "wordCount">;
