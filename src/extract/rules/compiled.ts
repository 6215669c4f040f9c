/** A rule with its selectors compiled and its URL templates read, once per rule object. */
import type { ArticleField } from "../../model.ts";
import type { ArticleRule, Pick, SiteRule, ThemeRule } from "../../sites/rule.ts";
import { compileTemplates } from "../../url/index.ts";
import type { RuleValue } from "../context.ts";
import { compileSelector, type Selector } from "./selector.ts";

export interface CompiledPick {
  readonly selector: Selector;
  readonly attr: string | null;
  readonly as: RuleValue["as"];
  readonly label: string | null;
  /** `theme:tielabs-jannah time@datetime` */
  readonly source: string;
}

export interface CompiledRule {
  /** `site:almarsad`, `theme:drupal`. */
  readonly name: string;
  readonly detect: readonly Selector[];
  readonly fields: readonly (readonly [field: ArticleField, picks: readonly CompiledPick[]])[];
  readonly body: readonly CompiledPick[];
  readonly drop: readonly Selector[];
  readonly endsAt: readonly string[];
  /** The category named by the article's address, or null. */
  categoryOf(url: string): string | null;
}

/** Which part of a rule speaks about which field of an article. */
const FIELD_OF = {
  title: "title",
  subtitle: "subtitle",
  category: "category",
  author: "authors",
  published: "published",
  modified: "modified",
  tags: "tags",
  image: "image",
  originalSource: "originalSource",
} as const satisfies Partial<Record<keyof ArticleRule, ArticleField>>;

const cache = new WeakMap<SiteRule | ThemeRule, CompiledRule>();

export function compileRule(rule: SiteRule | ThemeRule): CompiledRule {
  const known = cache.get(rule);
  if (known !== undefined) return known;
  const compiled = compile(rule);
  cache.set(rule, compiled);
  return compiled;
}

function compile(rule: SiteRule | ThemeRule): CompiledRule {
  const { article } = rule;
  const isTheme = "detect" in rule;
  const name = `${isTheme ? "theme" : "site"}:${rule.id}`;
  const picks = (list: readonly Pick[] | undefined) =>
    (list ?? []).map((pick) => compilePick(pick, name));
  const part = article.categoryFromPath;
  const templates = isTheme || part === undefined ? null : compileTemplates(rule.articlePath);
  return {
    name,
    detect: isTheme ? rule.detect.map(compileSelector) : [],
    fields: Object.entries(FIELD_OF).flatMap(([key, field]) => {
      const list = article[key as keyof typeof FIELD_OF];
      return list === undefined || list.length === 0 ? [] : [[field, picks(list)] as const];
    }),
    body: picks(article.body),
    drop: (article.drop ?? []).map(compileSelector),
    endsAt: article.endsAt ?? [],
    categoryOf: (url) => (part === undefined ? null : (templates?.match(url)?.[part] ?? null)),
  };
}

function compilePick(pick: Pick, rule: string): CompiledPick {
  const { css, attr, as, label } = typeof pick === "string" ? { css: pick } : pick;
  return {
    selector: compileSelector(css),
    attr: attr?.toLowerCase() ?? null,
    as: as ?? null,
    label: label ?? null,
    source: `${rule} ${css}${attr === undefined ? "" : `@${attr}`}`,
  };
}
