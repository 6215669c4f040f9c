/**
 * The rule workshop: from a handful of a site's pages to a proposed rule, and from a rule and pages
 * known to read right to what no longer does.
 */
export type { Found } from "./base-rule.ts";
export {
  articleValues,
  type Compared,
  type ComparedField,
  compareValues,
  FIELDS,
  type FieldSummary,
  summarize,
  type Verdict,
  verdictOf,
} from "./compare.ts";
export { readFixtures, saveFixtures } from "./fixtures.ts";
export { type Gathered, type GatherOptions, gather } from "./gather.ts";
export { type ComparedPage, type ProposedRule, proposeRule } from "./propose.ts";
export { type RuleTest, type TestedField, type TestPage, testRule } from "./test-rule.ts";
