/**
 * A rule against pages that are known to read right: what is equal, what differs, and what no longer
 * fills. Pure: pages in, verdicts out.
 */
import { compile } from "css-select";
import { decode } from "../decode/index.ts";
import type { Headers } from "../model.ts";
import { createPageReader } from "../process/index.ts";
import type { ArticleRule, Pick, SiteRule, ThemeRule } from "../sites/index.ts";
import {
  type ComparedField,
  compareValues,
  type FieldSummary,
  summarize,
  type Values,
  valuesOf,
} from "./compare.ts";
import { readTree } from "./tree.ts";

export interface TestPage {
  readonly url: string;
  /** UTC milliseconds. */
  readonly capturedAt: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly expected: Values;
  /** The expectation names one category of perhaps several. */
  readonly isFirstCategoryOnly: boolean;
}

export interface TestedField extends FieldSummary {
  /** Pages on which the field should be filled. */
  readonly wanted: number;
  /** Pages on which one of the rule's own selectors finds something; null when it has none. */
  readonly bySelector: number | null;
  /** Why the field has drifted, or null. */
  readonly drift: string | null;
}

export interface RuleTest {
  readonly fields: readonly TestedField[];
  readonly pages: number;
  /** Pages the program no longer takes for an article, with what it takes them for. */
  readonly notArticles: readonly { readonly url: string; readonly kind: string }[];
  readonly isEqual: boolean;
  readonly hasDrifted: boolean;
}

/** Captures on either side of a redesign that must agree before it is called one. */
const PAGES_A_SIDE = 3;

export function testRule(
  rule: SiteRule,
  pages: readonly TestPage[],
  themes: readonly ThemeRule[],
): RuleTest {
  const read = createPageReader({ sites: [rule], themes });
  const inOrder = pages.toSorted((a, b) => a.capturedAt - b.capturedAt);
  const results = inOrder.map((page) => {
    const { url, capturedAt, headers, body } = page;
    const { extraction } = read({
      ...{ url, fetchedAt: capturedAt, headers, body, siteId: rule.id },
      ...{ explain: false, pack: false },
    });
    const all = valuesOf(extraction);
    const values = page.isFirstCategoryOnly
      ? { ...all, category: (all.category ?? []).slice(0, 1) }
      : all;
    return {
      url,
      kind: extraction.kind,
      isArticle: extraction.article !== null,
      compared: compareValues(page.expected, values),
      hits: selectorHits(rule.article, decode({ body, headers }).text),
    };
  });
  const fields = summarize(results).map((summary): TestedField => {
    const own = results.map(({ compared, hits }) => ({
      isWanted: compared.some(({ field, before }) => field === summary.field && before.length > 0),
      hit: hits[summary.field] ?? null,
    }));
    const wanted = own.filter(({ isWanted }) => isWanted).length;
    const bySelector = own.some(({ hit }) => hit !== null)
      ? own.filter(({ hit }) => hit === true).length
      : null;
    return { ...summary, wanted, bySelector, drift: driftOf(summary, own, wanted) };
  });
  return {
    fields,
    pages: pages.length,
    notArticles: results
      .filter(({ isArticle }) => !isArticle)
      .map(({ url, kind }) => ({ url, kind })),
    isEqual: fields.every(({ pages: all, equal }) => equal === all),
    hasDrifted: fields.some(({ drift }) => drift !== null),
  };
}

interface OwnHit {
  readonly isWanted: boolean;
  readonly hit: boolean | null;
}

function driftOf({ lost }: FieldSummary, own: readonly OwnHit[], wanted: number): string | null {
  if (lost > 0) return `filled before on ${lost} pages where it is empty now`;
  const asked = own.filter(({ isWanted, hit }) => isWanted && hit !== null);
  if (asked.length === 0 || wanted === 0) return null;
  if (asked.every(({ hit }) => hit === false))
    return "the rule's selectors find nothing on any page; the generic reading fills it";
  const lastHit = asked.findLastIndex(({ hit }) => hit === true);
  const [before, after] = [asked.slice(0, lastHit + 1), asked.slice(lastHit + 1)];
  const used = before.filter(({ hit }) => hit === true).length;
  return used >= PAGES_A_SIDE && after.length >= PAGES_A_SIDE
    ? `the rule's selectors find nothing on the newest ${after.length} pages`
    : null;
}

const PICKS = [
  "title",
  "category",
  "author",
  "published",
  "tags",
  "body",
] as const satisfies readonly (ComparedField & keyof ArticleRule)[];

/** Per field whether one of the rule's selectors finds a value on the page; absent without selectors. */
function selectorHits(
  article: ArticleRule,
  markup: string,
): Readonly<Partial<Record<ComparedField, boolean>>> {
  const tree = readTree(markup);
  const isFound = (pick: Pick): boolean => {
    const { css, attr } = typeof pick === "string" ? { css: pick, attr: undefined } : pick;
    const match = compile<unknown, (typeof tree.elements)[number]>(css);
    return tree.elements.some(
      (element) =>
        match(element) &&
        (attr === undefined ? tree.textOf(element) : (element.attribs[attr] ?? "")).trim() !== "",
    );
  };
  return Object.fromEntries(
    PICKS.flatMap((field) => {
      const picks = article[field];
      return picks === undefined || picks.length === 0 ? [] : [[field, picks.some(isFound)]];
    }),
  );
}
