/**
 * From what stands in a rule file to a SiteRule or ThemeRule, or one line that names file and field.
 */
import type * as z from "zod";
import { WarraqError } from "../errors.ts";
import { compileTemplates } from "../url/index.ts";
import type { SiteRule, ThemeRule } from "./rule.ts";
import { siteSchema, themeSchema } from "./schema.ts";

/**
 * Checks one site rule and fills in its defaults.
 *
 * @param file - name to blame in messages; a `.json` name must be the rule's id
 * @throws {WarraqError} E_SITE_RULE naming `file` and the first wrong field
 */
export function parseSiteRule(raw: unknown, file: string): SiteRule {
  const { $schema: _, ...rule } = check(siteSchema, raw, file);
  const fail = (field: string, should: string): never => blame(file, `${field} ${should}`);
  checkId(rule.id, file);
  const homeHost = new URL(rule.home).host;
  const hosts = rule.hosts.length === 0 ? [homeHost] : rule.hosts;
  if (!hosts.includes(homeHost)) fail("hosts", `should include home's host "${homeHost}"`);
  rule.listings.forEach((listing, index) => {
    const { host } = new URL(listing, rule.home);
    if (!hosts.includes(host))
      fail(`listings[${index}]`, `is on "${host}", which hosts does not list`);
  });
  const part = rule.article.categoryFromPath;
  if (part !== undefined && !namesPart(rule.articlePath, part))
    fail("article.categoryFromPath", `should name a {${part}} part of articlePath`);
  if (rule.validFrom !== null && rule.validUntil !== null && rule.validFrom > rule.validUntil)
    fail("validUntil", "should not be before validFrom");
  return { ...rule, hosts } as SiteRule;
}

/**
 * Checks one theme rule.
 *
 * @throws {WarraqError} E_SITE_RULE naming `file` and the first wrong field
 */
export function parseThemeRule(raw: unknown, file: string): ThemeRule {
  const { $schema: _, ...theme } = check(themeSchema, raw, file);
  checkId(theme.id, file);
  return theme as ThemeRule;
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
  file: string,
): z.output<Schema> {
  const result = schema.safeParse(raw, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return blame(file, issue === undefined ? "is not a rule" : explain(issue));
}

function checkId(id: string, file: string): void {
  const base = file.split(/[\\/]/u).at(-1) ?? file;
  if (base.endsWith(".json") && base !== `${id}.json`)
    blame(file, `id should be "${base.slice(0, -".json".length)}", as the file name says`);
}

function blame(file: string, what: string): never {
  throw new WarraqError("E_SITE_RULE", `${file}: ${what}`);
}

function namesPart(templates: readonly string[], part: string): boolean {
  compileTemplates(templates);
  return templates.some(
    (template) => template.includes(`{${part}}`) || template.includes(`{${part}:`),
  );
}

type Issue = z.core.$ZodIssue;

/** `article.body[0].css should be a CSS selector, is "div[["`. */
function explain(issue: Issue, prefix: readonly PropertyKey[] = []): string {
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_union") {
    const inner = closest(issue.errors);
    if (inner !== null) return explain(inner, path);
  }
  const name = pathName(path);
  if (issue.code === "unrecognized_keys")
    return `${name === "" ? "" : `${name} `}has an unknown field ${issue.keys.map((key) => `"${key}"`).join(", ")}`;
  const field = name === "" ? "the file" : name;
  if (issue.code === "invalid_type")
    return issue.input === undefined
      ? `${field} is missing`
      : `${field} should be ${EXPECTED[issue.expected] ?? issue.expected}, is ${show(issue.input)}`;
  if (issue.code === "invalid_value")
    return `${field} should be one of ${issue.values.map(String).join(", ")}, is ${show(issue.input)}`;
  if (issue.code === "invalid_union")
    return `${field} should be a text or an object, is ${show(issue.input)}`;
  return `${field} ${issue.message}${issue.code === "custom" ? `, is ${show(issue.input)}` : ""}`;
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "a text",
  array: "a list",
  object: "an object",
  record: "an object",
  number: "a number",
  int: "a whole number of milliseconds",
};

/** Of a union's branches, the one whose type the input has: its first complaint is the useful one. */
function closest(branches: readonly (readonly Issue[])[]): Issue | null {
  const firsts = branches.flatMap(([first]) => (first === undefined ? [] : [first]));
  const isWrongType = ({ code, path }: Issue) => code === "invalid_type" && path.length === 0;
  return firsts.find((issue) => !isWrongType(issue)) ?? null;
}

function pathName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === "number") return `${name}[${key}]`;
    return name === "" ? String(key) : `${name}.${String(key)}`;
  }, "");
}

function show(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
