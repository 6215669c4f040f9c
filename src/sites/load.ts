/**
 * The bundled rules, `data/sites/*.json` and `data/themes/*.json`: read once per process, in order of
 * id. A broken bundled file is an error at once, not a site that silently goes missing.
 */
import { readdirSync, readFileSync } from "node:fs";
import { WarraqError } from "../errors.ts";
import { parseSiteRule, parseThemeRule } from "./parse.ts";
import type { SiteRule, ThemeRule } from "./rule.ts";

/** `src/` and `dist/` are equally deep, so this finds the folder from either. */
const DATA = new URL("../../data/", import.meta.url);

let sites: readonly SiteRule[] | null = null;
let themes: readonly ThemeRule[] | null = null;

/**
 * Every bundled site, sorted by id.
 *
 * @throws {WarraqError} E_SITE_RULE on the first file that is not a valid rule
 */
export function loadBundledSites(): readonly SiteRule[] {
  sites ??= readFolder(new URL("sites/", DATA), parseSiteRule);
  return sites;
}

/**
 * Every bundled theme, sorted by id.
 *
 * @throws {WarraqError} E_SITE_RULE on the first file that is not a valid rule
 */
export function loadThemes(): readonly ThemeRule[] {
  themes ??= readFolder(new URL("themes/", DATA), parseThemeRule);
  return themes;
}

/**
 * Reads every `.json` file of a folder as a rule.
 *
 * @throws {WarraqError} E_SITE_RULE naming the file that cannot be read or is not a rule
 */
export function readFolder<Rule extends { readonly id: string }>(
  folder: URL,
  parse: (raw: unknown, file: string) => Rule,
): readonly Rule[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => parse(readJson(new URL(encodeURIComponent(file), folder), file), file))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readJson(url: URL, file: string): unknown {
  try {
    return JSON.parse(readFileSync(url, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new WarraqError("E_SITE_RULE", `${file}: cannot be read as JSON: ${why}`, { cause });
  }
}
