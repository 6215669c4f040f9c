/**
 * Step 2: what we know about the site and its theme, applied to the page. Reads only: nothing in the
 * tree changes, and what the rules find is evidence for the stages that follow, the site's own first.
 *
 * 1 index → 2 theme → 3 fields → 4 bodies → 5 what to leave out
 */
import type { Element } from "domhandler";
import type { ArticleField } from "../../model.ts";
import type { SiteRule, ThemeRule } from "../../sites/rule.ts";
import type { ExtractContext, PageFacts, RuleFindings, RuleValue, Tracer } from "../context.ts";
import { textOf } from "../fields/text-of.ts";
import { type CompiledRule, compileRule } from "./compiled.ts";
import { detectTheme } from "./detect.ts";
import { ancestorsOf, readBody, readField } from "./read.ts";
import { indexTree, type TreeIndex } from "./tree-index.ts";

/** Removed text is counted up to here: enough to see that it was much. */
const MAX_COUNTED_CHARS = 20_000;

/** Never throws on rules that passed sites/parse.ts. */
export function applyRules(
  facts: PageFacts,
  context: ExtractContext,
  tracer: Tracer,
): RuleFindings {
  const index = indexTree(facts.elements);
  const { site } = context;
  const theme = detectTheme(context.themes, site?.theme ?? null, index, tracer);
  const rules = [site, theme].filter((rule) => rule !== null);
  const compiled = rules.map(compileRule);
  const bodies = compiled.flatMap((rule) => readBodies(rule, index, tracer));
  return {
    theme,
    fields: readFields(compiled, facts, index, tracer),
    bodies,
    dropped: readDropped(compiled, bodies, index, tracer),
    endsAt: compiled.flatMap(({ endsAt }) => endsAt),
    stamp: stampOf(rules, context),
  };
}

function readFields(
  rules: readonly CompiledRule[],
  facts: PageFacts,
  index: TreeIndex,
  tracer: Tracer,
): RuleFindings["fields"] {
  const fields: Partial<Record<ArticleField, readonly RuleValue[]>> = {};
  for (const rule of rules) {
    for (const [field, picks] of rule.fields) {
      const values = readField(field, picks, index);
      if (values.length > 0) fields[field] = [...(fields[field] ?? []), ...values];
      else traceMiss(tracer, rule, field, picks);
    }
    const category = categoryOf(rule, facts);
    if (category !== null) fields.category = [...(fields.category ?? []), category];
  }
  return fields;
}

function categoryOf(rule: CompiledRule, facts: PageFacts): RuleValue | null {
  const addresses = [facts.url.href, ...facts.canonicals];
  for (const address of addresses) {
    const value = rule.categoryOf(address);
    if (value !== null) return { value, source: `${rule.name} path`, element: null, as: null };
  }
  return null;
}

function readBodies(rule: CompiledRule, index: TreeIndex, tracer: Tracer): RuleFindings["bodies"] {
  const method = rule.name.startsWith("site:") ? "site" : "theme";
  for (const pick of rule.body) {
    const elements = readBody(pick, index);
    if (elements.length > 0) return [{ method, source: pick.source, elements }];
  }
  if (rule.body.length > 0) traceMiss(tracer, rule, "body", rule.body);
  return [];
}

/** What the rules leave out; never what holds a body they found (a theme may reuse a name for both). */
function readDropped(
  rules: readonly CompiledRule[],
  bodies: RuleFindings["bodies"],
  index: TreeIndex,
  tracer: Tracer,
): ReadonlySet<Element> {
  const kept = new Set<Element>();
  for (const body of bodies.flatMap(({ elements }) => elements)) {
    kept.add(body);
    for (const ancestor of ancestorsOf(body)) kept.add(ancestor);
  }
  const dropped = new Set<Element>();
  for (const { name, drop } of rules) {
    for (const selector of drop) {
      for (const element of selector.all(index)) {
        if (dropped.has(element)) continue;
        if (kept.has(element)) {
          tracer.step("rule not obeyed", `${name} drop ${selector.css}: it holds the article`);
          continue;
        }
        dropped.add(element);
        if (tracer.on) {
          const { length } = textOf(element, MAX_COUNTED_CHARS);
          tracer.removed(selector.css, `left out by ${name}`, length);
        }
      }
    }
  }
  return dropped;
}

/** A rule that finds nothing may have drifted from its site: `explain` and `check` show it. */
function traceMiss(
  tracer: Tracer,
  rule: CompiledRule,
  field: ArticleField,
  picks: readonly { readonly source: string; readonly selector: { readonly css: string } }[],
): void {
  if (!tracer.on) return;
  const tried = picks.map(({ selector }) => selector.css).join(", ");
  tracer.step("rule found nothing", `${rule.name} ${field}: ${tried}`);
}

function stampOf(rules: readonly (SiteRule | ThemeRule)[], context: ExtractContext): string {
  if (rules.length === 0) return "generic";
  return rules
    .map((rule) => {
      const name = compileRule(rule).name;
      const digest = context.digestOf?.(rule);
      return digest === undefined ? name : `${name}@${digest}`;
    })
    .join("+");
}
