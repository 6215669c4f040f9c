/** A short name for the exact content of a rule, kept with every version the rule produced. */
import { createHash } from "node:crypto";
import type { SiteRule, ThemeRule } from "./rule.ts";

// 32 bits tell apart the few dozen states one rule goes through in its life; two rules of different
// ids are told apart by the id that stands before the digest.
const DIGEST_HEX = 8;

/** First 8 hex digits of the SHA-256 of the rule as canonical JSON (keys sorted, no white space). */
export function ruleDigest(rule: SiteRule | ThemeRule): string {
  return createHash("sha256").update(canonicalJson(rule)).digest("hex").slice(0, DIGEST_HEX);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
