/**
 * What one robots.txt means for one crawler: the groups that name its product token, merged; else
 * those for `*`; else everything is allowed (RFC 9309 §2.2.1). The longest pattern decides, Allow
 * wins a tie (§2.2.2). /robots.txt itself may always be read.
 */
import type { RobotsFile, RobotsRule } from "./parse.ts";
import { matchesPattern, normalPath } from "./pattern.ts";

export interface RobotsRules {
  /** The line that forbids this path (with query), as written; null when it may be fetched. */
  forbids(pathAndQuery: string): string | null;
  readonly crawlDelayMs: number;
  readonly sitemaps: readonly string[];
}

export function rulesFor(file: RobotsFile, productToken: string): RobotsRules {
  const token = productToken.toLowerCase();
  const isNamed = file.groups.some(({ agents }) => agents.includes(token));
  const agent = isNamed ? token : "*";
  const rules = file.groups
    .filter(({ agents }) => agents.includes(agent))
    .flatMap((group) => group.rules)
    .sort(mostSpecificFirst);
  return {
    forbids(pathAndQuery) {
      const path = normalPath(pathAndQuery);
      if (path === "/robots.txt") return null;
      const decisive = rules.find((rule) => matchesPattern(rule.pattern, path));
      return decisive === undefined || decisive.isAllow ? null : decisive.line;
    },
    crawlDelayMs: file.delays.get(agent) ?? 0,
    sitemaps: file.sitemaps,
  };
}

/** The name by which robots.txt knows a crawler: `warraq` of `warraq/1.0 (+https://…)`. */
export function productTokenOf(userAgent: string): string {
  const compatible = /compatible;\s*([a-z_-]+)/i.exec(userAgent)?.[1];
  return compatible ?? /^[a-z_-]+/i.exec(userAgent)?.[0] ?? "*";
}

function mostSpecificFirst(a: RobotsRule, b: RobotsRule): number {
  return b.pattern.length - a.pattern.length || Number(b.isAllow) - Number(a.isAllow);
}
