/** Which theme made a page: the one with most of its marks on it. */
import type { ThemeRule } from "../../sites/rule.ts";
import type { Tracer } from "../context.ts";
import { compileRule } from "./compiled.ts";
import type { TreeIndex } from "./tree-index.ts";

/**
 * @param expected - the theme the site's rule names: it is believed when the page bears one of its
 *   marks, or when no theme's marks are there (a redesign that keeps the class names of the body)
 */
export function detectTheme(
  themes: readonly ThemeRule[],
  expected: string | null,
  index: TreeIndex,
  tracer: Tracer,
): ThemeRule | null {
  let best: ThemeRule | null = null;
  let most = 0;
  let named: ThemeRule | null = null;
  for (const theme of themes) {
    const marks = compileRule(theme).detect.filter(({ all }) => all(index).length > 0);
    if (theme.id === expected) named = theme;
    if (marks.length === 0) continue;
    tracer.step("theme", `${theme.id} by ${marks.map(({ css }) => css).join(", ")}`);
    if (theme.id === expected) {
      tracer.step("theme", `${theme.id}: named by the site's rule and seen`);
      return theme;
    }
    if (marks.length > most) {
      best = theme;
      most = marks.length;
    }
  }
  if (best === null && named !== null) {
    tracer.step("theme", `${named.id}: named by the site's rule, none of its marks seen`);
    return named;
  }
  tracer.step("theme", best === null ? "none recognised" : best.id);
  return best;
}
