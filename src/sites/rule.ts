/**
 * The shape of what we know about a site or a theme, as data. The zod schemas in schema.ts check
 * files against these types; nothing here runs code, and no field is a regular expression: a
 * stranger's rule can neither execute anything nor hang a match.
 */

/** A CSS selector, or one with an attribute and a way to read it. A plain string is `{css}`. */
export type Pick =
  | string
  | {
      readonly css: string;
      /** Read this attribute instead of the element's text. */
      readonly attr?: string;
      /**
       * How a date found here is to be understood.
       *  local-labelled-utc: wall time of the site's zone, wrongly marked +00:00 (tagDiv 9).
       *  naive-local / naive-utc: no offset printed, and which zone is meant.
       *  may-be-modified: the node shows the modified date once an article was edited.
       */
      readonly as?: "local-labelled-utc" | "naive-local" | "naive-utc" | "may-be-modified";
      /** Keep only matches whose text starts with this label; the label is cut off. */
      readonly label?: string;
    };

/** Where the parts of an article are. Each list is tried in order; the first that yields a value wins. */
export interface ArticleRule {
  readonly title?: readonly Pick[];
  readonly subtitle?: readonly Pick[];
  /** Every match of the first list entry that matches is a category. */
  readonly category?: readonly Pick[];
  /** Take the category from this named part of the site's `articlePath`, e.g. `section`. */
  readonly categoryFromPath?: string;
  readonly author?: readonly Pick[];
  readonly published?: readonly Pick[];
  readonly modified?: readonly Pick[];
  readonly body?: readonly Pick[];
  readonly tags?: readonly Pick[];
  readonly image?: readonly Pick[];
  readonly originalSource?: readonly Pick[];
  /** Removed from the page before the body is read: related posts, share bars, "back to top". */
  readonly drop?: readonly string[];
  /** A body paragraph with exactly this text ends the article; it and all below it are dropped. */
  readonly endsAt?: readonly string[];
}

export interface ThemeRule {
  readonly id: string;
  readonly name: string;
  /** The theme is recognised when any of these matches; more matches beat fewer. */
  readonly detect: readonly string[];
  readonly article: ArticleRule;
  readonly evidence: string;
  readonly checkedOn: string;
  /** Names of fields (`article.author` …) nobody has seen in real markup. */
  readonly unverified: readonly string[];
}

export interface SiteRule {
  readonly id: string;
  /** In the site's own language, as a reader would say it. */
  readonly name: string;
  readonly nameEn: string | null;
  readonly home: string;
  /** Every host the site answers or answered on; the limit of the crawl. `home`'s host is one. */
  readonly hosts: readonly string[];
  readonly languages: readonly string[];
  /**
   * IANA zone, for dates printed without an offset. @default Africa/Tripoli in a rule file. Null
   * when nobody knows: extraction then goes by the country in the address.
   */
  readonly timeZone: string | null;
  /** The day, `YYYY-MM-DD`, on which the site began: an earlier date of an article is doubted. */
  readonly onlineSince?: string;
  readonly theme: string | null;
  /** Absolute URLs or paths under `home`. */
  readonly listings: readonly string[];
  readonly feeds: readonly string[];
  readonly sitemaps: readonly string[];
  /** WordPress REST root (`/wp-json/`), or null when none is known. */
  readonly wpJson: string | null;
  /**
   * What an article's path looks like, as templates: `/{year}/{month}/{day}/{slug}`,
   * `/news/{section}/{id}`, `/{section:news|sports}/{slug}`, `/post.php?lang=ar&id={id}` (grammar:
   * url/template.ts). Empty: the generic decision applies.
   */
  readonly articlePath: readonly string[];
  /** Least time between two requests, in ms. @default 5000 */
  readonly delayMs: number;
  /** Most requests a day. @default 10,000 (crawl/manners.ts) */
  readonly dailyRequests?: number;
  readonly article: ArticleRule;
  /** Outlet's label → label it should be read as for the vocabulary (the printed label is kept). */
  readonly categoryMap: Readonly<Record<string, string>>;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly evidence: string;
  readonly checkedOn: string;
  readonly unverified: readonly string[];
}
