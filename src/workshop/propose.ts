/**
 * From a handful of pages to a rule: candidates for every field (choose.ts, body.ts) are tried on the
 * pages with the real extractor, and what reads them best is kept. A field whose selectors would
 * lose what the generic extractor finds gets none: no rule beats a wrong one.
 *
 *   1 base (theme, addresses, sources) → 2 body → 3 drops → 4 title, category, author, date → 5 check
 */
import type { Article } from "../model.ts";
import { createPageReader } from "../process/index.ts";
import { type ArticleRule, parseSiteRule, type SiteRule, type ThemeRule } from "../sites/index.ts";
import { baseRule, type Found } from "./base-rule.ts";
import { proposeBody, proposeLead } from "./body.ts";
import { cssOf, proposeField, type TextField } from "./choose.ts";
import {
  articleValues,
  type Compared,
  compareValues,
  type FieldSummary,
  summarize,
  valuesOf,
} from "./compare.ts";
import { proposeDrops, proposeEndsAt } from "./drops.ts";
import type { BenchPage } from "./page.ts";
import { boilerplateOf } from "./paragraphs.ts";
import { proposeTemplates } from "./templates.ts";

export interface ProposeOptions {
  /** Null: after the host. */
  readonly id: string | null;
  readonly themes: readonly ThemeRule[];
  /** UTC milliseconds; the day the rule was checked on. */
  readonly now: number;
}

export interface FieldTrial {
  readonly css: string;
  readonly summary: FieldSummary;
}

export interface ComparedPage {
  readonly url: string;
  readonly compared: readonly Compared[];
}

export interface ProposedRule {
  readonly rule: SiteRule;
  /** Fields the theme reads already: no selectors of their own are needed. */
  readonly byTheme: readonly string[];
  /** Per field without selectors, the best that was tried and what it would have come to. */
  readonly notKept: readonly FieldTrial[];
  readonly pages: readonly ComparedPage[];
  /** What the rule reads, page by page; null where it makes a page no article. */
  readonly articles: readonly (Article | null)[];
  readonly summaries: readonly FieldSummary[];
  /** Article addresses no template reads. */
  readonly unreadUrls: readonly string[];
}

/** Selectors tried per field on the pages for real; the first is nearly always it. */
const MOST_TRIALS = 4;
const TEXT_FIELDS: readonly TextField[] = ["title", "category", "author", "published"];
/** What the article calls what a rule calls `author`. */
const FROM = {
  title: "title",
  category: "category",
  author: "authors",
  published: "published",
  body: "body",
} as const;

/** @throws {TypeError} when `found` has no page */
export function proposeRule(found: Found, options: ProposeOptions): ProposedRule {
  const { pages } = found;
  const addresses = proposeTemplates(articleAddresses(found), [found.home, ...absolute(found)]);
  const base = baseRule(found, options, addresses.templates);
  const context = { timeZone: base.timeZone ?? "UTC", now: options.now };
  const boilerplate = boilerplateOf(pages);
  const trial = (article: ArticleRule): Trial =>
    tryRule({ ...base, article }, pages, options.themes, boilerplate);
  const byTheme = themeFields(base, pages);
  let best = trial({});
  const notKept: FieldTrial[] = [];

  const bodies = proposeBody(pages).map(({ pick }) => ({
    body: pick,
    drop: typeof pick === "string" ? proposeDrops(pick, pages) : [],
  }));
  if (byTheme.includes("body")) {
    // The theme leaves its own boxes out; only what this site adds is worth a rule.
    const [drop] = bodies.map((one) => one.drop).filter(({ length }) => length > 0);
    const dropping = drop === undefined ? null : trial({ drop });
    if (dropping !== null && worth(dropping) > worth(best)) best = dropping;
  } else {
    // Together: what a body gains by a rule may be lost to a box in it that is not dropped yet.
    const lead = typeof bodies[0]?.body === "string" ? proposeLead(bodies[0].body, pages) : null;
    const proposals = bodies.flatMap(({ body, drop }, at) => [
      ...(lead !== null && at === 0
        ? [{ body: [`${lead}, ${String(body)}`], ...(drop.length > 0 && { drop }) }]
        : []),
      ...(drop.length > 0 ? [{ body: [body], drop }] : []),
      { body: [body] },
    ]);
    best = bestOf(best, "body", proposals, trial, notKept);
  }
  const endsAt = proposeEndsAt(
    pages.map((page, at) => ({ ...page, generic: best.articles[at] ?? page.generic })),
  );
  if (endsAt !== null) {
    const ending = trial({ ...best.article, endsAt: [endsAt] });
    if (isNoWorse(ending, best)) best = ending;
  }
  for (const field of TEXT_FIELDS) {
    if (byTheme.includes(field)) continue;
    const picks = proposeField(field, pages, context);
    best = bestOf(
      best,
      field,
      picks.map(({ pick }) => ({ [field]: [pick] })),
      trial,
      notKept,
    );
  }
  const summaries = summarize(best.pages);
  const rule = {
    ...base,
    article: best.article,
    unverified: unverifiedOf(best.article, byTheme, summaries, base),
  };
  return {
    rule: parseSiteRule(rule, `rule ${rule.id}`),
    byTheme,
    notKept,
    pages: best.pages,
    articles: best.articles,
    summaries,
    unreadUrls: addresses.unread,
  };
}

interface Trial {
  readonly article: ArticleRule;
  readonly pages: readonly ComparedPage[];
  readonly articles: readonly (Article | null)[];
}

/** The pages read with a rule, compared with what reads them without one. */
function tryRule(
  rule: SiteRule,
  pages: readonly BenchPage[],
  themes: readonly ThemeRule[],
  boilerplate: ReadonlySet<string>,
): Trial {
  const read = createPageReader({ sites: [rule], themes });
  const extractions = pages.map(
    ({ capture }) =>
      read({
        url: capture.finalUrl,
        fetchedAt: capture.fetchedAt,
        headers: capture.headers,
        body: capture.body,
        siteId: rule.id,
        explain: false,
        pack: false,
      }).extraction,
  );
  return {
    article: rule.article,
    articles: extractions.map(({ article }) => article),
    pages: pages.map(({ capture, generic }, at) => ({
      url: capture.finalUrl,
      compared: compareValues(
        articleValues(generic),
        valuesOf(extractions[at] ?? { article: null }),
        boilerplate,
      ),
    })),
  };
}

/** The first proposal that agrees everywhere, else the one that agrees most; none if all do harm. */
function bestOf(
  before: Trial,
  field: TextField | "body",
  proposals: readonly ArticleRule[],
  trial: (article: ArticleRule) => Trial,
  notKept: FieldTrial[],
): Trial {
  let best: Trial | null = null;
  let refused: FieldTrial | null = null;
  for (const proposal of proposals.slice(0, MOST_TRIALS)) {
    const tried = trial({ ...before.article, ...proposal });
    if (!isUseful(tried, field)) {
      const summary = summarize(tried.pages).find((one) => one.field === field);
      const [pick] = proposal[field] ?? [];
      if (summary !== undefined && pick !== undefined)
        refused ??= { css: cssOf({ pick }), summary };
      continue;
    }
    if (best === null || worth(tried) > worth(best)) best = tried;
    if (worth(tried) >= worth(before)) break;
  }
  if (best === null && refused !== null) notKept.push(refused);
  return best ?? before;
}

// What a rule loses weighs more than what it changes: the generic reading may be the wrong one.
const VERDICT_WORTH = {
  equal: 1,
  empty: 1,
  cleaner: 1.2,
  filled: 1.1,
  differs: 0,
  lost: -2,
} as const;
/** A selector that agrees with fewer pages says something else. */
const ENOUGH_EQUAL = 0.6;
/** Of bodies more: on real pages, one that differed was the worse one as often as not. */
const ENOUGH_EQUAL_BODIES = 0.8;

function worth({ pages }: Trial): number {
  return pages
    .flatMap(({ compared }) => compared)
    .reduce((sum, { verdict }) => sum + VERDICT_WORTH[verdict], 0);
}

function isUseful(trial: Trial, field: TextField | "body"): boolean {
  const summary = summarize(trial.pages).find((one) => one.field === field);
  if (summary === undefined || summary.lost > 0) return false;
  const enough = field === "body" ? ENOUGH_EQUAL_BODIES : ENOUGH_EQUAL;
  return summary.pages - summary.differs >= summary.pages * enough;
}

function isNoWorse(trial: Trial, before: Trial): boolean {
  return worth(trial) >= worth(before);
}

/** Fields the theme's own selectors gave on every page that has them. */
function themeFields(
  { theme }: SiteRule,
  pages: readonly BenchPage[],
): readonly (TextField | "body")[] {
  if (theme === null) return [];
  return ([...TEXT_FIELDS, "body"] as const).filter((field) => {
    const sources = pages.flatMap(({ generic }) => generic.from[FROM[field]] ?? []);
    return sources.length > 0 && sources.every((source) => source.startsWith("theme:"));
  });
}

/** A rule's fields that were not proven on every page, and what nobody looked at. */
function unverifiedOf(
  article: ArticleRule,
  byTheme: readonly string[],
  summaries: readonly FieldSummary[],
  { articlePath }: SiteRule,
): readonly string[] {
  const named = summaries
    .filter(({ field }) => field in FROM)
    .filter(
      ({ field, pages, equal, filled }) =>
        equal < pages || filled === 0 || !(field in article || byTheme.includes(field)),
    )
    .map(({ field }) => `article.${field}`);
  return [
    ...named,
    ...(article.endsAt === undefined ? [] : ["article.endsAt"]),
    ...(articlePath.length === 0 ? ["articlePath"] : []),
    "name",
    "timeZone",
  ];
}

function articleAddresses({ pages, articleUrls }: Found): readonly string[] {
  return [...pages.map(({ capture }) => capture.finalUrl), ...articleUrls];
}

function absolute({ listings, home }: Found): readonly string[] {
  return listings.map((url) => new URL(url, home).href);
}
