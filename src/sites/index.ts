/**
 * What we know of sites and themes, as checked data. Reads the bundled files; knows no network and
 * no archive (rules a researcher added are kept by the store and merged by the caller).
 */
export { compileTemplates, type Templates } from "../url/index.ts";
export { ruleDigest } from "./digest.ts";
export { findSite, genericSite, isGenericSite, mergeSites } from "./find.ts";
export { loadBundledSites, loadThemes } from "./load.ts";
export { nearestId } from "./nearest.ts";
export { parseSiteRule, parseThemeRule } from "./parse.ts";
export type { ArticleRule, Pick, SiteRule, ThemeRule } from "./rule.ts";
export { siteRuleSchema } from "./schema.ts";
